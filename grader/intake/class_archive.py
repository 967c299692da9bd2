"""A class's archive, gone through once: which students are in it, and the entries of each.

Three hundred students are read out of one archive. A zip's list of entries is read once for all of them. A
tar has no way back, so it is gone through twice and no more: for its names, and to copy what may be read of
each student, within bounds, to a file without a name.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from grader.intake import archive, files, names, platforms
from grader.intake.bounds import CLASS_ARCHIVE, MAX_TOTAL
from grader.intake.contents import Member, size_limit
from grader.intake.errors import LeftOutError
from grader.intake.names import is_archive, is_submission, name_problem
from grader.model.reasons import LeftOut


@dataclass(frozen=True, slots=True)
class ClassArchive:
    """The students of an archive and their entries. Members can be read until it is closed."""

    students: dict[str, list[Member]]
    """By the name that goes on inside the archive, ``hw1/ann``; empty when it is one submission itself."""
    resources: ExitStack

    def close(self) -> None:
        """Close the archive, and forget what was copied."""
        self.resources.close()


_cache: list[tuple[tuple[object, ...], ClassArchive]] = []
"""The archive that was opened last: a class is read student by student."""


def open_class(path: Path) -> ClassArchive:
    """Open an archive as a class's, or take the one that is open. UnreadableError, OSError: it cannot be."""
    stat = path.lstat()
    # A process of its own opens it for itself: two that share an open file move each other's place in it.
    key = (os.getpid(), path.absolute(), stat.st_ino, stat.st_size, stat.st_mtime_ns)
    if not _cache or _cache[0][0] != key:
        close()
        _cache.append((key, _open(path)))
    return _cache[0][1]


def members(path: Path, inside: str) -> Iterator[Member]:
    """The entries of what a path inside an archive names: a student's of a class, or any file or folder."""
    students = open_class(path).students
    if inside in students:
        yield from archive.strip_folder(students[inside], inside)
        return
    with files.open_plain(path) as file:
        yield from archive.strip_folder(archive.members(file, CLASS_ARCHIVE), inside)


def close() -> None:
    """Close the archive that is held open, if there is one."""
    while _cache:
        _cache.pop()[1].close()


atexit.register(close)


def _open(path: Path) -> ClassArchive:
    with ExitStack() as stack:
        file = stack.enter_context(files.open_plain(path))
        class_members = list(archive.members(file, CLASS_ARCHIVE))
        found = _students(class_members)
        groups = _groups(found)
        class_members = [_in_group(member, groups) for member in class_members]
        students: dict[str, list[Member]] = {}
        for whose in sorted({groups[name].student if name in groups else name for name in found}):
            students[whose] = []
        if students and not archive.is_zip(file):
            copies = stack.enter_context(tempfile.TemporaryFile())
            again = (_in_group(member, groups) for member in archive.members(file, CLASS_ARCHIVE))
            class_members = list(_copy_members(again, students, copies))
            copies.flush()
        for member in class_members:
            if (student := _student(member.name, students)) is not None:
                students[student].append(member)
        return ClassArchive(students, stack.pop_all())
    raise AssertionError  # for mypy: an ExitStack suppresses nothing here


@dataclass(frozen=True, slots=True)
class _Group:
    """Whose a file is that a learning platform named, beside others of the same student."""

    student: str
    """The name that goes on inside the archive."""
    earlier: frozenset[str]
    """Files of the student's that were handed in again."""


def _groups(found: Sequence[str]) -> dict[str, _Group]:
    """Submissions that are files of one student, by their names in the archive."""
    folder = found[0].rpartition("/")[0] if found else ""
    inside = f"{folder}/" if folder else ""
    last_names = [name.removeprefix(inside) for name in found]
    groups: dict[str, _Group] = {}
    for student, own in platforms.by_student(last_names).items():
        if student not in last_names:
            group = _Group(inside + student, platforms.earlier_uploads(own))
            groups |= {inside + name: group for name in own}
    return groups


