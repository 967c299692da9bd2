"""Catalogues: one a language, from a key to a template, read with the standard library's ``gettext``.

``catalogues/<language>/LC_MESSAGES/grader.po`` is what people edit; ``make messages`` compiles it to the
``.mo`` beside it. A template is filled in by ``str.format``; where it has a plural, the field ``count``
decides.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "catalogues"
DOMAIN = "grader"
ENGLISH = "en"


class _NoText(gettext.NullTranslations):
    """What a catalogue falls back to: no text, where ``gettext`` itself would give the key."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


def languages() -> list[str]:
    """The languages that there are catalogues for."""
    return sorted(path.name for path in FOLDER.iterdir() if (path / "LC_MESSAGES").is_dir())


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; what it lacks is taken from the English one."""
    chain = [language] if language == ENGLISH else [language, ENGLISH]
    found = gettext.translation(DOMAIN, FOLDER, languages=chain)
    found.add_fallback(_NoText())
    return found


def template(key: str, language: str, count: int | None = None) -> str:
    """The template of a key; empty where there is none."""
    catalogue = _catalogue(language)
    if count is not None and (text := catalogue.ngettext(key, key, count)):
        return text
    return catalogue.gettext(key)


def fill(key: str, language: str, fields: dict[str, Any]) -> str:
    """The text of a key with its fields filled in; empty where there is none."""
    count = fields.get("count")
    texts = {name: _Text(value) if isinstance(value, str) else value for name, value in fields.items()}
    for text in texts.values():
        if isinstance(text, _Text):
            text.language = language
    return template(key, language, count if isinstance(count, int) else None).format_map(texts)


def enumeration(items: Iterable[str], language: str) -> str:
    """Some things in a row, as a language says it: a, b and c."""
    every = list(items)
    if len(every) < 2:
        return "".join(every)
    return fill("and", language, {"first": ", ".join(every[:-1]), "last": every[-1]})


class _Text(str):
    """A field that is text. As ``{keys:names}`` a list of names, ``a, b, c``, reads: `a`, `b` and `c`."""

    language = ENGLISH

    def __format__(self, spec: str) -> str:
        if spec != "names":
            return super().__format__(spec)
        return enumeration((f"`{name}`" for name in self.split(", ") if name), self.language)
