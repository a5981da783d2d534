"""What a browser asks, read strictly: one form of request, bounded in size, or a refusal."""

from __future__ import annotations

import re
from asyncio import IncompleteReadError, LimitOverrunError, StreamReader
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from msgspec import Struct

LONGEST = 8192  # bytes of a request line or of one header
_HEADERS = 100
_FIRST = re.compile(r"([A-Z]{1,20}) (/\S*) HTTP/1\.([01])\r\n", re.ASCII)
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*\r\n", re.ASCII)
_METHODS = ("GET", "HEAD")


class Request(Struct, frozen=True):
    """A request that is well formed; whether it may be answered is not said yet."""

    method: str
    target: str  # as it was sent: a path, perhaps with a query
    headers: tuple[tuple[str, str], ...]  # names in small letters
    lasting: bool  # whether the connection stays open

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for header, value in self.headers if header == name]

    @property
    def bare(self) -> bool:
        """Whether the answer has no body."""
        return self.method == "HEAD"

    @property
    def query(self) -> str:
        """What stands after the first question mark."""
        return self.target.partition("?")[2]


class Rejected(Exception):
    """A request that is not answered, and the status that says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


async def read_request(reader: StreamReader) -> Request | None:
    """The next request of a connection, or None at its end. Raises Rejected."""
    try:
        first = await reader.readuntil(b"\n")
    except IncompleteReadError as error:
        if error.partial:
            raise Rejected(HTTPStatus.BAD_REQUEST) from None
        return None
    except LimitOverrunError:
        raise Rejected(HTTPStatus.REQUEST_URI_TOO_LONG) from None
    found = _FIRST.fullmatch(first.decode("latin-1"))
    if not found:
        raise Rejected(HTTPStatus.BAD_REQUEST)
    headers = await _headers(reader)
    closing = any(name == "connection" and "close" in value.lower() for name, value in headers)
    return Request(found[1], found[2], headers, found[3] == "1" and not closing)


async def _headers(reader: StreamReader) -> tuple[tuple[str, str], ...]:
    headers: list[tuple[str, str]] = []
    while len(headers) <= _HEADERS:
        try:
            line = await reader.readuntil(b"\n")
        except IncompleteReadError:
            raise Rejected(HTTPStatus.BAD_REQUEST) from None
        except LimitOverrunError:
            raise Rejected(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE) from None
        if line == b"\r\n":
            return tuple(headers)
        found = _HEADER.fullmatch(line.decode("latin-1"))
        if not found:
            raise Rejected(HTTPStatus.BAD_REQUEST)
        headers.append((found[1].lower(), found[2]))
    raise Rejected(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)


def check(request: Request, names: frozenset[str]) -> None:
    """Only our own names, only reading, only without a body. Raises Rejected.

    A name that another host's owner can point here (DNS rebinding) is not ours, and a page of
    another origin asks for nothing.
    """
    host, origins = request.all("host"), request.all("origin")
    if len(host) != 1 or host[0].lower() not in names:
        raise Rejected(HTTPStatus.FORBIDDEN)
    if any(origin != f"http://{host[0].lower()}" for origin in origins):
        raise Rejected(HTTPStatus.FORBIDDEN)
    if request.method not in _METHODS:
        raise Rejected(HTTPStatus.METHOD_NOT_ALLOWED)
    if request.all("transfer-encoding") or set(request.all("content-length")) - {"0"}:
        raise Rejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def address_of(target: str) -> str:
    """The address within the site that a request asks for. Raises Rejected.

    >>> address_of("/quotes/a%20b.html?x=1"), address_of("/")
    ('quotes/a b.html', '')
    >>> address_of("/quotes/%2e%2e/b.html")
    Traceback (most recent call last):
    digest.serve.requests.Rejected: Bad Request
    """
    try:
        path = unquote_to_bytes(target.partition("?")[0]).decode()[1:]
    except UnicodeDecodeError:
        raise Rejected(HTTPStatus.BAD_REQUEST) from None
    *folders, name = path.split("/")
    if "" in folders or {".", ".."} & {*folders, name} or "\\" in path or not path.isprintable():
        raise Rejected(HTTPStatus.BAD_REQUEST)
    return path
