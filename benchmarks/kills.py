"""Two hundred kills at random moments, of a child, the zygote or the whole grader: nobody's points suffer.

Every kill is SIGKILL from outside. A right submission is graded over and over while children and zygotes are
killed; a class is graded by ``grader grade``, which is killed and taken up with ``--resume`` until it ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from grader.course import load_assignment
from grader.course.release import notebook
from grader.grading import grade
from grader.intake import read_submission
from grader.sandbox import Sandbox

COURSE = Path(__file__).resolve().parent.parent
NAME = "two_layer_net"
CHILDREN, ZYGOTES, GRADERS = 100, 60, 40


def main() -> None:
    random.seed(0)
    assignment = load_assignment(COURSE, NAME)
    code = [question.name for question in assignment.questions if question.kind == "code"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.ipynb"
        path.write_text(notebook(COURSE, NAME, "filled"), encoding="utf-8")
        submission = read_submission(path, assignment.roots)
        for what, kills in (("a child", CHILDREN), ("the zygote", ZYGOTES)):
            wrong = 0
            with Sandbox() as sandbox:
                seconds = _seconds(lambda: grade(submission, assignment, sandbox, only=code))
                for _ in range(kills):
                    killer = threading.Timer(random.uniform(0, seconds), _kill, (sandbox, what))
                    killer.start()
                    report = grade(submission, assignment, sandbox, only=code)
                    killer.join()
                    wrong += report.score != report.max_score
                    sandbox._launcher._restarts = 0  # type: ignore[attr-defined]
            print(f"{what} killed {kills} times while a right submission was graded: {wrong} verdicts wrong")
        _whole_graders(Path(folder))
    print(f"processes left: {len(_family(os.getpid()))}")


def _seconds(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def _kill(sandbox: Sandbox, what: str) -> None:
    zygote = sandbox._launcher._process.pid  # type: ignore[attr-defined]
    victims = [zygote] if what == "the zygote" else _children(zygote)
    with contextlib.suppress(ProcessLookupError, ValueError):
        os.kill(max(victims), signal.SIGKILL)


def _whole_graders(folder: Path) -> None:
    """A class of right and wrong answers, whose grader is killed again and again."""
    right = "import numpy as np\ndef relu_forward(x):\n    return np.maximum(x, 0), x\n"
    submissions, out = folder / "in", folder / "out"
    submissions.mkdir()
    for number in range(60):
        text = right if number % 2 == 0 else right.replace("maximum(x, 0)", "abs(x)")
        (submissions / f"s{number:02}.py").write_text(text)
    program = "from grader.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        program,
        "grade",
        str(submissions),
        "--assignment",
        NAME,
        "--out",
        str(out),
    ]
    command += ["--course", str(COURSE), "--seed", "7"]
    killed, orphans, ended = 0, 0, False
    while killed < GRADERS or not ended:
        more = ["--resume"] if (out / "run.json").exists() else []
        process = subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if killed < GRADERS:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(random.uniform(0.1, 6.0))
            family = _family(process.pid)
            if process.poll() is None:
                process.kill()
                killed += 1
            process.wait()
            orphans += _left(family)
        else:
            ended = process.wait() == 0
        if (
            killed < GRADERS and process.returncode == 0
        ):  # it was faster than the kill: once more from the start
            (out / "run.json").unlink()
    scores = [
        json.loads((out / "students" / f"s{n:02}" / "report.json").read_text())["score"] for n in range(60)
    ]
    wrong = sum(score != (2.0 if n % 2 == 0 else 0.0) for n, score in enumerate(scores))
    print(
        f"the grader killed {killed} times: {orphans} processes left, then 60 reports, {wrong} of them wrong"
    )


def _left(family: list[int]) -> int:
    """Of these processes, those that are still there after five seconds."""
    limit = time.monotonic() + 5
    while (alive := [pid for pid in family if _alive(pid)]) and time.monotonic() < limit:
        time.sleep(0.01)
    return len(alive)


def _family(process: int) -> list[int]:
    found, waiting = [], [process]
    while waiting:
        children = _children(waiting.pop())
        found += children
        waiting += children
    return found


def _children(process: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


if __name__ == "__main__":
    main()
