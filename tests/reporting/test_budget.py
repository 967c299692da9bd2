"""A page takes bounded work and has a bounded size, whatever the report holds."""

from __future__ import annotations

import time

import pytest
from markupsafe import Markup

from grader.model import Cell, Evidence, Line, Place, Report, Value
from grader.model.reasons import KnownMistake, Raised
from grader.reporting import class_page, explain_answer, junit_xml, step_summary, student_page, terminal_text
from grader.reporting.pages.budget import CELL_WORK, LONGEST_RICH, PAGE_WORK, Budget, work
from grader.reporting.pages.caches import LARGEST_ENTRY, TextCache
from grader.reporting.pages.cells import notebook_view
from grader.reporting.pages.markdown import markdown
from grader.reporting.pages.student import student_page as page_within
from tests.reporting.reports import Page, accuracy, note, outcome, passed, question, report

LARGEST_PAGE = 3_000_000
SLOWEST = 30.0
slow = pytest.mark.slow
"""Seconds of processor time; without a budget each of these takes a minute or more."""


NOTHING = Value("nothing")


def notebook(*sources: str, kind: str = "markdown") -> Report:
    cells = tuple(
        Cell(f"cell {n}", "code" if kind == "code" else "markdown", source)
        for n, source in enumerate(sources, 1)
    )
    return report(passed(), cells=cells)


def section(html: str) -> str:
    return html.split('id="notebook"')[1]


@pytest.mark.parametrize(
    "unit", ["![", *(pytest.param(u, marks=slow) for u in ("- $$ a\n", "$x$ ", "\u202e"))]
)
def test_a_hostile_notebook_of_megabytes_has_a_page(unit: str) -> None:
    hostile = notebook(*((unit * 20_000)[: 20_000 - n] for n in range(60)))
    start = time.process_time()

    html = student_page(hostile)

    assert time.process_time() - start < SLOWEST
    assert len(html.encode()) < LARGEST_PAGE
    assert "1 of 1" in html or "The question is right" in html


@pytest.mark.parametrize("unit", ['"\\N{', *(pytest.param(u, marks=slow) for u in ("\x00", " " * 50 + "\n"))])
def test_hostile_code_has_a_page(unit: str) -> None:
    hostile = notebook(*((unit * 20_000)[: 20_000 - n] for n in range(120)), kind="code")
    start = time.process_time()

    html = student_page(hostile)

    assert time.process_time() - start < SLOWEST
    assert len(html.encode()) < LARGEST_PAGE


def test_a_table_that_fills_itself_is_not_rendered() -> None:
    columns = 1000
    source = f"{'|'.join('a' * columns)}\n{'|'.join('-' * columns)}\n" + "a\n" * 1000

    html = student_page(notebook(source))

    assert "<td>" not in html
    assert "This cell is long, so it is shown as plain text." in html


def test_from_where_the_work_is_spent_cells_are_plain_and_the_page_says_so_once() -> None:
    sources = ["*words*"] * 5

    view = notebook_view(notebook(*sources), Budget(work=2 * work("markdown", "*words*") + 20))
    bodies = [cell.body for group in view.groups for cell in group.cells]

    assert bodies[:2] == ["<p><em>words</em></p>\n"] * 2
    assert bodies[2:] == ["<pre class=plain>*words*</pre>"] * 3
    (note,) = view.notes
    assert note.startswith("This notebook is long: from cell 3 on, cells are shown as plain text")
    assert note.endswith("That changes no points.")


def test_cells_that_do_not_fit_are_counted() -> None:
    html = page_within(notebook(*["*words*"] * 9), Budget(size=2000))

    shown = html.count('<article class="cell')
    assert 1 <= shown < 9
    assert f"{9 - shown} more cells are not shown, from cell {shown + 1} on." in section(html)


def test_no_link_leads_to_a_cell_that_is_left_out() -> None:
    asked = question(
        cells=(0, 8), outcomes=(outcome(evidence=Evidence("", NOTHING, NOTHING, (), Place("c8", 1, ""))),)
    )
    cells = tuple(Cell(f"c{n}", "code", "x = 1") for n in range(9))

    page = Page(page_within(report(asked, cells=cells), Budget(size=2000)))

    ids = {attributes.get("id") for _, attributes in page.elements}
    assert {(a["href"] or "#")[1:] for a in page.all("a")} <= ids
    assert "Your answer: c0, c8" in page.text


def test_a_million_small_cells_are_a_page_too() -> None:
    many = report(passed(), cells=(Cell("c", "markdown", "x"),) * 1_000_000)

    html = student_page(many)

    assert len(html) < LARGEST_PAGE
    assert "more cells are not shown" in html


