"""A built site proven again, by whoever has it: from its manifest, and from the articles.

Nothing here trusts the build: hashes are counted from the files, and every span of
``claims.json`` is cut from its article and compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from digest.diagnostics import Diagnostic, Place


def reprove(site: Path, seeds: Path | None) -> tuple[list[Diagnostic], str]:
    """What does not hold of the site in that folder, and in words what was proven."""
    try:
        files = json.loads((site / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        place = Place(f"{site}/manifest.json")
        hint = "give the folder that a build wrote"
        return [Diagnostic(place, "manifest", "is not the manifest of a site", (hint,))], ""
    findings = [*_check_files(site, files)]
    told = f"{len(files)} files as the manifest has them"
    if seeds is not None and not findings:
        wrong, count = _check_spans(site, seeds)
        findings += wrong
        told += f"; {count} spans of claims.json cut from their articles and equal"
    return findings, "" if findings else told


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
    told = json.loads((site / "claims.json").read_text(encoding="utf-8"))
    place, findings, count = Place(f"{site}/claims.json"), [], 0
    texts: dict[str, str] = {}
    for file, span in _spans(told):
        count += 1
        if file not in texts:
            try:
                texts[file] = (seeds / file).read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                texts[file] = ""
                findings.append(
                    Diagnostic(Place(f"{seeds}/{file}"), "article-file", "cannot be read")
                )
        if texts[file][span["start"] : span["end"]] != span["text"]:
            message = f'{file} does not print "{span["text"][:60]}" at {span["start"]}'
            findings.append(Diagnostic(place, "span", message))
    return findings, count


def _spans(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span in claims.json with its file."""
    for claim in told["claims"]:
        for appearance in claim["appearances"]:
            yield from ((appearance["file"], segment) for segment in appearance["segments"])
    yield from ((report["passage"]["file"], report["passage"]) for report in told["reports"])
    yield from ((one["file"], one) for one in told["dismissed"])
    for disagreement in told["disagreements"]:
        yield from ((side["file"], side) for side in disagreement["sides"])
