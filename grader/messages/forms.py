"""Forms: how the fields of a finding become a sentence where a template alone does not say it.

A form takes a language's words and the fields of a finding, picks templates and fills them in. A kind without
a form has one template, of its own name. Nothing here is in any language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.messages.words import Words, brief, number, times

Fields = dict[str, Any]
Form = Callable[[Words, Fields], str]
FORMS: dict[str, Form] = {}
"""Kind of finding → its form; ``<kind>.hidden`` where it has one of its own in a hidden case."""


def form(*kinds: str) -> Callable[[Form], Form]:
    """Declare a function as the form of some kinds."""

    def declare(function: Form) -> Form:
        FORMS.update(dict.fromkeys(kinds, function))
        return function

    return declare


def joined(*parts: str) -> str:
    """Sentences in a row, without those that are empty."""
    return " ".join(filter(None, parts))


@form("none")
def _none(words: Words, f: Fields) -> str:
    return words.text("none", **f | {"what": words.what(f["what"], "")})


@form("structure")
def _structure(words: Words, f: Fields) -> str:
    return words.text("structure", **f | {"what": words.what(f["what"], f["detail"])})


@form("raised")
def _raised(words: Words, f: Fields) -> str:
    message = words.text("error.message", message=brief(f["message"])) if f["message"] else ""
    place = words.text("error.place", **f) if f["cell"] else ""
    said = words.text("raised", **f | {"message": message, "place": place})
    modern = words.text("raised.modern", **f) if f["modern"] else ""
    return joined(said, modern, words.text("raised.library", **f) if f["library"] else "")


@form("raised.hidden")
def _raised_hidden(words: Words, f: Fields) -> str:
    return words.text("raised.hidden.error" if f["error"] else "raised.hidden", **f)


@form("timeout", "crashed")
def _ended(words: Words, f: Fields) -> str:
    return joined(
        words.text(f["kind"], **f), words.cause(f["cause"], f.get("amount", 0.0), f.get("detail", ""))
    )


@form("skipped")
def _skipped(words: Words, f: Fields) -> str:
    return words.text(
        "skipped", **f | {"error": words.text("error.message", message=f["error"]) if f["error"] else ""}
    )


def _what_happened(words: Words, f: Fields) -> str:
    """An exception's own words, or what ended the process."""
    if f["error"]:
        message = words.text("error.message", message=brief(f["message"])) if f["message"] else ""
        return f"{f['error']}{message}"
    return words.cause(f["cause"], f["amount"], f["detail"]).rstrip(".")


@form("not_loaded")
def _not_loaded(words: Words, f: Fields) -> str:
    what = _what_happened(words, f)
    reason = words.text("not_loaded.reason", cell=f["cell"], what=what) if f["cell"] else ""
    return joined(words.text("not_loaded"), reason)


@form("library_not_there")
def _library_not_there(words: Words, f: Fields) -> str:
    place = words.text("place.line", **f) if f["line"] else ""
    where = words.text("library_not_there.where", cell=f["cell"], place=place) if f["cell"] else ""
    return words.text("library_not_there", name=f["name"], where=where, available=f["available"])


@form("load_failed")
def _load_failed(words: Words, f: Fields) -> str:
    place = words.text("place.line", **f) if f["line"] else ""
    return words.text("load_failed", cell=f["cell"], place=place, what=_what_happened(words, f))


@form("training_stopped")
def _training_stopped(words: Words, f: Fields) -> str:
    place = words.text("error.place", **f) if f["cell"] else ""
    return words.text("training_stopped", what=_what_happened(words, f), place=place)


@form("type")
def _type(words: Words, f: Fields) -> str:
    if f["keys"]:
        return words.text("type.dict", **f)
    due = words.text("due.number") if f["expected"] == "()" else words.text("due.array", shape=f["expected"])
    return words.text("type", part=f["part"], due=due, what=words.what(f["what"], f["detail"]))


@form("shape")
def _shape(words: Words, f: Fields) -> str:
    due, came = ("number" if f[side] == "()" else "shape" for side in ("expected", "actual"))
    said = words.text(
        "shape",
        part=f["part"],
        due=words.text(f"shape.due.{due}", shape=f["expected"]),
        came=words.text(f"shape.came.{came}", shape=f["actual"]),
    )
    return joined(said, words.text(f"shape.hint.{f['hint']}") if f["hint"] else "")


@form("mistake")
def _mistake(words: Words, f: Fields) -> str:
    return words.text("mistake.two", **f) if f["second"] else str(f["sentence"])


@form("note")
def _note(words: Words, f: Fields) -> str:
    return str(f["text"])


@form("values")
def _values(words: Words, f: Fields) -> str:
    if f["function"]:
        return words.text("values.large", **f)
    if f["of"]:
        return words.text("values.masked_loss" if f["of"] == "loss" else "values.masked", **f)
    if f["steps"] > 1:
        return words.text(
            "values.first_step" if f["step"] == 1 else "values.step", **f | {"before": f["step"] - 1}
        )
    return words.text("values", **f)


@form("number")
def _number(words: Words, f: Fields) -> str:
    digits = 4  # as many as tell the two apart
    while digits < 17 and number(f["expected"], digits) == number(f["actual"], digits):
        digits += 1
    return words.text(
        "number",
        part=f["part"],
        expected=number(f["expected"], max(digits, 6)),
        actual=number(f["actual"], max(digits, 6)),
    )


