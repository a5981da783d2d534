"""One path, one owner: no two sources write one file of the site, whatever holds it later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from digest import address
from digest.diagnostics import Diagnostic, Place, Refused
from digest.plainfile import shown


def one_owner(made: Iterable[str], *copied: tuple[str, Mapping[str, bytes]]) -> dict[str, bytes]:
    """The files of each folder that is copied, beside those that the build makes.

    Raises Refused where two would stand at one path. Paths are compared without regard to
    capitals and to how an accent is written, as some file systems do.
    """
    owners = {_alike(path): f"{path}, which the build makes" for path in made}
    files: dict[str, bytes] = {}
    findings: list[Diagnostic] = []
    for folder, more in copied:
        for path, content in more.items():
            findings += _check(path, folder, owners)
            owners[_alike(path)] = folder + path
            files[path] = content
    folders = {above for path in files for above in _above(_alike(path))}
    findings += (
        _finding(owners[path], f"also is the name of a folder, {path}/")
        for path in folders & {*owners}
    )
    if findings:
        raise Refused(*findings)
    return files


def _check(path: str, folder: str, owners: Mapping[str, str]) -> Iterator[Diagnostic]:
    """A path can stand on every system, and nobody has it."""
    wrong, owner = address.path_fault(path), owners.get(_alike(path))
    if wrong:
        yield _finding(folder + path, wrong)
    elif owner:
        yield _finding(folder + path, f"would stand in the place of {owner}")


def _finding(path: str, message: str) -> Diagnostic:
    hint = "give the file another name"
    return Diagnostic(Place(shown(path)), "path-taken", message, (hint,))


def _alike(path: str) -> str:
    return path.lower() if path.isascii() else normalize("NFC", normalize("NFC", path).casefold())


def _above(path: str) -> Iterator[str]:
    """The folders that a path leads through."""
    while path := path.rpartition("/")[0]:
        yield path
