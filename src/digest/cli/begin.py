"""The commands that begin a digest: new, schema."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from digest.cli.group import report
from digest.diagnostics import Diagnostic, Place, Refused, printable
from digest.plainfile import content, shown
from digest.written import unfinished, write

_LARGEST = 1_000_000  # bytes of a file of the sample
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

    Files of the sample that are there as they should be are what a killed run has left, and are
    no obstacle. Raises Refused for a folder with anything else in it, and for one that cannot be
    written.
    """
    files = {
        path.relative_to(SAMPLE).as_posix(): path.read_bytes()
        for path in SAMPLE.rglob("*")
        if path.is_file()
    }
    files[".gitignore"] = files.pop("gitignore")  # under its own name it would hide files here
    for name, made in schemas().items():
        files[f"schema/{name}.schema.json"] = _json(made()).encode()
    try:
        free = _is_free(folder, files)
    except OSError as error:
        raise _refused(folder, error) from None
    if not free:
        hint = "name a new folder, or an empty one"
        raise Refused(Diagnostic(Place(shown(str(folder))), "new-folder", "is not empty", (hint,)))
    _write(files, folder)


def _is_free(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether the folder holds nothing but ``.git`` and files as they are to be written."""
    ours = {part.as_posix() for path in files for part in Path(path).parents}
    for top, folders, names in os.walk(folder):
        within = Path(top).relative_to(folder)
        if within == Path() and ".git" in folders:
            folders.remove(".git")
        linked = any(Path(top, name).is_symlink() for name in (*folders, *names))
        if linked or within.as_posix() not in ours:
            return False
        for name in (name for name in names if not unfinished(name)):
            new, path = files.get((within / name).as_posix()), os.path.join(top, name)
            if new is None or content(path, Place(shown(path)), _LARGEST) != new:
                return False
    return True


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from None
    for path, new in files.items():
        write(folder, path, new)


def _refused(folder: Path, error: OSError) -> Refused:
    message = f"cannot be written: {error.strerror}"
    return Refused(Diagnostic(Place(shown(str(folder))), "out-unwritable", message))


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