@form("scale")
def _scale(words: Words, f: Fields) -> str:
    factor = f["factor"]
    if not factor:
        return words.text("values", **f)
    small = abs(factor) < 1
    if f["size"] == "reg":
        return words.text("scale.reg", part=f["part"], reg=number(factor))
    if not f["size"]:
        if factor < 0:
            return words.text("scale.negative", part=f["part"], times=times(factor))
        return words.text(
            "scale.small" if small else "scale.large",
            part=f["part"],
            times=times(1 / factor if small else factor),
        )
    said = words.text("scale.size.small" if small else "scale.size.large", **f)
    hint = words.text("scale.mean_for_sum" if small else "scale.sum_for_mean") if f["size"] == "N" else ""
    return joined(said, hint)


@form("term")
def _term(words: Words, f: Fields) -> str:
    c = abs(f["coefficient"])
    if f["squares"]:
        what = words.text("term.squares", names=words.enumeration(f["input"].split(", ")))
    else:
        what = f["input"]
    if f["reg_multiple"]:
        factor = "reg · " if f["reg_multiple"] == 1 else f"{number(f['reg_multiple'])} · reg · "
    else:
        factor = "" if abs(c - 1) <= 1e-6 else f"{number(c)} · "
    return words.text(
        "term.lacks" if f["coefficient"] > 0 else "term.extra", part=f["part"], term=f"{factor}{what}"
    )


@form("waiting")
def _waiting(words: Words, f: Fields) -> str:
    count = f["names"].count(",") + 1
    return words.text("waiting.trains" if f["trains"] else "waiting", **f, count=count)


@form("fix_first")
def _fix_first(words: Words, f: Fields) -> str:
    return words.text("fix_first", **f, count=f["names"].count(",") + 1)


@form("trained_with")
def _trained_with(words: Words, f: Fields) -> str:
    how = "trained_with.slow" if f["slow"] else "trained_with.paid"
    return joined(words.text("trained_with", **f), words.text(how, **f))


@form("later")
def _later(words: Words, f: Fields) -> str:
    return words.text(f"later.{f['how']}")


@form("untouched")
def _untouched(words: Words, f: Fields) -> str:
    return words.text("untouched.literal" if f["name"] else "untouched", **f)


@form("entry")
def _entry(words: Words, f: Fields) -> str:
    return words.text("entry.right" if f["right"] else "entry.open", **f)


@form("entries")
def _entries(words: Words, f: Fields) -> str:
    wrong = words.text("entries.wrong", wrong=f["wrong"]) if f["wrong"] else ""
    return words.text("entries", **f | {"wrong": wrong})


@form("not_literal")
def _not_literal(words: Words, f: Fields) -> str:
    return words.text("not_literal.numbers" if f["numbers"] else "not_literal", **f)


@form("look_at_derivative")
def _look_at_derivative(words: Words, f: Fields) -> str:
    return words.text("look_at", sentence=_suspicious(words, f))


@form("suspicious")
def _suspicious(words: Words, f: Fields) -> str:
    if not f["how"]:
        return words.text("suspicious", **f)
    pairs = (pair.split(" / ") for pair in f["operations"].split(", ") if pair)
    counts = words.enumeration(words.text("suspicious.count", operations=a, elements=b) for a, b in pairs)
    return words.text(
        "suspicious.how",
        function=f["function"],
        how=words.text(f"suspicious.{f['how']}", **f | {"counts": counts}),
    )


@form("range")
def _range(words: Words, f: Fields) -> str:
    if f["choices"]:
        due = words.text("range.choices", choices=f["choices"])
    else:
        bounds = {"low": number(f["low"]), "high": number(f["high"])}
        due = words.text("range.whole" if f["whole"] else "range.number", **bounds)
    return words.text("range", **f | {"due": due})


@form("parameters")
def _parameters(words: Words, f: Fields) -> str:
    return words.text(f"parameters.{f['problem']}")


@form("recomputed")
def _recomputed(words: Words, f: Fields) -> str:
    return words.text("recomputed.run" if f["run"] else "recomputed", **f)


@form("accuracy")
def _accuracy(words: Words, f: Fields) -> str:
    percent = {name: number(100 * f[name]) for name in ("starting", "good")}
    if f["runs"]:
        each = (run.rpartition(" ") for run in f["runs"].split(", "))
        nets = words.enumeration(
            words.text("accuracy.run", name=name, percent=share) for name, _, share in each
        )
        said = words.text("accuracy.nets.unseen" if f["unseen"] else "accuracy.nets.trained", nets=nets)
    else:
        percent["percent"] = f"{100 * f['accuracy']:.1f}"
        said = words.text("accuracy.net.unseen" if f["unseen"] else "accuracy.net.trained", **percent)
    return joined(said, words.text("accuracy.pays", **percent))


@form("share")
def _share(words: Words, f: Fields) -> str:
    share = f["share"]
    if share < 0:
        return words.text("share.nothing_measured")
    key = "share.all" if share == 1 else "share.some" if share else "share.nothing"
    return words.text(key, percent=number(100 * share))


@form("elements", "rows", "columns")
def _places(words: Words, f: Fields) -> str:
    more = f["count"] - (f["places"].count("[") or f["places"].count(",") + 1)
    places = words.text("places.more", places=f["places"], more=more) if more > 0 else f["places"]
    return words.text(f["kind"], **f | {"places": places})
