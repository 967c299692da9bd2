"""A worker whose task is one call of C that takes longer than anybody waits, and lets nothing else run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from grader.grading.executors import Work


def prepare(job: Any) -> Work:
    """Say who we are, and be stuck."""

    def work(task: Any, set_deadline: Callable[[float], None]) -> tuple[bytes, ...]:
        sys.stderr.write(f"{os.getpid()}\n")
        sys.stderr.flush()
        return (str(len(str(7 ** (7**9)))).encode(),)

    return work
