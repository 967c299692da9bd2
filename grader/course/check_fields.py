"""A bundle's check: its kind is one that there is, and its outputs and options are what that kind reads."""

from __future__ import annotations

from typing import Any

from grader.checks import kind_of, own_kind_names
from grader.model import Case, Check
from grader.model.fields import FieldError, choice

Parts = tuple[str, dict[str, Any], dict[str, Any]]


def read_check(parts: Parts, where: str, case: Case) -> Check:
    """A check of ``case``. Raises FieldError."""
    check = Check(*parts)
    choice(*sorted(own_kind_names()))(check.kind, f"{where}.kind")
    if not check.outputs:
        raise FieldError(f"{where} has no outputs")
    kind_of(check.kind).form(check, where, case)
    return check
