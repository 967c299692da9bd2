"""Records of a report, with no more text in them than a page has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.model import Evidence, Outcome, Plot, QuestionReport, Value
from grader.model.reasons import KnownMistake
from grader.reporting.pages.budget import Budget
from grader.reporting.text import count_of, fit

_LONGEST_EVIDENCE = 8000
_LONGEST_NAME = 2000
FINDINGS = 10
"""Reasons of one failure that are told."""
_NOTES = 50
_NAMES = 50
_PLOTS = 12
_LINES = 24


def text(source: str, most: int, budget: Budget) -> str:
    """The text, cut to what the budget has left for one of at most ``most`` characters."""
    shown = fit(source, budget.characters(most))
    budget.add_text(len(shown))
    return shown


def notes(report_notes: Sequence[str], budget: Budget) -> list[str]:
    """The first notes, and how many more there are."""
    shown = [text(note, _LONGEST_NAME, budget) for note in report_notes[:_NOTES]]
    more = len(report_notes) - _NOTES
    return (
        [*shown, f"There {'is' if more == 1 else 'are'} {count_of(more, 'more note')}."]
        if more > 0
        else shown
    )


def question(whole: QuestionReport, budget: Budget) -> QuestionReport:
    """A question's own texts and lists; outcomes are cut where they are shown."""
    return replace(
        whole,
        reading=text(whole.reading, _LONGEST_NAME, budget),
        blocked_by=_names(whole.blocked_by, budget),
        substitutes=_names(whole.substitutes, budget),
        parts=whole.parts[:_NAMES],
    )


def outcome(whole: Outcome, budget: Budget) -> Outcome:
    """A failure that is told: its case and its evidence."""
    return replace(
        whole,
        case=text(whole.case, _LONGEST_NAME, budget),
        evidence=_evidence(whole.evidence, budget) if whole.evidence is not None else None,
    )


def mistake(whole: KnownMistake, budget: Budget) -> KnownMistake:
    """A known mistake: its sentences, its equation and where to read."""
    texts = {
        name: text(getattr(whole, name), _LONGEST_NAME, budget) for name in ("sentence", "equation", "read")
    }
    return replace(whole, **texts)


def plots(whole: Iterable[Plot], budget: Budget) -> tuple[list[Plot], int]:
    """The plots that there is room for, and how many are left out."""
    kept: list[Plot] = []
    skipped_entries = 0
    for plot in whole:
        points = sum(len(line.y) for line in plot.lines)
        if len(kept) < _PLOTS and len(plot.lines) <= _LINES and budget.add_points(points):
            kept.append(_plot(plot, budget))
        else:
            skipped_entries += 1
    return kept, skipped_entries


def _plot(plot: Plot, budget: Budget) -> Plot:
    lines = tuple(replace(line, name=text(line.name, _LONGEST_NAME, budget)) for line in plot.lines)
    title, x_label, y_label, label = (
        text(name, _LONGEST_NAME, budget) for name in (plot.title, plot.x_label, plot.y_label, plot.label)
    )
    return replace(plot, title=title, x_label=x_label, y_label=y_label, label=label, lines=lines)


def _evidence(whole: Evidence, budget: Budget) -> Evidence:
    place = whole.place
    return replace(
        whole,
        snippet=text(whole.snippet, _LONGEST_EVIDENCE, budget),
        expected=_value(whole.expected, budget),
        actual=_value(whole.actual, budget),
        place=replace(
            place,
            cell=text(place.cell, _LONGEST_NAME, budget),
            text=text(place.text, _LONGEST_NAME, budget),
        )
        if place is not None
        else None,
    )


def _value(whole: Value, budget: Budget) -> Value:
    """A value with no more entries than a page has room for."""
    room = budget.characters(_LONGEST_EVIDENCE)
    budget.add_text(12 * len(whole.values[: room // 12]))
    return replace(
        whole, values=whole.values[: room // 12], detail=text(whole.detail, _LONGEST_EVIDENCE, budget)
    )


def _names(whole: tuple[str, ...], budget: Budget) -> tuple[str, ...]:
    shown = tuple(text(name, _LONGEST_NAME, budget) for name in whole[:_NAMES])
    return shown if len(whole) <= _NAMES else (*shown, f"{len(whole) - _NAMES} more")
