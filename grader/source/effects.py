"""What running a statement may do to names and to objects: a reading that errs on the side of "it may".

It reads each statement once and by itself; ``slices`` puts together what the statements of a submission say.
A *token* stands for what a value may be:

=============  ==================================================================================
``name``       a name of the module
``name@3``     a local of one scope
``f()``        what a call of ``f`` gives; ``f(7``, what the seventh call, one of ``f``, was given
``f%``         what any call of ``f`` is given
``.attr``      what an attribute of that name is, of whatever object
``MODULE``     the dictionary of the module itself
=============  ==================================================================================
"""

from __future__ import annotations

import ast
import builtins
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from grader.source import harmless
from grader.source.scopes import local_names, parameters

MODULE = "<module>"
Tokens = frozenset[str]
NOTHING: Tokens = frozenset()
_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BUILTINS = frozenset(dir(builtins))
_WORD = re.compile(r"[A-Za-z_]\w*")
_MANY = 16
_numbers = itertools.count()


@dataclass(slots=True)
class Body:
    """What runs at one time: a statement itself, or a function or a method, where one of ``tokens`` is used."""

    tokens: tuple[str, ...] = ()
    uses: set[str] = field(default_factory=set)
    alters: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)
    """What it calls, or calls a method of, which is not known to leave it as it is."""
    tags: set[str] = field(default_factory=set)
    """Of what it sets an attribute."""


@dataclass(slots=True)
class Statement:
    """What one top-level statement does with module-level names, and what it may do to objects."""

    always: bool
    fixed: bool
    """Whether what it binds cannot be altered: a definition, or a constant."""
    plain: bool = True
    """Whether it costs nothing to run: it calls nothing."""
    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    bodies: list[Body] = field(default_factory=list)
    """Its own first."""
    holds: list[tuple[str, str]] = field(default_factory=list)
    """A token, and another that it may be or hold."""
    same: list[tuple[str, str]] = field(default_factory=list)
    """Those of them that are the very same object."""
    shared: set[str] = field(default_factory=set)
    """Attributes that all objects of a class share."""
    words: set[str] = field(default_factory=set)
    looks_up: bool = False
    """Whether it finds names by their text."""


def read(node: ast.stmt) -> Statement:
    """One look at a top-level statement."""
    fixed = isinstance(node, _DEFINITIONS) or (
        isinstance(node, ast.Assign | ast.AnnAssign) and _is_fixed(node.value)
    )
    found = Statement(isinstance(node, _DEFINITIONS), fixed)
    try:
        _Reader(found).visit(node)
    except RecursionError:  # nested too deep: it may do anything to whatever it names
        names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        found.reads = {name.id for name in names}
        found.binds |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
        found.binds |= {node.name} if isinstance(node, _DEFINITIONS[2:]) else set()
        found.bodies = [Body(uses=found.reads, alters=found.reads)]
        found.plain = False
    return found


@dataclass(slots=True)
class _Scope:
    number: int
    names: frozenset[str] | set[str]
    owner: str
    """The token of the function or class; none for a comprehension."""
    is_class: bool = False
    instance: str = ""
    """The name of the object itself, in a method."""


