"""The command ``grader``: one file a command. Exit codes: 0 done, 1 not passed, 2 usage, 3 could not.

What a command works with, NumPy and the rooms below, is imported in its function: ``grader --help`` loads
none of it.
"""

from __future__ import annotations

import os
import sys

# Before anything else is imported (hence E402): no module is found in the current folder, which may be full
# of submissions.
_HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_PLACES = os.environ.get("PYTHONPATH", "").split(os.pathsep)
# An empty entry of PYTHONPATH, or a dot, is the current folder too. Python has made them absolute by now.
_NOT_OURS = {os.path.abspath(place) for place in _PLACES if not os.path.isabs(place)} - {_HOME}
sys.path[:] = [place for place in sys.path if os.path.isabs(place) and place not in _NOT_OURS]

from typing import Annotated  # noqa: E402

import typer  # noqa: E402

import grader  # noqa: E402

# Before NumPy is loaded: it reads this once. Nets this small train no faster with more threads, at twice the
# processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from grader.cli import check, doctor, explain, grade, release, streams, verify  # noqa: E402

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


app.command("check", short_help="Check one submission before it is handed in.")(check.check)
app.command("grade", short_help="Grade a class: reports, pages and a table of grades.")(grade.grade)
app.command("release", short_help="Write the notebook and the public cases that students get.")(
    release.release
)
app.command("doctor", short_help="Say what works on this machine.")(doctor.doctor)
app.command("explain", short_help="Print all that is known of one answer.")(explain.explain)
app.command("verify", short_help="Prove an assignment's rubric before it is released.")(verify.verify)


def main() -> None:
    """Run the command line; an interrupt ends it quietly."""
    os.environ["PYTHONSAFEPATH"] = "1"  # for whatever Python is started by us, by whatever library
    streams.prepare()
    try:
        app()
    except KeyboardInterrupt:
        streams.remark("\nInterrupted.")
        sys.exit(130)
    finally:
        streams.finish()
