"""Records as JSON, both ways."""

from __future__ import annotations

import json
import math
from typing import Any

from grader.model.findings import FINDINGS, Finding, UnknownFinding
from grader.model.reports import SCHEMA, Report

MAX_DEPTH = 100
"""Of a record; a report has 12."""
_MAX_REASON = 400
_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def to_json(record: Any) -> bytes:
    """A record as JSON; NaN and infinities as ``{"$float": …}``, since JSON has no word for them."""
    import msgspec

    plain = _defused(msgspec.to_builtins(record, enc_hook=_write_unknown))
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False)
    readable = msgspec.json.format(text.encode("utf-8", "surrogatepass"), indent=1)  # json's own takes longer
    text = readable.decode("utf-8", "surrogatepass")
    return text.encode("utf-8", "backslashreplace") + b"\n"  # a lone surrogate is a JSON escape too


def from_json(text: bytes | str, kind: type[Any] = Report) -> Any:
    """The record that ``to_json`` wrote. Raises ValueError, with the field, when it is not one."""
    import msgspec

    try:
        plain = json.loads(text, object_hook=_armed, parse_constant=_not_json)
        _require_shallow(plain)
        _require_schema(plain, kind)
        return msgspec.convert(plain, kind, dec_hook=_read_finding)
    except (ValueError, TypeError, OverflowError, RecursionError, msgspec.MsgspecError) as error:
        raise ValueError(
            f"this is not a {kind.__name__.lower()} that this version can read: {_reason(error)}"
        ) from error


def _require_schema(value: Any, kind: type[Any]) -> None:
    """Refuse a report of another schema in a sentence: its fields mean something else."""
    if kind is Report and isinstance(value, dict) and value.get("schema") != SCHEMA:
        raise ValueError(f"its schema is {value.get('schema')!r:.20}, and {SCHEMA} is read: grade again")


def _read_finding(kind: type[Any], value: Any) -> Finding:
    """A finding by the kind that it names; one that is not declared here is kept as it is."""
    import msgspec

    if kind is not Finding or not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        raise ValueError("a finding is an object with its `kind`")
    fields = {name: item for name, item in value.items() if name != "kind"}
    declared = FINDINGS.get(value["kind"])
    if declared is not None:
        found: Finding = msgspec.convert(fields, declared)
        return found
    if not all(isinstance(item, str | int | float | bool) for item in fields.values()):
        raise ValueError(f"the fields of a finding are scalars; those of {value['kind']!r:.40} are not")
    return UnknownFinding(value["kind"], fields)


def _write_unknown(value: Any) -> Any:
    if isinstance(value, UnknownFinding):
        return {**value.data, "kind": value.kind}
    raise TypeError(f"a record may not hold a value of type {type(value).__name__}")


def _defused(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": repr(value)}
    if isinstance(value, dict):
        return {key: _defused(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_defused(item) for item in value]
    return value


def _armed(value: dict[str, Any]) -> Any:
    if set(value) != {"$float"}:
        return value
    name = value["$float"]
    if not isinstance(name, str) or name not in _FLOATS:
        raise ValueError(f"`$float` is one of {', '.join(_FLOATS)}")
    return _FLOATS[name]


def _not_json(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _require_shallow(value: Any) -> None:
    """Refuse what is nested too deeply to be compared or written again: that is done by recursion."""
    level: list[Any] = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        level = [
            item
            for group in level
            for item in (group.values() if isinstance(group, dict) else group)
            if isinstance(item, dict | list)
        ]
        if not level:
            return
    raise ValueError(f"it is nested more than {MAX_DEPTH} deep")


def _reason(error: BaseException) -> str:
    """What an error says, as it may be printed: a line, bounded, without what a terminal would obey."""
    if isinstance(error, RecursionError):
        return f"it is nested more than {MAX_DEPTH} deep"
    message = str(error) or type(error).__name__
    cut = message if len(message) <= _MAX_REASON else message[:_MAX_REASON] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)
