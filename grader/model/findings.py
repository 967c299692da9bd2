"""Findings: typed reasons. Each kind is a frozen record that registers itself; sentences are made elsewhere.

A kind is declared once::

    @finding("scale", when_hidden=True)
    class Scale(Finding):
        \"""The answer is a constant multiple of the right one.\"""

        part: str = tellable(default="")
        factor: float = 0.0

Fields are scalars with defaults. Of a finding of a hidden case nothing is told but what its kind declares:
the kind itself where it says ``when_hidden``, and of the fields those that are ``tellable``; see ``redact``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar, dataclass_transform

FINDINGS: dict[str, type[Finding]] = {}
"""Every kind that is declared, by name."""
_SCALARS = (str, int, float, bool)


class Finding:
    """One typed reason. Every kind is a frozen dataclass of scalars; JSON has its ``kind`` beside them."""

    __slots__ = ()

    kind: ClassVar[str]
    when_hidden: ClassVar[bool]
    """Whether the kind may be told of a hidden case."""
    vague: ClassVar[bool]
    """Whether it says no more than that something is wrong: then another failure is told first."""
    distinguishing: ClassVar[tuple[str, ...]]
    """Fields that tell one mistake of this kind from another, where a class is counted."""
    says: ClassVar[str]
    """The English sentence of a kind that a course brings; those of the grader stand in the catalogues."""


T = TypeVar("T", bound=type[Finding])
F = TypeVar("F", bound=Finding)


def tellable(*, default: Any, among: Collection[str] | None = None) -> Any:
    """A field that may be told of a hidden case; with ``among`` only where its value is one of these."""
    return field(default=default, metadata={"tellable": among if among is not None else True})


@dataclass_transform(frozen_default=True, field_specifiers=(tellable, field))
def finding(
    kind: str,
    *,
    when_hidden: bool = False,
    vague: bool = False,
    distinguishing: tuple[str, ...] = (),
    says: str = "",
) -> Callable[[T], T]:
    """Declare a kind of finding. Raises TypeError for a name that is taken, or a field that is no scalar."""

    def declare(cls: T) -> T:
        cls.__annotations__ = {**cls.__annotations__, "kind": "str"}
        cls.kind = field(default=kind, init=False)  # a constant field, for JSON
        made = dataclass(frozen=True, slots=True)(cls)
        made.when_hidden, made.vague, made.distinguishing, made.says = (
            when_hidden,
            vague,
            distinguishing,
            says,
        )
        known = FINDINGS.setdefault(kind, made)
        if (known.__module__, known.__qualname__) != (made.__module__, made.__qualname__):
            raise TypeError(
                f"two kinds of findings are called {kind!r}: {known.__qualname__} and {cls.__qualname__}"
            )
        for one in fields(made):  # type: ignore[arg-type]
            if not isinstance(one.default, _SCALARS):
                raise TypeError(f"{cls.__qualname__}.{one.name} needs a default that is a number or a text")
        FINDINGS[kind] = made
        return made  # type: ignore[return-value]  # with slots it is another class

    return declare


class UnknownFinding(Finding):
    """A finding of a kind that is not declared here, such as another course's; kept as it is."""

    __slots__ = ("data", "kind")

    when_hidden = False
    vague = True
    distinguishing = ()
    says = ""

    def __init__(self, kind: str, data: Mapping[str, str | int | float | bool]) -> None:
        self.kind = kind  # type: ignore[misc]  # its own, where others have it of their class
        self.data = dict(data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnknownFinding) and (self.kind, self.data) == (other.kind, other.data)

    def __hash__(self) -> int:
        return hash((self.kind, tuple(self.data.items())))

    def __repr__(self) -> str:
        return f"UnknownFinding({self.kind!r}, {self.data!r})"


def values_of(found: Finding) -> dict[str, Any]:
    """The fields of a finding by name, without its kind."""
    if isinstance(found, UnknownFinding):
        return dict(found.data)
    return {one.name: getattr(found, one.name) for one in fields(found) if one.name != "kind"}  # type: ignore[arg-type]


def with_fields(found: F, **values: Any) -> F:
    """A finding of the same kind with some fields changed."""
    if isinstance(found, UnknownFinding):
        return type(found)(found.kind, {**found.data, **values})
    return type(found)(**{**values_of(found), **values})


def redact(found: Finding) -> Finding | None:
    """What may be told of a finding of a hidden case; None where not even its kind may.

    A student's code knows the inputs that it is called with: whatever it answers or raises could spell them
    out. What passes here is what its kind declares, a few bits.
    """
    if not found.when_hidden:
        return None
    open_fields = {
        one.name: getattr(found, one.name)
        for one in fields(found)  # type: ignore[arg-type]
        if _may_be_told(one.metadata.get("tellable"), getattr(found, one.name))
    }
    return type(found)(**open_fields)


def _may_be_told(declared: Any, value: Any) -> bool:
    return declared is True or (isinstance(declared, Collection) and value in declared)
