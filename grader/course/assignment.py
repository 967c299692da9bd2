"""An assignment, ready to grade with: questions, cases with their keys, stubs, and right answers if known."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from grader.checks import kind_of
from grader.course import narrative
from grader.course.draw import Draw, Redraw
from grader.course.folder import CourseError, load_reference, load_rubric
from grader.course.known_answers import KnownAnswers, known_answers
from grader.course.others import OtherAssignment, other_assignments
from grader.course.recorder import record
from grader.course.rubric import CaseFamily, Question, Rubric
from grader.model import Asked, Case, Check
from grader.sandbox import SandboxError
from grader.source import enclosed, extract, solution, without_annotations

PUBLIC_SEED = 0
_MAX_DRAWS = 200


@dataclass(frozen=True, eq=False)
class PublicAssignment:
    """What a student's bundle holds: questions, public cases with their keys, and no answers."""

    name: str
    title: str
    version: str
    questions: tuple[Question, ...]
    public: tuple[Case, ...]
    hidden_counts: Mapping[str, int]
    stubs: Mapping[str, str]
    """Cell source as released, by question."""
    locked_cells: tuple[str, ...]
    """Source of the cells that students are given and do not edit."""
    digests: Mapping[str, Mapping[str, str]]
    """Hashes of the entries of literal answers, by question."""
    provided_names: tuple[str, ...] = ("Solver",)
    imports: tuple[str, ...] = ("numpy",)
    """Packages that answers may use beside the standard library."""
    narrative: tuple[str, ...] = ()
    """Digests of the words of the released text cells: what is none of them, a student wrote."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The file of a tree that each name belongs to."""
    known_answers_source: Callable[[], KnownAnswers] = KnownAnswers
    """Gives the known answers; they are built, or read, when an answer is first wrong."""

    @cached_property
    def known_answers(self) -> KnownAnswers:
        """What the known mistakes give on the public cases; nothing where the catalogue cannot be used.

        A patch that no longer applies must not cost a class its grades; `grader verify` says what is wrong.
        """
        try:
            return self.known_answers_source()
        except (CourseError, SandboxError):
            return KnownAnswers()

    @property
    def others(self) -> Mapping[str, OtherAssignment]:
        """Other assignments, as far as they are known here: a bundle knows none."""
        return {}

    @cached_property
    def asked(self) -> Asked:
        """What a submission's answers are told by."""
        return Asked(self.roots, self.stubs)

    @cached_property
    def roots(self) -> frozenset[str]:
        """Every name that a submission may be asked for."""
        named = {q.definition.partition(".")[0] for q in self.questions if q.definition}
        steps = [step for case in self.public for step in case.steps]
        return frozenset(named | {step.name for step in steps if step.operation == "call"})

    def question(self, name: str) -> Question:
        """One question. Raises CourseError, with the names there are."""
        for question in self.questions:
            if question.name == name:
                return question
        names = ", ".join(question.name for question in self.questions)
        raise CourseError(f"`{self.name}` has no question `{name}`; it has: {names}")

    def public_cases(self, question: Question) -> list[Case]:
        """The public cases of a question, in the order of its ladder."""
        return [case for case in self.public if case.question == question.name]


@dataclass(frozen=True, slots=True)
class Composite:
    """A function of the reference that is made of graded ones, as source that needs nothing but NumPy."""

    source: str
    parts: frozenset[str]


class Recorder(Protocol):
    """Records cases of an assignment on its reference."""

    def __call__(
        self, seed: int, hidden: bool, only: Collection[str] = (), without: Collection[int] = ()
    ) -> tuple[Case, ...]:
        """The cases of a seed, of all questions or of ``only`` those named, ``without`` some rungs."""


@dataclass(frozen=True, eq=False, kw_only=True)
class CourseAssignment(PublicAssignment):
    """An assignment beside its reference: what an instructor grades with."""

    solutions: Mapping[str, str]
    """The reference's source, by definition."""
    composites: Mapping[str, Composite]
    """Functions of the reference that no question grades and that call graded ones, by name."""
    reference: Mapping[str, Any]
    """The reference itself, by name."""
    good_values: Mapping[str, Mapping[str, Any]]
    """Hyperparameters that solve an experiment, by question."""
    recorder: Recorder
    others_source: Callable[[], Mapping[str, OtherAssignment]] = dict

    @cached_property
    def others(self) -> Mapping[str, OtherAssignment]:
        """The course's other assignments, by name."""
        return self.others_source()

    def record_hidden(self, seed: int, only: Collection[str] = ()) -> tuple[Case, ...]:
        """Hidden cases of a seed, of all questions or of those named."""
        return self.recorder(seed, True, only)

    def record_public(
        self, seed: int, only: Collection[str] = (), without: Collection[int] = ()
    ) -> tuple[Case, ...]:
        """Cases like the public ones, but for some rungs."""
        return self.recorder(seed, False, only, without)


