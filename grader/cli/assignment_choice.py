"""What the commands on one submission share: its assignment, and whose cases it is judged with."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.common import find_course_or_none, usage

if TYPE_CHECKING:
    from typing import Literal

    from grader.course import PublicAssignment
    from grader.model import Submission
    from grader.model.reasons import CasesFile

CASES = "GRADER_CASES"
"""The environment variable that names a file of cases, where --cases does not."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where an assignment may come from, as the command line names it."""

    assignment: str = ""
    course: Path | None = None
    cases: Path | None = None
    sha256: str = ""
    """What the file of cases must hash to, where that is known."""


@dataclass(frozen=True, slots=True)
class AssignmentChoice:
    """An assignment, and the note on the file of cases that it was read from."""

    assignment: PublicAssignment
    note: CasesFile | None = None


def assignment_of(submission: Submission, path: Path, sources: Sources) -> AssignmentChoice:
    """Find the assignment of a submission.

    In the cases or the course that is named; else in the course around the current folder; else in a file of
    cases beside the notebook, which may be anybody's.
    """
    from grader.course import CourseError, assignments, load_assignment

    if sources.cases is not None and sources.course is not None:
        usage("--cases and --course both say what to judge with; name one of them.")
    name = sources.assignment or (submission.stamp.assignment if submission.stamp is not None else "")
    named = sources.cases
    if named is None and sources.course is None and os.environ.get(CASES):
        named = Path(os.environ[CASES])
    if named is not None:
        return _bundle(named, name, sources.sha256, named=True)
    beside = next(place for place in (path.absolute(), *path.absolute().parents) if place.is_dir())
    folder = find_course_or_none(sources.course, path)
    if folder is not None:
        names = assignments(folder)
        if not name and len(names) == 1:
            name = names[0]
        if name in names:
            return AssignmentChoice(load_assignment(folder, name))
        if sources.course is not None or not _bundles(beside, name):
            raise CourseError(
                f"the assignment is not known from {path}; name it with --assignment ({', '.join(names)})"
                if not name
                else f"the course {folder} has no assignment `{name}`; it has {', '.join(names) or 'none'}"
            )
    bundles = _bundles(beside, name)
    if len(bundles) == 1:
        return _bundle(bundles[0], name, sources.sha256, named=False)
    file_name = f"{name}.cases" if name else "the assignment's .cases file"
    raise CourseError(
        f"{file_name} was not found beside {path}, and no course either; download it from your course "
        "and put it next to the notebook, or name it with --cases"
    )


def _bundle(path: Path, name: str, sha256: str, *, named: bool) -> AssignmentChoice:
    """A file of cases, of which the report says where it was and what it hashes to."""
    from grader.course import CourseError, bundle_data, parse_bundle
    from grader.model.reasons import CasesFile

    data = bundle_data(path)
    digest = hashlib.sha256(data).hexdigest()
    if sha256 and sha256.lower().removeprefix("sha256:") != digest:
        raise CourseError(f"{path} holds other cases than are wanted: its SHA-256 is {digest}")
    assignment = parse_bundle(path, data)
    if name and name != assignment.name:
        raise CourseError(f"{path} holds the cases of `{assignment.name}`, not of `{name}`")
    vouched: Literal["hash", "named", "beside"] = "hash" if sha256 else "named" if named else "beside"
    return AssignmentChoice(assignment, CasesFile(path.name, digest, vouched))


def _bundles(folder: Path, name: str) -> list[Path]:
    """Files of cases in the current folder, else beside the notebook: of whoever runs this before others'."""
    if re.search(r"[^\w.-]", name):  # the name comes from the notebook, and is no pattern and no path
        return []
    for place in (Path.cwd(), folder):
        paths = sorted(place.glob(f"{name}.cases" if name else "*.cases"))
        if paths:
            return paths
    return []
