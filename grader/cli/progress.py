"""How far a run is: a bar on a terminal, a line for every tenth elsewhere. On stderr: output stays clean."""

from __future__ import annotations

import contextlib

from grader.cli import streams


class Progress:
    """Counts submissions that have their report. A context manager; a broken stderr ends no run."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._total, self._done = total, 0
        console = Console(stderr=True)
        columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=console) if console.is_terminal else None

    def __enter__(self) -> Progress:
        if self._bar is not None:
            with contextlib.suppress(OSError, ValueError):
                self._bar.start()
            self._task = self._bar.add_task("", total=self._total)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            with contextlib.suppress(OSError, ValueError):
                self._bar.stop()

    def advance(self) -> None:
        """One more submission has its report."""
        self._done += 1
        if self._bar is not None:
            with contextlib.suppress(OSError, ValueError):
                self._bar.advance(self._task)
        elif self._done % max(1, self._total // 10) == 0 or self._done == self._total:
            streams.remark(f"Graded {self._done} of {self._total}")