def public_side(assignment: PublicAssignment) -> PublicAssignment:
    """What a bundle may hold of an assignment: no solutions, no reference, and no answers that are secret."""
    revealed = {q.name for q in assignment.questions if q.revealed}
    return PublicAssignment(
        assignment.name,
        assignment.title,
        assignment.version,
        assignment.questions,
        assignment.public,
        assignment.hidden_counts,
        assignment.stubs,
        assignment.locked_cells,
        {name: digests for name, digests in assignment.digests.items() if name in revealed},
        assignment.provided_names,
        assignment.imports,
        assignment.narrative,
        assignment.files,
        lambda: assignment.known_answers,
    )


def load_assignment(course: Path, name: str) -> CourseAssignment:
    """Read an assignment of a course and record its public cases on the reference."""
    rubric: Rubric = load_rubric(course, name)
    modules = load_reference(course, rubric.reference)
    implementation = _implementation([module.__dict__ for module in modules])
    questions = tuple(rubric.questions)
    folder = course / "assignments" / name
    released = _released_notebook(folder / f"{name}.ipynb")
    text = (folder / "narrative.md").read_text(encoding="utf-8")
    answers, chosen = (
        narrative.literal_answers(text, {q.name: q.literal for q in questions if q.kind == kind})
        for kind in ("literal", "experiment")
    )

    def record_all(
        seed: int, hidden: bool, only: Collection[str] = (), without: Collection[int] = ()
    ) -> tuple[Case, ...]:
        return tuple(
            case
            for question in questions
            if not only or question.name in only
            for number, family in enumerate(question.families)
            for case in _record_family(name, question, number, family, implementation, seed, hidden, without)
        )

    public = record_all(PUBLIC_SEED, hidden=False)

    def known() -> KnownAnswers:
        return known_answers(course, name, questions, public, modules, implementation)

    texts = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules]
    solutions = _solutions(questions, texts)
    counts = {q.name: sum(len(_rungs(f, hidden=True)) for f in q.families) for q in questions}
    return CourseAssignment(
        name=name,
        title=rubric.title,
        version=rubric.version,
        questions=questions,
        public=public,
        hidden_counts=counts,
        stubs=_stubs(released),
        locked_cells=tuple(
            _text(cell) for cell in released if _meta(cell).get("role") in ("locked", "given")
        ),
        digests={question: digests(name, question, answer) for question, answer in answers.items()},
        solutions=solutions,
        composites=_composites(solutions, texts),
        recorder=record_all,
        reference=implementation,
        good_values=chosen,
        imports=rubric.imports,
        narrative=tuple(
            dict.fromkeys(words_digest(_text(cell)) for cell in released if cell["cell_type"] == "markdown")
        ),
        files=rubric.files,
        known_answers_source=known,
        others_source=lambda: other_assignments(course, name),
    )


def words_digest(text: str) -> str:
    """A hash of a text's words, however they are set."""
    words = " ".join(re.findall(r"\w+", text.lower()))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def digests(assignment: str, question: str, answer: Mapping[str, Any]) -> dict[str, str]:
    """A hash for each entry: enough to judge it, and not the answer."""

    def digest(key: str, value: Any) -> str:
        text = f"{assignment}/{question}/{key}/{_normal(value)!r}"
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

    return {str(key): digest(str(key), value) for key, value in answer.items()}


