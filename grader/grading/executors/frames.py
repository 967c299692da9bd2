"""Messages between the local executor and its workers: a kind, and one or several strings of bytes.

Both ends are ours, so nothing here is checked as a child's answers are.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

_HEAD = struct.Struct("<cIQ")  # kind, number of parts, bytes of all that follows
_SIZE = struct.Struct("<Q")
_READ = 1 << 20

JOB, TASK = b"J", b"T"
"""From the grader: what all tasks have in common, and a task."""
READY, PHASE, DONE, FAILED = b"R", b"P", b"D", b"F"
"""From a worker: it may be asked; how long it may take from now; what came out; why it cannot go on."""


def pack(kind: bytes, *parts: bytes) -> bytes:
    """A message as it crosses."""
    body = b"".join(_SIZE.pack(len(part)) + part for part in parts)
    return _HEAD.pack(kind, len(parts), len(body)) + body


class Reader:
    """Takes messages apart as their bytes come in."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, tuple[bytes, ...]]]:
        """The messages that are whole with these bytes."""
        self._data += data
        while len(self._data) >= _HEAD.size:
            kind, count, length = _HEAD.unpack_from(self._data)
            end = _HEAD.size + length
            if len(self._data) < end:
                return
            body = bytes(memoryview(self._data)[_HEAD.size : end])
            del self._data[:end]
            yield kind, tuple(_parts(body, count))


def receive(sock: socket.socket, reader: Reader) -> Iterator[tuple[bytes, tuple[bytes, ...]]]:
    """Messages, waited for one by one, until the other side hangs up."""
    while data := sock.recv(_READ):
        yield from reader.feed(data)


def _parts(body: bytes, count: int) -> Iterator[bytes]:
    start = 0
    for _ in range(count):
        (size,) = _SIZE.unpack_from(body, start)
        start += _SIZE.size
        yield body[start : start + size]
        start += size
