"""A notebook's bytes without what running it left there: outputs and attached pictures are no source.

They are cut out of the bytes, before anything is parsed: thirty megabytes of plots cost one pass over them,
and none of the memory that parsed numbers would take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.intake.errors import UnreadableError

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[\]{}]', re.S)
"""Strings and brackets, all that the structure of JSON is read from. No part of it is read twice."""
_COLON = re.compile(rb"\s*:\s*")
_MAX_TOKENS = 1_000_000
"""Strings and brackets of one notebook: a second or two."""
_IN_A_CELL = 3
"""Brackets that are open inside a cell: the document's, the list's, the cell's."""
_PICTURE = re.compile(rb"data:(image/[\w.+-]{1,40});base64,[A-Za-z0-9+/=]{200,}+")
_PICTURE_TEXT = re.compile(_PICTURE.pattern.decode())


def looks_like_notebook(data: bytes) -> bool:
    """Whether a file is a notebook by its text, whatever it is called."""
    if not data.removeprefix(b"\xef\xbb\xbf")[:200].lstrip().startswith(b"{"):
        return False
    return b'"nbformat"' in data and b'"cells"' in data


def without_outputs(data: bytes) -> bytes:
    """The notebook with no outputs, and of attachments only their names.

    What is no JSON comes back as it is. UnreadableError: it holds more values than a notebook has.
    """
    pieces: list[bytes] = []
    kept = 0
    for start, end, names in _cuts(data):
        pieces += [data[kept:start], b"[" + b",".join(names) + b"]"]
        kept = end
    return b"".join([*pieces, data[kept:]])


def size_of_text(data: bytes) -> int:
    """Bytes of a notebook without the pictures that an editor wrote into its text."""
    return len(data) - sum(len(match[0]) for match in _PICTURE.finditer(data))


def without_pictures(text: str) -> str:
    """A text cell in which each picture is only named."""
    return _PICTURE_TEXT.sub(r"data:\1;base64,…", text)


def _cuts(data: bytes) -> Iterator[tuple[int, int, list[bytes]]]:
    """Where the values of ``outputs`` and ``attachments`` of cells begin and end, and the latter's names."""
    depth = 0
    start: int = -1
    names: list[bytes] | None = None
    for count, token in enumerate(_TOKEN.finditer(data)):
        if count > _MAX_TOKENS:
            raise UnreadableError(f"the notebook holds more than {_MAX_TOKENS} values; clear its outputs")
        text = token[0]
        if text in b"[{":
            depth += 1
        elif text in b"]}":
            depth -= 1
            if start >= 0 and depth == _IN_A_CELL:
                yield start, token.end(), names or []
                start, names = -1, None
        elif start >= 0:
            if names is not None and depth == _IN_A_CELL + 1 and _COLON.match(data, token.end()):
                names.append(text)
        elif depth == _IN_A_CELL and text in (b'"outputs"', b'"attachments"'):
            colon = _COLON.match(data, token.end())
            if colon is not None and data[colon.end() : colon.end() + 1] in (b"[", b"{"):
                start, names = colon.end(), [] if text == b'"attachments"' else None
