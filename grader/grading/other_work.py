"""Another assignment's work, handed in for this one: said to be so, rather than graded with 0 points."""

from __future__ import annotations

from dataclasses import replace

from grader.course import OtherAssignment, PublicAssignment, names_asked_for
from grader.grading.given_cells import ROLES
from grader.intake import parts
from grader.model import Submission
from grader.model.reasons import AnotherAssignment

_LEAST = 2
"""Names of another assignment that a submission has at least, to be told as that one's."""


def refuse_other_work(submission: Submission, assignment: PublicAssignment) -> Submission:
    """The submission, with its problem where it holds nothing that only this assignment asks for.

    And where the release that it was cut from, or what it defines instead, is another's: work on this
    assignment in a notebook of another one is graded.
    """
    if submission.problem is not None or not submission.cells:
        return submission
    stamp = submission.stamp
    if stamp is not None and stamp.assignment == assignment.name:
        return submission
    own = names_asked_for(assignment.stubs.items()) | assignment.roots
    there = _names(submission)
    if stamp is not None:
        other = assignment.others.get(stamp.assignment)
        has_own = bool(_only(own, other) & there) if other is not None else 2 * len(there & own) >= len(own)
        if has_own:
            return submission
        return _refused(submission, AnotherAssignment(assignment.name, stamp.assignment, stamped=True))
    for name, other in sorted(assignment.others.items(), key=lambda entry: -len(entry[1].asked & there)):
        instead = other.asked - own
        if not _only(own, other) & there and len(there & instead) >= max(_LEAST, len(instead) / 2):
            return _refused(submission, AnotherAssignment(assignment.name, name))
    return submission


def _only(own: frozenset[str], other: OtherAssignment) -> frozenset[str]:
    """The names that this assignment alone asks for, and the other neither asks for nor gives."""
    return own - other.asked - other.given


def _refused(submission: Submission, problem: AnotherAssignment) -> Submission:
    return replace(submission, problem=problem)


def _names(submission: Submission) -> frozenset[str]:
    """Questions that cells are marked with, and what files and cells define that are not the course's."""
    names = {question for cell in submission.cells for question in cell.questions}
    for cell in submission.cells:
        if cell.kind == "code" and cell.role not in ROLES:
            names |= {name for name, _ in parts(cell.source)}
    for module in submission.modules:
        if module.name.startswith("submission."):
            names |= {name for name, _ in parts(module.source, whole_module=True)}
    return frozenset(names)
