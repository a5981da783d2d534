"""Words in, exit code out; the only one that prints."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from digest import __version__
from digest.diagnostics import Diagnostic, errors, printable, summary

_ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The digest's folder (default: here).",
)
_STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print findings as JSON on stdout.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def digest() -> None:
    """A claim-tracking news digest: every quotation proven, every page a file.

    \b
    Examples:
      digest build                 prove everything and write site/
      digest check                 only say what is wrong
      digest verify site           prove a built site again
    """


@digest.command()
@_ROOT
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where the site goes (default: ROOT/site)."
)
@click.option(
    "--base-url", metavar="URL", help="Where the site will stand, for absolute addresses."
)
@_STRICT
@click.option("--no-cache", is_flag=True, help="Work everything out anew.")
@_JSON
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

        outcome = build(options)
        built = Built(outcome.findings, outcome.told, len(outcome.files))
    _report(built.findings, strict, as_json)
    if not as_json:
        click.echo(f"{built.told}\n{built.count} files; open {options.site / 'index.html'}")


@digest.command()
@_ROOT
@_STRICT
@_JSON
def check(root: Path, strict: bool, as_json: bool) -> None:
    """Say everything that is wrong with the record, at once.

    \b
    Example:
      digest check --strict
    """
    from digest.build import check
    from digest.model.options import Options

    outcome = check(Options(root))
    _report(outcome.findings, strict, as_json)
    if not as_json:
        click.echo(outcome.told)


@digest.command()
@click.argument("site", type=click.Path(path_type=Path))
@click.option(
    "--seeds", type=click.Path(path_type=Path), help="The articles, to prove claims.json against."
)
@_JSON
def verify(site: Path, seeds: Path | None, as_json: bool) -> None:
    """Prove a built SITE again, from its manifest and, given the articles, its claims.json.

    \b
    Example:
      digest verify site --seeds seeds
    """
    from digest.reprove import reprove

    findings, told = reprove(site, seeds)
    _report(findings, False, as_json)
    if not as_json:
        click.echo(told)


def _report(findings: Sequence[Diagnostic], strict: bool, as_json: bool) -> None:
    """Print the findings, and end the program if they say so."""
    import msgspec

    if strict:
        findings = [msgspec.structs.replace(finding, severity="error") for finding in findings]
    if as_json:
        told = {"diagnostics": msgspec.to_builtins(findings)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(printable(str(finding)), err=True)
        if findings:
            click.echo(summary(findings), err=True)
    if errors(findings):
        sys.exit(1)


def run() -> int:
    """The exit code: 0, 1, 2 as a command ends, 130 or 143 when it is interrupted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        ended = digest.main(prog_name="digest", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except SystemExit as ended_by:
        return ended_by.code if isinstance(ended_by.code, int) else 1
    except OSError as error:  # nobody reads what is printed, or it cannot be written
        with suppress(OSError):
            os.write(2, f"digest: cannot print: {error.strerror}\n".encode())
        return 1
    return ended if isinstance(ended, int) else 0
