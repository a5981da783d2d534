"""What the preview answers: bytes with the headers that every answer has."""

from __future__ import annotations

from http import HTTPStatus
from posixpath import splitext

from msgspec import Struct

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
_TYPES = {
    ".bib": PLAIN,
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": HTML,
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".ris": PLAIN,
    ".svg": "image/svg+xml",
    ".txt": PLAIN,
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
# Nothing is kept, nothing is guessed, and no page of another origin may load or frame it.
_ALWAYS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Content-Security-Policy", POLICY),
)


class Answer(Struct, frozen=True):
    """One answer; ``more`` are headers that only this one has."""

    body: bytes
    type: str = PLAIN
    status: HTTPStatus = HTTPStatus.OK
    more: tuple[tuple[str, str], ...] = ()


def file(address: str, body: bytes) -> Answer:
    """A file of the site, with the type that its ending says."""
    return Answer(body, _TYPES.get(splitext(address)[1], "application/octet-stream"))


def refusal(status: HTTPStatus) -> Answer:
    """A refusal in plain words."""
    allowed = (("Allow", "GET, HEAD"),) if status is HTTPStatus.METHOD_NOT_ALLOWED else ()
    return Answer(f"{status} {status.phrase}\n".encode(), PLAIN, status, allowed)


def head(answer: Answer, lasting: bool, length: bool = True) -> bytes:
    """The status line and the headers; a stream has no ``length``."""
    own = [("Content-Type", answer.type), *answer.more]
    own += [("Content-Length", str(len(answer.body)))] if length else []
    own += [] if lasting else [("Connection", "close")]
    lines = [f"HTTP/1.1 {answer.status} {answer.status.phrase}"]
    lines += [f"{name}: {value}" for name, value in (*own, *_ALWAYS)]
    return "\r\n".join([*lines, "", ""]).encode()
