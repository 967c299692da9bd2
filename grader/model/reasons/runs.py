"""Notes on how a submission was judged."""

from __future__ import annotations

from grader.model.findings import Finding, finding


@finding("load_failed")
class LoadFailed(Finding):
    """A cell failed while the submission was loaded."""

    cell: str = ""
    line: int = 0
    error: str = ""
    message: str = ""
    cause: str = ""
    amount: float = 0.0
    detail: str = ""


@finding("library_not_there")
class LibraryNotThere(Finding):
    """Something imports a library that is not there when answers are graded."""

    name: str = ""
    cell: str = ""
    line: int = 0
    available: str = ""
    """What is there, beside the standard library: a list."""


@finding("old_numpy")
class OldNumpyName(Finding):
    """A name that NumPy has no more was there all the same; nothing is lost by it."""

    old: str = ""
    new: str = ""
    cell: str = ""
    line: int = 0


@finding("library")
class ForeignLibrary(Finding):
    """The submission imports a library that has the answers."""

    name: str = ""


@finding("other_release")
class OtherRelease(Finding):
    """A notebook of another version than it is graded as."""

    released: str = ""
    graded: str = ""


@finding("for_staff")
class ForStaff(Finding):
    """What the staff should know of a grading that failed."""

    reason: str = ""


@finding("whole_fault")
class GraderFailed(Finding):
    """The grader failed on a whole submission."""


@finding("whole_crash")
class GraderEnded(Finding):
    """A submission ended the grader's own process, each time that it was run."""


@finding("crash_for_staff")
class CrashConfirmed(Finding):
    """Why a submission is blamed for a process that ended: a right one was judged before and after it."""


@finding("note")
class PlainNote(Finding):
    """A note in words of its own, such as those of an error of Python's."""

    text: str = ""
