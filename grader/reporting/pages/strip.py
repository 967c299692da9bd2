"""All questions at a glance: one bar, a stretch for each in the width of its points."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model import Report
from grader.reporting.statuses import question_word

WIDTH = 1000.0
_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A question's stretch: where it lies, and how much of it is earned."""

    x: float
    width: float
    earned: float
    tone: str


def strip(report: Report) -> list[Segment]:
    """The segments, left to right. Empty where there are no points at all."""
    total = sum(q.max_score for q in report.questions)
    room = WIDTH - _GAP * (len(report.questions) - 1)
    segments: list[Segment] = []
    x = 0.0
    for question in report.questions if total > 0 and room > 0 else ():
        width = room * question.max_score / total
        share = question.score / question.max_score if question.max_score else 0.0
        earned = width * min(1.0, max(0.0, share))
        tone = question_word(question).tone
        segments.append(Segment(round(x, 1), round(width, 1), round(earned, 1), tone))
        x += width + _GAP
    return segments
