"""Files and folders → submissions: whatever is wrong is a note or a reason, never a stop."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader.intake import find_submissions, load_of, read_submission
from grader.messages import say
from grader.model import (
    AssignmentInfo,
    Load,
    Report,
    SandboxInfo,
    Submission,
    SubmissionInfo,
    from_json,
    to_json,
)
from grader.model.reasons import (
    CellLeftOut,
    DoubledAnswer,
    LeftOut,
    OtherNotebooks,
    TooMuchSource,
    Unreadable,
)
from grader.sandbox import Sandbox

ROOTS = ("f", "g", "Net")


def notebook(*cells: str, path: Path, questions: tuple[tuple[str, ...], ...] = ()) -> Path:
    document = {
        "cells": [
            {
                "cell_type": "code",
                "source": source,
                "metadata": {"grader": {"role": "answer", "questions": list(questions[i])}}
                if questions
                else {},
            }
            for i, source in enumerate(cells)
        ],
        "metadata": {},
        "nbformat": 4,
    }
    path.write_text(json.dumps(document))
    return path


def sources(load: Load) -> str:
    return "\n".join(chunk.source for chunk in load.chunks)


def test_a_module_by_itself_is_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "ann.py"
    path.write_text("def f(x):\n    return x\n")
    submission = read_submission(path, ROOTS)
    assert (submission.id, submission.problem, len(submission.cells)) == ("ann", None, 1)


def test_the_hash_is_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    first = read_submission(tmp_path / "a.py").hash
    (tmp_path / "a.py").write_text("x = 2")
    assert read_submission(tmp_path / "a.py").hash != first


def test_a_tree_is_served_from_memory_and_found_by_name(tmp_path: Path) -> None:
    package = tmp_path / "cs231n" / "classifiers"
    package.mkdir(parents=True)
    (tmp_path / "cs231n" / "layers.py").write_text("def f(x):\n    return x\n")
    (package / "fc_net.py").write_text("from ..layers import *\nclass Net:\n    pass\n")
    (tmp_path / "setup.py").write_text("raise SystemExit")
    submission = read_submission(tmp_path, ROOTS)
    names = {module.name for module in submission.modules}
    assert {"cs231n", "cs231n.layers", "cs231n.classifiers", "cs231n.classifiers.fc_net", "layers"} <= names
    text = sources(load_of(submission, ROOTS))
    assert "from submission.cs231n.layers import f" in text
    assert "from submission.cs231n.classifiers.fc_net import Net" in text


def test_where_notebook_and_tree_define_a_name_the_notebook_counts(tmp_path: Path) -> None:
    (tmp_path / "layers.py").write_text("def f(x):\n    return 'tree'\ndef g(x):\n    return 'tree'\n")
    notebook("def f(x):\n    return 'notebook'", path=tmp_path / "hw.ipynb")
    load = load_of(read_submission(tmp_path, ROOTS), ROOTS)
    labels = [chunk.label for chunk in load.chunks]
    assert labels.index("import of f") < labels.index("cell 1")


def test_of_two_notebooks_the_one_that_answers_is_read(tmp_path: Path) -> None:
    notebook("x = 1", path=tmp_path / "a_scratch.ipynb")
    notebook("def f(x): return x + 1\nclass Net: pass", path=tmp_path / "b_final.ipynb")
    submission = read_submission(tmp_path, ROOTS)
    assert "def f" in submission.cells[0].source
    assert submission.notes == (OtherNotebooks("b_final.ipynb", "a_scratch.ipynb", answers=1),)


def test_doubled_answers_are_noted_and_the_last_counts(tmp_path: Path) -> None:
    path = notebook(
        "def f(x): return 1", "def f(x): return 2", path=tmp_path / "a.ipynb", questions=(("f",), ("f",))
    )
    submission = read_submission(path, ROOTS)
    assert submission.notes == (DoubledAnswer("f", "cell 1", "cell 2"),)


def test_a_cell_that_does_not_parse_loses_itself_only(tmp_path: Path) -> None:
    submission = read_submission(
        notebook("def f(x): return (", "def g(x): return 2", path=tmp_path / "a.ipynb"), ROOTS
    )
    assert submission.cells[0].problem
    assert submission.notes == (CellLeftOut("cell 1", submission.cells[0].problem),)
    assert [chunk.label for chunk in load_of(submission, ROOTS).chunks] == ["cell 2"]


@pytest.mark.parametrize("make", ["empty folder", "broken", "empty file", "missing", "link"])
def test_what_cannot_be_read_is_a_reason(tmp_path: Path, make: str) -> None:
    path = tmp_path / "x.ipynb"
    if make == "empty folder":
        path = tmp_path / "folder"
        path.mkdir()
    elif make == "broken":
        path.write_text('{"cells":')
    elif make == "empty file":
        path.write_bytes(b"")
    elif make == "link":
        secret = tmp_path / "secret.ipynb"
        notebook("def f(x): return 1", path=secret)
        path.symlink_to(secret)
    submission = read_submission(path, ROOTS)
    assert submission.problem
    assert not submission.cells


def test_a_linked_file_inside_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("SECRET = 1")
    folder = tmp_path / "ann"
    folder.mkdir()
    (folder / "stolen.py").symlink_to(tmp_path / "secret.py")
    (folder / "own.py").write_text("def f(x): return x")
    submission = read_submission(folder, ROOTS)
    assert "SECRET" not in str(submission)


def test_too_much_source_is_a_reason(tmp_path: Path) -> None:
    path = notebook(*["x = '" + "a" * 200_000 + "'"] * 3, path=tmp_path / "a.ipynb")
    assert read_submission(path, ROOTS).problem == TooMuchSource("KiB", 585, 256)


def test_locked_cells_are_the_instructors(tmp_path: Path) -> None:
    document = json.loads(notebook("def f(x): return 'edited'", path=tmp_path / "a.ipynb").read_text())
    document["cells"][0]["metadata"] = {"grader": {"role": "given"}}
    (tmp_path / "a.ipynb").write_text(json.dumps(document))
    load = load_of(
        read_submission(tmp_path / "a.ipynb", ROOTS), ROOTS, locked_cells=("def f(x): return 'given'",)
    )
    assert "edited" not in sources(load)
    assert "given" in sources(load)


def test_a_right_definition_stands_in_for_a_wrong_or_missing_one(tmp_path: Path) -> None:
    submission = read_submission(notebook("def f(x): return 'wrong'", path=tmp_path / "a.ipynb"), ROOTS)
    load = load_of(
        submission,
        ROOTS,
        replacements={"f": "def f(x):\n    return 'right'\n", "g": "def g(x):\n    return 1\n"},
    )
    assert "wrong" not in sources(load)
    assert "right" in sources(load)
    assert load.chunks[-1].label == "right g"


def test_a_class_is_files_and_folders_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "ann.ipynb").write_text("{}")
    (tmp_path / "bob").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "notes.txt").write_text("")
    assert [path.name for path in find_submissions(tmp_path)] == ["ann.ipynb", "bob"]


def test_markdown_is_shown_and_never_loaded(tmp_path: Path) -> None:
    document = json.loads(notebook("def f(x): return 1", path=tmp_path / "a.ipynb").read_text())
    document["cells"].append({"cell_type": "markdown", "source": "def f(x): return 'text'", "metadata": {}})
    (tmp_path / "a.ipynb").write_text(json.dumps(document))
    submission = read_submission(tmp_path / "a.ipynb", ROOTS)
    assert len(submission.cells) == 2
    assert "text" not in sources(load_of(submission, ROOTS))


def test_a_tree_may_be_larger_than_a_notebook_but_not_without_end(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"part_{number}.py").write_text(f"x{number} = '" + "a" * 200_000 + "'")
    assert read_submission(tmp_path, ROOTS).problem is None
    for number in range(6):
        (tmp_path / f"more_{number}.py").write_text(f"y{number} = '" + "a" * 200_000 + "'")
    assert read_submission(tmp_path, ROOTS).problem == TooMuchSource("KiB", 1757, 1024)


@pytest.mark.parametrize("root", [".", "My HW 1"])
def test_a_tree_without_its_outermost_folder_still_imports_itself(
    tmp_path: Path, root: str, sandbox: Sandbox
) -> None:
    base = tmp_path / root
    (base / "classifiers").mkdir(parents=True)
    (base / "layers.py").write_text("def f(x):\n    return x\n")
    (base / "util.py").write_text("from cs231n.layers import f\ndef g(x):\n    return f(x)\n")
    (base / "classifiers" / "fc_net.py").write_text("from ..layers import *\nclass Net:\n    back = f\n")
    with sandbox.open(load_of(read_submission(tmp_path, ROOTS), ROOTS)) as session:
        assert session.problems == []


def test_the_cells_of_a_script_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("# %% one\ndef f(x):\n    return (\n# %% two\ndef g(x):\n    return 2\n")
    submission = read_submission(path, ROOTS)
    assert [bool(cell.problem) for cell in submission.cells] == [True, False]
    (note,) = submission.notes
    assert isinstance(note, CellLeftOut)
    assert note.cell == "a.py, part 2"


def test_a_coding_line_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes("# -*- coding: latin-1 -*-\ndef f(x):\n    return 'é'\n".encode("latin-1"))
    assert "é" in read_submission(path, ROOTS).cells[0].source


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, x): return 1",
        "def f():\n    N = 3\n    global N",
        "def f():\n    nonlocal z",
        "def f():\n    from numpy import *",
        "z = [(i := 1) for i in range(3)]",
        "from __future__ import braces",
        "x = 0x" + "f" * 50_000,
        "x = " + "lambda: " * 400 + "1",
        "return 3",
        "# \ud800",
    ],
    ids=range(10),
)
def test_odd_python_costs_its_own_cell_at_most(tmp_path: Path, source: str) -> None:
    path = notebook(source, "def g(x): return 2", path=tmp_path / "a.ipynb")
    submission = read_submission(path, ROOTS)
    assert [chunk.label for chunk in load_of(submission, ROOTS).chunks][-1] == "cell 2"


def test_a_number_of_thousands_of_digits_is_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text('{"nbformat": 4, "cells": [], "x": ' + "1" * 5_000 + "}")
    problem = read_submission(path).problem
    assert isinstance(problem, Unreadable)
    assert problem.name == "a.ipynb"
    assert "not valid JSON" in problem.reason


def test_a_file_name_that_is_no_text_is_a_name_all_the_same(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.py"))
    path.write_text("def f(x): return 1")
    assert read_submission(path, ROOTS).hash


@pytest.mark.parametrize("line", ["undefined", "punycode", "idna", "rot13", "base64", "nonsense", "utf-16"])
def test_a_coding_line_that_no_editor_writes_is_a_reason(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(f"# coding: {line}\n".encode() + b"x" * 1000)
    assert read_submission(path, ROOTS).problem == LeftOut("a.py", "encoding")


def test_a_codec_that_warns_says_so_to_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"# coding: unicode_escape\nx = '\\d'\n")
    assert read_submission(path, ROOTS).problem is None


def test_source_of_many_tokens_is_a_reason_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.intake.cells.parse_cell", None)
    path = notebook(*["x = [" + "1," * 20_000 + "]"] * 3, path=tmp_path / "a.ipynb")
    assert _unit(read_submission(path, ROOTS)) == "tokens"
    for number in range(3):
        (tmp_path / f"{number}.py").write_text("x = [" + "1," * 30_000 + f"{number}]")
    path.unlink()
    assert _unit(read_submission(tmp_path, ROOTS)) == "tokens"


def test_statements_are_counted(tmp_path: Path) -> None:
    path = notebook("a\n" * 3_000, "b\n" * 3_000, path=tmp_path / "a.ipynb")
    assert read_submission(path, ROOTS).problem == TooMuchSource("statements", 6000, 5000)


def test_a_tree_cannot_serve_itself_by_a_thousand_names(tmp_path: Path) -> None:
    (tmp_path / "layers.py").write_text("def f(x):\n    return x\n")
    (tmp_path / "all.py").write_text("".join(f"from p{n}.layers import f\n" for n in range(1_000)))
    assert len(read_submission(tmp_path, ROOTS).modules) < 20


def test_forged_marks_show_what_they_hide_in_notes(tmp_path: Path) -> None:
    forged = ("\u202ef\n\x00",)
    path = notebook("def f(x): return 1", "x = 1", path=tmp_path / "a.ipynb", questions=(forged, forged))
    (note,) = read_submission(path, ROOTS).notes
    assert note == DoubledAnswer("\\u202ef\\x0a\\x00", "cell 1", "cell 2")


def test_a_lone_surrogate_survives_the_way_to_the_report(tmp_path: Path) -> None:
    path = notebook("x = '\\ud800'", "# \ud800", path=tmp_path / "\udcff.ipynb")
    submission = read_submission(path, ROOTS)
    assert submission.id == "_"
    assert from_json(to_json(_report(submission))).cells[0].source == "x = '\\ud800'"


def _unit(submission: Submission) -> str:
    """In what there is too much of it."""
    assert isinstance(submission.problem, TooMuchSource)
    return submission.problem.unit


def _report(submission: Submission) -> Report:
    return Report(
        AssignmentInfo("a", "1", "A"),
        SubmissionInfo(submission.id, submission.hash),
        SandboxInfo("limited"),
        0.0,
        0.0,
        False,
        (),
        cells=submission.cells,
        notes=submission.notes,
    )


def test_a_late_future_import_is_left_out_of_a_module_and_counts_in_a_cell(tmp_path: Path) -> None:
    source = "x = 1\nfrom __future__ import division\ndef f(): return 1\n"
    (tmp_path / "hw.py").write_text(source)
    assert read_submission(tmp_path / "hw.py", ("f",)).cells[0].problem == ""
    (tmp_path / "hw.ipynb").write_text(json.dumps({"cells": [], "nbformat": 4, "nbformat_minor": 5}))
    submission = read_submission(tmp_path, ("f",))
    notes = map(say, submission.notes)
    assert any("does not parse: line 2: from __future__ imports" in note for note in notes)
