"""What the lines of one array say together."""

from __future__ import annotations

import numpy as np
import pytest

from grader.gradients.lines import Line, Verdict
from grader.gradients.point import verdict_of

RIGHT = Verdict(1e-9, 1e-8, False, 1.0, True, 2.2e-16)
WRONG = Verdict(1e-6, 1e-8, False, 1.0, False, 2.2e-16)
KINK = Verdict(0.1, 0.5, True, 1.0, False, 2.2e-16)
BLIND = Verdict(1e-3, 1e-2, False, 1.0, True, 2.2e-16)
NAN = Verdict(np.nan, np.nan, False, 1.0, False, 2.2e-16)


def said(plain: list[Verdict], weighted: list[Verdict], largest: float = 1.0) -> str:
    def line(by: bool) -> Line:
        return Line("x", np.ones(2), np.ones(2), 1.0, 2.2e-16, by)

    return verdict_of([(line(False), v) for v in plain] + [(line(True), v) for v in weighted], largest)


@pytest.mark.parametrize(
    ("plain", "weighted", "status"),
    [
        ([RIGHT] * 3, [RIGHT] * 3, "pass"),
        ([RIGHT] * 3, [WRONG] * 3, "fail"),  # one small entry: the weighted lines see it, and are enough
        ([WRONG, WRONG, RIGHT], [RIGHT] * 3, "fail"),
        ([RIGHT] * 3, [RIGHT, RIGHT, WRONG], "kink"),  # one line alone: looked at more closely
        ([KINK] * 3, [RIGHT] * 3, "kink"),
        ([BLIND], [BLIND], "inconclusive"),
        ([BLIND], [RIGHT], "pass"),
        ([NAN], [NAN], "inconclusive"),
    ],
)
def test_lines_vote_by_kind(plain: list[Verdict], weighted: list[Verdict], status: str) -> None:
    assert said(plain, weighted) == status


def test_the_rounding_of_a_zero_passes_where_others_are_large() -> None:
    rounding = Verdict(1e-17, 1e-12, False, 1e-16, True, 2.2e-16)
    assert said([rounding], [rounding], largest=1.0) == "pass"
    assert said([rounding], [rounding], largest=1e-15) == "inconclusive"
