"""The words of a plot."""

from __future__ import annotations

from dataclasses import replace

from grader.messages.catalogue import ENGLISH
from grader.messages.words import Words
from grader.model import Plot


def with_words(plot: Plot, language: str = ENGLISH) -> Plot:
    """The plot with its title and its axes in words; what is no key of the catalogue stays as it is."""
    words = Words(language)
    return replace(
        plot,
        title=words.text(f"plot.{plot.title}") or plot.title,
        x_label=words.text(f"axis.{plot.x_label}") or plot.x_label,
        y_label=words.text(f"axis.{plot.y_label}") or plot.y_label,
    )
