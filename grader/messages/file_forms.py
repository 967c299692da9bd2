"""Forms of what is said of the files that were handed in."""

from __future__ import annotations

from grader.messages.catalogue import ENGLISH
from grader.messages.forms import Fields, form, joined
from grader.messages.words import Words
from grader.model.reasons import LeftOut


@form("left_out")
def _left_out(words: Words, f: Fields) -> str:
    return _in_archive(words, f, words.text("left_out", name=f["name"], reason=_reason(words, f)))


@form("doubled_name", "alike_names", "more_notes")
def _note(words: Words, f: Fields) -> str:
    return _in_archive(words, f, words.text(f["kind"], **f))


@form("other_notebooks")
def _other_notebooks(words: Words, f: Fields) -> str:
    sentence = words.text("other_notebooks.more" if f["more"] else "other_notebooks", **f)
    if f["same"]:
        return joined(sentence, words.text("other_notebooks.same"))
    if not f["answers"]:
        return sentence
    if f["answers"] == f["most_beside"]:
        return joined(sentence, words.text("other_notebooks.tie"))
    return joined(sentence, words.text("other_notebooks.answers", **f))


@form("earlier_uploads")
def _earlier_uploads(words: Words, f: Fields) -> str:
    return words.text("earlier_uploads.later" if f["later"] else "earlier_uploads", **f)


@form("another_assignment")
def _another_assignment(words: Words, f: Fields) -> str:
    if f["other"]:
        how = "another_assignment.stamped" if f["stamped"] else "another_assignment"
        return words.text(how, **f)
    return words.text("another_assignment.unknown", graded=f["graded"])


@form("given_cell_changed")
def _given_cell_changed(words: Words, f: Fields) -> str:
    read = words.text("given_cell_changed.read", **f) if f["read"] else ""
    return joined(read, words.text("given_cell_changed.ignored", **f) if f["ignored"] else "")


@form("unreadable")
def _unreadable(words: Words, f: Fields) -> str:
    if f["name"]:
        return words.text("unreadable.file", **f)
    return words.text("unreadable", reason=f["reason"][:1].upper() + f["reason"][1:])


@form("too_much_source")
def _too_much_source(words: Words, f: Fields) -> str:
    return words.text(f"too_much_source.{f['unit']}", **f)


@form("cases_file")
def _cases_file(words: Words, f: Fields) -> str:
    return words.text("cases_file", **f | {"vouched": words.text(f"cases_file.{f['vouched']}")})


def why_left_out(refusal: LeftOut, language: str = ENGLISH) -> str:
    """Why a file is not read, as the end of a sentence that begins with its name: ``is a link``."""
    fields = {"limit": refusal.limit, "size": refusal.size, "error": refusal.error, "reason": refusal.reason}
    return _reason(Words(language), fields)


def _reason(words: Words, f: Fields) -> str:
    return words.text(f"left_out.{f['reason']}", size=f["size"], limit=f["limit"], error=f["error"])


def _in_archive(words: Words, f: Fields, sentence: str) -> str:
    return words.text("in_archive", archive=f["archive"], sentence=sentence) if f["archive"] else sentence
