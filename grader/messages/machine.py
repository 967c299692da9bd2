"""What a machine can do, said to those who run the grader: ``grader doctor``, and refusals to grade."""

from __future__ import annotations

from grader.messages.catalogue import ENGLISH
from grader.messages.words import Words
from grader.sandbox import Measurement
from grader.sandbox.advice import Advice, TightLimit, undenied_probes
from grader.sandbox.mechanisms import Missing


def say_denial(mechanism: str, language: str = ENGLISH) -> str:
    """What a mechanism denies, in a few words."""
    return Words(language).text(f"mechanism.{mechanism}")


def say_missing(why: Missing, language: str = ENGLISH) -> str:
    """Why a mechanism is not used, in a few words."""
    return Words(language).text(f"missing.{why.reason}", detail=why.detail)


def say_probe(probe: str, language: str = ENGLISH) -> str:
    """What was tried, in a few words."""
    return Words(language).text(f"probe.{probe}")


def say_shortfall(measurement: Measurement, language: str = ENGLISH) -> str:
    """What student code could still do here; empty where the level is `sealed`."""
    if measurement.level == "sealed":
        return ""
    words = Words(language)
    probes = words.enumeration(say_probe(name, language) for name in undenied_probes(measurement))
    return words.text("shortfall", probes=probes) if probes else words.text("shortfall.unknown")


def say_advice(advice: Advice | TightLimit | None, language: str = ENGLISH) -> str:
    """What to do to reach `sealed`, or about a limit of the shell; empty where there is nothing to do."""
    if advice is None:
        return ""
    words = Words(language)
    if isinstance(advice, TightLimit):
        soft, needed = (
            words.text(f"unit.{advice.unit}" if advice.unit else "unit", amount=amount)
            for amount in (advice.soft, advice.needed)
        )
        what = words.text(f"limit.{advice.option}")
        return words.text("limit", what=what, option=advice.option, soft=soft, needed=needed)
    why = say_missing(advice.why, language) if advice.why is not None else ""
    return words.text(f"advice.{advice.obstacle}", platform=advice.platform, why=why)
