"""The source of one notebook cell → statements: IPython's own lines neither run nor break it."""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from dataclasses import dataclass

from grader.source.complexity import too_complex
from grader.source.magics import DottedError, blank_magics
from grader.source.misplaced import misplaced

MAX_SOURCE = 256 * 1024
"""Bytes of source that are parsed at all."""
MAX_TOKENS = 100_000
"""Tokens of source that are parsed at all, since a tree's size follows them: 1.3 KB each at the worst."""
_MAX_SCOPES = 2_000
"""Functions, classes and comprehensions: each has a table of its own, here and in the child's compiler."""
_MAX_HELD = 4 * MAX_TOKENS
"""Tokens of all the trees that are kept for the next time; an ordinary submission has 15,000."""

_KEPT_BETWEEN = 60_000
"""Tokens of trees that are kept from one submission to the next."""

_TOKEN = re.compile(r"[\w.]+|[^\w\s]|\n")
_SCOPE = re.compile(r"\b(?:def|class|lambda|for)\b")
_PYTHON2 = re.compile(
    r"""^[ \t]*print[ \t]+["'\w]|^[ \t]*exec[ \t]+["']|^[ \t]*raise[ \t]+\w+[ \t]*,"""
    r"""|except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:""",
    re.M,
)


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell that is ready to slice. ``source`` has its magics blanked, line numbers kept."""

    source: str
    tree: ast.Module | None
    problem: str = ""


def count_tokens(source: str) -> int:
    """About how many tokens a source has, its comments and strings included; cheap, and never parsed."""
    return sum(1 for _ in _TOKEN.finditer(source))


_held: dict[str, ParsedCell] = {}
_held_tokens = 0


def parse_cell(source: str) -> ParsedCell:
    """Parse one cell; magics and shell lines are blanked. ``problem`` says why a cell does not parse."""
    global _held_tokens
    cached = _held.get(source)
    if cached is None:
        tokens = min(count_tokens(source), MAX_TOKENS)
        if _held_tokens + tokens > _MAX_HELD:
            _held.clear()
            _held_tokens = 0
        cached = _held[source] = _parse(source)
        _held_tokens += tokens
    return cached


def forget_cells() -> None:
    """Let go of trees beyond what the released cells of a class need; to be called between submissions."""
    global _held_tokens
    if _held_tokens > _KEPT_BETWEEN:
        _held.clear()
        _held_tokens = 0


def _parse(source: str) -> ParsedCell:
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_SOURCE:
        return ParsedCell(text, None, f"the cell is larger than {MAX_SOURCE // 1024} KiB")
    if len(text) > MAX_TOKENS and count_tokens(text) > MAX_TOKENS:
        return ParsedCell(text, None, f"the cell has more than {MAX_TOKENS} words, signs and lines")
    if len(_SCOPE.findall(text)) > _MAX_SCOPES:
        return ParsedCell(text, None, f"the cell has more than {_MAX_SCOPES} functions, classes and loops")
    try:
        text = blank_magics(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a student's string is not our news
            tree = ast.parse(text)
            if problem := too_complex(tree) or _refused(text, tree):
                return ParsedCell(text, None, problem)
    except DottedError as error:
        return ParsedCell(text, None, str(error))
    except SyntaxError as error:
        return ParsedCell(text, None, _syntax_problem(text, error))
    except (ValueError, MemoryError, RecursionError) as error:
        return ParsedCell(text, None, f"the cell does not parse ({type(error).__name__})")
    return ParsedCell(text, tree)


def _refused(text: str, tree: ast.Module) -> str:
    """What only the compiler's later steps would refuse: a repeated argument, a late global, a stray return.

    It never comes to generating code, which a few hundred bytes can make as dear as they like.
    """
    symtable.symtable(text, "<cell>", "exec")
    wrong = misplaced(tree)
    return f"line {wrong[0]}: {wrong[1]}" if wrong else ""


def _syntax_problem(text: str, error: SyntaxError) -> str:
    where = f"line {error.lineno}" if error.lineno else "this cell"
    if _PYTHON2.search(text):
        return f"{where} is Python 2; this course runs Python 3 (for example, print needs parentheses)"
    return f"{where}: {error.msg}"
