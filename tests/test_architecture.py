"""The house's own rules: imports run upward only, files stay small, importing is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = [
    "model", "gradients", "source", "toolkit", "intake", "sandbox", "checks", "course", "diagnosis",
    "grading", "reporting", "notebook", "cli",
]  # fmt: skip
MODULES = sorted(p for p in (ROOT / "grader").rglob("*.py") if p.parent != ROOT / "grader")


def room(path: Path) -> str:
    parts = path.relative_to(ROOT / "grader").parts
    return parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("grader.") and n.split(".")[1] in ROOMS}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_upward_only(path: Path) -> None:
    above = {name for name in imported_rooms(path) if ROOMS.index(name) > ROOMS.index(room(path))}
    assert not above, f"{path} imports from above: {above}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_two_things(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def test_importing_grader_loads_nothing() -> None:
    assert (
        run("import sys, grader; print([m for m in sys.modules if m.startswith(('grader.', 'numpy'))])")
        == "[]"
    )


def test_the_notebook_needs_numpy_alone() -> None:
    allowed = set(sys.stdlib_module_names) | {"numpy", "grader", "cython_runtime"}  # the last is NumPy's own
    loaded = run(
        "import sys; before = set(sys.modules); from grader import check; "
        "print(' '.join({m.partition('.')[0] for m in set(sys.modules) - before}))"
    )
    assert {name for name in loaded.split() if name not in allowed and not name.startswith("_")} == set()


def test_the_public_names() -> None:
    import grader
    from grader import checks, course, gradients, grading, intake, model, sandbox

    assert grader.__all__ == ["__version__", "check"]
    assert checks.__all__ == ["Evaluate", "decides", "judge_case"]
    assert set(gradients.__all__) == {
        "ArrayReport", "GradientReport", "NoValueError", "Request", "Where", "check",
        "complex_step", "examine",
    }  # fmt: skip
    assert set(sandbox.__all__) == {
        "Budget", "ChildSession", "Limits", "LocalSession", "Measured", "Sandbox", "SandboxError", "Session",
    }  # fmt: skip
    assert set(intake.__all__) == {
        "OUTPUT_MARK", "UnreadableError", "find_submissions", "is_output", "skipped_entries", "load_of",
        "read_pack",
        "read_submission", "submission_id", "submission_ids", "tree_of",
    }  # fmt: skip
    assert set(grading.__all__) == {"Score", "count", "first_failure", "grade", "score"}
    assert {"Assignment", "CourseError", "load_assignment", "read_bundle"} <= set(course.__all__)
    assert {"Report", "Case", "to_json", "from_json"} <= set(model.__all__)
