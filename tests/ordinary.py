"""Becoming an ordinary user, for tests that run as root."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534


def prefix(user: str) -> list[str]:
    """What to put before a command so that it runs as ``root`` or as an ordinary ``user``; or skip."""
    if user == "root":
        if os.geteuid() != 0:
            pytest.skip("only root can grade as root")
        return []
    return _as_nobody() if os.geteuid() == 0 else []


def _as_nobody() -> list[str]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv (util-linux) is not here to become an ordinary user")
    command = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    if not all(_open_to_all(path) for path in (ROOT, Path(sys.prefix), Path(sys.base_prefix))):
        # An interpreter in root's own home: it may be read, and nothing else is gained.
        command += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return command


def _open_to_all(path: Path) -> bool:
    needed = stat.S_IROTH | stat.S_IXOTH
    return all(place.stat().st_mode & needed == needed for place in (path, *path.parents))
