"""Words in, exit code out; the only one that prints."""

from __future__ import annotations

import atexit
import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from digest import __version__
from digest.diagnostics import Diagnostic, errors, summary

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
    _once()
    from digest.build import Options, build

    outcome = build(Options(root, out, base_url, strict, not no_cache))
    _report(outcome.findings, strict, as_json)
    if outcome.files and not as_json:
        click.echo(f"{_told(outcome.digest)}\n{_opening(out or root / 'site', len(outcome.files))}")


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
    _once()
    from digest.build import Options, check

    outcome = check(Options(root))
    _report(outcome.findings, strict, as_json)
    if outcome.digest and not as_json:
        click.echo(_told(outcome.digest))


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


def _once() -> None:
    """One build and out: collecting cycles would cost a fifth of it, most of that on leaving."""
    gc.disable()
    atexit.register(gc.freeze)


def _told(digest: Any) -> str:
    """What was proven, in one line for each thing a curator counts."""
    stretches = sum(len(curated.article.stretches) for curated in digest.articles.values())
    waiting = len(digest.waiting)
    dismissed = len(digest.dismissed)
    claimed = stretches - dismissed - waiting
    return (
        f"{len(digest.claims)} claims and {len(digest.reports)} reports in "
        f"{len(digest.articles)} articles, {len(digest.disagreements)} disagreements\n"
        f"{stretches} quoted stretches: {claimed} claimed, {dismissed} dismissed, {waiting} waiting"
    )


def _opening(out: Path, count: int) -> str:
    return f"{count} files written; open {out / 'index.html'}"


def _report(findings: Sequence[Diagnostic], strict: bool, as_json: bool) -> None:
    """Print the findings, and end the program if they say so."""
    failed = errors(findings, strict)
    if as_json:
        import msgspec

        click.echo(
            json.dumps({"diagnostics": msgspec.to_builtins(findings)}, ensure_ascii=False, indent=1)
        )
    else:
        for finding in findings:
            click.echo(str(finding), err=True)
        if findings:
            click.echo(summary(findings), err=True)
    if failed:
        sys.exit(1)
