"""Notebooks, mutated as JSON: types swapped, keys dropped, marks forged, and texts that are hardly JSON."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.fuzz.fragments import TAG

Document = dict[str, Any]
_QUESTIONS = (
    "affine_forward",
    "TwoLayerNet.loss",
    "shape_drill",
    "written_initialisation",
    "train",
    "nothing",
)
_ROLES: tuple[Any, ...] = (
    "answer",
    "written",
    "locked",
    "given",
    "text",
    "free",
    "check",
    "grader",
    "",
    None,
    1,
    [],
    {"a": 1},
)

_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, float("nan"), float("inf"), 10**400, "", "x", TAG, "\ud800", "\0", [],
    {},
    [None], [[["x"]]], {"": ""}, ["a", 1, None], "code", "markdown", "x" * 100_000, list(range(2_000)),
    {"a": {"b": []}},
)  # fmt: skip

MARKDOWN = (
    TAG, "<script>alert('" + TAG + "')</script>", "[x](javascript:alert(1))", "![x](http://x/" + TAG + ")",
    ">" * 3_000,
    "*" * 9_999, "[" * 5_000, "`" * 5_000, "- " * 3_000, "$" * 4_001, "$$\\frac{" + "{" * 900 + "$$",
    "$\\" + "left(" * 300 + "$",
    "$" + "x^{" * 300 + "}" * 300 + "$", "$\\unknown{\\x}$",
    "$$\n\\begin{matrix}" + "a & b \\\\" * 500 + "\\end{matrix}\n$$",
    "|a|b|\n|-|-|\n" + "|x|y|\n" * 2_000, "[a]: b\n" * 2_000, "&#0; &#xD800; &#x10FFFFFF; &amp;lt;",
    "a" * 100_000, "\\" * 4_001,
    "<!--", "<![CDATA[", "```html\n" + TAG, "~~~\n" * 1_000, "1. " * 1_000, "# " * 1_000, "_a_" * 3_000,
    "\n" * 9_999,
    "$\\text{" + TAG + "}$", "$\\href{javascript:alert(1)}{x}$", "<http://a" + "a" * 3_000 + ">",
    "\u202e\u2066 x \0 \ud800",
)  # fmt: skip


def mutate(random: Random, document: Document) -> None:
    """Mutate a notebook, once. RecursionError: it has become deeper than can be copied."""
    random.choice(DOCUMENTS)(random, document)


def mutate_text(random: Random, data: bytes) -> bytes:
    """One mutation of a notebook's bytes: what no notebook would write."""
    return random.choice(TEXTS)(random, data)


def code_cells(document: Document) -> list[dict[str, Any]]:
    """The code cells whose source is a text that can be mutated."""
    cells = document.get("cells")
    found = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    return [cell for cell in found if cell.get("cell_type") == "code" and text_of(cell) is not None]


def text_of(cell: dict[str, Any]) -> str | None:
    """A cell's source, as one text; None where it has none."""
    source = cell.get("source")
    if isinstance(source, str):
        return source
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return None


def _somewhere(random: Random, document: Document) -> tuple[Any, Any]:
    """A container in the document and a key or position in it, at a random depth."""
    holder: Any = document
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = random.choice(keys) if keys else None
        inner = holder[key] if key is not None else None
        if not isinstance(inner, dict | list) or not inner or random.random() < 0.25:
            return holder, key
        holder = inner


def _dropped(random: Random, document: Document) -> None:
    holder, key = _somewhere(random, document)
    if key is not None:
        del holder[key]


def _swapped(random: Random, document: Document) -> None:
    holder, key = _somewhere(random, document)
    if key is not None:
        holder[key] = random.choice(_VALUES)


def _wrapped(random: Random, document: Document) -> None:
    holder, key = _somewhere(random, document)
    if key is not None:
        holder[key] = random.choice(([holder[key]], {"cells": holder[key]}, [[holder[key]]] * 2))


def _nested(random: Random, document: Document) -> None:
    holder, key = _somewhere(random, document)
    value: Any = "x"
    for _ in range(random.choice((20, 90, 300))):
        value = random.choice(([value], {"a": value}))
    if key is not None:
        holder[key] = value