def test_the_same_report_gives_the_same_page_however_slow_the_machine_is() -> None:
    long = notebook(*["![" * 3000] * 40)
    ticks = iter(range(10**6))

    fast = page_within(long, Budget(clock=lambda: 0.0))
    slow = page_within(long, Budget(clock=lambda: next(ticks) / 10))

    assert fast == slow == student_page(long)


def test_the_clock_is_the_last_resort() -> None:
    ticks = iter((0.0, 1.0, 99.0, 99.0))
    budget = Budget(clock=lambda: next(ticks))

    assert [budget.rich("markdown", "a"), budget.rich("markdown", "b"), budget.rich("markdown", "c")] == [
        True,
        False,
        False,
    ]


def test_an_ordinary_notebook_is_far_from_the_limits() -> None:
    cell = "def forward(x, w):\n    out = x @ w  # (N, M)\n    return out, (x, w)\n" * 40

    view = notebook_view(notebook(*[cell] * 60, kind="code"), Budget())

    assert view.notes == ()
    assert view.shown == 60
    assert all("<span class=k>def</span>" in c.body for group in view.groups for c in group.cells)


def test_work_grows_with_pieces_and_knows_the_longest() -> None:
    assert work("code", "a" * 1000) < work("code", "(" * 1000)
    for kind, longest in LONGEST_RICH.items():
        assert work(kind, "(" * longest) <= CELL_WORK < PAGE_WORK
        assert work(kind, "a" * (longest + 1)) > CELL_WORK


def monster() -> Report:
    """Megabytes in each place that is not the notebook."""
    big = "<\u202e" * 100_000
    numbers = Value("array", (200_000,), "float64", (1e-9,) * 200_000)
    failed = outcome(
        case=big,
        part="db",
        findings=(Raised(big, big, big, big, big, 1, big),) * 50,
        evidence=Evidence(big, numbers, numbers, ((0.5,) * 3000,), Place(big, 1, big)),
    )
    known = outcome(
        part="dx",
        findings=(KnownMistake(big, big, big, big),),
    )
    plot = accuracy(lines=tuple(Line(f"{n}{big}", (0.5,) * 100_000) for n in range(10)), title=big)
    asked = question(
        findings=(note(big),),
        output=big,
        reading=big,
        blocked_by=(big,) * 300,
        substitutes=(big,) * 300,
        cells=tuple(range(10_000)),
        outcomes=(failed, known),
        plots=(accuracy(), plot),
    )
    cells = tuple(Cell(f"{n} {'l' * 3000}", "code", "x", problem="p" * 9000) for n in range(300))
    return report(asked, passed(), cells=cells, notes=(note("note " + "n" * 9000),) * 10_000)


@pytest.fixture(scope="module")
def monstrous() -> Report:
    return monster()


def test_every_text_of_a_page_is_bounded(monstrous: Report) -> None:
    start = time.process_time()

    html = student_page(monstrous)

    assert time.process_time() - start < SLOWEST
    assert len(html.encode()) < LARGEST_PAGE
    page = Page(html)
    assert "<b>11</b> of 14 points" in html
    assert "1 picture left out" in page.text
    assert "There are 9950 more notes." in page.text
    assert "and 9980 more" in page.text


def test_every_other_format_is_bounded(monstrous: Report) -> None:
    start = time.process_time()

    assert len(step_summary(monstrous).encode()) < 1024 * 1024
    assert len(junit_xml(monstrous).encode()) < 1_000_000
    assert len(terminal_text(monstrous, page=None).encode()) < 500_000
    assert len(explain_answer(monstrous, monstrous.questions[0]).encode()) < 1_000_000
    assert len(class_page([monstrous], run={}).encode()) < 500_000
    assert time.process_time() - start < SLOWEST


def test_a_long_problem_is_bounded() -> None:
    unread = report(problem=note("p" * 5_000_000))

    for text in (student_page(unread), terminal_text(unread, page=None), junit_xml(unread)):
        assert len(text) < 200_000


def test_a_cache_holds_no_more_characters_than_it_may() -> None:
    cache = TextCache(1000)
    calls: list[int] = []

    def render(n: int) -> Markup:
        calls.append(n)
        return Markup("x" * 90)

    for n in [*range(50), 49]:
        cache.get(f"{n:10}", lambda n=n: render(n))  # type: ignore[misc]

    assert cache.size == 1000
    assert calls == list(range(50))


def test_a_large_result_is_not_kept() -> None:
    cache = TextCache(10 * LARGEST_ENTRY)

    cache.get("x" * LARGEST_ENTRY, lambda: markdown("y"))

    assert cache.size == 0
