"""The words of a rubric's holes."""

from __future__ import annotations

from grader.messages.catalogue import ENGLISH
from grader.messages.words import Words
from grader.model import VariantVerdict


def hole(verdict: VariantVerdict, language: str = ENGLISH) -> str:
    """What is not as it should be with a variant; empty where all is."""
    if not verdict.wrong:
        return ""
    listed = {"mistaken": verdict.named, "derivative": verdict.killed_by}
    names = ", ".join(listed.get(verdict.wrong, verdict.elsewhere))
    return Words(language).text(f"hole.{verdict.wrong}", names=names)
