"""Statements where they may not stand: what Python's compiler refuses and its parser does not.

Students' source is never compiled here: generating code for a few hundred bytes can take hours. These checks
read the tree, in the order of the text and without recursion, and give CPython's own messages. What they do
not know, the child that compiles the statement says.

A notebook's cell may do what a module may not: wait at its top level, and import from ``__future__`` between
its statements, which Jupyter compiles one by one.
"""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_TRIES = (ast.Try, ast.TryStar)
_BLOCKS = (*_LOOPS, *_TRIES, ast.With, ast.AsyncWith)
MAX_BLOCKS = 21
"""Loops, ``try`` and ``with`` inside each other: CPython's own limit is 20 or 21, by its version."""

_WAITS = ("cell", "async")
"""Where ``await``, ``async for`` and ``async with`` may stand."""
_ASYNC = "asynchronous comprehension outside of an asynchronous function"
_LATE_FUTURE = "from __future__ imports must occur at the beginning of the file"


@dataclass(frozen=True, slots=True)
class _Place:
    """What surrounds a node."""

    scope: Literal["cell", "module", "class", "function", "async"]
    top: bool = False
    """A statement of the cell or the module itself, in no other statement."""
    loop: bool = False
    star: bool = False
    """Inside ``except*``, and no loop or function between."""
    blocks: int = 0
    comprehension: Literal["", "eager", "generator"] = ""
    """What kind of comprehension it is in: a generator may wait anywhere."""
    starred: bool = False
    """``*a`` may stand here."""


def find_misplaced(cell: ast.Module) -> tuple[int, str] | None:
    """The line and the message of a cell's first misplaced statement or expression; None if all is right."""
    return _first(cell, _Place("cell"))


def find_misplaced_in_module(module: ast.Module) -> tuple[int, str] | None:
    """The same, for a file that is imported."""
    if late := _late_future(module):
        return late, _LATE_FUTURE
    return _first(module, _Place("module"))


def _first(tree: ast.Module, whole: _Place) -> tuple[int, str] | None:
    waiting: list[tuple[ast.AST, _Place]] = [(tree, whole)]
    while waiting:
        node, place = waiting.pop()
        message = _message(node, place)
        if message:
            return _line(node), message
        waiting += reversed(list(_children(node, place)))
    return None


def _line(node: ast.AST) -> int:
    """The line to name: of the part that is wrong, where CPython names that."""
    match node:
        case ast.Try(handlers=handlers):
            return next((handler.lineno for handler in handlers if handler.type is None), node.lineno)
        case ast.Match(cases=cases):
            return next((case.pattern.lineno for case in cases if _catches_all(case)), node.lineno)
    return getattr(node, "lineno", 1)


def _late_future(tree: ast.Module) -> int:
    """The line of a future import that comes after other statements; 0 when none does."""
    early = True
    for number, node in enumerate(tree.body):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__" and not node.level:
            if not early:
                return node.lineno
        elif number or not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            early = False
    return 0


