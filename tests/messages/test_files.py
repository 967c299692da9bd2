"""Every finding on files, said aloud."""

from __future__ import annotations

from typing import get_args

import pytest

from grader.messages import say, why_left_out
from grader.model import Finding
from grader.model.reasons import (
    AlikeNames,
    CasesFile,
    CellLeftOut,
    DoubledAnswer,
    DoubledName,
    LeftOut,
    LeftOutReason,
    MoreNotes,
    NothingHere,
    NotOpened,
    OtherNotebooks,
    TooMuchSource,
    Unreadable,
)

SENTENCES: dict[Finding, str] = {
    LeftOut("x.py", "link"): "x.py was left out: it is a link (hand in the file itself).",
    LeftOut("x.py", "too deep", limit=20): "x.py was left out: it lies more than 20 folders deep.",
    LeftOut("x.py", "large module", limit=256): "x.py was left out: it is larger than 256 KiB.",
    LeftOut("a.py", "not opened", error="Permission denied"): (
        "a.py was left out: it cannot be opened (Permission denied)."
    ),
    LeftOut("hw.ipynb", "large notebook", 9.04, 5): (
        "hw.ipynb was left out: it is 9.0 MB, more than the 5 MB that are read; clear its outputs (Edit, "
        "Clear All Outputs), save, and hand it in again."
    ),
    LeftOut("y.py", "past archives", archive="b.zip"): (
        "In b.zip: y.py was left out: it is past what is read of all archives together."
    ),
    LeftOut("net.py", "syntax", error="line 2: invalid syntax"): (
        "net.py was left out: it does not parse (line 2: invalid syntax)."
    ),
    CellLeftOut("cell 3", "line 1: '(' was never closed"): (
        "cell 3 was left out: line 1: '(' was never closed."
    ),
    DoubledName("x.py"): "x.py is there twice: the last one counts.",
    DoubledName("x.py", "b.zip"): "In b.zip: x.py is there twice: the last one counts.",
    AlikeNames("X.py", "x.py"): "X.py and x.py differ only in capitals: both were read.",
    OtherNotebooks("a.ipynb", "b.ipynb, c.ipynb"): "a.ipynb was graded; not graded: b.ipynb, c.ipynb.",
    OtherNotebooks("a.ipynb", "b.ipynb", 3): "a.ipynb was graded; not graded: b.ipynb and 3 more.",
    CasesFile("a.cases", "ab12", "named"): (
        "Judged with the cases in a.cases (named by the caller; sha256 ab12)."
    ),
    DoubledAnswer("f", "cell 1", "cell 4"): (
        "`f` is answered twice, in cell 1 and cell 4: the last one counts."
    ),
    MoreNotes(1): "And 1 more such note on the files.",
    MoreNotes(21): "And 21 more such notes on the files.",
    NothingHere(): "Nothing to grade: no notebook (.ipynb) and no module (.py) is here.",
    Unreadable(reason="the zip archive is damaged"): "The zip archive is damaged.",
    Unreadable("hw.ipynb", "the file is JSON, but not a notebook"): (
        "hw.ipynb: the file is JSON, but not a notebook."
    ),
    NotOpened("No such file or directory"): "The files cannot be read: No such file or directory.",
    TooMuchSource("KiB", 390, 256): (
        "It holds 390 KiB of source code, more than 256 KiB; is a data file among it, or a long literal?"
    ),
    TooMuchSource("tokens", 90_000, 60_000): (
        "Its source code has 90000 words, signs and lines, more than 60000; is a data file among it, or a "
        "long literal?"
    ),
    TooMuchSource("statements", 6_000, 5_000): "It has 6000 statements, more than 5000.",
}


@pytest.mark.parametrize(("finding", "sentence"), SENTENCES.items(), ids=lambda value: str(value)[:40])
def test_a_finding_on_files_is_a_sentence(finding: Finding, sentence: str) -> None:
    assert say(finding) == sentence


@pytest.mark.parametrize("reason", get_args(LeftOutReason))
def test_each_reason_to_leave_a_file_out_has_words(reason: LeftOutReason) -> None:
    refusal = LeftOut("x.py", reason, 9.0, 5, "the error")

    why = why_left_out(refusal)

    assert why
    assert say(refusal) == f"x.py was left out: it {why}."


def test_braces_in_a_name_are_no_fields() -> None:
    assert say(LeftOut("{size}{0}.py", "encoding")) == "{size}{0}.py was left out: it is not UTF-8 text."
