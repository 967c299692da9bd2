"""Submission + Assignment → Report; many → a stream of them."""

from grader.grading.grade import grade

__all__ = ["grade"]
