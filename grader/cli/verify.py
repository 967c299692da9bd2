"""``grader verify``: prove that a rubric catches what it must and accepts what it should."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import streams
from grader.cli.common import NOT_PASSED, course_folder, exit_on_errors, require_assignment, require_folder
from grader.cli.files import write

if TYPE_CHECKING:
    from grader.model import VariantVerdict, Verification


def verify(
    names: Annotated[list[str] | None, typer.Argument(help="Assignments; all of them if none.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
    out: Annotated[Path, typer.Option(help="The folder for a page and a JSON file each.")] = Path("verified"),
) -> None:
    """Judge the reference, the stub, known mistakes, accepted forms and mutants; exit 1 if one is amiss."""
    from grader.course import assignments

    folder = course_folder(course)
    for name in names or []:
        require_assignment(folder, name)
    require_folder(out, "--out")
    sound = True
    with exit_on_errors():
        from grader.grading.verify import verify_all
        from grader.model import to_json
        from grader.reporting import verification_page

        for verification in verify_all(folder, names or assignments(folder)):
            path = out / f"{verification.assignment}.html"
            write(path, verification_page(verification))
            write(path.with_suffix(".json"), to_json(verification))
            streams.say("\n".join(summary(verification)))
            streams.say(f"  The page: {path}\n")
            sound &= verification.sound
    raise typer.Exit(0 if sound else NOT_PASSED)


def summary(verification: Verification) -> list[str]:
    """What verifying found, in lines of 80 columns."""
    from grader.messages import hole

    mistakes, accepted, mutants = (verification.of(kind) for kind in ("mistake", "accepted", "mutant"))
    killed = [verdict for verdict in mutants if verdict.killed_by]
    excused = [verdict for verdict in mutants if verdict.excused]
    name = f"{verification.title} ({verification.assignment} {verification.version})"
    lines = [
        f"{name}, verified in {verification.seconds:.0f} s",
        f"  reference   {_right(verification.of('reference'))} questions with full marks",
        f"  stub        {_right(verification.of('stub'))} questions with no points",
        f"  mistakes    {sum(v.lost > 0 for v in mistakes)} of {len(mistakes)} lose points, "
        f"{sum(v.named == (v.id,) for v in mistakes)} are named",
        f"  accepted    {_right(accepted)} forms keep all points",
        f"  mutants     {len(killed)} of {len(mutants) - len(excused)} killed "
        f"({100 * verification.killed_share:.1f} %); {len(excused)} more equal the reference",
    ]
    for verdict in verification.holes:
        text = f"{verdict.question}: {verdict.kind} `{verdict.id}`: {hole(verdict)}."
        lines += textwrap.wrap(text, 78, initial_indent="  ✗ ", subsequent_indent="    ")
    return lines


def _right(verdicts: tuple[VariantVerdict, ...]) -> str:
    return f"{sum(not verdict.wrong for verdict in verdicts)} of {len(verdicts)}"
