"""The house's own rules: imports run upward only, files stay small, importing is cheap."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = [
    "model",
    "gradients",
    "source",
    "toolkit",
    "intake",
    "sandbox",
    "checks",
    "course",
    "diagnosis",
    "grading",
    "messages",
    "reporting",
    "notebook",
    "cli",
]
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


PUBLIC_MODULES = {
    "model": {"fields", "findings", "formulas", "reasons", "recipes", "results", "statuses", "verdicts"},
    "source": {
        "cells",
        "memory",
        "mutants",
        "stand_ins",
        "statements",
    },  # for the child, which imports little; for verify
    "sandbox": {"advice", "libc", "mechanisms", "programs", "replay", "watch", "wire"},
    "checks": {"claims", "compare", "fingerprints", "tolerances"},
    "course": {"release", "variant_sessions", "variants"},
    "grading": {"class_worker", "executors", "kinds", "report", "stream", "verify"},
    "messages": {"machine"},
    "reporting": {"exports", "pages"},
}
"""Modules of a room that other rooms may import from beside its ``__init__``: a subject of their own each."""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_is_entered_by_its_public_names(path: Path) -> None:
    modules = [
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and re.match(r"grader\.\w+\.", node.module)
    ]

    private = []
    for module in modules:
        _, entered, part, *_ = module.split(".")
        if entered != room(path) and part not in PUBLIC_MODULES.get(entered, ()):
            private.append(module)

    assert private == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_two_things(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("guide", sorted((ROOT / "grader").rglob("README.md")), ids=lambda p: p.parent.name)
def test_the_guides_name_files_that_exist(guide: Path) -> None:
    paths = re.findall(r"`([\w/]+(?:\.py|/))`", guide.read_text(encoding="utf-8"))
    folders = (guide.parent, *(folder for folder in guide.parent.iterdir() if folder.is_dir()), ROOT)

    missing = [path for path in paths if not any((folder / path).exists() for folder in folders)]

    assert paths
    assert missing == []


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
        "import sys; before = set(sys.modules); from grader import check; import grader.notebook.checker; "
        "print(' '.join({m.partition('.')[0] for m in set(sys.modules) - before}))"
    )
    assert {name for name in loaded.split() if name not in allowed and not name.startswith("_")} == set()


def test_importing_check_loads_nothing_but_itself() -> None:
    loaded = run(
        "import sys; from grader import check; "
        "print(*sorted(m for m in sys.modules if m.partition('.')[0] in ('grader', 'numpy')))"
    )
    assert loaded.split() == ["grader", "grader.notebook"]


def test_the_help_of_the_command_line_loads_no_room_below_it() -> None:
    loaded = run(
        "import sys; from grader.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print('loaded:', *(m for m in sys.modules if m.startswith(('grader.', 'numpy', 'rich'))))"
    )
    modules = loaded.rpartition("loaded: ")[2].split()
    assert modules
    assert [name for name in modules if not name.startswith("grader.cli")] == []


def test_the_public_names() -> None:
    import grader
    from grader import checks, course, gradients, grading, intake, model, sandbox

    assert grader.__all__ == ["__version__", "check"]
    assert set(checks.__all__) == {
        "Check", "CheckKind", "Evaluate", "batch_of_one", "decides", "dropout", "dropout_gradient",
        "drops", "fresh_masks", "gradient", "judge_case", "keys", "kind_names", "kind_of", "left_alone",
        "masked_net", "negligible", "no_value", "normal", "outcome", "own_gradient", "own_kind_names",
        "precision", "register", "same", "separate", "shape", "stability", "steps", "trajectory", "unchanged",
        "values", "zeros",
    }  # fmt: skip
    assert set(gradients.__all__) == {
        "ArrayReport",
        "CallError",
        "Explanation",
        "GradientReport",
        "NoValueError",
        "Note",
        "Request",
        "Where",
        "check",
        "complex_step",
        "examine",
        "explain",
    }
    assert set(sandbox.__all__) == {
        "Budget",
        "SLICE",
        "ChildSession",
        "Deadline",
        "Effort",
        "Limits",
        "LocalSession",
        "Measurement",
        "Sandbox",
        "SandboxError",
        "Session",
        "result_without_values",
    }
    assert set(intake.__all__) == {
        "OUTPUT_MARK",
        "LeftOutError",
        "UnreadableError",
        "is_archive",
        "open_plain",
        "find_submissions",
        "is_output",
        "home_of",
        "parts",
        "with_contract_files",
        "skipped_entries",
        "load_of",
        "read_pack",
        "read_submission",
        "submission_id",
        "submission_ids",
        "tree_of",
    }
    assert grading.__all__ == ["grade"]
    assert {"CourseAssignment", "PublicAssignment", "CourseError", "load_assignment", "read_bundle"} <= set(
        course.__all__
    )
    assert {"Report", "Case", "to_json", "from_json"} <= set(model.__all__)
