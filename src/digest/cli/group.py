"""The group of commands, what they share, and how findings are printed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click

from digest import __version__
from digest.cli.underline import underlined
from digest.diagnostics import SHOWN, Diagnostic, errors, ordered, summary

ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The digest's folder (default: here).",
)
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print findings as JSON on stdout.")


class Rooms(Mapping[str, click.Command]):
    """Commands by name. A room is entered when one of its commands is asked for: importing all of
    them would cost as much as a build in which nothing changed."""

    def __init__(self, **rooms: str) -> None:
        self.rooms = rooms

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(f"digest.cli.{self.rooms[name]}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(self.rooms)

    def __len__(self) -> int:
        return len(self.rooms)


_COMMANDS = Rooms(
    add="desk",
    build="site",
    check="site",
    dismiss="desk",
    new="begin",
    quotes="desk",
    release="release",
    schema="begin",
    serve="serve",
    take="desk",
    verify="site",
)


@click.group(
    commands=cast("Any", _COMMANDS), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="digest")
def digest() -> None:
    """A claim-tracking news digest: every quotation proven, every page a file.

    \b
    Examples:
      digest build                 prove everything and write site/
      digest check                 only say what is wrong
      digest release               promise what is published
      digest verify site           prove a built site again
      digest new DIR               begin another story
    """


def report(
    findings: Sequence[Diagnostic], strict: bool, as_json: bool, root: Path | None = None
) -> None:
    """Print the findings, with their lines in the files of ``root``, and end the program if they
    say so."""
    import msgspec

    if strict:
        findings = [msgspec.structs.replace(finding, severity="error") for finding in findings]
    if as_json:
        told = {"diagnostics": msgspec.to_builtins(findings)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        show(findings, root)
    if errors(findings):
        sys.exit(1)


def show(findings: Sequence[Diagnostic], root: Path | None) -> None:
    """The first findings on stderr, each file read once, and how many they all are."""
    from digest.folder import lines_of

    shown = _first(findings)
    paths = {finding.place.path for finding in shown} if root else set()
    lines = {path: lines_of(root, path) for path in paths} if root else {}
    colours = {"error": "red", "warning": "yellow"} if _in_colour() else {}
    for finding in shown:
        paint = partial(click.style, fg=colours.get(finding.severity), bold=bool(colours))
        told = underlined(finding, lines.get(finding.place.path), paint if colours else str)
        click.echo(told, err=True)
    if len(shown) < len(findings):
        more = len(findings) - len(shown)
        click.echo(f"… and {more:,} more, which the next run lists once these are mended", err=True)
    if findings:
        click.echo(summary(findings), err=True)


def _first(findings: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """As many as anybody reads at once: where not all fit, errors rather than warnings."""
    if len(findings) <= SHOWN:
        return findings
    return ordered(sorted(findings, key=lambda finding: finding.severity)[:SHOWN])


def _in_colour() -> bool:
    """Whether NO_COLOR does not say no; where stderr is no terminal, click takes colours out."""
    return not os.environ.get("NO_COLOR")
