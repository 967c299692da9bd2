"""Whatever a student writes, prints or names a file comes out as text, in every format."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from grader.model import AssignmentInfo, Evidence, Place, Plot, Report, SubmissionInfo, Value
from grader.model.reasons import PlainNote, Raised
from grader.reporting import (
    class_page,
    grades_csv,
    junit_xml,
    step_summary,
    student_page,
    summary_sentence,
    terminal_text,
)
from tests.reporting.reports import Page, everything

TEXTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{7*7}}{% raw %}${7*7}",
    "\x1b[31m\x1b]8;;https://example.org\x07red",
    "user\u202etxt.exe\u2066\u2069",
    "\ud800\udfff",
    "</style></pre></title><svg onload=alert(1)>",
    "\x00\x01\x7f\x9b\ufffe",
    "[bold red]markup[/] :smile: [link=https://example.org]x[/link]",
    "a\n| forged | row |\n## 100 of 100 points\n::error::x",
    "]]> & &lt; &#x3c;script>",
    "`<b>` `",
]


def replaced(record: Any, text: str) -> Any:
    """A record with ``text`` in every place that a student can reach."""
    findings = (Raised(text, text, text, text, text, 1, text), PlainNote(text))
    return replace(
        record, findings=findings, name=text, title=text, output=text, reading=text, blocked_by=(text,)
    )


def named(plot: Plot, text: str) -> Plot:
    """A plot with ``text`` wherever a name is."""
    lines = tuple(replace(line, name=f"{text}{number}") for number, line in enumerate(plot.lines))
    return replace(plot, title=text, x_label=text, y_label=text, label=text, lines=lines)


def hostile(text: str) -> Report:
    report = everything()
    questions = []
    for question in report.questions:
        value = Value("dict", detail=text)
        evidence = Evidence(text, value, Value("type", detail=text), ((0.5, 0.1),), Place(text, 1, text))
        outcomes = tuple(
            replace(
                o,
                findings=(Raised(text, text, text, text, text, 1, text), PlainNote(text)),
                case=text,
                evidence=evidence if o.evidence else None,
            )
            for o in question.outcomes
        )
        plots = tuple(named(plot, text) for plot in question.plots)
        questions.append(replace(replaced(question, text), outcomes=outcomes, plots=plots))
    return replace(
        report,
        assignment=AssignmentInfo(text, text, text),
        submission=SubmissionInfo(text, text),
        questions=tuple(questions),
        notes=(PlainNote(text),),
        cells=tuple(replace(cell, source=text, label=text, problem=text) for cell in report.cells),
    )


def check_html(html: str, text: str) -> None:
    html.encode("utf-8")
    body = html.split("</style>", 1)[1]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", body)
    page = Page(html)
    assert not {"script", "img", "iframe", "object", "b1"} & {tag for tag, _ in page.elements}
    assert len(page.all("h1")) == len(page.all("style")) == len(page.all("title")) - len(page.all("svg")) == 1
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert (
            not (attributes.get("href") or "")
            .lower()
            .strip()
            .startswith(("javascript:", "data:", "vbscript:"))
        )
    assert "49" not in page.text or "7*7" not in text


@pytest.mark.parametrize("text", TEXTS)
def test_the_students_page_stays_a_page(text: str) -> None:
    check_html(student_page(hostile(text)), text)
    check_html(student_page(replace(hostile(text), problem=PlainNote(text))), text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_class_page_stays_a_page(text: str) -> None:
    check_html(
        class_page([hostile(text), replace(hostile(text), problem=PlainNote(text))], run={"started": text}),
        text,
    )


@pytest.mark.parametrize("text", TEXTS)
def test_junit_stays_xml(text: str) -> None:
    root = ElementTree.fromstring(junit_xml(replace(hostile(text), problem=PlainNote(text))))
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(names) == len(set(names)) == 15


@pytest.mark.parametrize("text", TEXTS)
def test_the_summary_has_no_forged_lines(text: str) -> None:
    lines = step_summary(hostile(text)).split("\n")
    lines[0].encode("utf-8")
    assert len([line for line in lines if line.startswith("|")]) == 2 + 14
    assert all(len(re.findall(r"\|", line)) == 5 for line in lines if line.startswith("|"))
    assert len([line for line in lines if line.startswith("#")]) == 1
    assert not [line for line in lines if line.startswith("::")]
    plain = re.sub(r"</?code>", "", "\n".join(lines))
    assert "<" not in plain
    assert not re.search(r"\]\(|://|!\[|:smile:", plain)


@pytest.mark.parametrize("text", TEXTS)
def test_the_terminal_gets_no_control_characters_and_no_markup(text: str) -> None:
    shown = terminal_text(hostile(text), page=text)
    shown.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert ("[bold red]" in shown) == ("[bold red]" in text)
    assert max(len(line) for line in shown.split("\n")) <= 80


@pytest.mark.parametrize(
    "text", [*TEXTS, "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\xa0=1", "\u3000＠x"]
)
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    table = grades_csv([hostile(text)])
    table.encode("utf-8")
    rows = list(csv.reader(io.StringIO(table)))
    assert len(rows) == 2
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+-@＝＋－＠"))]


def test_a_sentence_is_one_line_of_what_it_is_given() -> None:
    assert "<script>" in summary_sentence(hostile("<script>"))  # escaping is the formats' own work
