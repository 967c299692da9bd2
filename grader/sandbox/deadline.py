"""A deadline in time that this process was awake for: a pause of the grader is nobody's delay."""

from __future__ import annotations

import time
from collections.abc import Callable

SLICE = 0.25
"""Seconds that one waits at most before one looks at the clock again."""
_JUMP = 0.75
"""Seconds by which a slice may be late on a busy machine; later than that, this process was stopped."""


class Deadline:
    """So many seconds from now, without those in which this process did not run.

    Ctrl-Z and `fg`, a paused container, a laptop that slept: the clock jumps from one look to the next, and
    of the jump one slice counts. Whoever waits must look every ``SLICE`` seconds.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left = seconds
        self.spent = 0.0
        """Seconds that counted so far."""
        self._last_look = clock()
        self.paused = False
        """Whether the clock has jumped."""

    def left(self) -> float:
        """Seconds that are left; negative when it is over."""
        now = self._clock()
        passed = now - self._last_look
        self._last_look = now
        if passed > SLICE + _JUMP:
            self.paused = True
            passed = SLICE
        self.spent += passed
        self._left -= passed
        return self._left
