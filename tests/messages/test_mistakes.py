"""Known mistakes are told in the words of their own catalogue."""

from __future__ import annotations

from pathlib import Path

from grader.course.variants import load_pairs, load_variants
from grader.messages import say
from grader.model.reasons import KnownMistake


def test_one_mistake_is_told_as_its_catalogue_says() -> None:
    assert say(KnownMistake("a", "The bias is forgotten.")) == "The bias is forgotten."


def test_two_mistakes_at_once_are_both_told() -> None:
    found = KnownMistake("a + b", "The bias is forgotten.", second="The sign is wrong.")

    assert say(found) == "Two mistakes at once. The bias is forgotten. And: The sign is wrong."


def test_a_pair_keeps_both_sentences(course: Path) -> None:
    singles = load_variants(course, "mistakes")
    says = {variant.id: variant.says for variant in singles}

    pairs = load_pairs(course, singles)

    assert pairs
    for pair in pairs:
        assert (pair.says, pair.second) == tuple(says[name] for name in pair.id.split(" + "))
