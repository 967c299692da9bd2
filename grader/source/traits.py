"""What one look at each statement says of the module as a whole, before any statement is read closely."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from grader.source import harmless

_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(slots=True)
class Traits:
    """Of one top-level statement. ``modules``: of which module each name is that it imports."""

    modules: dict[str, str] = field(default_factory=dict)
    definitions: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    bound_elsewhere: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    names_unseen: bool = False
    hooks: bool = False
    calls: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a statement is read with; ``bound`` is ``None`` where names come from a star import or from text."""

    modules: Mapping[str, str]
    classes: frozenset[str]
    methods: frozenset[str]
    bound: frozenset[str] | None

    def gives(self, name: str) -> bool:
        """Whether a name is one of the course's, which alters nothing that it is given."""
        return self.bound is not None and name not in self.bound and not hasattr(builtins, name)


_seen: WeakKeyDictionary[ast.Module, tuple[Traits, ...]] = WeakKeyDictionary()


def traits(tree: ast.Module) -> tuple[Traits, ...]:
    """The traits of each statement of a cell; every question asks again."""
    if tree not in _seen:
        _seen[tree] = tuple(map(_traits, tree.body))
    return _seen[tree]


def surroundings(all_traits: Iterable[Traits], bound: Iterable[str]) -> Surroundings:
    """What the statements of a module, which binds these names at its top level, have around them."""
    modules, everywhere = {"np": "numpy"}, set(bound)
    classes: set[str] = set()
    methods: set[str] = set()
    unseen = False
    for trait in all_traits:
        modules |= trait.modules
        classes |= trait.classes
        methods |= trait.methods
        everywhere |= trait.bound_elsewhere
        unseen |= trait.names_unseen
    return Surroundings(
        modules, frozenset(classes), frozenset(methods), None if unseen else frozenset(everywhere)
    )


def _traits(statement: ast.stmt) -> Traits:
    found = Traits(definitions=_definitions(statement))
    for node in ast.walk(statement):
        match node:
            case ast.Call():
                found.calls = True
            case ast.Name(id="exec" | "globals"):
                found.names_unseen = True
            case ast.Constant(value=str(text)):
                found.words.update(_WORD.findall(text))
            case ast.Attribute(attr="__subclasses__"):
                found.hooks = True
            case ast.FunctionDef(name="__init_subclass__"):
                found.hooks = True
            case ast.ClassDef():
                found.classes.add(node.name)
                found.methods |= {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
                found.hooks |= any(keyword.arg == "metaclass" for keyword in node.keywords)
            case ast.Global():
                found.bound_elsewhere |= set(node.names)
            case ast.Import():
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    if top != "__main__":
                        found.modules[alias.asname or top] = top
            case ast.ImportFrom():
                found.names_unseen |= any(alias.name == "*" for alias in node.names)
                top = (node.module or "").partition(".")[0]
                if top in harmless.MODULES or top in sys.stdlib_module_names - {"__main__"}:
                    found.modules |= {alias.asname or alias.name: top for alias in node.names}
    return found


def _definitions(node: ast.stmt) -> set[str]:
    """Names of a definition, of imports, or of a function without a name."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Import() | ast.ImportFrom():
            return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda()):
            return {name}
    return set()
