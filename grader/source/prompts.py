"""What IPython takes off a whole cell before it looks for magics: blank lines, indentation, prompts.

A cell may be a pasted session (``>>> x = 1``, ``In [1]: x = 1``), or be indented as a whole. Line numbers are
kept: the blank lines that IPython drops at a cell's beginning stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PYTHON = re.compile(r"\s*(?:>>>|(\.\.\.))[ \t]?")
_PYTHON_BEGINS = re.compile(r"^[ \t]*+>>>", re.M)
_IPYTHON = re.compile(r"(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?)")
_BLANK = re.compile(r"^[ \t]++$", re.M)
_TRIPLE = re.compile(r"(?<!\\)(?:\"\"\"|''')")


def split_blank_head(text: str) -> tuple[str, str]:
    """The blank lines that a cell begins with, emptied, and the rest. A blank cell is all rest."""
    if text and not text[0].isspace():
        return "", text
    lines = text.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if not line.isspace()), 0)
    head = sum(map(len, lines[:count]))
    return "\n" * text.count("\n", 0, head), text[head:]


def strip_prompts(text: str) -> str:
    """Take the common indentation and the prompts off a cell."""
    text = _dedent(text)
    if _PYTHON_BEGINS.search(text):
        text = _strip_python(text.splitlines(keepends=True))
    lines = text.splitlines(keepends=True)
    if not any(_IPYTHON.match(line) for line in lines[:2]):
        return text
    return "".join(line[_end(_IPYTHON.match(line)) :] for line in lines)


def _end(prompt: re.Match[str] | None) -> int:
    return prompt.end() if prompt else 0


def _dedent(text: str) -> str:
    """``textwrap.dedent``, which makes a regular expression of a margin of any length."""
    text = _BLANK.sub("", text)
    if text[:1] not in ("", " ", "\t", "\n"):
        return text  # no margin
    lines = text.split("\n")
    written = [line for line in lines if line]
    first, last = min(written, default=""), max(written, default="")
    margin = 0
    while margin < min(len(first), len(last)) and first[margin] == last[margin] and first[margin] in " \t":
        margin += 1
    return "\n".join(line[margin:] for line in lines)


def _strip_python(lines: Sequence[str]) -> str:
    """Take ``>>>`` and ``...`` off, where a line outside strings begins with ``>>>``.

    A string that is opened on a line with a prompt was pasted with its prompts; any other keeps its text.
    """
    prompts = [_PYTHON.match(line) for line in lines]
    strings = _in_strings(lines, prompts)
    prompts = [None if string else prompt for prompt, string in zip(prompts, strings, strict=True)]
    if all(prompt is None or prompt[1] for prompt in prompts):
        return "".join(lines)
    parts: list[str] = []
    begin = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and strings[end] == strings[begin]:
            continue
        part = "".join(
            line[_end(prompt) :] for line, prompt in zip(lines[begin:end], prompts[begin:end], strict=True)
        )
        parts.append(_dedent(part) if any(prompts[begin:end]) else part)
        begin = end
    return "".join(parts)


def _in_strings(lines: Sequence[str], prompts: Sequence[re.Match[str] | None]) -> list[bool]:
    """For each line, whether it begins in a string of three quotes that was opened without a prompt."""
    inside: list[bool] = []
    quotes = ""
    pasted = False
    for line, prompt in zip(lines, prompts, strict=True):
        inside.append(bool(quotes) and not pasted)
        for match in _TRIPLE.finditer(line):
            if not quotes:
                quotes = match[0]
                pasted = prompt is not None
            elif quotes == match[0]:
                quotes = ""
    return inside
