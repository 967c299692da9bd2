"""The example of docs/gradient-checking.md prints what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gradient-checking.md"


def test_the_example_prints_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    code, shown = re.findall(r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)", page, re.DOTALL)[0]
    exec(code, {})
    printed = capsys.readouterr().out
    expected = "".join(line[4:] + "\n" for line in shown.splitlines())
    # the resolution depends on the machine's rounding
    assert re.sub(r"of \S+ would", "", printed) == re.sub(r"of \S+ would", "", expected)
