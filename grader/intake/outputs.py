"""Folders that the grader wrote: known by what it left in them, whatever they are called."""

from __future__ import annotations

import json
import os
from pathlib import Path

from grader.intake.errors import UnreadableError
from grader.intake.plain import is_plain, open_plain

OUTPUT_MARK = ".grader-output"
"""An empty file that the grader leaves in each folder that it writes to."""

_RUN, _TABLES = "run.json", ("grades.csv", "index.html")
_RUN_KEYS = frozenset({"hidden_seed", "grader", "assignment"})
_MAX_RUN = 1 << 20


def is_output(folder: Path) -> bool:
    """Whether the grader wrote a folder. Older versions left no mark: their ``run.json`` is looked into."""
    if is_plain(folder / OUTPUT_MARK):
        return True
    return any(is_plain(folder / name) for name in _TABLES) and _is_run(folder / _RUN)


def _is_run(path: Path) -> bool:
    try:
        with open_plain(path) as file:
            data = file.read(_MAX_RUN + 1)
        run = json.loads(data) if len(data) <= _MAX_RUN else None
    except (OSError, ValueError, RecursionError, UnreadableError):
        return False
    return isinstance(run, dict) and run.keys() >= _RUN_KEYS


def is_output_folder(path: Path) -> bool:
    """Whether a path is a folder, not a link to one, and an output of the grader's."""
    return os.path.isdir(path) and not path.is_symlink() and is_output(path)
