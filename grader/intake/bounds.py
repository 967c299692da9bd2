"""How much of what was handed in is read at all: every bound of this room, in bytes unless it says."""

from __future__ import annotations

from dataclasses import dataclass

from grader.source import MAX_SOURCE

MAX_NOTEBOOK = 64 << 20
"""A notebook, outputs and pictures included."""
MAX_TEXT = 5 << 20
"""A notebook without its outputs and its pictures."""
MAX_CELLS = 2_000
"""Cells of a notebook."""

MAX_FILES = 400
"""Notebooks and modules of one submission."""
MAX_TOTAL = 96 << 20
"""All notebooks and modules of one submission together; an archive of a student's is no larger either."""
MAX_ENTRIES = 20_000
"""Entries of one student's archive or folder, or of one in a class's archive, but for environments."""
MAX_LISTED = 100_000
"""Entries of one student's archive, environments included: those are gone past, and not read."""
MAX_DEPTH = 20
"""Folders inside folders."""
MAX_NAME = 1_000
"""Characters of a name with its folders; each part is bounded as file systems bound it."""
MAX_PART = 240
"""Bytes of one part of a name: file systems take 255, and a report adds an ending."""

MAX_DIRECTORY = 32 << 20
"""The list of entries at the end of a zip, which is read before the first of them."""
MAX_INFLATED = 1 << 30
"""What a tar may hold, unpacked: there is no way to its last file but through all the others."""
MAX_TAR_NAME = 64 << 10
"""A tar's header that only lengthens the next one's name."""


@dataclass(frozen=True, slots=True)
class ArchiveBounds:
    """How much an archive may hold before it is given up as a whole."""

    entries: int
    directory: int
    inflated: int
    whole_class: bool = False
    """Whether it may hold several submissions."""


CLASS_ARCHIVE = ArchiveBounds(300_000, directory=32 << 20, inflated=16 << 30, whole_class=True)
"""Of a class's archive: what one student puts into it must not cost the others their grades."""

MAX_TREE = 4 * MAX_SOURCE
"""All modules of a tree; each of them is bounded as a cell is."""
MAX_TREE_TOKENS = 150_000
"""Tokens of all modules of a tree. All cells together are bounded as one cell is."""
MAX_STATEMENTS = 5_000
"""Statements at the top level of all of a submission's cells and modules."""
READ_SECONDS = 10.0
"""Processor time that reading one submission may take."""
MAX_NOTES = 30
"""What a person is told of one submission's files; the rest is counted."""
