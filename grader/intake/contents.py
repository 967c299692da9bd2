"""Entries of a folder or an archive → the notebooks and modules in it, and a word on all that is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.intake import names
from grader.intake.bounds import MAX_FILES, MAX_NOTEBOOK, MAX_NOTES, MAX_TOTAL
from grader.intake.names import display_name
from grader.source import MAX_SOURCE


class UnreadableError(ValueError):
    """Something that was handed in cannot be read; the message is the reason, in plain words."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entry, not read yet. ``read`` is only good until the next entry is asked for."""

    name: str
    """Tidy, with its folders."""
    size: int
    """As declared: what ``read`` gives is bounded apart from it."""
    read: Callable[[int], bytes]
    """At most so many bytes; UnreadableError or OSError where there are more, or none to be had."""
    folder: bool = False
    refused: str = ""
    """Why it is not to be read, as the end of a sentence: ``is a link``."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is read of a submission: names and bytes, sorted, and a sentence for all that is not."""

    files: tuple[tuple[str, bytes], ...] = ()
    skipped_entries: tuple[tuple[str, int], ...] = ()
    """Names and sizes of what is not read: part of what was handed in, so part of its hash."""
    notes: tuple[str, ...] = ()
    problem: str = ""
    """Why nothing is read at all."""


def collect(members: Iterable[Member], unpack: Callable[[str, bytes], Contents] | None = None) -> Contents:
    """Read what is source code. ``unpack`` opens archives, where there is nothing else."""
    files: dict[str, bytes] = {}
    packed: dict[str, bytes] = {}
    skipped_entries: list[tuple[str, int]] = []
    notes: list[str] = []
    room = {True: MAX_TOTAL, False: MAX_TOTAL}  # an archive takes nothing from the files beside it
    try:
        for member in members:
            source = names.is_source(member.name)
            if member.folder or names.is_ignored(member.name):
                continue
            if not (source or names.is_archive(member.name) or member.refused):
                continue
            reason = member.refused or _unwanted(member, room[source], unpack is not None)
            if not reason and len(files) == MAX_FILES:
                reason = f"is past the {MAX_FILES} notebooks and modules that are read"
            if not reason:
                try:
                    data = member.read(min(size_limit(member.name), room[source]))
                except UnreadableError as error:
                    reason = str(error)
                except OSError as error:
                    reason = f"cannot be opened ({error.strerror or type(error).__name__})"
            if reason:
                skipped_entries.append((member.name, member.size))
                notes.append(f"{display_name(member.name)} was left out: it {reason}")
                continue
            room[source] -= len(data)
            into = files if source else packed
            if member.name in into:
                notes.append(f"{display_name(member.name)} is there twice: the last one counts")
            into[member.name] = data
    except UnreadableError as error:
        return Contents((), tuple(skipped_entries), (), str(error))
    if packed and unpack is not None and not files:
        return _unpacked(packed, unpack, skipped_entries, notes)
    skipped_entries += [(name, len(data)) for name, data in packed.items()]
    notes += [f"{display_name(name)} was left out: it is an archive with files beside it" for name in packed]
    return Contents(_sorted(files), tuple(skipped_entries), truncate_notes([*notes, *_alike(files)]))


def _unwanted(member: Member, room: int, unpacks: bool) -> str:
    """Why an entry is not worth reading, from what is known before it is."""
    if not names.is_source(member.name) and not unpacks:
        return "is an archive inside an archive (put the notebook and your modules into one)"
    if member.size > size_limit(member.name):
        return too_large(member.name, member.size)
    if member.size > room:
        return f"is past the {MAX_TOTAL >> 20} MB that are read of a submission"
    return ""


def size_limit(name: str) -> int:
    """The bytes that a file of this name may have."""
    if name.endswith(".py"):
        return MAX_SOURCE
    return MAX_NOTEBOOK if names.is_source(name) else MAX_TOTAL


def too_large(name: str, size: int) -> str:
    """Why a file of this size is not read, and what to do about it."""
    if name.endswith(".py"):
        return f"is larger than {MAX_SOURCE >> 10} KiB"
    what = f"is {size / (1 << 20):.1f} MB, more than the {size_limit(name) >> 20} MB that are read"
    if names.is_archive(name):
        return f"{what}; hand in the notebook and your modules, without data"
    return f"{what}; clear its outputs (Edit, Clear All Outputs), save, and hand it in again"


def truncate_notes(notes: list[str]) -> tuple[str, ...]:
    """The first notes, and how many more there are: a report is no place for a thousand."""
    if len(notes) <= MAX_NOTES:
        return tuple(notes)
    return (*notes[: MAX_NOTES - 1], f"and {len(notes) - MAX_NOTES + 1} more such notes on the files")


def _unpacked(
    packed: dict[str, bytes],
    unpack: Callable[[str, bytes], Contents],
    skipped_entries: list[tuple[str, int]],
    notes: list[str],
) -> Contents:
    """What the archives in a student's folder hold, each in a folder of its name; bounded all together."""
    files: dict[str, bytes] = {}
    room = MAX_TOTAL
    for name, data in sorted(packed.items()):
        inner = unpack(name, data)
        skipped_entries += [(f"{name}/{what}", size) for what, size in inner.skipped_entries]
        notes += [f"in {display_name(name)}: {note}" for note in inner.notes]
        if inner.problem:
            skipped_entries.append((name, len(data)))
            notes.append(f"{display_name(name)}: {inner.problem}")
        for what, text in inner.files:
            if len(text) > room or len(files) == MAX_FILES:
                skipped_entries.append((f"{name}/{what}", len(text)))
                notes.append(
                    f"{display_name(what)} in {display_name(name)} was left out: "
                    "it is past what is read in all"
                )
                continue
            room -= len(text)
            files[f"{names.without_ending(name)}/{what}"] = text
    return Contents(_sorted(files), tuple(skipped_entries), truncate_notes(notes))


def _sorted(files: dict[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """The outer files first, then by name: where two define the same, the order is the same everywhere."""
    return tuple(sorted(files.items(), key=lambda file: (file[0].count("/"), file[0])))


def _alike(files: dict[str, bytes]) -> list[str]:
    """Names that are one name on a Mac or on Windows: both are read, and a person should know."""
    seen: dict[str, str] = {}
    pairs = [(seen.setdefault(name.casefold(), name), name) for name in sorted(files)]
    return [
        f"{display_name(one)} and {display_name(other)} differ only in capitals: both were read"
        for one, other in pairs
        if one != other
    ]
