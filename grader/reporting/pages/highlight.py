"""Python source → HTML with a few classes of colour, by Pygments' lexer."""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup, escape

from grader.reporting.invisible_characters import visible
from grader.reporting.pages.caches import TextCache

_CLASSES = (
    ("Token.Comment", "c"),
    ("Token.Literal.String", "s"),
    ("Token.Literal.Number", "n"),
    ("Token.Name.Decorator", "d"),
    ("Token.Name.Function", "f"),
    ("Token.Name.Class", "f"),
    ("Token.Name.Builtin", "b"),
    ("Token.Keyword", "k"),
    ("Token.Operator.Word", "k"),
)
"""Kinds of token that are coloured. Brackets, operators and plain names stay bare: half the page's size."""


_cells = TextCache(1_000_000)  # most cells are as released: the same for every student of a class


def python(source: str) -> Markup:
    """The source, escaped, with ``<span class=…>`` around comments, strings, keywords and the like.

    No span crosses a line, so that lines can be told apart.
    """
    return _cells.get(source, lambda: _colour(visible(source)))


def _colour(text: str) -> Markup:
    out: list[str] = []
    for kind, token in _lexer().get_tokens(text):
        css = _class(str(kind))
        out.append("\n".join(_span(css, line) for line in token.split("\n")) if css else str(escape(token)))
    return Markup("".join(out))


@cache
def _lexer() -> Any:
    from pygments.lexers.python import PythonLexer

    return PythonLexer(stripnl=False, ensurenl=False)  # type: ignore[no-untyped-call]


@cache
def _class(kind: str) -> str:
    return next((css for name, css in _CLASSES if kind.startswith(name)), "")


def _span(css: str, text: str) -> str:
    return f"<span class={css}>{escape(text)}</span>" if text else ""
