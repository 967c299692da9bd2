"""A rubric put to the proof: a sound one is said to be, and each kind of hole is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli import app
from grader.grading.verify import verify
from grader.messages import hole
from grader.model import Verification, from_json
from grader.reporting import verification_page

REFERENCE = '''
import numpy as np


def relu_forward(x):
    """Rectified linear unit."""
    # solution: The larger of 0 and x.
    out = np.maximum(0, x)
    # end of solution
    return out, x
'''
RUBRIC = """
from grader.checks.values import values
from grader.course import Rubric

rubric = Rubric(title="Tiny", version="1.0", reference=("reference.layers",))
relu = rubric.question("relu_forward", "ReLU", points={"out": 2})


@relu.on((1, 2), (3, 4))
def _(impl, draw, *shape):
    x = draw(*shape)
    out, _ = impl.relu_forward(x)
    return [values(out=out)]
"""
NARRATIVE = """
```python role="locked" name="setup"
import numpy as np
```

```python role="answer" question="relu_forward" source="reference.layers:relu_forward"
# cut from the reference
```
"""
VARIANT = """
[[variant]]
id = "{id}"
question = "relu_forward"
change = [["np.maximum(0, x)", "{that}"]]
says = "It is wrong."
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    from grader.course.release import notebook

    folder = tmp_path / "course"
    own = folder / "assignments" / "tiny"
    own.mkdir(parents=True)
    for kind in ("mistakes", "accepted"):
        (folder / "reference" / kind).mkdir(parents=True)
    (folder / "reference" / "__init__.py").write_text("")
    (folder / "reference" / "layers.py").write_text(REFERENCE)
    (own / "rubric.py").write_text(RUBRIC)
    (own / "narrative.md").write_text(NARRATIVE)
    (own / "tiny.ipynb").write_text(notebook(folder, "tiny"))
    add(folder, "mistakes", "relu-absolute", "np.abs(x)")
    add(folder, "accepted", "relu-where", "np.where(x > 0, x, 0)")
    return folder


def add(course: Path, kind: str, identity: str, that: str) -> None:
    with (course / "reference" / kind / "relu.toml").open("a") as file:
        file.write(VARIANT.format(id=identity, that=that))


def holes(course: Path) -> dict[str, str]:
    return {verdict.id: hole(verdict) for verdict in verify(course, "tiny").holes}


def test_a_sound_rubric_has_no_holes(course: Path) -> None:
    found = verify(course, "tiny")
    assert found.holes == ()
    assert found.sound
    assert [v.named for v in found.of("mistake")] == [("relu-absolute",)]
    assert len(found.of("mutant")) >= 4
    assert all(v.killed_by or v.excused for v in found.of("mutant"))


@pytest.mark.slow
def test_a_mistake_that_loses_nothing_is_a_hole(course: Path) -> None:
    add(course, "mistakes", "relu-plus-zero", "np.maximum(0, x) + 0.0")
    assert "loses no points" in holes(course)["relu-plus-zero"]


@pytest.mark.slow
def test_two_mistakes_that_look_alike_are_a_hole(course: Path) -> None:
    add(course, "mistakes", "relu-square-root", "np.sqrt(x * x)")
    found = holes(course)
    assert "taken for" in found["relu-absolute"]
    assert "taken for" in found["relu-square-root"]


@pytest.mark.slow
def test_an_accepted_form_that_loses_points_is_a_hole(course: Path) -> None:
    add(course, "accepted", "relu-leaky", "np.where(x > 0, x, 0.01 * x)")
    assert "loses points" in holes(course)["relu-leaky"]
    assert not verify(course, "tiny").sound


def test_an_accepted_form_that_is_taken_for_a_mistake_is_a_hole(course: Path) -> None:
    add(course, "mistakes", "relu-plus-zero", "np.maximum(0, x) + 0.0")  # it has the values of right answers
    add(course, "accepted", "relu-clip", "np.clip(x, 0, None)")
    assert holes(course)["relu-clip"] == "it is taken for relu-plus-zero"


