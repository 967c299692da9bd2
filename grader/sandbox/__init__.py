"""The only room that runs student code. It knows nothing of what is right."""

from grader.sandbox.host import Sandbox, SandboxError, Session
from grader.sandbox.limits import Limits
from grader.sandbox.local import LocalSession

__all__ = ["Limits", "LocalSession", "Sandbox", "SandboxError", "Session"]
