"""Render templates in one Jinja2 environment, which is made once and escapes every value."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grader
from grader.reporting.text import code_spans, figure, fit, points

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_LONGEST_MESSAGE = 5000
"""A message may quote a student's exception: as much of it as anyone reads."""
_LONGEST_TEXT = 20_000
"""Of whatever a template shows: what should be shorter is cut before it comes here."""


def page(template: str, **values: Any) -> str:
    """A template, filled. The text can always be written as UTF-8."""
    return _environment().get_template(template).render(values)


def prose(message: str) -> Markup:
    """A message as HTML, its `backticks` as code."""
    from markupsafe import Markup, escape

    pieces = code_spans(fit(message, _LONGEST_MESSAGE))
    return Markup("").join(
        Markup("<code>{}</code>").format(text) if code else escape(text) for text, code in pieces
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"prose": prose, "points": points, "figure": figure}
    environment.globals["style"] = Markup(_minify(_source("style.css")))
    return environment


def _finalize(value: Any) -> Any:
    """What every ``{{ … }}`` passes through: text that is not markup yet is made visible, and cut if long."""
    return fit(value, _LONGEST_TEXT) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def template_folder() -> Path:
    """Find the templates: inside the package where it is installed, beside it in a checkout.

    These are two absolute paths and nothing is searched for: no other folder that is called ``templates``, on
    Python's path or in the current folder, is ever read. Raises FileNotFoundError where neither has them.
    """
    package = Path(grader.__file__).resolve().parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "student.html").is_file():
            return folder
    raise FileNotFoundError(f"{package} has no templates for pages: install gradient-grader again")


def _source(name: str) -> str:
    return (template_folder() / name).read_text(encoding="utf-8")


def _minify(css: str) -> str:
    """The stylesheet without comments and indentation: a fifth less on every page."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip()
