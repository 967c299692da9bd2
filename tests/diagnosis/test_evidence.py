"""Evidence: what a person is shown of a result, as data."""

from __future__ import annotations

import numpy as np

from grader.diagnosis.evidence import value_of


def test_equal_results_have_equal_evidence_even_where_they_are_nan() -> None:
    first = value_of(np.array([1.0, np.nan, np.inf]))
    assert first == value_of(np.array([1.0, np.nan, np.inf]))
    assert value_of(float("nan")) == value_of(float("nan"))


def test_of_a_large_array_the_first_entries_are_shown() -> None:
    shown = value_of(np.arange(1000.0))
    assert shown.values == (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
    assert not shown.whole


def test_a_list_is_not_taken_for_an_array() -> None:
    assert value_of([[0.0]]).detail == "list: [[0.0]]"
