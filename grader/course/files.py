"""Files that were downloaded, read within bounds."""

from __future__ import annotations

import os
from pathlib import Path

from grader.intake import LeftOutError, open_plain
from grader.model.fields import FieldError


def read_file(path: Path, limit: int) -> bytes:
    """A regular file of at most ``limit`` bytes. Raises OSError, or ValueError with a reason.

    A link to one is followed, once; a pipe is not waited for.
    """
    try:
        with open_plain(Path(os.path.realpath(path))) as file:
            data = file.read(limit + 1)
    except LeftOutError as error:
        raise FieldError("it is no plain file") from error
    if len(data) > limit:
        raise FieldError(f"it is larger than {limit >> 20} MB")
    return data
