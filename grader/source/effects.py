"""What a statement may do to objects that it does not bind: a reading that errs on the side of "it may".

A *token* stands for what a value may be: a module-level name, a local (``name@scope``), ``f()`` for what a call
of ``f`` gives, ``.m`` for every method of that name, ``ARGUMENT`` for what a function is called with, and
``MODULE`` for the module's own dictionary. A *unit* is what runs at one time: a top-level statement, a function,
or the special methods of a class.
"""

from __future__ import annotations

import ast
import builtins
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from grader.source import harmless
from grader.source.traits import Surroundings

ARGUMENT = "<argument>"
MODULE = "<module>"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_NAMESPACES = frozenset({"globals", "vars", "locals"})
_BY_NAME = frozenset({"getattr", "methodcaller", "attrgetter"})
_WITH_ARGUMENTS = frozenset({"__init__", "__new__", "__post_init__", "__call__", "__init_subclass__"})
_PROCESS_WIDE = {"setrecursionlimit": MODULE, "seterr": "FloatingPointError", "seterrcall": "FloatingPointError"}
"""Calls on modules that change how all code runs: what has to be needed for them to count."""
Tokens = frozenset[str]
NOTHING: Tokens = frozenset()


def subclasses(name: str) -> str:
    """What a class knows of those that are made from it."""
    return f"{name}.__subclasses__"


@dataclass(slots=True)
class Call:
    """One call: what may be called, with what, and whether a callee that is not known may alter its arguments."""

    callee: Tokens
    arguments: Tokens
    unknown: bool


@dataclass(slots=True)
class Unit:
    """What runs at one time. ``flows``: a token and what it may be; ``name`` is empty for a statement."""

    name: str = ""
    owner: str = ""
    altered: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    flows: list[tuple[str, Tokens]] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    attributes: list[tuple[str, Tokens]] = field(default_factory=list)
    parameters: set[str] = field(default_factory=set)
    tagged: set[str] = field(default_factory=set)
    looks_up: bool = False
    stateful: bool = False


@dataclass(slots=True)
class _Scope:
    names: frozenset[str]
    label: str
    unit: Unit
    result: str = ""
    is_class: bool = False


def units(node: ast.stmt, around: Surroundings, place: str) -> tuple[Unit, list[Unit]]:
    """The unit that runs where the statement at ``place`` stands, and those that it defines for later."""
    reader = _Reader(around, place)
    try:
        reader.statement(node)
    except RecursionError:  # too deep: it may do anything to whatever it names
        names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        return Unit(altered=names, mentions=names), []
    return reader.module, reader.later


