"""Submission + Assignment → Report. ``grader.grading.stream`` does it for many (and needs processes)."""

from grader.grading.grade import grade
from grader.grading.score import Score, count, first_failure, score

__all__ = ["Score", "count", "first_failure", "grade", "score"]