def _moved(random: Random, document: Document) -> None:
    """A part of the document put in another's place."""
    (holder, key), (other, there) = _somewhere(random, document), _somewhere(random, document)
    if key is not None and there is not None:
        other[there] = copy.deepcopy(holder[key])


def _version(random: Random, document: Document) -> None:
    document["nbformat"] = random.choice((1, 2, 3, 4, 5, 10**30, "4", None, -4, 4.5, [4], True))
    document["nbformat_minor"] = random.choice((0, 5, 99, "x", None, 10**30))


def _old_format(random: Random, document: Document) -> None:
    """As nbformat 3 has it: worksheets, and ``input`` for ``source``."""
    cells = document.pop("cells", [])
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and random.random() < 0.9:
            cell["input"] = cell.pop("source", "")
    document["worksheets"] = random.choice(
        ([{"cells": cells}], [{"cells": cells}] * 3, cells, [cells], {"cells": cells})
    )
    document["nbformat"] = 3


def _roles_forged(random: Random, document: Document) -> None:
    for cell in _some_cells(random, document):
        marks: Any = {
            "role": random.choice(_ROLES),
            "questions": list(random.choices(_QUESTIONS, k=random.randrange(4))),
        }
        if random.random() < 0.4:
            marks["questions"] = random.choice(
                (*_VALUES, [[]], [{}], [None], "affine_forward", [TAG], ["\ud800"], ["a"] * 5_000)
            )
        marks["name"] = random.choice(("setup", "compare", TAG, None, 1))
        cell["metadata"] = random.choice(
            ({"grader": marks}, {"grader": marks, "tags": TAG}, {"grader": [marks]}, marks)
        )


def _stamp_forged(random: Random, document: Document) -> None:
    stamp = {
        "assignment": random.choice(("two_layer_net", "deep_nets", TAG, 1, None)),
        "version": random.choice(_VALUES),
    }
    document["metadata"] = random.choice(
        ({"grader": stamp}, {"grader": [stamp]}, [stamp], {"grader": stamp, "kernelspec": 1})
    )


def _sources_odd(random: Random, document: Document) -> None:
    for cell in _some_cells(random, document):
        text = str(cell.get("source"))
        lines = text.splitlines(keepends=True)
        cell["source"] = random.choice(
            (
                [lines],
                [*lines, None],
                [*lines, 1],
                list(text[:3_000]),
                [[text]],
                {"0": text},
                lines * 3,
                lines[::-1],
                [],
                None,
                [text, ["x"]],
                [text.encode("utf-8", "replace").hex()],
            )
        )


def _kinds_odd(random: Random, document: Document) -> None:
    for cell in _some_cells(random, document):
        cell["cell_type"] = random.choice(
            ("code", "markdown", "raw", "heading", "html", "Code", "", None, 1, [], {})
        )


def _markdown_odd(random: Random, document: Document) -> None:
    for cell in _some_cells(random, document):
        if cell.get("cell_type") == "markdown" or random.random() < 0.1:
            cell["source"] = random.choice(MARKDOWN)
            cell["cell_type"] = "markdown"
            if random.random() < 0.5:
                cell["metadata"] = {"grader": {"role": "written", "questions": ["written_initialisation"]}}


def _written_odd(random: Random, document: Document) -> None:
    """A written answer full of markup, in its place."""
    for cell in document["cells"] if isinstance(document.get("cells"), list) else []:
        grader = cell.get("metadata", {}) if isinstance(cell, dict) else {}
        grader = grader.get("grader", {}) if isinstance(grader, dict) else {}
        if isinstance(grader, dict) and grader.get("role") == "written":
            cell["source"] = "\n\n".join(random.choices(MARKDOWN, k=3))


def _identities(random: Random, document: Document) -> None:
    identity = random.choice((*_VALUES, "same"))
    for cell in _some_cells(random, document):
        cell["id"] = identity


def _many_cells(random: Random, document: Document) -> None:
    count = random.choice((500, 1_990, 2_100, 4_000) if random.random() < 0.2 else (20, 150))
    sort, text = (
        random.choice(("code", "markdown")),
        random.choice(("", "x = 1", TAG, "def relu_forward(x):\n    return x, x")),
    )
    cell = {"cell_type": sort, "source": text, "metadata": {}}
    if isinstance(document.get("cells"), list):
        at = random.choice((0, len(document["cells"])))
        document["cells"][at:at] = [cell] * count


