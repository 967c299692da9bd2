"""The only room that runs student code. It knows nothing of what is right."""

from grader.sandbox.budget import Budget
from grader.sandbox.child_session import ChildSession
from grader.sandbox.deadline import SLICE, Deadline
from grader.sandbox.effort import Effort
from grader.sandbox.launcher import SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.local import LocalSession
from grader.sandbox.measure import Measurement
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.session import Session, result_without_values

__all__ = [
    "SLICE",
    "Budget",
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
]
