"""Typed findings → sentences. The only room, with the command line's own errors, that makes them.

Card, terminal, page and exports call the same ``say``. There is one catalogue a language, keyed by the kind
of a finding. Nothing here decides anything.
"""

from grader.messages.catalogue import languages
from grader.messages.file_forms import why_left_out
from grader.messages.plots import with_words
from grader.messages.say import check_words, headline, say, sentence, status_word
from grader.messages.values import value_text
from grader.messages.verification import hole

__all__ = [
    "check_words",
    "headline",
    "hole",
    "languages",
    "say",
    "sentence",
    "status_word",
    "value_text",
    "why_left_out",
    "with_words",
]
