"""The command ``grader``: one file a command. Exit codes: 0 done, 1 not passed, 2 usage, 3 could not."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

import grader

# Before NumPy is loaded: it reads this once. Nets this small train no faster with more threads, at twice the
# processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from grader.cli import check, doctor, explain, grade, release, verify

__all__ = ["app", "main"]

app = typer.Typer(
    name="grader",
    help="Grade hand-written backpropagation: what is wrong, where, and why.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"gradient-grader {grader.__version__}")
        raise typer.Exit


app.command("check")(check.check)
app.command("grade")(grade.grade)
app.command("release")(release.release)
app.command("doctor")(doctor.doctor)
app.command("explain")(explain.explain)
app.command("verify")(verify.verify)


def main() -> None:
    """Run the command line; an interrupt ends it quietly."""
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(130)
