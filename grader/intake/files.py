"""Files and folders on disk: the only place that walks them. Links are never followed, and nothing hangs."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from grader.intake import names
from grader.intake.bounds import MAX_DEPTH, MAX_ENTRIES
from grader.intake.contents import Member
from grader.intake.environments import Environments
from grader.intake.errors import LeftOutError, UnreadableError
from grader.intake.outputs import is_output
from grader.intake.plain import is_plain as is_plain
from grader.intake.plain import open_plain as open_plain
from grader.model.reasons import LeftOut


def member(path: Path, name: str) -> Member:
    """A file on disk, to be read when it is asked for."""
    try:
        mode = path.lstat()
    except OSError:
        return Member(name, 0, _refuse_to_read, refusal=LeftOut(reason="not found"))
    if stat.S_ISLNK(mode.st_mode):
        return Member(name, 0, _refuse_to_read, refusal=LeftOut(reason="link"))
    if not stat.S_ISREG(mode.st_mode):
        return Member(name, 0, _refuse_to_read, refusal=LeftOut(reason="not plain"))

    def read(limit: int) -> bytes:
        with open_plain(path) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise LeftOutError(LeftOut(reason="grew"))
        return data

    return Member(name, mode.st_size, read)


def members(folder: Path) -> Iterator[Member]:
    """Everything in a folder and its folders, in order of name; hidden and cached ones and ours apart.

    UnreadableError: it holds too much. A stack of its own, since a student's folders may be nested deeper
    than Python calls may be.
    """
    waiting = [(folder, "")]
    left = MAX_ENTRIES
    environments = Environments()
    while waiting:
        directory, prefix = waiting.pop()
        try:
            with os.scandir(directory) as listing:
                entries = sorted(islice(listing, left + 1), key=lambda entry: entry.name)
        except OSError as error:
            refusal = LeftOut(reason="not opened", error=error.strerror or type(error).__name__)
            yield Member(prefix or ".", 0, _refuse_to_read, refusal=refusal)
            continue
        marks = ("pyvenv.cfg", "conda-meta")
        for name in {entry.name for entry in entries} & {*marks}:
            environments.note(f"{prefix}{name}/" if name == "conda-meta" else prefix + name)
        left -= len(entries)
        if left < 0:
            raise UnreadableError(
                f"there are more than {MAX_ENTRIES} files and folders in this folder; "
                "hand in the notebook and your modules, without data"
            )
        inner: list[tuple[Path, str]] = []
        for entry in entries:
            name = prefix + entry.name
            if not entry.is_dir(follow_symlinks=False):
                if not names.is_ignored(name) or names.is_checkpoint(name):
                    yield member(Path(entry.path), name)
            elif is_output(Path(entry.path)):
                yield Member(name, 0, _refuse_to_read, refusal=LeftOut(reason="output"))
            elif (left_out := environments.folder_of(name + "/")) is not None:
                yield Member(left_out[0], 0, _refuse_to_read, refusal=LeftOut(reason=left_out[1]))
            elif names.is_ignored(entry.name) and not names.holds_checkpoints(entry.name):
                continue
            elif name.count("/") >= MAX_DEPTH:
                yield Member(name, 0, _refuse_to_read, refusal=LeftOut(reason="too deep", limit=MAX_DEPTH))
            else:
                inner.append((Path(entry.path), name + "/"))
        waiting += reversed(inner)


def content_hash(files: Iterable[tuple[str, bytes]], skipped_entries: Iterable[tuple[str, int]] = ()) -> str:
    """SHA-256 of what was handed in: names and contents of what is read, names and sizes of what is not."""
    digest = hashlib.sha256()
    for name, data in files:
        digest.update(f"{len(name)}:{name}:{len(data)}:".encode("utf-8", "surrogateescape") + data)
    for name, size in skipped_entries:
        digest.update(f"{len(name)}:{name}:{size} not read:".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _refuse_to_read(limit: int) -> bytes:
    raise LeftOutError(LeftOut(reason="not plain"))