def _message(node: ast.AST, place: _Place) -> str:
    match node:
        case ast.Return() if place.scope not in ("function", "async"):
            return "'return' outside function"
        case ast.Yield() | ast.YieldFrom() if place.scope not in ("function", "async"):
            return "'yield' outside function"
        case ast.YieldFrom() if place.scope == "async":
            return "'yield from' inside async function"
        case ast.Await() if place.scope not in _WAITS and place.comprehension != "generator":
            if place.comprehension:
                return _ASYNC
            return f"'await' outside {'async ' if place.scope == 'function' else ''}function"
        case ast.ListComp(generators=loops) | ast.SetComp(generators=loops) | ast.DictComp(generators=loops):
            waits = any(loop.is_async for loop in loops)
            return _ASYNC if waits and place.scope not in _WAITS and not place.comprehension else ""
        case ast.AsyncFor() | ast.AsyncWith() if place.scope not in _WAITS:
            return f"'async {'for' if isinstance(node, ast.AsyncFor) else 'with'}' outside async function"
        case ast.Break() | ast.Continue() | ast.Return() if place.star:
            return "'break', 'continue' and 'return' cannot appear in an 'except*' block"
        case ast.Break() if not place.loop:
            return "'break' outside loop"
        case ast.Continue() if not place.loop:
            return "'continue' not properly in loop"
        case ast.Try(handlers=handlers) if any(handler.type is None for handler in handlers[:-1]):
            return "default 'except:' must be last"
        case ast.Starred(ctx=ast.Load()) if not place.starred:
            return "can't use starred expression here"
        case ast.Starred(ctx=ast.Store()) if not place.starred:
            return "starred assignment target must be in a list or tuple"
        case ast.Tuple(elts=elements, ctx=ast.Store()) | ast.List(elts=elements, ctx=ast.Store()):
            return _stars(elements)
        case ast.Name(id="__debug__", ctx=ast.Store()) | ast.arg(arg="__debug__"):
            return "cannot assign to __debug__"
        case ast.Attribute(attr="__debug__", ctx=ast.Store()):
            return "cannot assign to __debug__"
        case ast.Name(id="__debug__", ctx=ast.Del()):
            return "cannot delete __debug__"
        case ast.MatchSequence(patterns=patterns):
            stars = sum(isinstance(pattern, ast.MatchStar) for pattern in patterns)
            return "multiple starred names in sequence pattern" if stars > 1 else ""
        case ast.Match(cases=cases):
            names = [case.pattern.name for case in cases[:-1] if _catches_all(case)]  # type: ignore[attr-defined]
            if names:
                what = f"name capture '{names[0]}'" if names[0] else "wildcard"
                return f"{what} makes remaining patterns unreachable"
        case ast.ImportFrom(module="__future__", level=0, names=names):
            return _unknown_feature(names) if place.top else _LATE_FUTURE
    if isinstance(node, _BLOCKS) and place.blocks >= MAX_BLOCKS:
        return "too many statically nested blocks"
    return ""


def _unknown_feature(names: list[ast.alias]) -> str:
    for alias in names:
        if alias.name == "braces":
            return "not a chance"
        if alias.name not in __future__.all_feature_names:
            return f"future feature {alias.name} is not defined"
    return ""


def _stars(elements: list[ast.expr]) -> str:
    stars = [number for number, element in enumerate(elements) if isinstance(element, ast.Starred)]
    if len(stars) > 1:
        return "multiple starred expressions in assignment"
    return "too many expressions in star-unpacking assignment" if stars and stars[0] > 255 else ""


def _catches_all(case: ast.match_case) -> bool:
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def _children(node: ast.AST, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:
    """The parts of a node, in the order of the text, and where each of them stands."""
    plain = replace(place, starred=False) if place.starred else place
    for field, value in ast.iter_fields(node):
        there = _inside(node, field, plain)
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
                yield part, there


def _inside(node: ast.AST, field: str, place: _Place) -> _Place:
    """Where the parts in one field of a node stand."""
    if place.top or isinstance(node, ast.Module):
        place = replace(place, top=isinstance(node, ast.Module))
    if isinstance(node, _FUNCTIONS) and field == "body":
        return _Place("async" if isinstance(node, ast.AsyncFunctionDef) else "function")
    if isinstance(node, ast.ClassDef) and field == "body":
        return _Place("class")
    if isinstance(node, _COMPREHENSIONS):
        kind = "generator" if isinstance(node, ast.GeneratorExp) else place.comprehension or "eager"
        return replace(place, comprehension=cast(Any, kind))
    if isinstance(node, _BLOCKS) and field in ("body", "orelse", "handlers", "finalbody"):
        loops = isinstance(node, _LOOPS) and field == "body"
        star = (place.star and not loops) or (isinstance(node, ast.TryStar) and field == "handlers")
        return replace(place, loop=place.loop or loops, star=star, blocks=place.blocks + 1)
    return replace(place, starred=True) if _may_be_starred(node, field) else place


def _may_be_starred(node: ast.AST, field: str) -> bool:
    match node:
        case ast.Tuple() | ast.List() | ast.Set() | ast.Call() | ast.ClassDef():
            return field in ("elts", "args", "bases")
        case ast.Subscript():
            return field == "slice"
        case ast.arg():
            return field == "annotation"  # `*args: *Ts`; the parser refuses it elsewhere
    return False
