"""Exports on the command line: by name, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import grader
from grader.cli.common import usage
from grader.cli.files import write

if TYPE_CHECKING:
    from grader.model import Report
    from grader.reporting.exports import Export


GROUP = "grader.exports"


def names_of_exports() -> str:
    """All names, for a command's help: read off the folder, since asking ``reporting`` would load NumPy."""
    folder = Path(grader.__file__).parent / "reporting" / "exports"
    own = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    return ", ".join(sorted({*own, *(point.name for point in entry_points(group=GROUP))}))


def find(name: str) -> Export:
    """The export of a name. Ends the command where there is none."""
    from grader.reporting.exports import find_export

    try:
        return find_export(name)
    except ValueError as error:
        usage(f"{error}.")


def parse_export(text: str) -> tuple[Export, Path]:
    """``NAME=FILE`` as an export of one report, and where to. Ends the command for anything else."""
    name, equals, file = text.partition("=")
    if not equals or not file:
        usage(f"--export {text!r} is not NAME=FILE, such as junit=report.xml.")
    export = find(name)
    if export.of_report is None:
        usage(f"the export {name!r} is of a whole class: use it with `grader grade`.")
    return export, Path(file)


def write_export(export: Export, report: Report, path: Path) -> None:
    """Write what an export makes of one report."""
    assert export.of_report is not None
    write(path, export.of_report(report))


def write_class_export(export: Export, entries: Sequence[Report], folder: Path) -> None:
    """Write what an export makes of a class."""
    if export.of_class is not None:
        write(folder / export.file, export.of_class(entries))
