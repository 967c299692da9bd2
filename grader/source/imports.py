"""Lines of code that are put before other code, and what a source imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator

STOOD_IN_PACKAGES = frozenset({"IPython", "matplotlib", "mpl_toolkits"})
"""Packages that a child has stand-ins for, with all their modules: see ``stand_ins``."""
IMPORT_NUMPY = "import numpy as np\n"
"""What every answer may take for granted."""


def import_line(module: str, name: str, alias: str = "") -> str:
    """The statement that imports a name of a module, under another name where one is given."""
    return f"from {module} import {name}" + (f" as {alias}" if alias else "")


def imported_packages(tree: ast.Module) -> Iterator[str]:
    """The outermost packages that a source imports from, at whatever depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
