from __future__ import annotations

import pytest

from grader.reporting.arrays import side_by_side


def shown(expected: str, actual: str) -> tuple[str, str]:
    """Both texts, the entries that differ in <>."""
    right, came = side_by_side(expected, actual)
    return "".join(p.text for p in right), "".join(f"<{p.text}>" if p.differs else p.text for p in came)


@pytest.mark.parametrize(
    ("expected", "actual", "right", "came"),
    [
        ("[-1.991727,  0.269968]", "[-0.995863,  0.269968]", "[-1.99,  0.27]", "[<-1.00>,  0.27]"),
        ("[[-2., -2.]]", "[[0., -2.]]", "[[-2, -2]]", "[[< 0>, -2]]"),
        ("1.397622463", "1.357322559", "1.40", "<1.36>"),
        ("[1.000001, 2.]", "[1.000002, 2.]", "[1.000001, 2.000000]", "[<1.000002>, 2.000000]"),
        ("[1., 2.]", "[nan, 2.]", "[  1,   2]", "[<nan>,   2]"),
        ("[1., 2.]", "[-inf, 2.]", "[   1,    2]", "[<-inf>,    2]"),
        ("[1.e-08, 2.e-08]", "[3.e-08, 2.e-08]", "[1.00e-08, 2.00e-08]", "[<3.00e-08>, 2.00e-08]"),
        ("[1.5, 2.5]", "[[1.5, 2.5]]", "[1.50, 2.50]", "[[1.50, 2.50]]"),
        ("[[1., 2.],\n [3., 4.]]", "[[1., 2.],\n [3., 5.]]", "[[1, 2],\n [3, 4]]", "[[1, 2],\n [3, <5>]]"),
    ],
)  # fmt: skip
def test_arrays_have_few_digits_and_marks_where_they_differ(
    expected: str, actual: str, right: str, came: str
) -> None:
    assert shown(expected, actual) == (right, came)


@pytest.mark.parametrize(
    "text", ["nothing", "a dict without the key 'b1'", "{'W1': array([1.])}", "[[1], [1, 2]]", ""]
)
def test_other_text_comes_back_as_it_is(text: str) -> None:
    assert shown("[1.23456]", text) == ("[1.23456]", text)


def test_nothing_in_a_text_is_run() -> None:
    assert shown("[1.]", "__import__('os')") == ("[1.]", "__import__('os')")
    assert shown("[1.]", "[" * 5000) == ("[1.]", "[" * 5000)