@pytest.mark.slow
def test_a_mistake_of_which_its_sentence_is_not_true_is_a_hole(course: Path) -> None:
    path = course / "reference" / "mistakes" / "relu.toml"
    text = path.read_text()
    claim = 'holds = [\'np.all(x["yours"]["out"] >= 0)\']\n'
    path.write_text(text + claim)
    assert not holes(course)
    path.write_text(text + claim.replace(">= 0", "< 0"))
    assert holes(course)["relu-absolute"] == "it is not named"


def test_a_mutant_that_no_check_sees_is_a_hole(course: Path) -> None:
    rubric = course / "assignments" / "tiny" / "rubric.py"
    rubric.write_text(RUBRIC.replace("x = draw(*shape)", "x = abs(draw(*shape))"))  # nothing negative
    found = verify(course, "tiny")
    assert any(v.kind == "mutant" or v.kind == "mistake" for v in found.holes)
    assert not found.sound


ENDLESS = '''
import numpy as np


def relu_forward(x):
    """Rectified linear unit."""
    # solution: The larger of 0 and x.
    turns = kept = 1
    while turns > 0:
        turns -= 1
    rows = []
    while kept > 0:
        rows.append(np.zeros(1 << 20))
        kept -= 1
    out = np.maximum(0, x)
    # end of solution
    return out, x
'''


@pytest.mark.slow
def test_mutants_without_end_are_killed_by_time_and_by_memory(course: Path) -> None:
    (course / "reference" / "layers.py").write_text(ENDLESS)

    found = verify(course, "tiny")

    causes = {verdict.id.partition(": ")[2]: verdict.killed_by for verdict in found.of("mutant")}
    assert causes["turns -= 1 → turns += 1"] == ("timeout",)
    assert causes["kept -= 1 → kept += 1"] == ("memory",)
    assert all(not verdict.wrong for verdict in (*found.of("reference"), *found.of("mistake")))
    assert found.seconds < 60


def test_a_mistake_without_end_loses_its_points_and_has_no_name(course: Path) -> None:
    add(course, "mistakes", "relu-allocates", "[np.zeros(1 << 22) for _ in iter(int, 1)]")
    verdict = next(v for v in verify(course, "tiny").of("mistake") if v.id == "relu-allocates")
    assert verdict.lost == 2
    assert verdict.named == ()


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    return result.exit_code, result.output


def test_the_command_prints_a_table_and_writes_a_page(course: Path, tmp_path: Path) -> None:
    code, said = run("verify", "tiny", "--course", course, "--out", tmp_path / "out")
    assert code == 0, said
    assert "1 of 1 lose points, 1 are named" in said
    page = (tmp_path / "out" / "tiny.html").read_text(encoding="utf-8")
    assert "catches what it must" in page
    assert "relu-absolute" in page
    found = from_json((tmp_path / "out" / "tiny.json").read_bytes(), Verification)
    assert found.assignment == "tiny"
    assert all(len(line) <= 80 for line in said.splitlines() if "The page" not in line)


@pytest.mark.slow
def test_a_hole_ends_the_command_with_1(course: Path, tmp_path: Path) -> None:
    add(course, "mistakes", "relu-plus-zero", "np.maximum(0, x) + 0.0")
    code, said = run("verify", "--course", course, "--out", tmp_path / "out")
    assert code == 1
    assert "✗ relu_forward: mistake `relu-plus-zero`" in said


def test_a_patch_that_no_longer_applies_is_said(course: Path, tmp_path: Path) -> None:
    path = course / "reference" / "mistakes" / "relu.toml"
    path.write_text(path.read_text().replace("np.maximum(0, x)", "np.fmax(0, x)"))
    code, said = run("verify", "tiny", "--course", course, "--out", tmp_path / "out")
    assert code == 3
    assert "no longer applies" in said


def test_unknown_names_and_files_in_the_way_are_usage_errors(course: Path, tmp_path: Path) -> None:
    assert run("verify", "nope", "--course", course)[0] == 2
    (tmp_path / "file").write_text("")
    assert run("verify", "tiny", "--course", course, "--out", tmp_path / "file")[0] == 2


@pytest.mark.slow
def test_the_page_names_checks_that_are_not_needed(course: Path) -> None:
    page = verification_page(verify(course, "tiny"))
    assert "by it alone" in page
    assert "http" not in page.partition("<body")[2]
