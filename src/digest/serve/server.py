"""The preview's server: loopback only, a few plain answers, and a stream that says "look again".

Idle connections cost nothing but their places, and when those are short the one that has been
idle longest gives up its own. All work on the digest is done in one thread, in order.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from digest.memo import Interrupted
from digest.serve.answers import Answer, head, refusal
from digest.serve.preview import OWN, Preview
from digest.serve.requests import LONGEST, Rejected, Request, address_of, check, read_request
from digest.serve.watching import changes

PORT = 8000
_EVENTS = OWN + "events"
_PATIENCE = 10  # s for a whole request, and for a whole answer
_LINGER = 1  # s in which what a refused client still sends is thrown away
_PLACES = 200  # connections that may be idle at once
_LISTENERS = 64
_PAGES_FIRST = 0.1  # s after a change before the whole is looked at
_GIVES_WAY = 10  # times to whoever asks for a page, before the whole is looked at in one go
_PULSE = 15  # s between signs of life to a listener
T = TypeVar("T")


class PortTaken(Exception):
    """Another program listens on the port that was asked for."""


def listen(port: int | None) -> list[socket.socket]:
    """Sockets on 127.0.0.1 and, where there is one, on ::1, with one port.

    ``port`` None: 8000, or any that is free. Raises PortTaken.
    """
    for wanted in (port,) if port else (PORT, 0):
        try:
            four = _bound(socket.AF_INET, "127.0.0.1", wanted)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            continue
        try:
            return [four, _bound(socket.AF_INET6, "::1", four.getsockname()[1])]
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return [four]  # no such address on this machine
            four.close()
    raise PortTaken


def _bound(family: socket.AddressFamily, name: str, port: int) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((name, port))
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


async def serve(root: Path, sockets: list[socket.socket], tell: Callable[[Preview], None]) -> None:
    """Serve until cancelled; ``tell`` hears of every state of the folder."""
    port = sockets[0].getsockname()[1]
    server = Server(Preview(root, f"http://127.0.0.1:{port}"), tell)
    await server.look()  # until then whoever comes waits at the door
    gc.freeze()  # this stays: to go through it again took as long as the proof of an edit
    listening = [
        await asyncio.start_server(server.connected, sock=one, limit=LONGEST) for one in sockets
    ]
    try:
        async for _ in changes(root):
            await server.look()
    finally:
        for one in listening:
            one.close()


class Server:
    """The connections of one preview."""

    def __init__(self, preview: Preview, tell: Callable[[Preview], None]) -> None:
        self.preview = preview
        self._tell = tell
        self._desk = ThreadPoolExecutor(1)
        self._tasks: set[Future[Any]] = set()  # what is at work there, or waits for it
        self._idle: dict[StreamWriter, None] = {}  # the one that has been idle longest first
        self._listeners = 0
        self._news = asyncio.Event()
        self._checking: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def _work(self, task: Callable[[], T]) -> T:
        doing = self._desk.submit(task)
        self._tasks.add(doing)
        doing.add_done_callback(self._tasks.discard)
        return await asyncio.wrap_future(doing)

    async def look(self) -> None:
        """Look at the folder; if it has changed, tell the pages first, then prove it."""
        if not await self._work(self.preview.changed):
            return
        self._checking.cancel()  # what it would find is of the state before
        gc.disable()  # until nobody waits: looking for garbage took up to a fifth of the proof
        proven = asyncio.ensure_future(self._work(self.preview.prove))  # before any page
        self._news.set()
        self._news = asyncio.Event()
        await proven
        self._checking = asyncio.ensure_future(self._check())

    async def _check(self) -> None:
        """Look at the whole when the pages have been asked for, and no other change has come."""
        if await self._looked():
            self._news.set()
            self._news = asyncio.Event()
        await self._work(gc.collect)
        gc.enable()
        self._tell(self.preview)

    async def _looked(self) -> bool:
        """Whoever asks for a page is answered first, but not for ever."""
        for _ in range(_GIVES_WAY):
            await asyncio.sleep(_PAGES_FIRST)
            with suppress(Interrupted):
                return await self._work(lambda: self.preview.check(lambda: len(self._tasks) > 1))
        return await self._work(lambda: self.preview.check(lambda: False))

    async def connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answer the requests of one connection, until it ends or is refused."""
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # gone, or too slow, or all of this ends
        finally:
            self._idle.pop(writer, None)
            writer.close()

    async def _one(self, reader: StreamReader, writer: StreamWriter) -> bool:
        """Answer one request; whether another may follow."""
        request: Request | None = None
        try:
            request = await self._request(reader, writer)
            if request is None:
                return False
            check(request, _names(writer))
            address = address_of(request.target)
            if address == _EVENTS:
                await self._listen(request, writer)
                return False
            answer = await self._work(lambda: self.preview.answer(address))
            await _send(writer, answer, request.lasting, request.bare)
        except Rejected as rejected:
            bare = request is not None and request.bare
            await _send(writer, refusal(rejected.status), False, bare)
            await _drain(reader, writer)
            return False
        return request.lasting

    async def _request(self, reader: StreamReader, writer: StreamWriter) -> Request | None:
        """The next request, for which the connection may wait as long as there are places."""
        self._idle[writer] = None
        if len(self._idle) > _PLACES:
            oldest = next(iter(self._idle))
            del self._idle[oldest]
            oldest.close()
        try:
            async with asyncio.timeout(_PATIENCE):
                return await read_request(reader)
        finally:
            self._idle.pop(writer, None)

    async def _listen(self, request: Request, writer: StreamWriter) -> None:
        """Say when the folder is no longer as it was when the asking page was made."""
        if self._listeners >= _LISTENERS:
            raise Rejected(HTTPStatus.SERVICE_UNAVAILABLE)
        self._listeners += 1
        try:
            writer.write(head(Answer(b"", "text/event-stream"), lasting=False, length=False))
            while not request.bare:
                news = self._news  # before the look, or it could be missed
                if self.preview.stamp != request.query:
                    await _written(writer, b"data: look again\n\n")
                    break
                await _written(writer, b":\n\n")
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), _PULSE)
        finally:
            self._listeners -= 1


def _names(writer: StreamWriter) -> frozenset[str]:
    """How a browser may call the address that it has reached."""
    name, port = writer.get_extra_info("sockname")[:2]
    literal = f"[{name}]" if ":" in name else name
    return frozenset({f"{literal}:{port}", f"localhost:{port}"})


async def _send(writer: StreamWriter, answer: Answer, lasting: bool, bare: bool) -> None:
    await _written(writer, head(answer, lasting) + (b"" if bare else answer.body))


async def _written(writer: StreamWriter, content: bytes) -> None:
    async with asyncio.timeout(_PATIENCE):
        writer.write(content)
        await writer.drain()


async def _drain(reader: StreamReader, writer: StreamWriter) -> None:
    """Let a refusal arrive: a connection closed upon unread words would take it back."""
    writer.write_eof()
    async with asyncio.timeout(_LINGER):
        while await reader.read(65536):
            pass
