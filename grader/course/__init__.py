"""A course's folder → assignments: questions, recorded cases, answer keys; stub notebooks and bundles."""

from grader.course.assignment import Assignment, load_assignment
from grader.course.bundle import read_bundle, write_bundle
from grader.course.draw import Draw
from grader.course.folder import CourseError, assignments, course_seed, find_course
from grader.course.rubric import Experiment, Question, Rubric

__all__ = [
    "Assignment", "CourseError", "Draw", "Experiment", "Question", "Rubric", "assignments", "course_seed",
    "find_course", "load_assignment", "read_bundle", "write_bundle",
]  # fmt: skip
