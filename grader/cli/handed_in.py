"""What the commands on one submission share: which assignment it was handed in for."""

from __future__ import annotations

import re
from pathlib import Path

from grader.cli.common import find_course_or_none
from grader.course import Assignment, CourseError, assignments, load_assignment, read_bundle
from grader.model import Submission


def assignment_of(submission: Submission, path: Path, name: str, course: Path | None) -> Assignment:
    """The assignment, from the course if there is one, else from a bundle beside the notebook."""
    name = name or (submission.stamp.assignment if submission.stamp is not None else "")
    beside = next(place for place in (path, *path.parents) if place.is_dir())
    folder = find_course_or_none(course, beside)
    if folder is not None:
        known = assignments(folder)
        if not name and len(known) == 1:
            name = known[0]
        if name in known:
            return load_assignment(folder, name)
        if course is not None or not _bundles(beside, name):
            raise CourseError(
                f"the assignment is not known from {path}; name it with --assignment ({', '.join(known)})"
                if not name
                else f"the course {folder} has no assignment `{name}`; it has {', '.join(known) or 'none'}"
            )
    bundles = _bundles(beside, name)
    if len(bundles) == 1:
        return read_bundle(bundles[0])
    wanted = f"{name}.cases" if name else "the assignment's .cases file"
    raise CourseError(
        f"{wanted} was not found beside {path}, and no course either; download it from your course "
        "and put it next to the notebook"
    )


def _bundles(folder: Path, name: str) -> list[Path]:
    if re.search(r"[^\w.-]", name):  # the name comes from the notebook, and is no pattern and no path
        return []
    for place in (folder, Path.cwd()):
        found = sorted(place.glob(f"{name}.cases" if name else "*.cases"))
        if found:
            return found
    return []
