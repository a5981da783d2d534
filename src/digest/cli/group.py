"""The group of commands, what they share, and how findings are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from digest import __version__
from digest.diagnostics import Diagnostic, errors, printable, summary

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The digest's folder (default: here).",
)
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print findings as JSON on stdout.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def digest() -> None:
    """A claim-tracking news digest: every quotation proven, every page a file.

    \b
    Examples:
      digest build                 prove everything and write site/
      digest check                 only say what is wrong
      digest verify site           prove a built site again
      digest new DIR               begin another story
    """


def report(findings: Sequence[Diagnostic], strict: bool, as_json: bool) -> None:
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
