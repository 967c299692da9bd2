"""Known mistakes and accepted forms: small patches of the reference's own source.

``reference/mistakes/*.toml`` and ``reference/accepted/*.toml`` hold ``[[variant]]`` tables:

* ``id``, ``question``: what it is called, and the question that it is an answer to;
* ``change``: pairs of texts, this becomes that; each must occur exactly once in the question's definition;
* ``says``: the sentence for the student, of a mistake (of an accepted form: why it is accepted);
* ``equation``, ``read``: the right equation, and where to read about it;
* ``holds``: what ``says`` says, as formulas that can be asked of an answer (see ``grader.checks.claims``): a
  mistake is named only where all of them are true;
* ``assignment``: the only one in which it shows, where several have the question.

``[[pair]]`` tables of mistakes hold ``of``: the ids of two that are often made together, and whose changes do
not touch each other. Both sentences are told, so what either claims is to hold of both together; they may
have a ``holds`` of their own beside.

They are data and not copies: when the reference changes, a patch that no longer applies is an error. Nothing
is run here: what a patch makes of the reference is run by ``variant_sessions``, in a child.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from grader.course.folder import CourseError
from grader.model.formulas import parse_formula
from grader.source import extract, find, parse_cell, replace, solution

Kind = Literal["mistakes", "accepted"]
_FIELDS = frozenset({"id", "question", "change", "says", "equation", "read", "assignment", "holds"})


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which an answer may differ from the reference."""

    id: str
    question: str
    changes: tuple[tuple[str, str], ...]
    says: str
    equation: str = ""
    read: str = ""
    assignment: str = ""
    second: str = ""
    """Of two mistakes at once, what the other one's ``says`` says."""
    holds: tuple[str, ...] = ()

    def shows_in(self, assignment: str) -> bool:
        """Whether it can be told from a right answer there."""
        return self.assignment in ("", assignment)


def load_variants(course: Path, kind: Kind) -> tuple[Variant, ...]:
    """All of a kind, in the order of the files. Raises CourseError with the file for what cannot be used."""
    variants: list[Variant] = []
    for path, tables in _files(course, kind):
        try:
            variants += [_variant(table) for table in tables.get("variant", [])]
        except (KeyError, TypeError, ValueError) as error:
            raise CourseError(f"{path} cannot be used: {error}") from error
    names = [variant.id for variant in variants]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CourseError(f"two {kind} in {course / 'reference' / kind} are called {', '.join(twice)}")
    return tuple(variants)


def load_pairs(course: Path, singles: Sequence[Variant]) -> tuple[Variant, ...]:
    """Known mistakes two at a time, as variants of their own. Raises CourseError for a pair that is none."""
    by_id = {variant.id: variant for variant in singles}
    pairs = []
    for path, tables in _files(course, "mistakes"):
        for table in tables.get("pair", []):
            try:
                one, other = (by_id[name] for name in table["of"])
            except (KeyError, TypeError, ValueError) as error:
                raise CourseError(
                    f"{path} cannot be used: not a pair of two known mistakes ({error})"
                ) from error
            if one.question != other.question:
                raise CourseError(f"{path} cannot be used: {one.id} and {other.id} answer two questions")
            pairs.append(_combine(one, other, _claims(table)))
    return tuple(pairs)


def _files(course: Path, kind: Kind) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((course / "reference" / kind).glob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise CourseError(f"{path} cannot be used: {error}") from error
        unknown = set(tables) - {"variant", "pair"}
        if unknown:
            raise CourseError(f"{path} cannot be used: it has unknown tables: {', '.join(sorted(unknown))}")
        yield path, tables


def _variant(table: Mapping[str, Any]) -> Variant:
    unknown = set(table) - _FIELDS
    if unknown:
        raise ValueError(f"{table.get('id', 'a variant')} has unknown entries: {', '.join(sorted(unknown))}")
    changes = tuple((str(this), str(that)) for this, that in table["change"])
    equation, read, assignment = (table.get(name, "") for name in ("equation", "read", "assignment"))
    return Variant(
        table["id"],
        table["question"],
        changes,
        table["says"],
        equation,
        read,
        assignment,
        holds=_claims(table),
    )


def _claims(table: Mapping[str, Any]) -> tuple[str, ...]:
    """The formulas of ``holds``. Raises FormulaError, a ValueError, for one that cannot be asked."""
    claims = tuple(table.get("holds", ()))
    for claim in claims:
        parse_formula(claim)
    return claims


def _combine(one: Variant, other: Variant, holds: tuple[str, ...]) -> Variant:
    """Two mistakes at once: their changes must not touch each other."""

    def both(first: str, second: str) -> str:
        return f"{first}; {second}" if first and second and first != second else first or second

    return Variant(
        f"{one.id} + {other.id}",
        one.question,
        (*one.changes, *other.changes),
        one.says,
        both(one.equation, other.equation),
        both(one.read, other.read),
        one.assignment or other.assignment,
        second=other.says,
        holds=(*one.holds, *other.holds, *holds),
    )


def apply_changes(text: str, definition: str, variant: Variant) -> str:
    """A module's ``text`` with ``definition`` changed. Raises CourseError when a change does not apply."""
    owner = definition.partition(".")[0]
    whole = extract(text, owner)
    source = changed = solution(whole)
    for this, that in variant.changes:
        times = changed.count(this)
        if times != 1:
            raise CourseError(
                f"the variant `{variant.id}` no longer applies: {this!r} occurs {times} times in `{owner}`"
            )
        changed = changed.replace(this, that)
    if changed == source:
        raise CourseError(f"the variant `{variant.id}` changes nothing")
    return text.replace(whole, changed)


@dataclass(frozen=True, slots=True)
class ChangedModule:
    """The text of a module of the reference in which one definition, ``owner``, is changed."""

    module: str
    owner: str
    text: str


def with_variant(variant: Variant, definition: str, modules: Sequence[ModuleType]) -> ChangedModule:
    """The module of a definition with a variant's changes. Raises CourseError when one does not apply."""
    owner = definition.partition(".")[0]
    module = _home(owner, modules)
    return ChangedModule(module.__name__, owner, apply_changes(_text(module), definition, variant))


def with_source(source: str, definition: str, modules: Sequence[ModuleType]) -> ChangedModule:
    """The module of a definition (or method) with ``source`` in its place."""
    owner, _, method = definition.partition(".")
    module = _home(owner, modules)
    text = _text(module)
    tree = parse_cell(text).tree
    assert tree is not None
    changed = replace(text, tree, definition if method else owner, source)
    assert changed is not None
    return ChangedModule(module.__name__, owner, changed)


def _home(owner: str, modules: Iterable[ModuleType]) -> ModuleType:
    for module in modules:
        tree = parse_cell(_text(module)).tree
        if tree is not None and find(tree, owner) is not None:
            return module
    raise CourseError(f"the reference has no `{owner}`")


def _text(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")
