"""Read the source files of a folder or an archive; note what was left out, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from grader.intake import names
from grader.intake.bounds import MAX_FILES, MAX_NOTEBOOK, MAX_NOTES, MAX_TOTAL, ArchiveBounds
from grader.intake.environments import Environments
from grader.intake.errors import LeftOutError, UnreadableError, refuse_entries
from grader.intake.names import display_name
from grader.intake.notebook_text import looks_like_notebook
from grader.model import Finding
from grader.model.findings import with_fields
from grader.model.reasons import (
    AlikeNames,
    DoubledName,
    LeftOut,
    LeftOutReason,
    MoreNotes,
    Unreadable,
)
from grader.source import MAX_SOURCE


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a learning platform names: what it was called, and which of several it is."""

    file: str
    order: tuple[int, int] = (0, 0)
    """Later ones are larger."""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One entry, not read yet. ``read`` is only good until the next entry is asked for."""

    name: str
    """Tidy, with its folders."""
    size: int
    """As declared: what ``read`` gives is bounded apart from it."""
    read: Callable[[int], bytes]
    """At most so many bytes. LeftOutError or OSError where there are more, or none to be had."""
    folder: bool = False
    refusal: LeftOut | None = None
    """Why it is not to be read, without its name."""
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What is read of a submission: names and bytes, sorted, and a note for all that is not."""

    files: tuple[tuple[str, bytes], ...] = ()
    skipped_entries: tuple[tuple[str, int], ...] = ()
    """Names and sizes of what is not read: part of what was handed in, so part of its hash."""
    notes: tuple[Finding, ...] = ()
    others: tuple[Finding, ...] = ()
    """Notes on what is no source, of which nobody expects that it is read: told last."""
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    """Of the files that a learning platform named, by name."""
    problem: Finding | None = None
    """Why nothing is read at all."""


def without_environments(
    entries: Iterable[tuple[str, bool, Callable[[], Member]]],
    environments: Environments,
    bounds: ArchiveBounds,
) -> Iterator[Member]:
    """The entries of an archive, one that is refused for each folder that is not looked into.

    ``entries``: name, whether it is a folder, and what makes the entry. UnreadableError: there are more of
    them than one student has, hidden ones apart.
    """
    left_out: set[str] = set()
    kept = 0
    for name, is_folder, make in entries:
        found = environments.folder_of(f"{name}/" if is_folder else name)
        if found is not None:
            folder, reason = found
            if folder not in left_out:
                left_out.add(folder)
                yield Member(folder, 0, _refuse_to_read, refusal=LeftOut(reason=reason))
            continue
        kept += not names.is_ignored(name)
        if kept > bounds.entries:
            refuse_entries(bounds)
        yield make()


def _refuse_to_read(limit: int) -> NoReturn:
    raise LeftOutError(LeftOut(reason="not plain"))


def collect(members: Iterable[Member], unpack: Callable[[bytes], Contents] | None = None) -> Contents:
    """Read what is source code. ``unpack`` opens archives, where there is nothing else."""
    files: dict[str, bytes] = {}
    archives: dict[str, bytes] = {}
    skipped_entries: list[tuple[str, int]] = []
    notes: list[Finding] = []
    others: list[Finding] = []
    uploads: dict[str, Upload] = {}
    bytes_left = {True: MAX_TOTAL, False: MAX_TOTAL}  # an archive takes nothing from the files beside it
    try:
        for member in members:
            if member.folder or (names.is_ignored(member.name) and not names.is_checkpoint(member.name)):
                continue
            archive = names.is_archive(member.name)
            refusal = member.refusal or _refusal(member, bytes_left[not archive], unpack is not None)
            if refusal is None and len(files) == MAX_FILES:
                refusal = LeftOut(reason="past count", limit=MAX_FILES)
            if refusal is None:
                try:
                    data = member.read(min(size_limit(member.name), bytes_left[not archive]))
                except LeftOutError as error:
                    refusal = error.refusal
                except OSError as error:
                    refusal = LeftOut(reason="not opened", error=error.strerror or type(error).__name__)
                else:
                    if not archive and not names.is_source(member.name) and not looks_like_notebook(data):
                        refusal = _OTHER_KIND
            if refusal is not None:
                skipped_entries.append((member.name, member.size))
                into = others if refusal.reason in ("other kind", "environment", "set aside") else notes
                into.append(with_fields(refusal, name=display_name(member.name)))
                continue
            bytes_left[not archive] -= len(data)
            read = archives if archive else files
            if member.name in read:
                notes.append(DoubledName(display_name(member.name)))
            read[member.name] = data
            if member.upload is not None:
                uploads[member.name] = member.upload
    except UnreadableError as error:
        return Contents((), tuple(skipped_entries), problem=Unreadable(reason=str(error)))
    if archives and unpack is not None and not files:
        return replace(_unpack_all(archives, unpack, skipped_entries, notes), others=tuple(others))
    skipped_entries += [(name, len(data)) for name, data in archives.items()]
    notes += [LeftOut(display_name(name), "archive beside") for name in archives]
    notes += _alike(files)
    return Contents(_in_order(files), tuple(skipped_entries), tuple(notes), tuple(others), uploads)


