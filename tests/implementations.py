"""The reference with one definition changed, in this process: for variants that are known to be harmless.

The grader itself runs variants in children only: see ``grader.course.variant_sessions``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from grader.course.variants import Variant, with_variant


def implementation(
    variant: Variant, definition: str, modules: Sequence[ModuleType], reference: Mapping[str, Any]
) -> dict[str, Any]:
    """What a student who makes this mistake hands in."""
    changed = with_variant(variant, definition, modules)
    module = ModuleType(changed.module)
    exec(compile(changed.text, f"<{changed.owner}, changed>", "exec"), module.__dict__)
    return {**reference, changed.owner: module.__dict__[changed.owner]}
