"""A built site proven again, by whoever has it: from its manifest, and from the articles.

Nothing here trusts the build: hashes are counted from the files, and every span of
``claims.json`` is cut from its article and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from digest.diagnostics import Diagnostic, Place


def reprove(site: Path, seeds: Path | None) -> tuple[list[Diagnostic], str]:
    """What does not hold of the site in that folder, and in words what was proven."""
    place = Place(f"{site}/manifest.json")
    try:
        manifest = msgspec.json.decode((site / "manifest.json").read_bytes(), type=_Manifest)
    except (OSError, ValueError, RecursionError):
        hint = "give the folder that a build wrote"
        return [Diagnostic(place, "manifest", "is not the manifest of a site", (hint,))], ""
    findings = [*_check_files(site, manifest.files)]
    told = f"{len(manifest.files)} files as the manifest has them"
    if seeds is not None and not findings:
        try:
            wrong, count = _check_spans(site, seeds)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            place = Place(f"{site}/claims.json")
            return [Diagnostic(place, "claims-json", "is not the claims.json of a site")], ""
        findings += wrong
        told += f"; {count} spans of claims.json cut from their articles and equal"
    return findings, "" if findings else told


class _Manifest(msgspec.Struct, frozen=True):
    """``manifest.json`` as far as it is needed here."""

    files: dict[str, str]


def _check_files(site: Path, files: dict[str, str]) -> Iterator[Diagnostic]:
    """Every file is there, with its hash, and no other is."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for path in sorted(found - {*files, "manifest.json"}):
        yield Diagnostic(Place(f"{site}/{path}"), "file-foreign", "is not in the manifest")
    for path, hashed in files.items():
        if path not in found:
            yield Diagnostic(Place(f"{site}/{path}"), "file-missing", "is in the manifest only")
        elif sha256((site / path).read_bytes()).hexdigest() != hashed:
            yield Diagnostic(Place(f"{site}/{path}"), "file-changed", "is not as it was built")


def _check_spans(site: Path, seeds: Path) -> tuple[list[Diagnostic], int]:
    """Every span of claims.json is its article's own characters, at its place."""
    told = msgspec.json.decode((site / "claims.json").read_bytes())
    spans = list(_spans(told))
    texts = {file: _article(seeds, file) for file in dict.fromkeys(file for file, _ in spans)}
    findings = [
        Diagnostic(Place(f"{seeds}/{file}"), "article-file", "cannot be read")
        for file, text in texts.items()
        if text is None
    ]
    for file, span in spans:
        text = texts[file]
        if text is not None and text[span["start"] : span["end"]] != span["text"]:
            message = f'{file} does not print "{span["text"][:60]}" at {span["start"]}'
            findings.append(Diagnostic(Place(f"{site}/claims.json"), "span", message))
    return findings, len(spans)


def _article(seeds: Path, file: str) -> str | None:
    """The text of an article; None for what is no plain file of that folder."""
    path = seeds / file
    if Path(file).name != file or path.is_symlink() or not path.is_file():
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _spans(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span in claims.json with its file."""
    for claim in told["claims"]:
        for appearance in claim["appearances"]:
            yield from ((appearance["file"], segment) for segment in appearance["segments"])
    yield from ((report["passage"]["file"], report["passage"]) for report in told["reports"])
    yield from ((one["file"], one) for one in told["dismissed"])
    for disagreement in told["disagreements"]:
        yield from ((side["file"], side) for side in disagreement["sides"])
