"""The source of one notebook cell → statements, as Jupyter reads it: IPython's own lines do not break it.

What is an error in Jupyter is a problem here, with its line: syntax, names (``symtable``) and places
(``find_misplaced``). Jupyter compiles each statement by itself, a module is compiled as a whole.
"""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from dataclasses import dataclass

from grader.source.complexity import too_complex
from grader.source.logical_lines import DottedError
from grader.source.magics import to_python
from grader.source.misplaced import find_misplaced, find_misplaced_in_module

MAX_SOURCE = 256 * 1024
"""Bytes of source that are parsed at all."""
MAX_TOKENS = 100_000
"""Tokens of source that are parsed at all, since a tree's size follows them: 1.3 KB each at the worst."""
_MAX_SCOPES = 2_000
"""Functions, classes and comprehensions: each has a table of its own, here and in the child's compiler."""
_MAX_CACHED_TOKENS = 4 * MAX_TOKENS
"""Tokens of all the trees that are kept for the next time; an ordinary submission has 15,000."""

_MAX_TOKENS_BETWEEN = 60_000
"""Tokens of trees that are kept from one submission to the next."""

_TOKEN = re.compile(r"[\w.]+|[^\w\s]|\n")
_SCOPE = re.compile(r"\b(?:def|class|lambda|for)\b")
_PYTHON2 = re.compile(
    r"""^[ \t]*print[ \t]+["'\w]|^[ \t]*exec[ \t]+["']|^[ \t]*raise[ \t]+\w+[ \t]*,"""
    r"""|except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:""",
    re.M,
)


_WAITS = re.compile(r"'await' outside function|outside (?:async|of an asynchronous) function")
"""Newer Pythons' ``symtable`` refuses what may stand in a cell; ``find_misplaced`` knows where it may not."""

_TYPOGRAPHY = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", 'a curly quote: type " instead'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4\u2032", "a curly quote: type ' instead"),
    **dict.fromkeys("\u00a0\u2007\u202f\u3000", "a non-breaking space: type an ordinary one instead"),
    **dict.fromkeys(
        "\u200b\u200c\u200d\u2060\ufeff\u00ad", "a character that cannot be seen: type the line again"
    ),
    **dict.fromkeys("\u2212\u2013\u2014\u2010\u2011", "a dash that is no minus: type - instead"),
    **dict.fromkeys("\u00d7\u22c5\u2217\u00b7", "a sign that is no multiplication: type * instead"),
    **dict.fromkeys("\uff08\uff09\uff0c\uff1a\uff1d", "a wide character: type the ordinary one instead"),
    "\u2026": "an ellipsis: type three dots instead",
    "\u2264": "a sign for <=: type <= instead",
    "\u2265": "a sign for >=: type >= instead",
    "\u2260": "a sign for !=: type != instead",
}
"""Characters that editors, chats and PDF files put in the place of Python's."""

Text = tuple[int, str]
"""A statement's source and the number of its first line in the cell."""


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell that is ready to slice. ``source`` is Python: its magics are blanked, line numbers kept."""

    source: str
    tree: ast.Module | None
    problem: str = ""
    module_problem: str = ""
    """What is wrong if this is no cell, but a module: ``await`` at its top level, say."""


def count_tokens(source: str) -> int:
    """About how many tokens a source has, its comments and strings included; cheap, and never parsed."""
    return sum(1 for _ in _TOKEN.finditer(source))


_cache: dict[str, ParsedCell] = {}
_cached_tokens = 0


def parse_cell(source: str) -> ParsedCell:
    """Parse one cell; magics and shell lines are blanked. ``problem`` says why a cell does not parse."""
    global _cached_tokens
    cached = _cache.get(source)
    if cached is None:
        tokens = min(count_tokens(source), MAX_TOKENS)
        if _cached_tokens + tokens > _MAX_CACHED_TOKENS:
            _cache.clear()
            _cached_tokens = 0
        cached = _cache[source] = _parse(source)
        _cached_tokens += tokens
    return cached


def cut_statement(lines: list[bytes], body: list[ast.stmt], position: int) -> Text:
    """The text from a statement's first character to its last, out of UTF-8: columns count its bytes."""
    node = body[position]
    first, start = node.lineno, node.col_offset
    last, end = node.end_lineno or first, node.end_col_offset
    if getattr(node, "decorator_list", None):  # it begins above its own line: right after what is before it
        first, start = (body[position - 1].end_lineno or 0) + 1 if position else 1, 0
    if first == last:
        return first, lines[first - 1][start:end].decode()
    text = [lines[first - 1][start:], *lines[first : last - 1], lines[last - 1][:end]]
    return first, b"\n".join(text).decode()