class _Reader:
    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.body = Body()
        self.scopes: list[_Scope] = []
        statement.bodies.append(self.body)

    def visit(self, node: ast.AST) -> Tokens:
        """Run a node on paper: what the value of an expression may be, or may hold."""
        method = _METHODS.get(type(node))
        return self.children(node) if method is None else method(self, node)

    def children(self, node: ast.AST) -> Tokens:
        return self.all_of(ast.iter_child_nodes(node))

    def all_of(self, nodes: Iterable[ast.AST | None]) -> Tokens:
        return self.union([self.visit(node) for node in nodes if node is not None])

    def union(self, values: Iterable[Tokens]) -> Tokens:
        """All tokens, or one that stands for them, lest what is noted grow with the square of a long line."""
        tokens = NOTHING.union(*values)
        return tokens if len(tokens) <= _MANY else self.bundle(tokens)

    def bundle(self, tokens: Iterable[str]) -> Tokens:
        token = f"<bundle>@{next(_numbers)}"
        self.hold(token, tokens)
        return frozenset({token})

    def hold(self, holder: str, held: Iterable[str]) -> None:
        self.statement.holds += [(holder, token) for token in held]

    # names

    def scope_of(self, name: str) -> _Scope | None:
        """The function, class or comprehension of which ``name`` is a local here."""
        for depth, scope in enumerate(reversed(self.scopes)):
            if name in scope.names and (depth == 0 or not scope.is_class):
                return scope
        return None

    def token(self, name: str) -> str:
        scope = self.scope_of(name)
        return f"{name}@{scope.number}" if scope else name

    def name(self, node: ast.Name) -> Tokens:
        token = self.token(node.id)
        self.body.uses.add(token)
        if token == node.id:
            self.statement.reads.add(token)
            return NOTHING if token in _BUILTINS else frozenset({token})
        return frozenset({token})

    def bind_name(self, name: str, value: Iterable[str] = ()) -> str:
        """Note that a name of this scope, or of one around it, is bound."""
        scope = self.scope_of(name)
        token = f"{name}@{scope.number}" if scope else name
        functions = [scope for scope in self.scopes if scope.owner]
        if scope is None and not functions:
            self.statement.binds.add(name)
        elif scope is None:  # declared global
            self.statement.reads.add(name)
            self.body.alters.add(name)
        elif scope.owner and scope is not functions[-1]:  # declared nonlocal
            self.body.alters.add(token)
        self.hold(token, value)
        return token

    def bind(self, target: ast.AST, value: Tokens, node: ast.AST | None = None) -> None:
        """``target`` may be (a part of) ``value`` from now on, which is the value of ``node`` itself, if given."""
        match target:
            case ast.Name(name):
                self.bind_name(name, value)
                self.alias(target, node)
            case ast.Tuple(parts) | ast.List(parts):
                if isinstance(node, ast.Tuple | ast.List) and len(node.elts) == len(parts):
                    for part, single in zip(parts, node.elts, strict=True):
                        self.bind(part, self.visit(single), single)
                    return
                siblings = [self.token(part.id) for part in parts if isinstance(part, ast.Name)]
                value = self.bundle([*value, *siblings])
                for part in parts:
                    self.bind(part, value)
            case ast.Starred(inner):
                self.bind(inner, value)
            case ast.Attribute() | ast.Subscript():
                self.store(target, value)

    def alias(self, target: ast.AST, node: ast.AST | None) -> None:
        """``target`` may be the very object that ``node`` is, as far as both are names."""
        if isinstance(target, ast.Name) and isinstance(node, ast.Name):
            self.statement.same.append((self.token(target.id), self.token(node.id)))
        elif isinstance(target, ast.Name) and isinstance(node, ast.List | ast.Tuple | ast.Set):
            for part in node.elts:
                self.alias(target, part)
        elif isinstance(target, ast.Tuple) and isinstance(node, ast.Tuple):
            for part, single in zip(target.elts, node.elts, strict=False):
                self.alias(part, single)

    def store(self, target: ast.Attribute | ast.Subscript, value: Tokens) -> None:
        objects = self.visit(target.value)
        if isinstance(target, ast.Subscript):
            self.visit(target.slice)
        elif isinstance(target.value, ast.Name):
            self.body.tags |= objects
        self.body.alters |= objects | _attributes(target.value)
        if not self.is_instance(target):
            for token in objects - {MODULE}:
                self.hold(token, value)

    def is_instance(self, node: ast.AST) -> bool:
        """Whether it is the object of a method, or a part of that: callers see to what it holds."""
        name = _root(node)
        scope = self.scope_of(name)
        return scope is not None and scope.instance == name

    # statements

    def assign(self, node: ast.Assign) -> Tokens:
        value = self.visit(node.value)
        if len(node.targets) > 1:
            names = [self.token(target.id) for target in node.targets if isinstance(target, ast.Name)]
            value = self.bundle([*value, *names])
        for target in node.targets:
            self.bind(target, value, node.value)
        return NOTHING

    def assign_annotated(self, node: ast.AnnAssign) -> Tokens:
        self.visit(node.annotation)
        if node.value is not None or not isinstance(node.target, ast.Name):
            value = self.visit(node.value) if node.value is not None else NOTHING
            self.bind(node.target, value, node.value)
        elif not self.scopes:
            self.statement.binds.add(node.target.id)
        return NOTHING

    def assign_in_place(self, node: ast.AugAssign) -> Tokens:
        value = self.visit(node.value) if _is_display(node.value) else self.visit(node.value) & NOTHING
        if isinstance(node.target, ast.Name):
            self.body.alters.add(self.token(node.target.id))
            if self.scope_of(node.target.id) is None:
                self.statement.reads.add(node.target.id)
        self.bind(node.target, value)
        return NOTHING

    def delete(self, node: ast.Delete) -> Tokens:
        for target in node.targets:
            self.bind(target, NOTHING)
        return NOTHING

    def loop(self, node: ast.For | ast.AsyncFor) -> Tokens:
        value = self.visit(node.iter)
        self.bind(node.target, value)
        for element in node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List | ast.Set) else [node.iter]:
            self.alias(node.target, element)
        return self.all_of([*node.body, *node.orelse])

    def manage(self, node: ast.withitem) -> Tokens:
        value = self.visit(node.context_expr)
        self.body.touches |= value
        if node.optional_vars is not None:
            self.bind(node.optional_vars, value)
        return NOTHING

    def catch(self, node: ast.ExceptHandler) -> Tokens:
        if node.name:
            self.bind_name(node.name)
        return self.children(node)

    def match(self, node: ast.Match) -> Tokens:
        value = self.visit(node.subject)
        for case in node.cases:
            for inner in ast.walk(case.pattern):
                name = getattr(inner, "rest", None) or getattr(inner, "name", None)
                if isinstance(name, str):
                    self.bind_name(name, value)
        return self.all_of(node.cases)

    def expression(self, node: ast.Expr) -> Tokens:
        if isinstance(node.value, ast.Constant):  # a docstring
            return NOTHING
        value = self.visit(node.value)
        if isinstance(node.value, ast.BinOp | ast.Subscript):  # run for what an object's operator does
            names = [inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)]
            self.body.touches |= {self.token(name) for name in names}
        return value

    def result(self, node: ast.Return | ast.Yield | ast.YieldFrom | ast.Await) -> Tokens:
        value = self.visit(node.value) if node.value is not None else NOTHING
        for scope in reversed(self.scopes):
            if scope.owner and not scope.is_class:
                self.hold(f"{scope.owner}()", value)
                break
        return value

    def imported(self, node: ast.Import | ast.ImportFrom) -> Tokens:
        source = (getattr(node, "module", "") or "").partition(".")[0]
        for alias in node.names:
            if alias.name == "*":
                continue
            module = source or alias.name.partition(".")[0]
            name = self.bind_name((alias.asname or alias.name).partition(".")[0])
            if "__main__" in (module, alias.name):
                self.hold(name, [MODULE])
            if not self.scopes:
                self.statement.imports.add(name)
            if isinstance(node, ast.ImportFrom) and node.level or not harmless.leaves_alone(module, alias.name):
                self.statement.bodies.append(Body((name,), alters={f"{name}%"}))
        return NOTHING

    # definitions

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Tokens:
        owner = self.scopes[-1] if self.scopes and self.scopes[-1].is_class else None
        token = self.bind_name(node.name)
        for decorator in node.decorator_list:
            self.decorate(decorator, token)
        self.all_of([part.annotation for part in parameters(node.args)])
        self.all_of([node.returns])
        is_static = "staticmethod" in map(_last, node.decorator_list)
        self.run_later(node, owner.owner if owner else token, node.body, is_static=is_static)
        return NOTHING

    def anonymous(self, node: ast.Lambda) -> Tokens:
        token = f"<lambda>@{next(_numbers)}"
        self.run_later(node, token, [ast.Return(node.body)])
        self.body.uses.add(token)
        return frozenset({token})

    def run_later(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        token: str,
        code: list[ast.stmt],
        *,
        is_static: bool = True,
    ) -> None:
        self.hold(f"{token}%", self.all_of([*node.args.defaults, *node.args.kw_defaults]))
        names = [part.arg for part in parameters(node.args)]
        in_class = bool(self.scopes) and token == self.scopes[-1].owner
        instance = names[0] if in_class and names and not is_static else ""
        handed = names[1:] if instance else names
        scope = _Scope(next(_numbers), local_names(names, code), token, instance=instance)
        around, self.body = self.body, Body((token, f"{token}()") if in_class else (token,))
        self.statement.bodies.append(self.body)
        self.scopes.append(scope)
        if scope.instance:
            self.hold(f"{scope.instance}@{scope.number}", [f"{token}()"])
        for name in handed:
            self.hold(f"{name}@{scope.number}", [f"{token}%"])
            self.statement.same.append((f"{name}@{scope.number}", f"{token}%"))
        for statement in code:
            self.visit(statement)
        self.scopes.pop()
        self.body = around

    def define_class(self, node: ast.ClassDef) -> Tokens:
        token = self.bind_name(node.name)
        bases = self.all_of([*node.bases, *(keyword.value for keyword in node.keywords)])
        self.hold(token, bases)
        self.body.alters |= {".__subclasses__"} if bases else NOTHING
        self.hold(f"{token}()", [f"{base}()" for base in bases])
        for decorator in node.decorator_list:
            self.decorate(decorator, token)
        for part in node.body:
            if isinstance(part, ast.Assign) and (_is_display(part.value) or isinstance(part.value, ast.Call)):
                self.statement.shared |= {target.id for target in part.targets if isinstance(target, ast.Name)}
        self.scopes.append(_Scope(next(_numbers), local_names([], node.body), token, is_class=True))
        for part in node.body:
            self.visit(part)
        self.scopes.pop()
        return NOTHING

    def decorate(self, decorator: ast.expr, token: str) -> None:
        callee = self.visit(decorator)
        self.hold(token, self.called(decorator, callee, [ast.Name(token)], [frozenset({token})]) - {token})

    # expressions

    def attribute(self, node: ast.Attribute) -> Tokens:
        value = self.visit(node.value)
        self.statement.looks_up |= node.attr in ("__globals__", "modules")
        if node.attr == "__subclasses__":
            self.statement.reads.add(".__subclasses__")
        return frozenset({MODULE}) if node.attr in ("__globals__", "modules") else value

    def part(self, node: ast.Subscript) -> Tokens:
        self.visit(node.slice)
        return self.visit(node.value)

    def constant(self, node: ast.Constant) -> Tokens:
        if isinstance(node.value, str):
            self.statement.words.update(_WORD.findall(node.value))
        return NOTHING

    def dictionary(self, node: ast.Dict) -> Tokens:
        self.all_of(value for key, value in zip(node.keys, node.values, strict=True) if key is None)  # copies
        return self.all_of([*node.keys, *(value for key, value in zip(node.keys, node.values, strict=True) if key)])

    def fresh(self, node: ast.AST) -> Tokens:
        self.children(node)
        return NOTHING

    def operation(self, node: ast.BinOp) -> Tokens:
        sides = [(self.visit(side), _is_display(side)) for side in (node.left, node.right)]
        return NOTHING.union(*(value for value, is_display in sides if is_display))

    def walrus(self, node: ast.NamedExpr) -> Tokens:
        value = self.visit(node.value)
        self.bind(node.target, value, node.value)
        return value

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Tokens:
        targets = [name for part in node.generators for name in ast.walk(part.target)]
        names = {name.id for name in targets if isinstance(name, ast.Name)}
        first = self.visit(node.generators[0].iter)
        self.scopes.append(_Scope(next(_numbers), names, ""))
        for generator in node.generators:
            self.bind(generator.target, first if generator is node.generators[0] else self.visit(generator.iter))
            self.all_of(generator.ifs)
        value = self.all_of([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self.scopes.pop()
        return value

    # calls

    def call(self, node: ast.Call) -> Tokens:
        self.statement.plain = False
        callee = self.visit(node.func)
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        values = [self.visit(argument) for argument in arguments]
        for keyword, value in zip(node.keywords, values[len(node.args) :], strict=True):
            self.body.alters |= value if keyword.arg == "out" else NOTHING
        return self.called(node.func, callee, arguments, values)

    def called(self, function: ast.expr, callee: Tokens, arguments: list[ast.expr], values: list[Tokens]) -> Tokens:
        """What a call gives; what it may alter is noted."""
        last = _last(function)
        given = self.union(values)
        for argument, value in zip(arguments, values, strict=True):
            if _last(argument) in harmless.KEEPING:  # a method that may be called there
                self.body.touches |= value
        is_name = isinstance(function, ast.Name)
        if last in harmless.LOOKING_UP and (is_name or "__main__" in map(_text, arguments)):
            self.statement.looks_up = True
            self.body.alters |= {MODULE} if last == "exec" else NOTHING
            return NOTHING if last == "eval" else frozenset({MODULE})
        of_type = isinstance(function, ast.Attribute) and _last(function.value) in harmless.TYPES
        if values and (last in harmless.ALTERING or of_type):
            self.body.alters |= values[0]
            self.body.tags |= values[0] if last in ("setattr", "delattr") else NOTHING
        self.body.alters |= harmless.PROCESS_WIDE.get(last, NOTHING)
        if is_name and last in _BUILTINS and self.token(last) == last:
            if last in harmless.APPLYING:
                self.apply(arguments, values, given)
            if last == "dict":  # a copy
                given = self.union(values[len(values) and not isinstance(arguments[0], ast.Starred) :])
            return NOTHING if last in harmless.FRESH else given
        if isinstance(function, ast.Attribute):
            return self.called_method(function, callee, arguments, values)
        self.hand(callee, arguments, given)
        if not self.scopes and not isinstance(function, ast.Subscript):
            self.body.touches |= callee
        if last in harmless.APPLYING:
            self.apply(arguments, values, given)
        site = f"{self.token(_root(function))}({next(_numbers)}"
        self.hold(site, given)
        return frozenset({site, *(f"{token}()" for token in callee)})

    def called_method(
        self, function: ast.Attribute, callee: Tokens, arguments: list[ast.expr], values: list[Tokens]
    ) -> Tokens:
        given = self.union(values)
        held = callee | given if function.attr in harmless.VIEWING else NOTHING
        if _root(function) in harmless.MODULES:
            return held
        if function.attr in harmless.KEEPING:
            self.body.alters |= callee | _attributes(function.value)
            for token in callee:
                self.hold(token, given)
        elif function.attr in harmless.METHODS:
            return held
        else:
            self.body.touches |= callee | _attributes(function.value)
        self.hand(callee, arguments, given)
        if function.attr in harmless.APPLYING:
            self.apply(arguments, values, given)
        return callee | given

    def hand(self, callee: Tokens, arguments: list[ast.expr], given: Tokens) -> None:
        """Note what a call's function is given."""
        for token in callee:
            self.hold(f"{token}%", given)
            self.statement.same += [
                (f"{token}%", self.token(argument.id)) for argument in arguments if isinstance(argument, ast.Name)
            ]

    def apply(self, arguments: list[ast.expr], values: list[Tokens], given: Tokens) -> None:
        """What is handed over with a function is what that is given."""
        for argument, value in zip(arguments, values, strict=True):
            if isinstance(argument, ast.Name | ast.Attribute | ast.Lambda):
                for token in value:
                    self.hold(f"{token}%", given - value)


_METHODS: dict[type[ast.AST], Callable[..., Tokens]] = {
    ast.Name: _Reader.name,
    ast.Constant: _Reader.constant,
    ast.Attribute: _Reader.attribute,
    ast.Subscript: _Reader.part,
    ast.Call: _Reader.call,
    ast.Dict: _Reader.dictionary,
    ast.BinOp: _Reader.operation,
    ast.Compare: _Reader.fresh,
    ast.UnaryOp: _Reader.fresh,
    ast.JoinedStr: _Reader.fresh,
    ast.Lambda: _Reader.anonymous,
    ast.NamedExpr: _Reader.walrus,
    ast.ListComp: _Reader.comprehension,
    ast.SetComp: _Reader.comprehension,
    ast.GeneratorExp: _Reader.comprehension,
    ast.DictComp: _Reader.comprehension,
    ast.Yield: _Reader.result,
    ast.YieldFrom: _Reader.result,
    ast.Await: _Reader.result,
    ast.Return: _Reader.result,
    ast.Expr: _Reader.expression,
    ast.Assign: _Reader.assign,
    ast.AnnAssign: _Reader.assign_annotated,
    ast.AugAssign: _Reader.assign_in_place,
    ast.Delete: _Reader.delete,
    ast.For: _Reader.loop,
    ast.AsyncFor: _Reader.loop,
    ast.withitem: _Reader.manage,
    ast.ExceptHandler: _Reader.catch,
    ast.Match: _Reader.match,
    ast.Import: _Reader.imported,
    ast.ImportFrom: _Reader.imported,
    ast.FunctionDef: _Reader.function,
    ast.AsyncFunctionDef: _Reader.function,
    ast.ClassDef: _Reader.define_class,
}


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _attributes(node: ast.AST) -> Iterator[str] | set[str]:
    found = set()
    while isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute):
            found.add(f".{node.attr}")
        node = node.value
    return found


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_display(node: ast.AST | None) -> bool:
    return isinstance(node, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp | ast.Tuple)


def _is_fixed(node: ast.expr | None) -> bool:
    """Whether a value cannot be altered: a constant, or a function without a name."""
    match node:
        case ast.Constant() | ast.Lambda():
            return True
        case ast.UnaryOp(operand=inner):
            return _is_fixed(inner)
        case ast.BinOp(left, _, right):
            return _is_fixed(left) and _is_fixed(right)
        case ast.Tuple(parts):
            return all(map(_is_fixed, parts))
    return False
