"""Forms of what the gradient check finds: the clause that says why, and the places."""

from __future__ import annotations

from grader.messages.forms import Fields, form
from grader.messages.words import Words, number

_COUNTS = {"rows": "row_count", "columns": "column_count", "elements": "element_count"}
"""Fields that list places → those that say how many there are."""


@form("derivative")
def _derivative(words: Words, f: Fields) -> str:
    why = _reason(words, f)
    return words.text("derivative.why" if why else "derivative", part=f["part"], why=why)


@form("kink")
def _kink(words: Words, f: Fields) -> str:
    why = words.text(f"kink.{f['convention'] or 'sides'}", kinked=f["kinked"], examined=f["examined"])
    return words.text("kink", part=f["part"], why=why)


@form("inconclusive")
def _inconclusive(words: Words, f: Fields) -> str:
    return words.text("inconclusive" if f["cause"] == "rounding" else f"inconclusive.{f['cause']}", **f)


@form("unmeasured")
def _unmeasured(words: Words, f: Fields) -> str:
    one_number = f["reason"] == "not_array" and f["shape"] == "()"
    return words.text("unmeasured.not_number" if one_number else f"unmeasured.{f['reason']}", **f)


def _reason(words: Words, f: Fields) -> str:
    """Why, as a clause; empty where nothing more is known."""
    places, count = _places(words, f)
    if f["mistake"] == "special_value":
        return words.text("derivative.special_value", places=places)
    if f["mistake"] == "tie":
        return words.text("derivative.tie", places=places)
    why = _clause(words, f, max(count, 1)) if f["mistake"] else ""
    if f["nearby"]:
        why = words.text("derivative.nearby", why=why)
    if not places:
        return why
    only = words.text("derivative.only", places=places, count=count)
    return words.text("derivative.only_why", only=only, why=why) if why else only


def _places(words: Words, f: Fields) -> tuple[str, int]:
    """The wrong rows, columns and entries, and how many of them there are."""
    groups = []
    for name, counted in _COUNTS.items():
        count, places = f[counted], f[name]
        if not count:
            continue
        more = count - (places.count("[") or places.count(",") + 1)
        if more > 0:
            places = words.text("places.more", places=places, more=more)
        groups.append(words.text(f"derivative.{name}", places=places, count=count))
    return words.enumeration(groups), sum(f[counted] for counted in _COUNTS.values())


def _clause(words: Words, f: Fields, count: int) -> str:
    mistake = f["mistake"]
    if mistake == "scale":
        return _scale(words, f, count)
    if mistake == "term":
        return words.text("derivative.lacks" if f["coefficient"] > 0 else "derivative.extra", term=_term(f))
    if mistake == "offset":
        key = "derivative.offset.large" if f["offset"] > 0 else "derivative.offset.small"
        return words.text(key, amount=number(abs(f["offset"])))
    if mistake == "value":
        expected, actual = _distinct(f["expected"], f["actual"])
        return words.text("derivative.value", expected=expected, actual=actual)
    if mistake == "shape":
        due, came = ("number" if f[side] == "()" else "shape" for side in ("expected_shape", "shape"))
        return words.text(
            "derivative.shape",
            due=words.text(f"shape.due.{due}", shape=f["expected_shape"]),
            came=words.text(f"shape.came.{came}", shape=f["shape"]),
        )
    return words.text(f"derivative.{mistake}", dtype=f["dtype"], count=count)


def _scale(words: Words, f: Fields, count: int) -> str:
    factor = f["factor"]
    key = "negative" if factor < 0 else "small" if factor < 1 else "large"
    times = _times(1 / factor if key == "small" else factor)
    clause = words.text(f"derivative.scale.{key}", times=times, count=count)
    return words.text("derivative.length", **f | {"clause": clause}) if f["array"] else clause


def _term(f: Fields) -> str:
    if f["scalar"]:
        factor = "" if f["multiple"] == 1 else f"{number(f['multiple'])} · "
        return f"{factor}{f['scalar']} · {f['input']}"
    size = number(abs(f["coefficient"]))
    return f["input"] if size == "1" else f"{size} · {f['input']}"


def _times(factor: float) -> str:
    """A factor with as many digits as a reader needs to see that it is not 1."""
    digits = 4
    while digits < 17 and number(abs(factor), digits) == "1":
        digits += 1
    return number(factor, digits)


def _distinct(one: float, other: float) -> tuple[str, str]:
    """Two numbers with as many digits as tell them apart, at least six."""
    digits = 6
    while digits < 17 and number(one, digits) == number(other, digits):
        digits += 1
    return number(one, digits), number(other, digits)
