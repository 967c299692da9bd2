"""A folder of submissions → one path each: files side by side, or a folder per student."""

from __future__ import annotations

from pathlib import Path

from grader.intake import files


def find_submissions(folder: Path) -> list[Path]:
    """Every submission in a class's folder, sorted by name. One file or tree by itself is a class of one."""
    if not folder.is_dir():
        return [folder]
    entries = sorted(p for p in folder.iterdir() if not p.name.startswith((".", "__")))
    loose = [p for p in entries if files.is_plain(p) and p.name.endswith(files.ENDINGS)]
    folders = [p for p in entries if p.is_dir() and not p.is_symlink()]
    return sorted([*loose, *folders])
