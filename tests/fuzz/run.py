"""The fuzzer's loop: one class of mutants after another through the grader's own workers, each checked."""

from __future__ import annotations

import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from grader import reporting
from grader.grading.class_worker import Job, plain
from grader.grading.executors import Executor, WorkersError
from grader.grading.executors.local import LocalExecutor
from grader.intake import UnreadableError, find_submissions, skipped_entries, submission_ids
from grader.intake.names import display_name
from grader.model import Report, from_json
from tests.fuzz import checking, classes, seeds
from tests.fuzz.mutants import Mutant, mutant
from tests.fuzz.worker import COST
from tests.goldens import COURSE

MODULE = "tests.fuzz.worker"
BATCH = 50
"""Mutants of a class; a right submission is among them."""
_ARCHIVES = 6
"""Every so many classes, one is handed in as an archive."""
_TOLD = 80
"""Every so many classes, a line says how far it is."""


@dataclass(frozen=True)
class Class:
    """A class on disk. ``placed`` says which mutant lies where, as far as that is known."""

    number: int
    place: Path
    mutants: int
    placed: dict[bytes, Mutant] = field(default_factory=dict)
    damaged: bool = False
    """It is an archive that need not be readable, nor hold the control any more."""


@dataclass
class Summary:
    """What a run found."""

    mutants: int = 0
    graded: int = 0
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    """Seconds of the grader's own processor time, and of whom."""
    memory: int = 0
    """KiB that a worker had at most."""
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rate = self.mutants / self.seconds if self.seconds else 0.0
        return (
            f"{self.mutants} mutants ({self.graded} submissions) in {self.seconds:.0f} s, "
            f"{rate:.0f} a second; "
            f"slowest {self.slowest[0]:.2f} s of the grader's own time ({self.slowest[1]}); "
            f"worst memory of a worker {self.memory >> 10} MB; {len(self.failures)} failures"
        )


def fuzz(
    count: int, seed: int, workers: int, save: Path, tell: Callable[[str], None] = print, first: int = 0
) -> Summary:
    """Grade ``count`` mutants of a seed. What goes wrong is told at once and kept in ``save``."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        return _run(_classes(Path(folder), count, seed, first), workers, save, tell)


def replay(path: Path, text: Mutant | None, workers: int, save: Path) -> Summary:
    """Grade one saved mutant, or an archive of a class that was saved as it was."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        if text is None:
            found = Class(0, path, 1, {}, damaged=True)
        else:
            found = _folder(Path(folder) / "0", 0, [text])
        return _run(iter([found]), workers, save, print)


def _classes(folder: Path, count: int, seed: int, first: int) -> Iterator[Class]:
    """Classes of mutants, each made while the one before it is graded, and deleted when the next is done."""
    starts = range(first, first + count, BATCH)

    def make(number: int) -> Class:
        mutants = [
            mutant(seed, index) for index in range(starts[number], min(first + count, starts[number] + BATCH))
        ]
        place = folder / str(number)
        if number % _ARCHIVES != _ARCHIVES - 1:
            return _folder(place, number, mutants)
        archive, damaged = classes.write_archive(Random(f"{seed}:class {number}"), place, mutants)
        return Class(number, archive, len(mutants), {m.name: m for m in mutants}, damaged)

    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(make, 0)
        for number in range(len(starts)):
            current = coming.result()
            if number + 1 < len(starts):
                coming = maker.submit(make, number + 1)
            yield current
            classes.remove(folder / str(number))


def _folder(place: Path, number: int, mutants: Sequence[Mutant]) -> Class:
    placed = classes.write_folder(place, mutants)
    return Class(number, place, len(mutants), {os.fsencode(path.name): m for path, m in placed.items()})


def _run(made: Iterator[Class], workers: int, save: Path, tell: Callable[[str], None]) -> Summary:
    summary = Summary()
    job = plain(Job(str(COURSE), seeds.ASSIGNMENT, 7))
    with LocalExecutor(workers, MODULE, job) as pool, tempfile.TemporaryDirectory(prefix="fuzz-") as alone:
        due = _due(pool, Path(alone))
        start = time.monotonic()
        for found in made:
            try:
                problems = list(_grade(found, pool, due, summary))
            except WorkersError:
                raise
            except Exception:  # an exception of ours is what is looked for
                problems = [("", traceback.format_exc())]
            summary.mutants += found.mutants
            summary.seconds = time.monotonic() - start
            if found.number % _TOLD == _TOLD - 1:
                tell(str(summary))
            for name, problem in problems:
                summary.failures.append(_keep(found, name, problem, save))
                tell(summary.failures[-1])
    return summary


