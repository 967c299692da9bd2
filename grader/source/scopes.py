"""Which names are locals of a function, a class or a comprehension."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Set
from dataclasses import dataclass

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names are locals."""

    number: int
    names: Set[str]
    owner: str = ""
    """The token of the function, or of the class of a method; a comprehension has none."""
    instance: str = ""
    """In a method, the name of the object whose method it is."""
    is_class: bool = False


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters of a function."""
    extra = [part for part in (arguments.vararg, arguments.kwarg) if part is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *extra]


def local_names(handed: Iterable[str], code: Iterable[ast.AST]) -> set[str]:
    """Parameters and what a scope's own code binds; those that it declares to be another's apart."""
    bound, elsewhere = set(handed), set[str]()
    waiting = list(code)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Name(id=name, ctx=context):
                if not isinstance(context, ast.Load):
                    bound.add(name)
                continue
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
                continue
            case ast.Lambda():
                continue
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                elsewhere.update(names)
            case ast.Import() | ast.ImportFrom():
                bound |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
            case ast.MatchAs() | ast.MatchStar() | ast.ExceptHandler():
                bound |= {node.name} if node.name else set()
            case ast.MatchMapping(rest=str(name)):
                bound.add(name)
            case _ if isinstance(node, _COMPREHENSIONS):
                bound |= {inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)}
                continue
        waiting += ast.iter_child_nodes(node)
    return bound - elsewhere
