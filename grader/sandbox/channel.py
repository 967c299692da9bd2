"""Frames over a socket: a length, then a body. The grader waits for nobody beyond a deadline, either way."""

from __future__ import annotations

import os
import selectors
import socket
import struct
import time
from collections import deque
from typing import Any, Protocol

from grader.sandbox.wire import MAX_FRAME, WireError, decode, encode

_LENGTH = struct.Struct("<I")
_PIECE = 1 << 20
# poll where there is one: descriptors beyond 1,024 are usual in a grader of many workers
_Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)


class DeadlineError(TimeoutError):
    """The other side did not answer, or did not listen, in time."""


class Endpoint(Protocol):
    """The child's end: blocking, since a child has nothing else to do."""

    def send(self, data: memoryview) -> int:
        """Write some of ``data``; how much."""

    def recv(self, count: int) -> bytes:
        """Read at most ``count`` bytes; none when the other side is gone."""


class Descriptor:
    """A file descriptor as an endpoint: read(2) and write(2) are all that it asks of the kernel."""

    def __init__(self, number: int) -> None:
        self._number = number

    def send(self, data: memoryview) -> int:
        """Write some of ``data``."""
        return os.write(self._number, data)

    def recv(self, count: int) -> bytes:
        """Read at most ``count`` bytes."""
        return os.read(self._number, count)


def frame(value: Any) -> bytes:
    """A value as it goes over the wire. WireError for what may not."""
    body = encode(value)
    return _LENGTH.pack(len(body)) + body


def send(end: Endpoint, value: Any) -> None:
    """Send one value from the child."""
    rest = memoryview(frame(value))
    while rest:
        rest = rest[end.send(rest) :]


def receive(end: Endpoint) -> Any:
    """Receive one request in the child, which trusts the grader. EOFError when the grader is gone."""
    (length,) = _LENGTH.unpack(_exactly(end, _LENGTH.size))
    return decode(_exactly(end, length), programs=True)


def _exactly(end: Endpoint, count: int) -> bytearray:
    data = bytearray()
    while len(data) < count:
        piece = end.recv(min(count - len(data), _PIECE))
        if not piece:
            raise EOFError
        data += piece
    return data


class Conversation:
    """The grader's end: requests wait here until the child reads them, answers are taken as they come.

    Both at once: a child that answers before it has read everything cannot block the grader, nor itself.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self._socket = sock
        self._outgoing: deque[memoryview] = deque()
        self._selector = _Selector()
        self._events = selectors.EVENT_READ
        self._selector.register(sock, self._events)

    def ask(self, request: bytes) -> None:
        """Queue a frame; it is sent while answers are waited for."""
        self._outgoing.append(memoryview(request))

    def receive(self, deadline: float) -> Any:
        """The next answer. EOFError when the child is gone, DeadlineError at ``deadline`` (``monotonic``)."""
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline))
        if length > MAX_FRAME:
            raise WireError("the frame is too large")
        return decode(self._exactly(length, deadline))

    def close(self) -> None:
        """Hang up: the child sees the end of its wire."""
        self._selector.close()
        self._socket.close()

    def _exactly(self, count: int, deadline: float) -> bytearray:
        data = bytearray()
        while len(data) < count:
            self._write()
            if time.monotonic() > deadline:  # asked at each step: a byte now and then buys no time
                raise DeadlineError
            try:
                # Grow with what has arrived: a child that announces 64 MB and sends nothing costs nothing.
                piece = self._socket.recv(min(count - len(data), _PIECE))
            except BlockingIOError:
                self._wait(deadline)
                continue
            except ConnectionResetError as error:
                raise EOFError from error
            if not piece:
                raise EOFError
            data += piece
        return data

    def _write(self) -> None:
        while self._outgoing:
            try:
                sent = self._socket.send(self._outgoing[0])
            except BlockingIOError:
                return
            except OSError:  # the child is gone: what it said before is still there to be read
                self._outgoing.clear()
                return
            self._outgoing[0] = self._outgoing[0][sent:]
            if not self._outgoing[0]:
                self._outgoing.popleft()

    def _wait(self, deadline: float) -> None:
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outgoing else 0)
        if events != self._events:
            self._selector.modify(self._socket, events)
            self._events = events
        if not self._selector.select(max(0.0, deadline - time.monotonic())):
            raise DeadlineError
