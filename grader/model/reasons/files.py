"""What is said of the files that were handed in. Names are displayable: nothing in them hides or reorders."""

from __future__ import annotations

from typing import Literal

from grader.model.findings import Finding, finding

LeftOutReason = Literal[
    "link", "not plain", "not found", "not opened", "grew", "declared size", "damaged", "cut off", "password",
    "compression", "nested archive", "archive beside", "large module", "large notebook", "large archive",
    "past size", "past count", "past archives", "no name", "long name", "outside", "NUL", "too deep",
    "device", "encoding", "syntax", "import name", "output", "other kind", "environment", "set aside",
    "earlier upload", "checkpoint",
]  # fmt: skip
"""Why a file is not read: what it is, how it came, what it is past, its name, its text."""


@finding("left_out")
class LeftOut(Finding):
    """A file or a folder that is not read, and why."""

    name: str = ""
    reason: LeftOutReason = "not plain"
    size: float = 0.0
    """Of the file, in MB."""
    limit: int = 0
    """What it is past: KiB of a module, MB of another file or of a submission, files, folders."""
    error: str = ""
    """What the system says, or Python."""
    archive: str = ""
    """The archive in a student's folder that it lies in."""


@finding("cell_left_out")
class CellLeftOut(Finding):
    """A cell that does not parse."""

    cell: str = ""
    error: str = ""


@finding("statement_left_out")
class StatementLeftOut(Finding):
    """A statement of a file or of a cell that does not parse; the others count."""

    place: str = ""
    error: str = ""


@finding("bound_again")
class BoundAgain(Finding):
    """A name that means something else below its answer's last check than it did there."""

    name: str = ""
    first: str = ""
    """The cell that counts."""
    last: str = ""


@finding("given_cell_changed")
class GivenCellChanged(Finding):
    """A cell that the course wrote is not as it was released; ``read`` and ``ignored`` are lists of names."""

    cell: str = ""
    read: str = ""
    """What was added, and counts as the student's own."""
    ignored: str = ""
    """What the course defines: its own counts."""


@finding("doubled_name")
class DoubledName(Finding):
    """Two files of one name, the last of which counts."""

    name: str = ""
    archive: str = ""


@finding("alike_names")
class AlikeNames(Finding):
    """Two files whose names differ only in capitals: one file on a Mac or on Windows."""

    first: str = ""
    second: str = ""
    archive: str = ""


@finding("other_notebooks")
class OtherNotebooks(Finding):
    """Of several notebooks one is graded; ``others`` is a list of at most ten."""

    graded: str = ""
    others: str = ""
    more: int = 0
    """How many the list lacks."""
    answers: int = 0
    """Parts of answers in the one that is graded: functions, methods, values, texts."""
    most_beside: int = 0
    """The most that one of the others holds."""
    same: bool = False
    """All hold the same cells."""


@finding("earlier_uploads")
class EarlierUploads(Finding):
    """One file that was handed in several times; ``earlier`` and ``later`` are lists of at most ten."""

    counted: str = ""
    earlier: str = ""
    later: str = ""
    """Those that hold no answer."""


@finding("doubled_definition")
class DoubledDefinition(Finding):
    """Names that several files of a tree define; one file counts."""

    names: str = ""
    counted: str = ""
    others: str = ""


@finding("handed_in_late")
class HandedInLate(Finding):
    """The learning platform marked a file as late."""

    name: str = ""


@finding("same_answers")
class SameAnswers(Finding):
    """Several submissions of a class that hold the same code; ``names`` is a list of at most ten."""

    names: str = ""


@finding("one_student")
class OneStudent(Finding):
    """Several submissions of a class whose names are one student's; ``names`` is a list of at most ten."""

    names: str = ""


@finding("another_assignment")
class AnotherAssignment(Finding):
    """What was handed in answers another assignment than the one that is graded."""

    graded: str = ""
    other: str = ""
    """The other's name; empty where it is not known."""
    stamped: bool = False
    """The notebook itself says so."""


@finding("doubled_answer")
class DoubledAnswer(Finding):
    """A question that two cells answer."""

    question: str = ""
    first: str = ""
    last: str = ""


@finding("more_notes")
class MoreNotes(Finding):
    """Notes on files that are only counted."""

    count: int = 0
    archive: str = ""


@finding("nothing_here")
class NothingHere(Finding):
    """No notebook and no module was handed in."""


@finding("unreadable")
class Unreadable(Finding):
    """What was handed in, or with ``name`` one file of it, cannot be read; ``reason`` is the error's text."""

    name: str = ""
    reason: str = ""


@finding("not_opened")
class NotOpened(Finding):
    """The system does not open what was handed in."""

    error: str = ""


@finding("too_much_source")
class TooMuchSource(Finding):
    """More source code than is parsed."""

    unit: Literal["KiB", "tokens", "statements"] = "KiB"
    amount: int = 0
    limit: int = 0


@finding("cases_file")
class CasesFile(Finding):
    """The file of cases that a submission was judged with, and who vouches for it."""

    name: str = ""
    sha256: str = ""
    vouched: Literal["hash", "named", "beside"] = "beside"
    """Its hash is the one that was wanted; the caller named it; it was only found there."""