def _cells_doubled(random: Random, document: Document) -> None:
    if isinstance(document.get("cells"), list):
        extra = copy.deepcopy(document["cells"])
        random.shuffle(extra)
        document["cells"] = random.choice((document["cells"] + extra, extra, [document["cells"], extra]))


def _outputs(random: Random, document: Document) -> None:
    size = random.choice((1_000, 300_000, 3_000_000, 6_000_000) if random.random() < 0.1 else (1_000, 50_000))
    output: Any = random.choice(
        (
            {"output_type": "stream", "name": "stdout", "text": "x" * size},
            {
                "output_type": "display_data",
                "data": {"text/html": TAG, "image/png": "A" * size},
                "metadata": {},
            },
            {"output_type": "error", "ename": TAG, "evalue": [1], "traceback": None},
            None,
            1,
            [[]],
            "x" * size,
        )
    )
    for cell in _some_cells(random, document)[:2]:
        cell["outputs"] = random.choice(([output], output, [output] * 2))


def _some_cells(random: Random, document: Document) -> list[dict[str, Any]]:
    cells = document.get("cells")
    found = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    return random.sample(found, min(len(found), random.choice((1, 3, 20, 200))))


DOCUMENTS: Sequence[Callable[[Random, Document], None]] = (
    _dropped, _dropped, _swapped, _swapped, _wrapped, _nested, _moved, _version, _old_format, _roles_forged,
    _roles_forged, _stamp_forged, _sources_odd, _kinds_odd, _markdown_odd, _written_odd, _identities,
    _many_cells,
    _cells_doubled, _outputs,
)  # fmt: skip


def _truncated(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _bytes_changed(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 30))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _piece_moved(random: Random, data: bytes) -> bytes:
    start, to = sorted(random.randrange(len(data) + 1) for _ in range(2))
    at = random.randrange(len(data) + 1)
    return data[:at] + data[start : min(to, start + 5_000)] + data[at:]


def _keys_doubled(random: Random, data: bytes) -> bytes:
    return b'{"cells": [], "nbformat": 3, "metadata": null, ' + data.lstrip()[1:]


def _other_json(random: Random, data: bytes) -> bytes:
    return random.choice((
        b"", b"null", b"[]", b"{}", b"1", b'"x"', b"[" * 100_000, b'{"a":' * 50_000, b"{" * 9, b"NaN",
        b"-Infinity", b"9" * 9_000,
        b'{"cells": ' + b"[" * 900 + b"]" * 900 + b"}", b'{"cells": {}}', b'{"cells": [[]]}',
        b'{"cells": [{}]}', b"\xff\xfe",
        b'{"cells": [' + b"{}," * 3_000 + b"{}]}", b'{"nbformat": ' + b"9" * 5_000 + b', "cells": []}',
        b"\0" * 1_000, b"<html>",
        b'{"cells": [{"cell_type": "code", "source": "' + b"\\ud800" * 9_000 + b'"}], "nbformat": 4}',
        b'"' + b"\\" * 9_999,
    ))  # fmt: skip


def _other_encoding(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-32", "utf-8-sig", "utf-7", "utf-16-be")), "replace")


def _around(random: Random, data: bytes) -> bytes:
    piece = random.choice(
        (
            b"\xef\xbb\xbf",
            b"\0",
            b" " * 5_000,
            data[:9_000],
            b"\xff",
            b"}",
            b",",
            b"// a\n",
            b"<<<<<<< HEAD\n",
        )
    )
    return piece + data if random.random() < 0.5 else data + piece


TEXTS: Sequence[Callable[[Random, bytes], bytes]] = (
    _truncated,
    _bytes_changed,
    _piece_moved,
    _keys_doubled,
    _other_json,
    _other_encoding,
    _around,
)


def dumped(document: Document) -> bytes:
    """A notebook as bytes. What a mutation broke is written as it is: NaN, surrogates, huge numbers."""
    return json.dumps(document).encode()
