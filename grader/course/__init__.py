"""A course's folder → assignments: questions, recorded cases, answer keys; stub notebooks and bundles."""

from grader.course.assignment import (
    CourseAssignment,
    PublicAssignment,
    digests,
    load_assignment,
    public_side,
    words_digest,
)
from grader.course.bundle import bundle_data, parse_bundle, read_bundle, write_bundle
from grader.course.draw import Draw
from grader.course.folder import (
    CourseError,
    assignments,
    course_seed,
    find_course,
    load_reference,
    load_rubric,
)
from grader.course.known_answers import KnownAnswers, Mistake
from grader.course.narrative import PLACEHOLDER
from grader.course.others import OtherAssignment, names_asked_for
from grader.course.recorder import Entry, apply, fill, read, record, update
from grader.course.rubric import Experiment, Question, Rubric
from grader.course.training import Training
from grader.model import Formula

__all__ = [
    "PLACEHOLDER",
    "CourseAssignment",
    "CourseError",
    "Draw",
    "Entry",
    "Experiment",
    "Formula",
    "KnownAnswers",
    "Mistake",
    "OtherAssignment",
    "PublicAssignment",
    "Question",
    "Rubric",
    "Training",
    "apply",
    "assignments",
    "bundle_data",
    "course_seed",
    "digests",
    "fill",
    "find_course",
    "load_assignment",
    "load_reference",
    "load_rubric",
    "names_asked_for",
    "parse_bundle",
    "public_side",
    "read",
    "read_bundle",
    "record",
    "update",
    "words_digest",
    "write_bundle",
]
