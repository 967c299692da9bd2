"""Records as JSON, both ways."""

from __future__ import annotations

import json
import math
from typing import Any

from grader.model.reports import Report


def to_json(record: Any) -> bytes:
    """A record as JSON; NaN and infinities as ``{"$float": …}``, since JSON has no word for them."""
    import msgspec

    plain = _defused(msgspec.to_builtins(record))
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False)
    readable = msgspec.json.format(text.encode("utf-8", "surrogatepass"), indent=1)  # json's own takes longer
    text = readable.decode("utf-8", "surrogatepass")
    return text.encode("utf-8", "backslashreplace") + b"\n"  # a lone surrogate is a JSON escape too


def from_json(text: bytes | str, kind: type[Any] = Report) -> Any:
    """The record that ``to_json`` wrote. Raises ValueError, with the field, when it is not one."""
    import msgspec

    try:
        plain = json.loads(text, object_hook=_armed)
        return msgspec.convert(plain, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ValueError(
            f"this is not a {kind.__name__.lower()} that this version can read: {error}"
        ) from error


def _defused(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": repr(value)}
    if isinstance(value, dict):
        return {key: _defused(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_defused(item) for item in value]
    return value


def _armed(value: dict[str, Any]) -> Any:
    return float(value["$float"]) if set(value) == {"$float"} else value
