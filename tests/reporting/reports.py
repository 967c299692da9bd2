"""Reports built by hand: one of everything that a page can show."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from grader.model import (
    AssignmentInfo,
    CaseCount,
    Cell,
    Evidence,
    Line,
    Outcome,
    PartScore,
    Place,
    Plot,
    QuestionReport,
    Report,
    SandboxInfo,
    SubmissionInfo,
    Times,
    Value,
)
from grader.model.reasons import (
    EntryOf,
    GraderFault,
    JudgedLater,
    NoAnswer,
    NotFinite,
    PlainNote,
    Raised,
    Scale,
    SomeEntries,
    Transposed,
    Waiting,
    WrongEntry,
)

SNIPPET = "x = np.array([[1., 2.]])\nresult_0 = affine_forward(x, w, b)"


HALF = Scale("db", 0.5)
HALF_SAID = "db is 2 times too small."


def row(*values: float) -> Value:
    """A row of floats, as evidence."""
    return Value("array", (len(values),), "float64", values)


def note(text: str) -> PlainNote:
    """A finding in words of its own."""
    return PlainNote(text)


def outcome(**changes: Any) -> Outcome:
    made = Outcome(
        "values",
        "failed",
        False,
        part="db",
        case="N = 2",
        rung=1,
        findings=(HALF,),
        measurements={"scaled_error": 0.5, "tolerance": 1e-7},
        evidence=Evidence(SNIPPET, row(-2.0, 1.0), row(-1.0, 1.0), heat=((0.5, 0.0),)),
    )
    return replace(made, **changes)


def question(name: str = "affine_backward", **changes: Any) -> QuestionReport:
    made = QuestionReport(
        name,
        f"The {name}",
        "code",
        "partial",
        6.0,
        9.0,
        (HALF,),
        parts=(PartScore("dx", 6, 6), PartScore("db", 0, 3)),
        public=CaseCount(5, 5, 3),
        hidden=CaseCount(4, 0, 0),
        cells=(0,),
        outcomes=(outcome(),),
    )
    return replace(made, **changes)


def passed(name: str = "affine_forward", **changes: Any) -> QuestionReport:
    right: dict[str, Any] = {
        "status": "passed",
        "score": 5.0,
        "max_score": 5.0,
        "findings": (),
        "outcomes": (),
        "parts": (PartScore("out", 5, 5),),
        "public": CaseCount(6, 6, 6),
        "cells": (),
    }
    return question(name, **{**right, **changes})


def report(*questions: QuestionReport, **changes: Any) -> Report:
    made = Report(
        AssignmentInfo("two_layer_net", "1.0", "A two-layer net"),
        SubmissionInfo("ada", "0123456789abcdef" * 4),
        SandboxInfo("limited", ("own process",)),
        score=sum(q.score for q in questions),
        max_score=sum(q.max_score for q in questions),
        provisional=False,
        questions=questions,
        grader="0.1.0",
        cells=(Cell("cell 3", "code", "def affine_backward(dout, cache):\n    return dout\n", "answer"),),
        tolerances={"values": 1e-7},
        times=Times("2026-11-23T00:41:52+00:00", 4.856),
    )
    return replace(made, **changes)


def accuracy(**changes: Any) -> Plot:
    """A short run beside the reference's, and what guessing would reach."""
    made = Plot(
        "Accuracy",
        "epoch",
        "share that is right",
        (
            Line("training", (0.1, 0.7, 0.9)),
            Line("validation", (0.1, 0.6, 0.8)),
            Line("training", (0.1, 0.75, 0.93), role="reference"),
            Line("guessing", (0.1, 0.1, 0.1), role="given"),
        ),
        scale="share",
        label="your run",
    )
    return replace(made, **changes)


def trajectory(**changes: Any) -> Outcome:
    """A free run of an update rule, beside the reference's."""
    yours, reference = [[-4.0, 1.0], [-3.0, -0.5], [-2.0, 0.2]], [[-4.0, 1.0], [-2.5, 0.1], [-1.0, 0.0]]
    made = outcome(
        check="trajectory",
        status="passed",
        part="w",
        scored=False,
        findings=(),
        measurements={"quadratic": [0.1, 2.0], "yours": yours, "reference": reference},
        evidence=None,
    )
    return replace(made, **changes)


def everything() -> Report:
    """Every status of a question, every kind of evidence."""
    raised = outcome(
        status="error",
        part="out",
        measurements={},
        findings=(Raised("out", "f", "KeyError", "", "cell 3", 2),),
        evidence=Evidence(SNIPPET, row(1.0), Value("nothing"), place=Place("cell 3", 2, "return dout")),
    )
    not_finite = outcome(
        findings=(NotFinite("db", 1, 2),),
        measurements={"scaled_error": float("nan"), "tolerance": 1e-7},
        evidence=Evidence(SNIPPET, row(-2.0, 1.0), row(float("nan"), 1.0), heat=((1.0, 0.0),)),
    )
    hidden = outcome(hidden=True, findings=(Transposed("db"),), evidence=None)
    entries = (
        outcome(
            check="literal",
            status="passed",
            findings=(EntryOf("w", right=True),),
            part="answer",
            case="w",
            evidence=None,
        ),
        outcome(
            check="literal", findings=(WrongEntry("x", "(1, 2)"),), part="answer", case="x", evidence=None
        ),
    )
    no_points: dict[str, Any] = {"score": 0.0, "outcomes": ()}
    words = "Since $\\frac{1}{N}$ and $$x^2$$ hold, see [here](https://example.org)."
    big = tuple(tuple(0.1 * (i * j % 7) for j in range(16)) for i in range(16))
    return report(
        passed(),
        question(),
        question("error", status="error", outcomes=(raised,), findings=raised.findings),
        question("timeout", status="timeout", **no_points),
        question("crashed", status="crashed", **no_points),
        question("not_finite", status="failed", outcomes=(not_finite,), findings=not_finite.findings),
        question("hidden_only", status="failed", outcomes=(hidden,), findings=hidden.findings,
                 in_hidden_case=True),
        question("big", outcomes=(outcome(
            evidence=Evidence(SNIPPET, Value("dict", detail="{}"), Value("nothing"), big)
        ),)),
        question("blocked", status="blocked", blocked_by=("affine_backward",),
                 findings=(Waiting("affine_backward"),), **no_points),
        question("untouched", status="not_attempted", **no_points, findings=(NoAnswer(),)),
        question("fault", status="grader_fault", score=9.0, outcomes=(), findings=(GraderFault("OSError"),)),
        question("drill", kind="literal", outcomes=entries, findings=(SomeEntries(1, 2, "x"),),
                 public=CaseCount(0, 2, 1), hidden=CaseCount()),
        passed("train", kind="experiment", plots=(accuracy(),), outcomes=(trajectory(),),
               public=CaseCount(0, 1, 1), hidden=CaseCount(), findings=(note("Right in 82.9 % of cases."),)),
        passed("written", kind="written", status="awaiting_review", cells=(1,),
               findings=(JudgedLater("written"),)),
        provisional=True,
        notes=(note("cell 7 was left out: it does not parse"),),
        cells=(
            Cell("cell 3", "code", "def f(dout):\n    return dout['a']  # why\n", "answer"),
            Cell("cell 4", "markdown", words, "written", questions=("written",)),
            Cell("cell 5", "code", 'check("f")', "free"),
            Cell("cell 7", "code", "def g(:", "free", problem="it does not parse"),
        ),
    )  # fmt: skip


class Page(HTMLParser):
    """A page as a list of elements with their attributes and their text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in_style = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._in_style else data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]
