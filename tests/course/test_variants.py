"""Known mistakes and accepted forms as data: what the loader refuses, and that the course's own all apply."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import CourseError, assignments
from grader.course.folder import load_reference, load_rubric
from grader.course.variants import Kind, Variant, apply_changes, load_pairs, load_variants
from tests.implementations import implementation

MODULE = '''\
def halve(x):
    """Half of x."""
    # solution: Divide by two.
    half = x / 2
    # end of solution
    return half
'''
VARIANT = """\
[[variant]]
id = "halve-doubles"
question = "halve"
change = [['x / 2', 'x * 2']]
says = "You double."
equation = "x / 2"
read = "Arithmetic"
"""
of_each_kind = pytest.mark.parametrize("kind", ["mistakes", "accepted"])


def a_course(folder: Path, *files: str, kind: Kind = "mistakes") -> Path:
    """A course whose variants are these files."""
    (folder / "reference" / kind).mkdir(parents=True)
    for number, text in enumerate(files):
        (folder / "reference" / kind / f"{number}.toml").write_text(text, encoding="utf-8")
    return folder


def variant(*changes: tuple[str, str]) -> Variant:
    return Variant("halve-doubles", "halve", changes, "You double.")


# ------------------------------------------------------------------------------------------ the loader


@of_each_kind
def test_variants_are_read_in_the_order_of_the_files(kind: Kind, tmp_path: Path) -> None:
    later = VARIANT.replace("halve-doubles", "halve-by-three")
    found = load_variants(a_course(tmp_path, VARIANT, later, kind=kind), kind)
    assert [one.id for one in found] == ["halve-doubles", "halve-by-three"]
    assert found[0] == Variant(
        "halve-doubles", "halve", (("x / 2", "x * 2"),), "You double.", "x / 2", "Arithmetic"
    )


def test_a_course_without_variants_has_none(tmp_path: Path) -> None:
    assert load_variants(tmp_path, "mistakes") == ()


def test_equation_and_reading_may_be_missing(tmp_path: Path) -> None:
    short = VARIANT.replace('equation = "x / 2"\nread = "Arithmetic"\n', "")
    (found,) = load_variants(a_course(tmp_path, short), "mistakes")
    assert (found.equation, found.read) == ("", "")


@pytest.mark.parametrize(
    ("this", "that", "said"),
    [
        ("says =", "say =", r"halve-doubles has unknown entries: say"),
        ("[[variant]]", "[[variants]]", "variant"),
        ("[[variant]]", "[[variant]", "cannot be used"),
        ('id = "halve-doubles"\n', "", "id"),
        ('says = "You double."\n', "", "says"),
        ("change = [['x / 2', 'x * 2']]\n", "", "change"),
        ("'x * 2']]", "'x * 2', 'x']]", "too many values"),
        ("change = [['x / 2', 'x * 2']]", "change = 2", "not iterable"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(this: str, that: str, said: str, tmp_path: Path) -> None:
    assert VARIANT.count(this) == 1
    course = a_course(tmp_path, VARIANT, VARIANT.replace(this, that))
    with pytest.raises(CourseError, match=said) as caught:
        load_variants(course, "mistakes")
    assert "1.toml" in str(caught.value)


@pytest.mark.parametrize("files", [(VARIANT, VARIANT), (VARIANT + VARIANT,)])
def test_two_of_one_name_are_refused(files: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"two mistakes in .* are called halve-doubles"):
        load_variants(a_course(tmp_path, *files), "mistakes")


# ------------------------------------------------------------------------------------------ the patch


def test_a_patch_changes_the_definition_without_its_marks() -> None:
    text = apply_changes("import math\n\n\n" + MODULE, "halve", variant(("x / 2", "x * 2")))
    assert text == 'import math\n\n\ndef halve(x):\n    """Half of x."""\n    half = x * 2\n    return half\n'


def test_a_later_change_sees_the_earlier_ones() -> None:
    text = apply_changes(MODULE, "halve", variant(("x / 2", "x / 4"), ("/ 4", "/ 3")))
    assert "half = x / 3" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((("x // 2", "x * 2"),), r"`halve-doubles` no longer applies: 'x // 2' occurs 0 times in `halve`"),
        ((("half", "double"),), r"`halve-doubles` no longer applies: 'half' occurs 2 times in `halve`"),
        ((("x / 2", "x * 2"), ("x / 2", "x")), "'x / 2' occurs 0 times"),
        ((("solution", "answer"),), "'solution' occurs 0 times"),
        ((("x / 2", "x / 2"),), "`halve-doubles` changes nothing"),
        ((("x / 2", "x * 2"), ("x * 2", "x / 2")), "`halve-doubles` changes nothing"),
        ((), "`halve-doubles` changes nothing"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(changes: tuple[tuple[str, str], ...], said: str) -> None:
    with pytest.raises(CourseError, match=said):
        apply_changes(MODULE, "halve", variant(*changes))


def test_a_definition_that_the_reference_does_not_have_is_named(course: Path) -> None:
    modules = load_reference(course, ("reference.optimizers",))
    with pytest.raises(CourseError, match="the reference has no `halve`"):
        implementation(variant(), "halve", modules, {})


# ------------------------------------------------------------------------------------------ the course's own


def definitions(course: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each question, the definition that answers it and the modules of its reference."""
    rubrics = [load_rubric(course, name) for name in assignments(course)]
    return {q.name: (q.definition, rubric.reference) for rubric in rubrics for q in rubric.questions}


