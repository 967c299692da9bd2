"""Two hundred kills at random moments: no verdict changes, and nothing is left behind."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.goldens import COURSE

_COUNTED = re.compile(r"(\d+) (?:verdicts wrong|of them wrong|processes left)|processes left: (\d+)")


@pytest.mark.skipif(sys.platform != "linux", reason="whom to kill is found in /proc")
def test_kills_cost_nobody_any_points() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills"], capture_output=True, text=True, cwd=COURSE, check=False
    )

    counted = [int(one or other) for one, other in _COUNTED.findall(done.stdout)]
    assert done.returncode == 0, done.stderr[-2_000:]
    assert counted == [0] * 5, done.stdout
