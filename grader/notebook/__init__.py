"""What a notebook imports: ``check`` and its card.

Importing this loads nothing: NumPy and the rooms below are loaded by the first check. They need no more than
NumPy and the standard library, and no ``resource``, ``fcntl`` or ``multiprocessing``: these do not work in a
browser. `python -m benchmarks.imports` says what the import costs, and the first check.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.notebook.card import Card as Card

__all__ = ["Card", "check"]


def check(question: str = "") -> Card:
    """Check one question, or without a name all of them, against the public cases of the ``.cases`` file.

    Runs in this kernel, on the functions as they are now. The result is a card: it needs no restart, changes
    nothing, and is the same for the same code.
    """
    from grader.notebook.checker import check_answers

    namespace = notebook_namespace()
    if namespace is None:
        namespace = sys._getframe(1).f_globals
    return check_answers(question, namespace)


def notebook_namespace() -> dict[str, Any] | None:
    """Return the names that the notebook's cells have bound, as IPython has them; None in plain Python."""
    ipython = sys.modules.get("IPython")  # where it is not loaded there is no kernel
    shell = getattr(ipython, "get_ipython", lambda: None)()
    names: dict[str, Any] | None = None if shell is None else shell.user_ns
    return names


def __getattr__(name: str) -> Any:
    if name == "Card":
        from grader.notebook.card import Card

        return Card
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
