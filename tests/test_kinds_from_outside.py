"""A check kind, a question kind and an export, added from a folder that is not the project's.

The course's own module declares the first two, an installed package (a folder on Python's path, with the
metadata that installing writes) the third. They work in ``grade``, on the page, in ``verify`` and the help.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.outputs import STUDENTS
from tests.attacks.doors.tiny import NAME, RIGHT, RUBRIC, make_course

KINDS = '''
"""Kinds of this course: sums that are right, and answers chosen from a few."""

from grader.checks import CheckKind, no_value, outcome, register
from grader.checks.reading import any_results
from grader.grading.judgement import Judgement
from grader.grading.kinds import QuestionKind
from grader.grading.kinds import register as register_question_kind
from grader.model import Check, Finding, finding, tellable
from grader.model.verdicts import judge as verdict_of


@finding("wrong_sum", when_hidden=True, says="the sum of {part} is {actual:g}, and should be {expected:g}")
class WrongSum(Finding):
    """A sum that is off."""

    part: str = tellable(default="")
    expected: float = 0.0
    actual: float = 0.0


def sums(**outputs):
    """Each output has the sum of the right one."""
    return Check("sums", outputs)


def judge(check, case, result, evaluate):
    """One outcome an output."""
    return [
        no_value(check, case, result, part, ref)
        or _judge(check, case, part, result.value(case, ref), case.expected(ref))
        for part, ref in check.outputs.items()
    ]


def _judge(check, case, part, value, expected):
    if abs(value.sum() - expected.sum()) < 1e-9:
        return outcome(check, case, part, "passed")
    return outcome(check, case, part, "failed", WrongSum(part, float(expected.sum()), float(value.sum())))


register(CheckKind("sums", judge, any_results, says="sums"))


@finding("to_choose", says="`{name}` is one of three")
class ToChoose(Finding):
    """An answer that was chosen."""

    name: str = ""


def judge_choices(questions, grading, before):
    """Whatever was chosen is right."""
    return {q.name: check_choice(q, grading.assignment, {}) for q in questions}


def check_choice(question, assignment, namespace):
    """The same in a notebook."""
    return Judgement(verdict_of(question.points, [], {"answer": 1.0}, [ToChoose(question.name)]))


register_question_kind(QuestionKind("choice", judge_choices, check_choice))
'''
OWN_RUBRIC = RUBRIC.replace(
    "from grader.course import Rubric",
    "from assignments.kinds import sums\nfrom grader.course import Question, Rubric",
)
OWN_RUBRIC = OWN_RUBRIC.replace(
    "return [values(half=impl.halve(draw(*shape)))]", "return [sums(half=impl.halve(draw(*shape)))]"
)
OWN_RUBRIC += '\n\nrubric.add(Question("colour", "A colour", "choice", {"answer": 1}))\n'
MISTAKE = """
[[variant]]
id = "third"
question = "halve"
change = [["x / 2", "x / 3"]]
says = "You divide by three."
"""
PACKAGE = """
from grader.reporting.exports import Export

EXPORT = Export(
    "tally",
    "tally.txt",
    of_report=lambda report: f"{report.score:g}",
    of_class=lambda reports: f"{len(reports)} of a class",
)
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder with a course, submissions, and an installed package."""
    course = make_course(tmp_path / "course")
    (course / "assignments" / "kinds.py").write_text(KINDS)
    (course / "assignments" / NAME / "rubric.py").write_text(OWN_RUBRIC)
    (course / "reference" / "mistakes").mkdir()
    (course / "reference" / "mistakes" / "halves.toml").write_text(MISTAKE)
    packages = tmp_path / "packages"
    (packages / "tally-1.0.dist-info").mkdir(parents=True)
    (packages / "tally.py").write_text(PACKAGE)
    (packages / "tally-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: tally\nVersion: 1.0\n"
    )
    (packages / "tally-1.0.dist-info" / "entry_points.txt").write_text(
        "[grader.exports]\ntally = tally:EXPORT\n"
    )
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.py").write_text(RIGHT)
    (tmp_path / "class" / "bob.py").write_text(RIGHT.replace("x / 2", "x / 2 + 1"))
    return tmp_path


def grader(outside: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        cwd=outside,
        check=False,
        env={**os.environ, "PYTHONPATH": str(outside / "packages"), "COLUMNS": "100"},
    )


@pytest.mark.slow
def test_they_work_in_grade_and_on_the_page(outside: Path) -> None:
    done = grader(
        outside, "grade", "class", "--assignment", NAME, "--course", "course", "--out", "out", "--seed", "1",
        "--workers", "1", "--accept", "limited", "--export", "tally",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    students = outside / "out" / STUDENTS
    assert (students / "ada" / "tally.txt").read_text() == "6"
    assert (students / "bob" / "tally.txt").read_text() == "4"
    assert (outside / "out" / "tally.txt").read_text() == "2 of a class"
    page = (students / "bob" / "feedback.html").read_text()
    assert "the sum of half is" in page
    assert "<code>colour</code> is one of three" in page


def test_they_work_in_verify(outside: Path) -> None:
    done = grader(outside, "verify", NAME, "--course", "course", "--out", "verified")

    assert "2 of 2 questions with full marks" in done.stdout, done.stdout + done.stderr
    (page,) = (outside / "verified").glob("*.html")
    assert "sums half" in page.read_text()


def test_an_export_is_in_the_help_and_one_that_is_none_is_refused(outside: Path) -> None:
    assert "tally" in grader(outside, "check", "--help").stdout
    assert "tally" in grader(outside, "grade", "--help").stdout

    done = grader(outside, "check", "class/ada.py", "--course", "course", "--export", "nosuch=x.txt")

    assert done.returncode == 2
    assert "there is no export 'nosuch'; there are: console," in done.stderr
