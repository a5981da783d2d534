"""The commands that begin a digest: new, schema."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from digest.cli.group import report
from digest.diagnostics import Diagnostic, Place, Refused, printable

SAMPLE = Path(__file__).parents[1] / "sample"
_NEXT = """\
The folder holds an invented story, to be replaced by yours. Type next:
  digest build{root}
and open {index}. Then read {record}: it has every kind of entry.
With your first article, saved as text or as a web page, type
  digest add FILE{root}"""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Begin another story in the folder DIR.

    DIR is new or empty. It gets a sample, an invented story that builds at once, whose commented
    record has every kind of entry; and in schema/ what tells an editor what may stand there.

    \b
    Example:
      digest new fountain-square
    """
    try:
        write_sample(folder)
    except Refused as refused:
        report(refused.findings, False, False)
    root = "" if folder == Path() else f" --root {shlex.quote(str(folder))}"
    there = {"index": folder / "site/index.html", "record": folder / "data/claims.yaml"}
    click.echo(printable(_NEXT.format(root=root, **there)))


@click.command()
@click.argument("which", type=click.Choice(["record", "site"]), required=False)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write record.schema.json and site.schema.json there (default: print).",
)
def schema(which: str | None, out: Path | None) -> None:
    """Give the JSON Schema of the record and site.yaml.

    An editor that has it completes fields, shows what they mean and underlines slips. It is told
    by the first line of a file in data/, with the way from there to the schema. What the schema
    lets pass may still be refused by "digest check", which has read the articles.

    \b
    The first lines of data/claims.yaml and data/site.yaml:
      # yaml-language-server: $schema=../schema/record.schema.json
      # yaml-language-server: $schema=../schema/site.schema.json

    \b
    Examples:
      digest schema --out schema
      digest schema record
    """
    chosen = {name: made() for name, made in schemas().items() if which in (None, name)}
    if out is None:
        click.echo(_json(chosen[which] if which else chosen), nl=False)
        return
    try:
        _write({f"{name}.schema.json": _json(one).encode() for name, one in chosen.items()}, out)
    except Refused as refused:
        report(refused.findings, False, False)


def schemas() -> dict[str, Callable[[], dict[str, Any]]]:
    """How to make the schema of each file that a curator writes."""
    from digest.record.schema import record_schema, site_schema

    return {"record": record_schema, "site": site_schema}


def write_sample(folder: Path) -> None:
    """The sample and its schemas, in a folder that is new or holds nothing but ``.git``.

    Raises Refused for a folder with anything in it, and for one that cannot be written.
    """
    try:
        holds = set(os.listdir(folder)) - {".git"} if os.path.lexists(folder) else set()
    except OSError as error:
        raise _refused(folder, error) from None
    if holds:
        hint = "name a new folder, or an empty one"
        raise Refused(Diagnostic(Place(str(folder)), "new-folder", "is not empty", (hint,)))
    files = {
        path.relative_to(SAMPLE).as_posix(): path.read_bytes()
        for path in SAMPLE.rglob("*")
        if path.is_file()
    }
    files[".gitignore"] = files.pop("gitignore")  # under its own name it would hide files here
    for name, made in schemas().items():
        files[f"schema/{name}.schema.json"] = _json(made()).encode()
    _write(files, folder)


def _write(files: dict[str, bytes], folder: Path) -> None:
    try:
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    except OSError as error:
        raise _refused(folder, error) from None


def _refused(folder: Path, error: OSError) -> Refused:
    message = f"cannot be written: {error.strerror}"
    return Refused(Diagnostic(Place(str(folder)), "out-unwritable", message))


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