_OTHER_KIND = LeftOut(reason="other kind")


def _refusal(member: Member, bytes_left: int, unpacks: bool) -> LeftOut | None:
    """Why an entry is not worth reading, from what is known before it is."""
    if names.is_archive(member.name):
        if not unpacks:
            return LeftOut(reason="nested archive")
    elif not names.is_source(member.name) and not _is_worth_a_look(member):
        return _OTHER_KIND
    if member.size > size_limit(member.name):
        return _too_large(member.name, member.size)
    if member.size > bytes_left:
        return LeftOut(reason="past size", limit=MAX_TOTAL >> 20)
    return None


def _is_worth_a_look(member: Member) -> bool:
    """Whether a file may be a notebook under another name."""
    return names.may_be_notebook(member.name) and 0 < member.size <= MAX_NOTEBOOK


def size_limit(name: str) -> int:
    """The bytes that a file of this name may have."""
    if names.read_as(name).endswith(".py"):
        return MAX_SOURCE
    return MAX_TOTAL if names.is_archive(name) else MAX_NOTEBOOK


def _too_large(name: str, size: int) -> LeftOut:
    """That a file of this size is not read."""
    if names.read_as(name).endswith(".py"):
        return LeftOut(reason="large module", limit=MAX_SOURCE >> 10)
    reason: LeftOutReason = "large archive" if names.is_archive(name) else "large notebook"
    return LeftOut(reason=reason, size=size / (1 << 20), limit=size_limit(name) >> 20)


def truncate_notes(notes: Sequence[Finding]) -> tuple[Finding, ...]:
    """The first notes, and how many more there are: a report is no place for a thousand."""
    if len(notes) <= MAX_NOTES:
        return tuple(notes)
    return (*notes[: MAX_NOTES - 1], MoreNotes(len(notes) - MAX_NOTES + 1))


def _unpack_all(
    archives: dict[str, bytes],
    unpack: Callable[[bytes], Contents],
    skipped_entries: list[tuple[str, int]],
    notes: list[Finding],
) -> Contents:
    """What the archives in a student's folder hold, each in a folder of its name; bounded all together."""
    files: dict[str, bytes] = {}
    bytes_left = MAX_TOTAL
    for name, data in sorted(archives.items()):
        inner = unpack(data)
        skipped_entries += [(f"{name}/{what}", size) for what, size in inner.skipped_entries]
        notes += [with_fields(note, archive=display_name(name)) for note in (*inner.notes, *inner.others)]
        if inner.problem is not None:
            skipped_entries.append((name, len(data)))
            notes.append(with_fields(inner.problem, name=display_name(name)))
        for what, text in inner.files:
            if len(text) > bytes_left or len(files) == MAX_FILES:
                skipped_entries.append((f"{name}/{what}", len(text)))
                notes.append(LeftOut(display_name(what), "past archives", archive=display_name(name)))
                continue
            bytes_left -= len(text)
            files[f"{names.without_ending(name)}/{what}"] = text
    return Contents(_in_order(files), tuple(skipped_entries), tuple(notes))


def _in_order(files: dict[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """The outer files first, then by name: where two define the same, the order is the same everywhere."""
    return tuple(sorted(files.items(), key=lambda file: (file[0].count("/"), file[0])))


def _alike(files: dict[str, bytes]) -> list[Finding]:
    """Names that are one name on a Mac or on Windows: both are read, and a person should know."""
    seen: dict[str, str] = {}
    pairs = [(seen.setdefault(name.casefold(), name), name) for name in sorted(files)]
    return [AlikeNames(display_name(one), display_name(other)) for one, other in pairs if one != other]
