"""The seal, one mechanism a file, in the order in which a child applies them."""

from grader.sandbox.mechanisms.descriptors import DESCRIPTORS_CLOSED
from grader.sandbox.mechanisms.exec_gain import EXEC_GAIN
from grader.sandbox.mechanisms.exec_memory import EXEC_MEMORY
from grader.sandbox.mechanisms.landlock import LANDLOCK, make_ruleset
from grader.sandbox.mechanisms.mechanism import Mechanism, Missing, MissingReason, Setting, Step, is_denied
from grader.sandbox.mechanisms.no_new_privileges import NO_NEW_PRIVILEGES
from grader.sandbox.mechanisms.own_user import OWN_USER
from grader.sandbox.mechanisms.parent_death import PARENT_DEATH
from grader.sandbox.mechanisms.pure_computation import PURE_COMPUTATION
from grader.sandbox.mechanisms.resource_limits import RESOURCE_LIMITS
from grader.sandbox.mechanisms.system_calls import SYSTEM_CALLS
from grader.sandbox.mechanisms.undumpable import UNDUMPABLE

__all__ = [
    "LIMITING",
    "MECHANISMS",
    "Mechanism",
    "Missing",
    "MissingReason",
    "Setting",
    "Step",
    "is_denied",
    "make_ruleset",
]

MECHANISMS: tuple[Mechanism, ...] = (
    OWN_USER,
    UNDUMPABLE,  # after the change of user, which sets the flag anew
    PARENT_DEATH,  # likewise
    RESOURCE_LIMITS,  # from here on no file can be opened
    NO_NEW_PRIVILEGES,
    LANDLOCK,
    DESCRIPTORS_CLOSED,  # after Landlock, whose ruleset is a descriptor
    EXEC_GAIN,
    EXEC_MEMORY,
    PURE_COMPUTATION,
    SYSTEM_CALLS,  # last: it denies what the others need
)

LIMITING = frozenset({"resource limits", "parent-death signal", "closed descriptors"})
"""The mechanisms of level `limited`: they bound what a child uses, and not what it can reach."""
