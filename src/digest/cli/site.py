"""The commands around the site: build, check, verify."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.group import JSON, ROOT, STRICT, report
from digest.cli.progress import waiting


@click.command()
@ROOT
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where the site goes (default: ROOT/site)."
)
@click.option(
    "--base-url", metavar="URL", help="Where the site will stand, for absolute addresses."
)
@STRICT
@click.option("--no-cache", is_flag=True, help="Work everything out anew.")
@JSON
def build(
    root: Path, out: Path | None, base_url: str | None, strict: bool, no_cache: bool, as_json: bool
) -> None:
    """Prove every quotation and write the site.

    On any error nothing is written: the site before stays as it was.

    \b
    Examples:
      digest build --out /srv/www/walking-away
      digest build --base-url https://example.org/walking-away --strict
    """
    if base_url and not base_url.startswith(("https://", "http://")):
        raise click.BadParameter("begin it with https://", param_hint="--base-url")
    from digest.model.options import Options
    from digest.rebuild import Built, as_built

    options = Options(root, out, base_url, strict, not no_cache)
    built = as_built(options)
    if built is None:
        from digest.build import build  # heavy, and not needed where nothing changed

        with waiting("building"):
            outcome = build(options)
        built = Built(outcome.findings, outcome.told, outcome.count)
    report(built.findings, strict, as_json, root)
    if not as_json:
        click.echo(f"{built.told}\n{built.count} files; open {options.site / 'index.html'}")


@click.command()
@ROOT
@STRICT
@JSON
def check(root: Path, strict: bool, as_json: bool) -> None:
    """Say everything that is wrong with the record, at once.

    \b
    Example:
      digest check --strict
    """
    from digest.build import check
    from digest.model.options import Options

    with waiting("checking"):
        outcome = check(Options(root))
    report(outcome.findings, strict, as_json, root)
    if not as_json and outcome.digest:
        from digest.site.coverage import table

        click.echo(f"{outcome.told}\n\n{table(outcome.digest)}")


@click.command()
@click.argument("site", type=click.Path(path_type=Path))
@click.option(
    "--seeds", type=click.Path(path_type=Path), help="The articles, to prove claims.json against."
)
@JSON
def verify(site: Path, seeds: Path | None, as_json: bool) -> None:
    """Prove a built SITE again, from its manifest and, given the articles, its claims.json.

    \b
    Example:
      digest verify site --seeds seeds
    """
    from digest.reprove import reprove

    findings, told = reprove(site, seeds)
    report(findings, False, as_json)
    if not as_json:
        click.echo(told)
