"""Frames over a socket: a length, the number of a request, then a value.

The grader waits for nobody beyond a deadline, either way.
"""

from __future__ import annotations

import os
import selectors
import socket
import struct
import time
from typing import Any, Protocol

from grader.sandbox.deadline import SLICE, Deadline
from grader.sandbox.requests import decode_request
from grader.sandbox.wire import MAX_FRAME, TooLargeError, decode, encode

_HEAD = struct.Struct("<IQ")  # length of the value, number of the request that it is or answers
_READ = 1 << 16
_PIECE = 1 << 20
_LAST_LOOKS = 64
"""Readings of what has already come, once time is over: enough for an answer, too few to buy time with."""
_MOMENT = 0.0003
"""Seconds in which several small requests are answered: waking up for each answer costs more."""
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


def frame(number: int, request: bytes) -> bytes:
    """An encoded request as it crosses."""
    return _HEAD.pack(len(request), number) + request


def send(end: Endpoint, number: int, value: Any) -> None:
    """Answer request ``number`` from the child. WireError for a value that may not cross."""
    whole = encode(value, header_size=_HEAD.size)
    _HEAD.pack_into(whole, 0, len(whole) - _HEAD.size, number)
    rest = memoryview(whole)
    while rest:
        rest = rest[end.send(rest) :]


class Requests:
    """What a child reads: many small requests come with one call."""

    def __init__(self, end: Endpoint) -> None:
        self._end = end
        self._data = bytearray()

    def receive(self) -> tuple[int, str, Any, bytes]:
        """(number, kind, request, packed) that comes next. EOFError when the grader is gone."""
        self._need(_HEAD.size)
        length, number = _HEAD.unpack_from(self._data)
        whole = _HEAD.size + length
        self._need(whole)
        body = bytes(memoryview(self._data)[_HEAD.size : whole])
        del self._data[:whole]
        return number, *decode_request(body)

    def _need(self, count: int) -> None:
        while len(self._data) < count:
            piece = self._end.recv(max(_READ, min(count - len(self._data), _PIECE)))
            if not piece:
                raise EOFError
            self._data += piece


class Conversation:
    """The grader's end: requests wait here until the child reads them, answers are taken as they come.

    Both at once: a child that answers before it has read everything cannot block the grader, nor itself.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._outgoing = bytearray()
        self._new = 0
        """Requests since the last reading."""
        self._incoming = bytearray()
        self._last_looks = 0
        self._selector = _Selector()
        self._selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def ask(self, number: int, request: bytes) -> None:
        """Queue an encoded request; it is sent while answers are waited for."""
        self._outgoing += frame(number, request)
        self._new += 1

    def receive(self, deadline: Deadline, max_bytes: int = MAX_FRAME) -> tuple[int, Any]:
        """(number, answer) that comes next. EOFError when the child is gone, DeadlineError when it is late.

        An answer that is there already is never late; one of more than ``max_bytes`` bytes is not read.
        """
        self._last_looks = 0
        while len(self._incoming) < _HEAD.size:
            self._incoming += self._some(deadline)
        length, number = _HEAD.unpack_from(self._incoming)
        if length > max_bytes:
            raise TooLargeError("the frame is too large")
        del self._incoming[: _HEAD.size]
        return number, decode(self._body(length, deadline))

    def close(self) -> None:
        """Close the socket: the child then reads its end."""
        self._selector.close()
        self._socket.close()

    def _body(self, count: int, deadline: Deadline) -> bytearray:
        """The next ``count`` bytes. Memory grows with what has arrived: announcing 64 MB costs nothing."""
        data = self._incoming[:count]
        del self._incoming[:count]
        while len(data) < count:
            more = self._some(deadline, min(count - len(data), _PIECE))
            data += more
        return data

    def _some(self, deadline: Deadline, max_bytes: int = _READ) -> bytes:
        """Wait for bytes, and return at most ``max_bytes``. Raises DeadlineError or EOFError."""
        while True:
            self._write()
            if self._new > 1:
                time.sleep(_MOMENT)
            self._new = 0
            left = deadline.left()  # asked at each step: a byte now and then buys no time
            if left <= 0:
                return self._last_look(max_bytes)
            left = min(left, SLICE)
            # Reading waits too, with one call, unless there is something to write meanwhile.
            piece = self._read(max_bytes, 0.0 if self._outgoing else left)
            if piece is not None:
                return piece
            if self._outgoing:
                self._selector.select(left)

    def _last_look(self, max_bytes: int) -> bytes:
        """What came before time was over, and could not be looked at earlier: this process may have slept."""
        self._last_looks += 1
        piece = self._read(max_bytes, 0.0) if self._last_looks <= _LAST_LOOKS else None
        if piece is None:
            raise DeadlineError
        return piece

    def _read(self, max_bytes: int, seconds: float) -> bytes | None:
        """At most so many bytes, or None where there are none within ``seconds``."""
        self._socket.settimeout(seconds)
        try:
            piece = self._socket.recv(max_bytes)
        except (BlockingIOError, TimeoutError):
            return None
        except ConnectionResetError as error:
            raise EOFError from error
        if not piece:
            raise EOFError
        return piece

    def _write(self) -> None:
        if not self._outgoing:
            return
        self._socket.settimeout(0.0)
        while self._outgoing:
            try:
                with memoryview(self._outgoing) as rest:
                    sent = self._socket.send(rest[:_PIECE])
            except BlockingIOError:
                return
            except OSError:  # the child is gone: what it said before is still there to be read
                self._outgoing.clear()
                return
            del self._outgoing[:sent]