@of_each_kind
def test_every_variant_of_the_course_applies(kind: Kind, course: Path) -> None:
    asked = definitions(course)
    refused = []
    for one in load_variants(course, kind):
        definition, modules = asked[one.question]
        try:
            made = implementation(one, definition, load_reference(course, modules), {})
        except (CourseError, SyntaxError) as error:
            refused.append(f"{one.id}: {error}")
        else:
            assert callable(made[definition.partition(".")[0]])
    assert refused == []


@of_each_kind
def test_every_variant_of_the_course_is_told_in_full(kind: Kind, course: Path) -> None:
    for one in load_variants(course, kind):
        assert all((one.id, one.question, one.says, one.equation, one.read)), one.id
        assert one.id == one.id.lower().replace("_", "-").replace(" ", "-"), one.id
        assert one.says.endswith("."), one.id


def test_every_mistake_speaks_to_the_student(course: Path) -> None:
    silent = [
        m.id for m in load_variants(course, "mistakes") if not {"you", "your", "yours"} & _words(m.says)
    ]
    assert silent == []


def _words(sentence: str) -> set[str]:
    return {word.strip("`.,:;()").lower() for word in sentence.split()}


def test_no_two_variants_of_the_course_share_a_name_or_a_change(course: Path) -> None:
    every = [one for kind in ("mistakes", "accepted") for one in load_variants(course, kind)]
    for told in (Counter(one.id for one in every), Counter((one.question, one.changes) for one in every)):
        assert [name for name, times in told.items() if times > 1] == []


def pair(folder: Path, text: str) -> Path:
    """A course with two mistakes and a pair of them."""
    place = folder / "reference" / "mistakes"
    place.mkdir(parents=True)
    one = '[[variant]]\nid = "{}"\nquestion = "{}"\nchange = [["a", "{}"]]\nsays = "Wrong."\n'
    (place / "a.toml").write_text(
        one.format("one", "f", "b") + one.format("two", "f", "c") + one.format("far", "g", "d")
    )
    (place / "pairs.toml").write_text(text)
    return folder


def test_a_pair_is_both_mistakes_at_once(tmp_path: Path) -> None:
    course = pair(tmp_path, '[[pair]]\nof = ["one", "two"]\n')
    singles = load_variants(course, "mistakes")
    (both,) = load_pairs(course, singles)
    assert (both.id, both.question, both.changes) == ("one + two", "f", (("a", "b"), ("a", "c")))
    assert len(singles) == 3


def test_a_pair_claims_what_both_of_its_sentences_claim(tmp_path: Path) -> None:
    course = pair(tmp_path, '[[pair]]\nof = ["one", "two"]\nholds = ["x > 2"]\n')
    one, two, *_ = load_variants(course, "mistakes")
    (both,) = load_pairs(course, [replace(one, holds=("x > 0",)), replace(two, holds=("x > 1",))])
    assert both.holds == ("x > 0", "x > 1", "x > 2")


def test_what_a_sentence_says_of_gradients_it_does_not_say_of_the_loss(course: Path) -> None:
    """The loss may be wrong as well, and is another question: only what is asked here is known here."""
    gradients = [m for m in load_variants(course, "mistakes") if m.question.endswith(".gradients")]
    assert gradients
    assert [m.id for m in gradients if "your loss" in m.says.lower() or "in the loss" in m.says.lower()] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[pair]]\nof = ["one", "nobody"]\n', "not a pair"),
        ('[[pair]]\nof = ["one"]\n', "not a pair"),
        ("[[pair]]\n", "not a pair"),
        ('[[pair]]\nof = ["one", "far"]\n', "two questions"),
        ("[[trio]]\n", "unknown tables: trio"),
    ],
)
def test_a_pair_that_is_none_says_so(tmp_path: Path, text: str, words: str) -> None:
    course = pair(tmp_path, text)
    with pytest.raises(CourseError, match=words):
        load_pairs(course, load_variants(course, "mistakes"))
