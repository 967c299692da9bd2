from __future__ import annotations

import subprocess
import sys

import grader.reporting


def test_the_public_names_are_these() -> None:
    assert sorted(grader.reporting.__all__) == [
        "class_entry",
        "class_page",
        "explain_answer",
        "grades_csv",
        "junit_xml",
        "safe_line",
        "step_summary",
        "student_page",
        "summary_sentence",
        "terminal",
        "terminal_text",
        "verification_page",
    ]


def test_importing_the_room_loads_no_library() -> None:
    heavy = "{'jinja2', 'rich', 'markdown_it', 'latex2mathml', 'junitparser', 'pygments', 'markupsafe'}"
    program = f"import sys, grader.reporting; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