def _due(pool: Executor, folder: Path) -> list[tuple[str, str, float]]:
    """The right submission's verdict when nothing has been graded before it."""
    classes.write_folder(folder / "alone", [])
    (finished,) = pool.run([[str(folder / "alone" / classes.CONTROL), "control"]])
    assert finished.parts is not None
    due = checking.verdict(finished.parts)
    if problems := [
        *checking.wrong("control", finished.parts),
        *(row for row in due if row[1] == "error"),
    ]:
        raise WorkersError(f"the control is not judged right to begin with: {problems}")
    return due


def _grade(
    found: Class, pool: Executor, due: list[tuple[str, str, float]], summary: Summary
) -> Iterator[tuple[str, str]]:
    """(name of the submission, what is wrong with its result), for a class and each of its submissions."""
    try:
        paths = find_submissions(found.place)
    except UnreadableError as error:
        if not found.damaged:
            yield "", f"the class cannot be read: {error}"
        return
    ids = submission_ids(paths)
    if found.place.is_dir():
        aside = {name for name, _ in skipped_entries(found.place)}
        for lost in map(os.fsdecode, checking.lost_rows(map(os.fsencode, os.listdir(found.place)), paths)):
            if display_name(lost) not in aside:
                yield lost, "nothing is made of it, and nobody is told"
    tasks = [[str(path), identity] for path, identity in zip(paths, ids, strict=True)]
    place_of = {identity: path for path, identity in zip(paths, ids, strict=True)}
    entries: dict[str, Report] = {}
    for finished in pool.run(tasks):
        identity = finished.task[1]
        name = place_of[identity].name
        for problem in checking.wrong(identity, finished.parts):
            yield name, problem
        if finished.parts is None:
            continue
        seconds, memory = COST.unpack(finished.parts[-1])
        summary.graded += 1
        summary.memory = max(summary.memory, memory)
        summary.slowest = max(summary.slowest, (seconds, _whose(found, name)))
        entries[identity] = from_json(finished.parts[2])
        if name == classes.CONTROL and not found.damaged and checking.verdict(finished.parts) != due:
            yield name, f"the control is judged otherwise: {checking.verdict(finished.parts)}"
    if len(entries) < len(tasks):
        yield "", f"{len(tasks)} submissions, {len(entries)} rows"
    if not found.damaged and classes.CONTROL not in {path.name for path in paths}:
        yield "", "the control is lost"
    page = reporting.class_page(
        list(entries.values()), run={"submissions": len(tasks), "skipped_entries": []}
    )
    for problem in checking.of_page(page.encode("utf-8", "replace")):
        yield "", f"the class page: {problem}"
    reporting.grades_csv(list(entries.values()))


def _whose(found: Class, name: str) -> str:
    mutant = found.placed.get(os.fsencode(name))
    return f"{mutant.index}: {mutant.origin}" if mutant is not None else name


def _keep(found: Class, name: str, problem: str, save: Path) -> str:
    """Keep what a failure can be replayed from; a line that says what went wrong and where it is kept."""
    save.mkdir(parents=True, exist_ok=True)
    mutant = found.placed.get(os.fsencode(name)) if name else None
    if mutant is not None:
        kept = save / f"{mutant.index}.json"
        kept.write_text(mutant.dump(), encoding="utf-8")
    elif found.place.is_file():
        kept = save / f"class-{found.number}-{found.place.name}"
        kept.write_bytes(found.place.read_bytes())
    else:
        kept = save / f"class-{found.number}"
        kept.mkdir(exist_ok=True)
        for one in found.placed.values():
            (kept / f"{one.index}.json").write_text(one.dump(), encoding="utf-8")
    return f"{_whose(found, name) if name else f'class {found.number}'}: {problem} [{kept}]"
