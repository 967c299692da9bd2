"""Seconds of wall time for all sessions of a submission: a share for each question, and a pool for all."""

from __future__ import annotations

from collections.abc import Iterable

_DIVIDED_PART = 0.5
"""The part of a budget that is divided among the questions: what hangs cannot take it from others."""


class Budget:
    """Seconds for everything that is asked of one submission, experiments apart.

    Each of ``questions`` has its own share, which is used first; the rest is a pool. What is done for no
    question (loading the submission, say) is taken from the pool.
    """

    def __init__(self, seconds: float, questions: Iterable[str] = ()) -> None:
        names = list(dict.fromkeys(questions))
        self.seconds = seconds
        self._shares = dict.fromkeys(names, _DIVIDED_PART * seconds / len(names)) if names else {}
        self._pool = seconds - sum(self._shares.values())

    def left(self, question: str) -> float:
        """Seconds that this question may still take."""
        return self._shares.get(question, 0.0) + max(0.0, self._pool)

    def spend(self, question: str, seconds: float) -> None:
        """Take seconds from a question's own share, and what that does not cover from the pool."""
        reserve = min(seconds, self._shares.get(question, 0.0))
        if reserve:
            self._shares[question] -= reserve
        self._pool -= seconds - reserve
