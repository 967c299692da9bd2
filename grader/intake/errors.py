"""What ends the reading of something that was handed in.

::

    UnreadableError     it cannot be read at all; the message says why, and what to do
    └─ LeftOutError     one file cannot be read, and the others can

The functions raise for what archives of several kinds have in common.
"""

from __future__ import annotations

from typing import NoReturn

from grader.intake.bounds import ArchiveBounds
from grader.model.reasons import LeftOut


class UnreadableError(ValueError):
    """Something that was handed in cannot be read; the message is the reason, in plain words."""


class LeftOutError(UnreadableError):
    """One file cannot be read; ``refusal`` says why, without its name."""

    def __init__(self, refusal: LeftOut) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def refuse_damaged(kind: str, error: Exception | None = None) -> NoReturn:
    """Give up a damaged archive; ``kind`` is ``zip`` or ``tar``."""
    raise UnreadableError(
        f"the {kind} archive is damaged or cut off; make it again, and hand it in again"
    ) from error


def refuse_entries(bounds: ArchiveBounds) -> NoReturn:
    """Give up an archive of too many entries."""
    if bounds.whole_class:
        raise UnreadableError(
            f"the archive holds more than {bounds.entries} files and folders; "
            "take what is no answer out of it, or unpack it and name the folder"
        )
    raise UnreadableError(
        f"the archive holds more than {bounds.entries} files and folders; "
        "hand in the notebook and your modules, without data"
    )


def refuse_size(bounds: ArchiveBounds) -> NoReturn:
    """Give up a compressed archive that holds too much."""
    if bounds.whole_class:
        raise UnreadableError(
            f"the archive holds more than {bounds.inflated >> 20} MB; "
            "take what is no answer out of it, or unpack it and name the folder"
        )
    raise UnreadableError(
        f"the archive holds more than {bounds.inflated >> 20} MB; "
        "hand in the notebook and your modules, without data"
    )
