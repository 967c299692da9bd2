"""Pages of hostile notebooks: the longest that one cell takes, and one page.

Prints the figures of ``grader.reporting.pages.budget``: seconds of processor time, the worst inputs first.
With the sizes as arguments (``python -m benchmarks.pages 2000 8000 32000``) each is tried at these sizes
instead.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from grader.model import AssignmentInfo, Cell, QuestionReport, Report, SandboxInfo, SubmissionInfo
from grader.reporting import student_page
from grader.reporting.pages.budget import CELL_WORK, LONGEST_RICH, Kind, work
from grader.reporting.pages.highlight import python
from grader.reporting.pages.markdown import formula, markdown
from grader.reporting.text import fit

CELLS = 2000
LONGEST_FORMULA = 2000
SHOWN = 5

MARKDOWN = (
    "![", "[", "](", "[a](b", "[[]", "[^", "[`", "[$ ", "*a **a `", "*_", "*_~~", "~~", "*a _b ~~c **d __e ",
    "<", "<a ", "<a\n", "<!--", "</", "&", "&#", "$", "$$", "$x$ ", "- $$ a\n", "- $$", "> $$ a\n\n",
    "$$ a\n", "\\", "`", "``` \n", "> ", "- ", "- - ", "  - a\n", "1. ", "# a\n", "|", "a|b\n", "[a]: b\n",
    "[a\n", "a\n", "\n", "_", "\u202e![", "\u0301",
)  # fmt: skip
CODE = (
    '"', "'", '"""', "'''", 'f"{', 'f"{a:{', "f\"'", '"\\N{', '"%(a', '"{a!', "\\", "\\\n", "a", "a.", "a,",
    "a=", "@", "@a.", "(", "case [", "match (", "match a\n", "1 ", "1_", "\x00", "!", "$", "`", "**", "...",
    "# ", "def ", "import a, ", "from a import ", "\n", "\t", " ", " " * 50 + "\n", "\u202e", "\u4e00 ",
)  # fmt: skip
FORMULAS = (
    "{", "}", "x'", "(", "|", "[", "<", "&", "^", "_", "^{", "x^", "x_1^2", "\\left", "\\left(", "\\right",
    "\\frac", "\\sqrt", "\\sqrt[", "\\over ", "\\begin{matrix}", "\\begin{cases}x\\\\", "\\begin", "\\text{",
    "\\hat", "\\limits", "\\substack{", "\\color{", "\\quad", "\\binom", ".", ",", "-",
)  # fmt: skip
NESTS = (
    ("{", "}"),
    ("\\frac{1}{", "}"),
    ("\\left(", "\\right)"),
    ("^{", "}"),
    ("\\sqrt{", "}"),
    ("\\begin{matrix}", "\\end{matrix}"),
)


def inputs(kind: Kind | None, size: int) -> Iterator[tuple[str, str]]:
    """Texts of ``size`` characters that a parser might take long for, with their names; None: formulas."""
    units = {"markdown": MARKDOWN, "code": CODE, None: FORMULAS}[kind]
    yield from ((repr(unit), (unit * (size // len(unit) + 1))[:size]) for unit in units)
    if kind == "markdown":
        yield "backticks", " ".join("`" * n for n in range(1, int((2 * size) ** 0.5)))[:size]
        yield "brackets", "[" * (size // 2) + "]" * (size // 2)
        yield "quotes", "> " * (size // 2)
        yield "links", "".join(f"[a{n}]: b\n" for n in range(size))[:size]
        yield "table", table(size // 8, size // 4)
    if kind is None:
        for opened, closed in NESTS:
            depth = size // len(opened + closed)
            yield f"nested {opened}", opened * depth + "x" + closed * depth


def table(columns: int, rows: int) -> str:
    """A table whose rows are a letter each: markdown-it fills them up to the columns of the head."""
    return f"{'|'.join('a' * columns)}\n{'|'.join('-' * columns)}\n" + "a\n" * rows


def seconds(render: Callable[[str], object], text: str) -> float:
    """Processor time of one call."""
    start = time.process_time()
    render(text)
    return time.process_time() - start


def notebook(kind: Kind, text: str) -> Report:
    """A report whose notebook is this cell, over and over."""
    cells = tuple(Cell(f"cell {n}", kind, f"{text}{n}") for n in range(CELLS))
    return Report(
        AssignmentInfo("a", "1"),
        SubmissionInfo("s", "0" * 64),
        SandboxInfo("limited"),
        0.0,
        1.0,
        False,
        (QuestionReport("q", "Q", "code", "not_attempted", 0.0, 1.0),),
        cells=cells,
    )


def calls(sizes: list[int]) -> None:
    """Single calls, the slowest first, and how many of them the budget admits at all."""
    kinds: tuple[tuple[str, Kind | None, Callable[[str], object], int], ...] = (
        ("markdown", "markdown", markdown, LONGEST_RICH["markdown"]),
        ("code", "code", python, LONGEST_RICH["code"]),
        ("formula", None, formula, LONGEST_FORMULA),
    )
    for name, kind, render, longest in kinds:
        render("x")  # imports
        for size in sizes or [longest]:
            found = [
                (seconds(render, text), label, kind is None or work(kind, text) <= CELL_WORK)
                for label, raw in inputs(kind, size)
                for text in [fit(raw, size)]
            ]
            print(f"{name}, {size} characters")
            for taken, label, admitted in sorted(found, reverse=True)[:SHOWN]:
                print(f"  {taken:6.2f} s  {label}{'' if admitted else ', not rendered by the budget'}")


def pages() -> None:
    """Whole pages of 2,000 such cells."""
    found = []
    kinds: tuple[Kind, ...] = ("markdown", "code")
    for kind in kinds:
        for label, text in inputs(kind, LONGEST_RICH[kind] - 8):
            report = notebook(kind, text)
            start = time.process_time()
            size = len(student_page(report))
            found.append((time.process_time() - start, size, f"{kind} {label}"))
    print(f"pages of {CELLS} cells")
    for taken, size, label in sorted(found, reverse=True)[: 2 * SHOWN]:
        print(f"  {taken:6.2f} s {size / 1e6:6.2f} MB  {label}")
    print(f"  largest: {max(size for _, size, _ in found) / 1e6:.2f} MB")


def main() -> None:
    """Single calls, then whole pages."""
    calls([])
    pages()


if __name__ == "__main__":
    if sys.argv[1:]:
        calls([int(size) for size in sys.argv[1:]])
    else:
        main()
