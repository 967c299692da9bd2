"""The lowest declared version of everything, as constraints for pip: `name==version`, one a line.

``.ci/run`` installs these and runs the suite's core, so that the bounds in ``pyproject.toml`` are true::

    python scripts/lowest_versions.py > lowest.txt
    pip install --constraint lowest.txt --editable '.[dev]'
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_EXTRAS = ("dev", "course")
"""What a checkout is set up with: `dev` asks for `course`."""


def lowest_versions(project: Path = PROJECT) -> list[str]:
    """Return a constraint for each library that the project or its development needs.

    Raises ValueError where a requirement declares no lower bound: there is no lowest version of it.
    """
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    extras = table["optional-dependencies"]
    requirements = [*table["dependencies"], *(line for extra in _EXTRAS for line in extras[extra])]
    constraints = []
    for requirement in requirements:
        if requirement.startswith(f"{table['name']}["):
            continue
        match = re.fullmatch(r"([\w.-]+)>=([\w.]+)", requirement)
        if match is None:
            raise ValueError(f"{project.name}: `{requirement}` is not of the form name>=version")
        constraints.append(f"{match[1]}=={match[2]}")
    return sorted(set(constraints))


if __name__ == "__main__":
    print("\n".join(lowest_versions()))
