"""Lines of code that are put before other code."""

from __future__ import annotations

IMPORT_NUMPY = "import numpy as np\n"
"""What every answer may take for granted."""


def import_line(module: str, name: str, alias: str = "") -> str:
    """The statement that imports a name of a module, under another name where one is given."""
    return f"from {module} import {name}" + (f" as {alias}" if alias else "")
