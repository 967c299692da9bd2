"""``grader explain``: all that is known of one answer, and a pack that replays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli import app

FORWARD = "import numpy as np\n\n\ndef relu_forward(x):\n    return np.maximum(0, x), x\n"
WRONG = FORWARD.replace("np.maximum(0, x)", "np.abs(x)")


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "ann.py"
    path.write_text(WRONG)
    return path


@pytest.fixture
def options(course: Path) -> tuple[object, ...]:
    return ("relu_forward", "--assignment", "two_layer_net", "--course", course)


def test_it_tells_verdict_outcomes_and_the_smallest_case(answer: Path, options: tuple[object, ...]) -> None:
    code, said = run("explain", answer, *options, "--seed", 4)
    assert code == 0, said
    assert said.startswith("ReLU, forward (relu_forward): not right yet, 0 of 2 points")
    assert "The smallest case that fails: out" in said
    assert "result_0 = relu_forward(x)" in said
    assert "a hidden case: failed" in said
    assert "sandbox" in said
    assert all(len(line) <= 80 for line in said.splitlines() if "array" not in line and "result" not in line)


def test_a_pack_replays_to_the_same_verdict(
    answer: Path, options: tuple[object, ...], tmp_path: Path, course: Path
) -> None:
    pack = tmp_path / "ann.pack"
    code, said = run("explain", answer, *options, "--pack", pack)
    assert code == 0
    assert f"Replay it: grader explain {pack} relu_forward" in said
    answer.unlink()  # the pack holds what was handed in
    code, said = run("explain", pack, "relu_forward", "--course", course)
    assert code == 0, said
    assert "the same as in" in said


@pytest.mark.slow
def test_a_pack_whose_verdict_was_altered_is_found_out(
    answer: Path, options: tuple[object, ...], tmp_path: Path, course: Path
) -> None:
    pack = tmp_path / "ann.pack"
    run("explain", answer, *options, "--pack", pack)
    record = json.loads(pack.read_text())
    record["answer"]["score"] = 2.0
    pack.write_text(json.dumps(record))
    code, said = run("explain", pack, "relu_forward", "--course", course)
    assert code == 1
    assert "not the same" in said


def test_what_cannot_be_explained_says_why(answer: Path, course: Path, tmp_path: Path) -> None:
    assert run("explain", tmp_path / "nobody.py", "relu_forward")[0] == 2
    code, said = run("explain", answer, "relu", "--assignment", "two_layer_net", "--course", course)
    assert code == 2
    assert "relu_forward" in said
    (tmp_path / "bad.pack").write_text("{}")
    code, said = run("explain", tmp_path / "bad.pack", "relu_forward", "--course", course)
    assert code == 3
    assert "not a pack of evidence" in said


def test_a_students_words_are_not_obeyed(tmp_path: Path, options: tuple[object, ...]) -> None:
    path = tmp_path / "eve.py"
    path.write_text(
        "def relu_forward(x):\n    raise ValueError('\\x1b[2J\\n::error::owned\\n##[command]x')\n"
    )
    code, said = run("explain", path, *options)
    assert code == 0
    assert "\x1b" not in said
    assert not any(line.strip().startswith("::") for line in said.splitlines())