def _in_group(member: Member, groups: Mapping[str, _Group]) -> Member:
    """The entry under its student's name, where it is one of several files of a student."""
    first, _, rest = member.name.partition("/")
    for place in (first, f"{first}/{rest.partition('/')[0]}"):
        if place in groups:
            group = groups[place]
            deeper = member.name.removeprefix(place)
            if deeper:
                return replace(member, name=group.student + deeper)
            if member.folder:
                return replace(member, name=group.student)
            own = as_upload(replace(member, name=place.rpartition("/")[2]), group.earlier)
            return replace(own, name=f"{group.student}/{own.name}")
    return member


def as_upload(member: Member, earlier: Collection[str]) -> Member:
    """A file that a learning platform named, as its student called it; refused where a later one counts."""
    known = platforms.read_name(member.name)
    if member.name in earlier:
        return replace(member, refusal=member.refusal or LeftOut(reason="earlier upload"))
    name = platforms.name_inside(member.name)
    return replace(member, name=name, upload=known.upload if known is not None and known.file else None)


def _students(class_members: Iterable[Member]) -> list[str]:
    """The submissions at the top of an archive; none when it is one submission itself."""
    # What is refused for another reason than its name is somebody's all the same, and says why.
    names_and_kinds = [
        (member.name, member.folder) for member in class_members if not name_problem(member.name)
    ]
    inside = ""
    entries = _entries(names_and_kinds, inside)
    if len(entries) == 1 and all(entries.values()):
        (inside,) = (f"{name}/" for name in entries)
        entries = _entries(names_and_kinds, inside)
    # One archive by itself is a student's; a class's own would be one level too deep for what is in it.
    if len(entries) > 1 or any(is_archive(name) and not folder for name, folder in entries.items()):
        beside = _files(names_and_kinds, inside, names.is_like_an_answer)
        return sorted(inside + name for name in {*entries, *beside})
    return []


def _files(
    names_and_kinds: Sequence[tuple[str, bool]], inside: str, counts: Callable[[str], bool]
) -> Iterator[str]:
    """The files right in a folder of an archive that count."""
    for whole, folder in names_and_kinds:
        name = whole.removeprefix(inside)
        if whole.startswith(inside) and "/" not in name and not folder and counts(name):
            yield name


def _entries(names_and_kinds: Sequence[tuple[str, bool]], inside: str) -> dict[str, bool]:
    """The submissions right in a folder of an archive, and whether each is a folder."""
    entries: dict[str, bool] = {}
    for whole, folder in names_and_kinds:
        if whole.startswith(inside):
            name, deeper, _ = whole[len(inside) :].partition("/")
            is_folder = folder or bool(deeper)
            if name and is_submission(name, is_folder):
                entries[name] = is_folder or entries.get(name, False)
    return entries


def _student(name: str, students: dict[str, list[Member]]) -> str | None:
    """Whose an entry is. Students are one folder deep in the archive, or two."""
    first, _, rest = name.partition("/")
    if first in students:
        return first
    both = f"{first}/{rest.partition('/')[0]}"
    return both if both in students else None


def _copy_members(
    class_members: Iterable[Member], students: dict[str, list[Member]], copies: BinaryIO
) -> Iterator[Member]:
    """The entries of a tar, with copies of what may be read of them; bounded for each student."""
    bytes_left = dict.fromkeys(students, 2 * MAX_TOTAL)  # files and archives have a bound each
    for member in class_members:
        student = _student(member.name, students)
        limit = size_limit(member.name)
        is_code = (
            names.is_source(member.name) or is_archive(member.name) or names.may_be_notebook(member.name)
        )
        is_code = is_code and not (member.folder or member.refusal or names.is_ignored(member.name))
        if student is None or not is_code or member.size > min(limit, bytes_left[student]):
            yield replace(member, read=_not_copied)
        else:
            bytes_left[student] -= member.size
            try:
                data = member.read(limit)
            except LeftOutError as error:
                yield replace(member, read=_not_copied, refusal=error.refusal)
                continue
            start = copies.tell()
            copies.write(data)
            yield replace(member, read=partial(_read_copy, copies, start, len(data)))


def _read_copy(copies: BinaryIO, start: int, size: int, limit: int) -> bytes:
    if size > limit:
        raise LeftOutError(LeftOut(reason="declared size"))
    copies.seek(start)
    return copies.read(size)


def _not_copied(limit: int) -> bytes:
    raise LeftOutError(LeftOut(reason="past size", limit=MAX_TOTAL >> 20))
