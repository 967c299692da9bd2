"""No mistake of the catalogue is taken for another, and no accepted form for a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import load_assignment, load_reference, load_rubric
from grader.course.variant_sessions import called_names, variant_sessions
from grader.course.variants import Variant, load_pairs, load_variants, with_variant
from grader.sandbox import Sandbox
from tests.naming.test_naming import NAMES


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_mistake_and_pair_has_its_own_name_and_accepted_forms_have_none(
    course: Path, sandbox: Sandbox, name: str
) -> None:
    assignment = load_assignment(course, name)
    modules = load_reference(course, load_rubric(course, name).reference)
    singles, accepted = load_variants(course, "mistakes"), load_variants(course, "accepted")
    mistakes = (*singles, *load_pairs(course, singles))
    due: dict[Variant, tuple[str, ...]] = {variant: (variant.id,) for variant in mistakes}
    due |= dict.fromkeys(accepted, ())
    amiss = {}
    for question in assignment.questions:
        mine = [v for v in due if v.question == question.name and v.shows_in(name)]
        if question.kind != "code" or not mine:
            continue
        cases = assignment.public_cases(question)
        changed = [with_variant(variant, question.definition, modules) for variant in mine]
        sessions = variant_sessions(sandbox, changed, called_names(cases), assignment.reference or {})
        for variant, session in zip(mine, sessions, strict=True):
            public = list(zip(cases, session.run(cases), strict=True))
            found = tuple(m.id for m in assignment.known_answers.matches(question.name, public))
            if found != due[variant]:
                amiss[variant.id] = found
    assert amiss == {}