class _Reader:
    def __init__(self, around: Surroundings, place: str) -> None:
        self.around, self.imports = around, around.modules
        self.module = Unit()
        self.later: list[Unit] = []
        self._labels = (f"{place}.{scope}" for scope in itertools.count())
        self._scopes = [_Scope(frozenset(), "", self.module)]

    @property
    def unit(self) -> Unit:
        return self._scopes[-1].unit

    # names

    def token(self, name: str) -> str:
        """A module-level name itself, or the local that it is here."""
        for depth, scope in enumerate(reversed(self._scopes)):
            if name in scope.names and (depth == 0 or not scope.is_class):
                return f"{name}@{scope.label}"
        return name

    def flow(self, target: ast.AST, value: Tokens) -> None:
        """``target`` may be (a part of) what ``value`` stands for from now on."""
        if isinstance(target, ast.Name):
            token = self.token(target.id)
            self.unit.flows.append((token, value))
            if self.unit.name and "@" not in token:
                self.unit.altered.add(token)  # declared global
            else:
                self._alter({token}, only_outside=True)  # declared nonlocal
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self.flow(element, value)
        elif isinstance(target, ast.Starred):
            self.flow(target.value, value)
        elif isinstance(target, ast.Attribute | ast.Subscript):
            base = self.value(target.value)
            if isinstance(target, ast.Subscript):
                self.value(target.slice)
            else:
                self.unit.attributes.append((f".{target.attr}", base))
                if isinstance(target.value, ast.Name):
                    self.unit.tagged |= base
            if isinstance(target.value, ast.Name) and self._is_of(target, None):
                base |= {target.value.id}
            if not self._is_of(target, harmless.SHOWN):
                self._alter(base)
            for token in base - {MODULE}:
                self.unit.flows.append((token, value))

    def _alter(self, tokens: Iterable[str], *, only_outside: bool = False) -> None:
        """Note what is altered, and whether it is a local of a function around this one: a closure's state."""
        functions = [scope.label for scope in self._scopes if scope.result]
        for token in tokens:
            outside = token.rpartition("@")[2] in functions[:-1]
            if outside or not only_outside:
                self.unit.altered.add(token)
            self.unit.stateful |= outside

    # statements

    def body(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            self.statement(statement)

    def statement(self, node: ast.AST) -> None:  # noqa: C901, PLR0912 — one branch for each kind of statement
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node)
            case ast.ClassDef():
                self._class(node)
            case ast.Assign():
                value = self.value(node.value)
                if len(node.targets) > 1:
                    value |= {self.token(name.id) for name in node.targets if isinstance(name, ast.Name)}
                for target in node.targets:
                    self._bind(target, node.value, value)
            case ast.AnnAssign():
                if node.value is not None:
                    self._bind(node.target, node.value, self.value(node.value))
            case ast.AugAssign():
                value = self.value(node.value)
                if isinstance(node.target, ast.Name):
                    self._alter({self.token(node.target.id)})
                self.flow(node.target, value)
            case ast.Delete():
                for target in node.targets:
                    self.flow(target, NOTHING)
            case ast.For() | ast.AsyncFor():
                self.flow(node.target, self.value(node.iter))
                self.body([*node.body, *node.orelse])
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    value = self.value(item.context_expr)
                    self._alter(value)
                    if item.optional_vars is not None:
                        self.flow(item.optional_vars, value)
                self.body(node.body)
            case ast.Expr(ast.BinOp(left, _, right)):  # run for what an operator of an object does
                self._alter(self.value(left) | self.value(right))
            case ast.Return():
                value = self.value(node.value)
                self._result(value)
            case ast.Match():
                value = self.value(node.subject)
                for inner in itertools.chain.from_iterable(ast.walk(case.pattern) for case in node.cases):
                    name = getattr(inner, "name", None) or getattr(inner, "rest", None)
                    if isinstance(name, str):
                        self.flow(ast.Name(name), value)
                for case in node.cases:
                    self.value(case.guard)
                    self.body(case.body)
            case ast.Import() | ast.ImportFrom():
                if any(alias.name == "__main__" for alias in node.names):
                    for alias in node.names:
                        self.flow(ast.Name(alias.asname or alias.name), frozenset({MODULE}))
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.value(child)
                    else:
                        self.statement(child)

    def _bind(self, target: ast.expr, node: ast.expr, value: Tokens) -> None:
        """Names that one value is unpacked to share its parts."""
        if isinstance(node, ast.Name) and isinstance(target, ast.Name):
            self.unit.same.append((self.token(target.id), self.token(node.id)))
        if isinstance(target, ast.Tuple | ast.List):
            if isinstance(node, ast.Tuple | ast.List) and len(node.elts) == len(target.elts):
                for part, single in zip(target.elts, node.elts, strict=True):
                    self._bind(part, single, value)
                return
            value |= frozenset(self.token(part.id) for part in target.elts if isinstance(part, ast.Name))
        self.flow(target, value | ({harmless.DATA} if _is_data(node) else NOTHING))

    def _result(self, value: Tokens) -> None:
        for scope in reversed(self._scopes):
            if scope.result:
                self.unit.flows.append((scope.result, value))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        outermost = not any(scope.result for scope in self._scopes)
        own = self.token(node.name) if not isinstance(node, ast.Lambda) else _lambda(node)
        in_class = self._scopes[-1].is_class and not isinstance(node, ast.Lambda)
        decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            self.value(default)
        for decorator in decorators:
            tokens = self.value(decorator)
            self._called(decorator, tokens, frozenset({own}), frozenset({own}))
            self.unit.flows.append((own, tokens))
        special = outermost and in_class and own.startswith("__") and own.partition("@")[0].endswith("__")
        if outermost:
            owner = self._scopes[-1].unit.owner if in_class else ""
            unit = Unit(owner if special else f".{own.partition('@')[0]}" if in_class else own, owner)
            self.later.append(unit)
        else:
            unit = self.unit
        names = frozenset(_locals(node))
        scope = _Scope(names, next(self._labels), unit, f"{unit.name}()")
        self._scopes.append(scope)
        handed = list(_parameters(node.args))
        if special:  # an object's own is noted where it is used; operators leave the other side alone
            handed = handed[1:] if own.partition("@")[0] in _WITH_ARGUMENTS else []
        for name in handed:
            unit.flows.append((f"{name}@{scope.label}", frozenset({ARGUMENT})))
            unit.parameters.add(f"{name}@{scope.label}")
        if isinstance(node, ast.Lambda):
            self._result(self.value(node.body))
        else:
            self.body(node.body)
        self._scopes.pop()
        if not outermost and not isinstance(node, ast.Lambda):
            self.unit.flows.append((own, frozenset({unit.name})))

    def _class(self, node: ast.ClassDef) -> None:
        own = self.token(node.name)
        bases = [*node.bases, *(keyword.value for keyword in node.keywords)]
        tokens = frozenset().union(*map(self.value, bases)) if bases else NOTHING
        for decorator in node.decorator_list:
            self._called(decorator, self.value(decorator), frozenset({own}), frozenset({own}))
        if tokens:
            self.unit.flows += [(own, tokens), (f"{own}()", frozenset(f"{token}()" for token in tokens))]
            self.unit.altered |= {subclasses(token) for token in tokens}
        unit = self.unit
        if not unit.name:
            unit.owner = own
        shared = any(isinstance(part, ast.Assign | ast.AnnAssign) and _is_data(part.value) for part in node.body)
        unit.flows.append((f"{own}()", frozenset({harmless.DATA})))
        if shared:
            unit.same.append((f"{own}()", own))
        names = frozenset(_bound(node.body))
        self._scopes.append(_Scope(names, next(self._labels), unit, is_class=True))
        self.body(node.body)
        self._scopes.pop()

    # expressions

    def value(self, node: ast.AST | None) -> Tokens:  # noqa: C901, PLR0911, PLR0912 — one branch for each kind
        """Run an expression on paper: what its value may be, or may hold."""
        match node:
            case None | ast.Constant():
                return NOTHING
            case ast.Name():
                token = self.token(node.id)
                self.unit.mentions.add(token)
                return NOTHING if token in self.imports else frozenset({token})
            case ast.Attribute():
                base = self.value(node.value)
                if node.attr in ("__globals__", "modules"):
                    self.unit.looks_up = True
                    return frozenset({MODULE})
                self.unit.attributes.append((f".{node.attr}", base))
                is_method = node.attr in self.around.methods and not self._is_of(node, None)
                return base | ({f".{node.attr}"} if is_method else NOTHING)
            case ast.Subscript():
                self.value(node.slice)
                return self.value(node.value)
            case ast.Call():
                return self._call(node)
            case ast.Lambda():
                self._function(node)
                return frozenset({_lambda(node)}) if not self.unit.name else NOTHING
            case ast.NamedExpr():
                value = self.value(node.value)
                self.flow(node.target, value)
                return value
            case ast.Compare() | ast.UnaryOp() | ast.JoinedStr() | ast.FormattedValue():
                for child in ast.iter_child_nodes(node):
                    self.value(child)
                return NOTHING
            case ast.BinOp(left, ast.LShift() | ast.RShift(), right):
                value = self.value(left) | self.value(right)
                self._alter(value)
                return value
            case ast.BinOp():
                sides = [(side, self.value(side)) for side in (node.left, node.right)]
                return frozenset().union(*(held for side, held in sides if _is_data(side)))
            case ast.Yield() | ast.YieldFrom() | ast.Await():
                value = self.value(node.value)
                self._result(value)
                return value
            case _ if isinstance(node, _COMPREHENSIONS):
                return self._comprehension(node)
            case _:
                return frozenset().union(*map(self.value, ast.iter_child_nodes(node)))

    def _comprehension(self, node: ast.AST) -> Tokens:
        outer = self._scopes[-1]
        generators: list[ast.comprehension] = node.generators  # type: ignore[attr-defined]
        names = {n.id for g in generators for n in ast.walk(g.target) if isinstance(n, ast.Name)}
        self._scopes.append(_Scope(frozenset(names), next(self._labels), outer.unit))
        for generator in generators:
            self.flow(generator.target, self.value(generator.iter))
            for condition in generator.ifs:
                self.value(condition)
        parts = [part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.comprehension)]
        held = frozenset().union(*map(self.value, parts))
        self._scopes.pop()
        return held

    def _call(self, node: ast.Call) -> Tokens:
        callee = self.value(node.func)
        by_name = [(keyword.arg, self.value(keyword.value)) for keyword in node.keywords]
        by_place = list(map(self.value, node.args))
        arguments = frozenset().union(*by_place, *(value for _, value in by_name))
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        known = bool(name) and self.token(name) == name
        if known and name in ("exec", "eval"):
            return self._text(node, name)
        if known and name in _NAMESPACES and not node.args:
            self.unit.looks_up = True
            return frozenset({MODULE})
        last = node.func.attr if isinstance(node.func, ast.Attribute) else name
        if last in ("import_module", "__import__") and "__main__" in _texts(node):
            self.unit.looks_up = True
            return frozenset({MODULE})
        if last in _BY_NAME:
            self.unit.mentions |= {f".{text}" for text in _texts(node)}
        for argument, value in by_name:
            if argument == "out":
                self._alter(value)
        return self._called(node.func, callee, arguments, by_place[0] if by_place else arguments)

    def _called(self, function: ast.expr, callee: Tokens, arguments: Tokens, first: Tokens) -> Tokens:
        """What a call gives; what it may alter is noted. ``first``: what the first argument may be."""
        last = ""
        if isinstance(function, ast.Attribute):
            last = function.attr
        elif isinstance(function, ast.Name):
            last = function.id
        name = function.id if isinstance(function, ast.Name) and self.token(function.id) == function.id else ""
        of_module = self._is_of(function, None)
        of_type = isinstance(function, ast.Attribute) and self._is_builtin(function.value)
        if last in harmless.ALTERING and (of_module or of_type or self._is_builtin(function)):
            self._alter(first)
            self.unit.tagged |= first
        elif of_module and last in _PROCESS_WIDE:
            self.unit.altered.add(_PROCESS_WIDE[last])
        elif isinstance(function, ast.Attribute) and not of_module and last not in harmless.METHODS:
            if last not in self.around.methods or not callee - {f".{last}"} <= self.around.classes:
                self._alter(callee - {f".{last}"})
        if name and self.around.gives(name):
            self.unit.mentions |= arguments
            return NOTHING
        is_harmless = name in harmless.BUILTINS or self._is_of(function, harmless.MODULES)
        is_method = isinstance(function, ast.Attribute) and not of_module
        unknown = not is_harmless and not is_method and (of_module or self._is_builtin(function) or not name)
        self.unit.mentions |= arguments
        self.unit.calls.append(Call(callee, arguments | (callee if is_method else NOTHING), unknown))
        if name in harmless.FRESH:
            return NOTHING
        held = callee - {name} if not isinstance(function, ast.Name) else NOTHING
        return held | arguments | ({f"{token}()" for token in callee})

    def _is_builtin(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and self.token(node.id) == node.id and hasattr(builtins, node.id)

    def _is_of(self, function: ast.expr, modules: frozenset[str] | None) -> bool:
        """Whether a name or its attribute is one of an imported module; of ``modules``, where those are given."""
        while isinstance(function, ast.Attribute | ast.Subscript):
            function = function.value
        if not isinstance(function, ast.Name) or self.token(function.id) != function.id:
            return False
        module = self.imports.get(function.id)
        return module is not None and (modules is None or module in modules)

    def _text(self, node: ast.Call, name: str) -> Tokens:
        """``exec`` and ``eval``: of a constant, what it says; of anything else, anything."""
        self.unit.looks_up = True
        text = node.args[0] if node.args else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and name == "eval":
            try:
                return self.value(ast.parse(text.value.strip(), mode="eval").body)
            except (SyntaxError, ValueError, MemoryError):
                return NOTHING
        if name == "exec":
            self.unit.altered.add(MODULE)
        return frozenset({MODULE})


def _lambda(node: ast.Lambda) -> str:
    return f"<lambda {node.lineno}:{node.col_offset}:{id(node)}>"


def _texts(node: ast.Call) -> set[str]:
    constants = [part.value for part in node.args if isinstance(part, ast.Constant)]
    return {text for text in constants if isinstance(text, str)}


def _is_data(node: ast.expr | None) -> bool:
    return isinstance(node, (ast.List, ast.Dict, ast.Set, *_COMPREHENSIONS)) or (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("dict", "list", "set", "bytearray", "deque", "defaultdict", "Counter", "OrderedDict")
    )


def _parameters(arguments: ast.arguments) -> Iterator[str]:
    for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
        yield argument.arg
    yield from (extra.arg for extra in (arguments.vararg, arguments.kwarg) if extra is not None)


def _locals(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    names = set(_parameters(node.args))
    return names | (_bound([node.body]) if isinstance(node, ast.Lambda) else _bound(node.body))


def _bound(body: Iterable[ast.AST]) -> set[str]:
    """Names that a scope binds, those that it declares to be another's apart."""
    bound: set[str] = set()
    elsewhere: set[str] = set()
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                bound.add(node.name)
                continue
            case ast.Lambda():
                continue
            case ast.Global() | ast.Nonlocal():
                elsewhere |= set(node.names)
            case ast.Name(ctx=ast.Store() | ast.Del()):
                bound.add(node.id)
            case ast.Import() | ast.ImportFrom():
                bound |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
            case ast.MatchAs() | ast.MatchStar() | ast.ExceptHandler():
                bound |= {node.name} if node.name else set()
            case ast.MatchMapping():
                bound |= {node.rest} if node.rest else set()
            case _ if isinstance(node, _COMPREHENSIONS):
                bound |= {n.target.id for n in ast.walk(node) if isinstance(n, ast.NamedExpr)}
                continue
        waiting += ast.iter_child_nodes(node)
    return bound - elsewhere
