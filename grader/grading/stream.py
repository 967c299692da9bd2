"""Many submissions → a stream of what a worker makes of each. A failure of ours costs nobody any points.

A worker that dies is blamed on the submission it had only if it dies of it again, alone, while a right
submission is judged right before it and after it. Where that is not so, the run ends with the reason.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path

from grader.grading.class_worker import CONTROL, Job, crash_report, fault_report, plain
from grader.grading.executors import Executor, StartExecutor, WorkersError
from grader.grading.executors.local import LocalExecutor
from grader.model import Report, SandboxInfo, Submission, from_json
from grader.sandbox import Sandbox

__all__ = ["Job", "WorkersError", "fault_report", "results", "stream"]


def stream(
    jobs: Sequence[tuple[Path, str]], job: Job, workers: int, start: StartExecutor = LocalExecutor
) -> Generator[Report, None, None]:
    """Reports of ``(path, id)`` pairs, as they are finished. Stopping early leaves no process behind."""
    with closing(results(jobs, job, workers, "grader.grading.class_worker", start)) as outputs:
        for _, parts in outputs:
            yield parts if isinstance(parts, Report) else from_json(parts[0])


def results(
    jobs: Sequence[tuple[Path, str]],
    job: Job,
    workers: int,
    module: str,
    start: StartExecutor = LocalExecutor,
) -> Generator[tuple[str, tuple[bytes, ...] | Report], None, None]:
    """(id, what ``module``'s worker handed over) of each submission; WorkersError where none can work.

    Of a submission that no worker survives it is its report, made on this side.
    """
    suspects: list[list[str]] = []
    tasks = [[str(path), identity] for path, identity in jobs]
    with start(min(workers, len(tasks)), module, plain(job)) as executor:
        for finished in executor.run(tasks):
            if finished.parts is None:
                suspects.append(finished.task)
            else:
                yield finished.task[1], finished.parts
    if suspects:
        with start(1, module, plain(job)) as executor:
            for task in suspects:
                parts = _retry_alone(task, executor)
                if parts is None:
                    yield task[1], crash_report(job, Submission(task[1], ""), _sandbox_info())
                else:
                    yield task[1], parts


def _retry_alone(task: list[str], executor: Executor) -> tuple[bytes, ...] | None:
    """What comes out of a submission between two controls; None where its worker dies of it again."""
    _require_control(executor)
    (finished,) = executor.run([task])
    if finished.parts is None:
        _require_control(executor)
    return finished.parts


def _require_control(executor: Executor) -> None:
    for finished in executor.run([CONTROL]):
        if finished.parts is None:
            raise WorkersError("the grader's workers die of a right submission too, so nobody is to blame")
        if wrong := finished.parts[0].decode("utf-8", "replace"):
            raise WorkersError(f"a right submission is not judged right here ({wrong[:300]})")


def _sandbox_info() -> SandboxInfo:
    with Sandbox() as sandbox:
        return sandbox.info
