"""The documents that are made from the program: commands.md and the schemas.

``python docs/made.py`` writes them; a test compares.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from digest import cli
from digest.record.schema import record_schema, site_schema

_ABOUT = """\
# Commands

What each command says of itself with `--help`. This page is written by `python docs/made.py`.

All commands end with 0 if all is well or there are only warnings, 1 on errors, 2 on a slip of the
command line, 130 or 143 when interrupted. Findings stand on stderr, each with its
`path:line:column`, what was found, the line itself with what is meant underlined, and a fix.
Colour, and a line that counts the seconds of long work, appear only on a terminal; with `NO_COLOR`
set there is no colour.
"""


def made() -> dict[str, str]:
    """The text of each document by its path in docs/."""
    return {
        "commands.md": commands(cli.group.digest),
        "schema/record.schema.json": _json(record_schema()),
        "schema/site.schema.json": _json(site_schema()),
    }


def commands(group: click.Group) -> str:
    """The help of the group and of every command that is registered, in order of name."""
    settings: dict[str, Any] = {"resilient_parsing": True, "terminal_width": 78}  # as on 80 columns
    whole = group.make_context("digest", [], **settings)
    parts = [_ABOUT, _block(group.get_help(whole))]
    for name, command in sorted(group.commands.items()):
        context = command.make_context(name, [], parent=whole, **settings)
        parts += [f"## digest {name}\n", _block(command.get_help(context))]
    return "\n".join(parts)


def _block(told: str) -> str:
    return f"```text\n{told}\n```\n"


def _json(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for path, text in made().items():
        file = Path(__file__).parent / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
