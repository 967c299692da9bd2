"""Compile the catalogues: each ``grader.po`` to the ``grader.mo`` beside it. Run by ``make messages``."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
FOLDER = Path(__file__).resolve().parent.parent / "grader" / "messages" / "catalogues"


def compiled(source: Path) -> bytes:
    """The ``.mo`` of a ``.po``. Raises PoFileError, with the line, for one that cannot be read."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    catalogue.creation_date = catalogue.revision_date = EPOCH  # else each compilation would be another
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Compile every catalogue."""
    for source in sorted(FOLDER.glob("*/LC_MESSAGES/*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))
        print(f"{source.with_suffix('.mo').relative_to(FOLDER)}")


if __name__ == "__main__":
    main()