def _normal(value: Any) -> Any:
    """One form for what is the same answer: (2, 3) and [2, 3], 4 and 4.0, "B" and " b "."""
    if isinstance(value, tuple | list):
        return tuple(_normal(item) for item in value)
    if isinstance(value, str):
        return value.strip().lower()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _record_family(
    assignment: str,
    question: Question,
    number: int,
    family: CaseFamily,
    implementation: Mapping[str, Any],
    seed: int,
    hidden: bool,
    without: Collection[int] = (),
) -> list[Case]:
    cases = []
    for rung in _rungs(family, hidden):
        if rung + 100 * number in without:
            continue
        size = family.ladder[rung]
        for attempt in range(_MAX_DRAWS):
            draw = Draw(
                (assignment, question.name, number, rung, seed, attempt), small=rung == 0 and not hidden
            )

            def author(impl: Any, draw: Draw = draw, size: tuple[Any, ...] = size) -> list[Check]:
                return family.author(impl, draw, *size)

            try:
                case = record(
                    implementation,
                    author,
                    question=question.name,
                    sizes=_sizes(family, size),
                    rung=rung + 100 * number,
                    hidden=hidden,
                    seed=draw.case_seed,
                )
            except Redraw:
                continue
            _require_judged(case)
            cases.append(case)
            break
        else:
            raise CourseError(
                f"`{question.name}`, rung {size}: no inputs off the kinks in {_MAX_DRAWS} draws; "
                "make the rung smaller, or its numbers larger"
            )
    return cases


def _require_judged(case: Case) -> None:
    """Refuse a check whose kind asks for more in its case: points for a loss that nothing judges, say."""
    for check in case.checks:
        require = kind_of(check.kind).require
        if require is not None:
            try:
                require(check, case)
            except ValueError as error:
                raise CourseError(f"`{case.question}`, {case.label}: {error}") from error


def _rungs(family: CaseFamily, hidden: bool) -> list[int]:
    """All rungs in public; hidden ones leave out the smallest, whose few numbers hide nothing."""
    rungs = list(range(len(family.ladder)))
    if not hidden:
        return rungs
    return (rungs[1:] or rungs) if family.hidden else []


def _sizes(family: CaseFamily, size: tuple[Any, ...]) -> dict[str, Any]:
    """A rung by the names that the author's function gives its sizes."""
    code = family.author.__code__
    if code.co_flags & inspect.CO_VARARGS:  # `*shape`
        return {code.co_varnames[code.co_argcount]: size}
    return dict(zip(code.co_varnames[2 : code.co_argcount], size, strict=False))


def _implementation(namespaces: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        name: value
        for namespace in namespaces
        for name, value in namespace.items()
        if getattr(value, "__module__", None) == namespace["__name__"]
    }


def _composites(solutions: Mapping[str, str], texts: Sequence[str]) -> dict[str, Composite]:
    """The reference's functions that call graded ones, each with those inside it."""
    found: dict[str, Composite] = {}
    for text in texts:
        for node in ast.parse(text).body:
            if not isinstance(node, ast.FunctionDef) or node.name in solutions:
                continue
            parts = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} & solutions.keys()
            if parts:
                source = without_annotations(solution(extract(text, node.name)))
                pieces = [solutions[name] for name in sorted(parts)]
                found[node.name] = Composite(enclosed(source, node.name, pieces), frozenset(parts))
    return found


def _solutions(questions: tuple[Question, ...], texts: Sequence[str]) -> dict[str, str]:
    """The reference's source of every definition that a question grades, ready to stand in for one."""
    sources: dict[str, str] = {}
    for definition in {q.definition for q in questions if q.definition}:
        owner, _, method = definition.partition(".")
        for text in texts:
            try:
                source = without_annotations(solution(extract(text, owner)))
            except KeyError:
                continue
            sources[definition] = _method(source, method) if method else source
    return sources


def _method(source: str, name: str) -> str:
    import textwrap

    (owner,) = ast.parse(source).body
    assert isinstance(owner, ast.ClassDef)
    for node in owner.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            lines = source.split("\n")[node.lineno - 1 : node.end_lineno]
            return textwrap.dedent("\n".join(lines)) + "\n"
    raise CourseError(f"the reference's `{owner.name}` has no method `{name}`")


def _released_notebook(path: Path) -> list[dict[str, Any]]:
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError as error:
        raise CourseError(f"{path} is missing; write it with `grader release {path.stem}`") from error
    return cells


def _meta(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata: Mapping[str, Any] = cell.get("metadata", {}).get("grader", {})
    return metadata


def _text(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _stubs(cells: list[dict[str, Any]]) -> dict[str, str]:
    return {question: _text(cell) for cell in cells for question in _meta(cell).get("questions", [])}
