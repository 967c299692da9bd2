"""Submission + assignment → report. ``grader.grading.stream`` does it for many (and needs processes)."""

from grader.grading.pipeline import grade

__all__ = ["grade"]