def forget_cells() -> None:
    """Empty the cache where it holds more than the released cells of a class; call it between submissions."""
    global _cached_tokens
    if _cached_tokens > _MAX_TOKENS_BETWEEN:
        _cache.clear()
        _cached_tokens = 0


def _parse(source: str) -> ParsedCell:
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if problem := _too_large(text):
        return ParsedCell(text, None, problem)
    if len(_SCOPE.findall(text)) > _MAX_SCOPES:
        return ParsedCell(text, None, f"the cell has more than {_MAX_SCOPES} functions, classes and loops")
    end = "" if text.endswith("\n") else "\n"  # as Jupyter does: the last line may be joined to an empty one
    try:
        text = to_python(text)
        if problem := _too_large(text):
            return ParsedCell(text, None, problem)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a student's string is not our news
            tree = ast.parse(text + end)
            if problem := too_complex(tree):
                return ParsedCell(text, None, problem)
            return _check(text, tree)
    except DottedError as error:
        return ParsedCell(text, None, str(error))
    except SyntaxError as error:
        return ParsedCell(text, None, _syntax_problem(text, error))
    except (ValueError, MemoryError, RecursionError) as error:
        return ParsedCell(text, None, f"the cell does not parse ({type(error).__name__})")


def _too_large(text: str) -> str:
    if len(text.encode("utf-8", "replace")) > MAX_SOURCE:
        return f"the cell is larger than {MAX_SOURCE // 1024} KiB"
    if len(text) > MAX_TOKENS and count_tokens(text) > MAX_TOKENS:
        return f"the cell has more than {MAX_TOKENS} words, signs and lines"
    return ""


def _check(text: str, tree: ast.Module) -> ParsedCell:
    """What only the compiler's later steps would refuse: a repeated argument, a late global, a stray return.

    It never comes to generating code, which a few hundred bytes can make as dear as they like.
    """
    whole = _wrong_names(text)
    wrong = find_misplaced(tree)
    if whole and (of_one := _wrong_names_of_statements(text, tree)):
        first, names = of_one
        wrong = wrong if wrong and wrong[0] < first else names
    if whole is None and (wrong or any(word in text for word in ("await", "async", "__future__"))):
        whole = find_misplaced_in_module(tree)
    return ParsedCell(text, None if wrong else tree, _sentence(wrong), _sentence(whole))


def _sentence(problem: tuple[int, str] | None) -> str:
    return f"line {problem[0]}: {problem[1]}" if problem else ""


def _wrong_names(text: str) -> tuple[int, str] | None:
    """The line and the message of what the compiler's table of names refuses."""
    try:
        symtable.symtable(text + "\n", "<cell>", "exec")
    except SyntaxError as error:
        return error.lineno or 1, error.msg
    return None


def _wrong_names_of_statements(text: str, tree: ast.Module) -> tuple[int, tuple[int, str]] | None:
    """The first line of the first statement that is refused by itself, and what is said of it."""
    lines = text.encode().split(b"\n")
    for position in range(len(tree.body)):
        first, statement = cut_statement(lines, tree.body, position)
        wrong = _wrong_names(statement)
        if wrong and not _WAITS.search(wrong[1]):
            return first, (first - 1 + wrong[0], wrong[1])
    return None


def is_python2(text: str) -> bool:
    """Whether a text that does not parse looks like Python 2."""
    return _PYTHON2.search(text) is not None


def _syntax_problem(text: str, error: SyntaxError) -> str:
    where = f"line {error.lineno}" if error.lineno else "this cell"
    if is_python2(text):
        return f"{where} is Python 2; this course runs Python 3 (for example, print needs parentheses)"
    return f"{where}: {error.msg}{_typed(text, error)}"


def _typed(text: str, error: SyntaxError) -> str:
    """What an editor or a chat made of a character, and how it is put right; empty where it is not that."""
    if isinstance(error, TabError):
        return " (tabs and spaces are mixed: indent with spaces alone)"
    line = text.split("\n")[error.lineno - 1] if error.lineno and error.lineno <= text.count("\n") + 1 else ""
    found = next((character for character in line if character in _TYPOGRAPHY), "")
    return f" (this line has {_TYPOGRAPHY[found]})" if found and "character" in str(error.msg) else ""
