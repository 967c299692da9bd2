"""Frames over a socket: a length, then a body; one deadline for a whole frame, in both directions."""

from __future__ import annotations

import select
import socket
import struct
import time
from typing import Any

from grader.sandbox.wire import MAX_FRAME, WireError, decode, encode

_LENGTH = struct.Struct("<I")


class DeadlineError(TimeoutError):
    """The other side did not answer, or did not listen, in time."""


def send(sock: socket.socket, value: Any, deadline: float | None = None) -> None:
    """Send one value. ``deadline`` is a ``time.monotonic`` reading; None waits for ever."""
    body = encode(value)
    if len(body) > MAX_FRAME:
        raise WireError("the frame is too large")
    rest = memoryview(_LENGTH.pack(len(body)) + body)
    while rest:
        try:
            rest = rest[sock.send(rest) :]
        except BlockingIOError:
            _wait(sock, deadline, write=True)


def receive(sock: socket.socket, deadline: float | None = None, *, programs: bool = False) -> Any:
    """Receive one value. EOFError when the other side is gone, DeadlineError when it is late."""
    (length,) = _LENGTH.unpack(_exactly(sock, 4, deadline))
    if length > MAX_FRAME:
        raise WireError("the frame is too large")
    return decode(_exactly(sock, length, deadline), programs=programs)


def _exactly(sock: socket.socket, count: int, deadline: float | None) -> bytearray:
    data = bytearray()
    while len(data) < count:
        # Grow with what has arrived: a child that announces 64 MB and sends nothing costs nothing.
        if deadline is not None and time.monotonic() > deadline:
            raise DeadlineError
        try:
            piece = sock.recv(min(count - len(data), 1 << 20))
        except BlockingIOError:
            _wait(sock, deadline, write=False)
            continue
        except ConnectionResetError as error:
            raise EOFError from error
        if not piece:
            raise EOFError
        data += piece
    return data


def _wait(sock: socket.socket, deadline: float | None, *, write: bool) -> None:
    left = None if deadline is None else deadline - time.monotonic()
    if left is not None and left <= 0:
        raise DeadlineError
    # poll, not select: descriptors beyond 1,024 are usual in a grader of many workers
    poll = select.poll()
    poll.register(sock, select.POLLOUT if write else select.POLLIN)
    if not poll.poll(None if left is None else left * 1000 + 1):
        raise DeadlineError
