"""Each kind of finding is said, and each message uses only fields that its finding has."""

from __future__ import annotations

import runpy
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import grader.checks
import grader.model.reasons
from grader.messages import say
from grader.messages.catalogue import FOLDER, languages, template
from grader.messages.forms import FORMS
from grader.model import Finding
from grader.model.findings import FINDINGS, finding, values_of

compiled = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "compile_messages.py"))["compiled"]
grader.checks.kind_names()  # loads every file that declares kinds
KINDS = sorted(kind for kind, declared in FINDINGS.items() if declared.__module__.startswith("grader."))
SAMPLES = {str: "a", int: 3, float: 0.25, bool: False}
CHOICES = {
    "what": "type",
    "cause": "deadline",
    "hint": "flat",
    "how": "literal",
    "problem": "values",
    "expected": "(3,)",
    "actual": "(4,)",
    "reason": "link",
    "vouched": "hash",
    "unit": "KiB",
    "operations": "120 / 100",
    "runs": "sgd 61.2, adam 70.0",
}
"""Of fields that hold one of a few words, or words in a certain form: one that there is."""
OF_KINDS: dict[str, dict[str, Any]] = {
    "suspicious": {"how": "calls"},
    "look_at_derivative": {"how": "calls"},
    "inconclusive": {"cause": "rounding"},
    "unmeasured": {"reason": "not_array"},
    "derivative": {"mistake": "scale"},
    "kink": {"convention": "x > 0"},
}
"""The same of single kinds."""


def sample(kind: str) -> Finding:
    """A finding of a kind, with something in every field."""
    declared = FINDINGS[kind]
    values = {
        name: CHOICES.get(name, SAMPLES[type(value)]) if isinstance(value, str) else SAMPLES[type(value)]
        for name, value in values_of(declared()).items()
    }
    return declared(**{**values, **OF_KINDS.get(kind, {})})


def fields_of(text: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_said_with_sample_data(kind: str) -> None:
    said = say(sample(kind))

    assert said
    assert "{" not in said
    assert not said.startswith("This is not right (")
    assert say(FINDINGS[kind]()), "with nothing in its fields too"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if FINDINGS[kind].when_hidden])
def test_each_kind_that_is_told_of_hidden_cases_has_a_sentence_of_its_own(kind: str) -> None:
    said = say(sample(kind), hidden=True)

    assert said.startswith("In a hidden case ")
    assert template(f"{kind}.hidden", "en") or f"{kind}.hidden" in FORMS


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_a_message_uses_only_fields_that_its_finding_has(kind: str, language: str) -> None:
    allowed = set(values_of(FINDINGS[kind]()))
    for key in (kind, f"{kind}.hidden"):
        if key not in FORMS:  # a form fills in more than the fields
            assert fields_of(template(key, language)) <= allowed, key


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*/LC_MESSAGES/*.po")), ids=lambda path: path.parts[-3])
def test_what_is_installed_is_what_people_edit(source: Path) -> None:
    assert source.with_suffix(".mo").read_bytes() == compiled(source), "run `make messages`"


def test_a_course_brings_its_own_sentence() -> None:
    @finding("of_a_course", says="{part} is {times} times too long")
    class TooLong(Finding):
        """A kind that a course declares."""

        part: str = ""
        times: int = 0

    assert say(TooLong("w", 3)) == "w is 3 times too long"
    del FINDINGS["of_a_course"]


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match="two kinds of findings are called 'scale'"):

        @finding("scale")
        class Other(Finding):
            """Another."""

            part: str = ""


def test_a_field_is_a_scalar_with_a_default() -> None:
    with pytest.raises(TypeError, match="needs a default that is a number or a text"):

        @finding("of_a_list")
        class Listed(Finding):
            """A kind with a field that is no scalar."""

            places: tuple[int, ...] = ()


def test_messages_need_nothing_but_the_standard_library_and_numpy() -> None:
    code = "import sys; import grader.messages; print({m.partition('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "msgspec" not in done.stdout
    assert "babel" not in done.stdout
