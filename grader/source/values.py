"""What the value of an expression may be, and what working it out may alter: "may" is said too often.

A *token* stands for what a value may be:

=============  =================================================================================
``name``       a name of the module
``name@3``     a local of one scope
``f()``        what a call of ``f`` gives
``f(7``        what one call of ``f`` was given, since what it gives may hold it
``f%``         what any call of ``f`` is given
``.attr``      an attribute of that name, of whatever object
``MODULE``     the dictionary of the module itself
=============  =================================================================================
"""

from __future__ import annotations

import ast
import builtins
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.source import harmless
from grader.source.scopes import Scope

MODULE = "<module>"
Tokens = frozenset[str]
NOTHING: Tokens = frozenset()
_BUILTINS = frozenset(dir(builtins))
_WORD = re.compile(r"[A-Za-z_]\w*")
_MANY = 16
numbers = itertools.count()


@dataclass(slots=True)
class Body:
    """What runs at one time: a statement itself, or a function or method, where one of ``tokens`` is used."""

    tokens: tuple[str, ...] = ()
    uses: set[str] = field(default_factory=set)
    alters: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)
    """What it calls, or calls a method of, which is not known to leave it as it was."""
    tags: set[str] = field(default_factory=set)
    """Of what it sets an attribute."""


@dataclass(slots=True)
class Statement:
    """What one top-level statement does with module-level names, and what it may do to objects."""

    always: bool = False
    """Whether it is a definition, which costs nothing to run."""
    fixed: bool = False
    """Whether what it binds can only be altered by its name: a definition or a constant."""
    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    bodies: list[Body] = field(default_factory=list)
    """Its own first, then those that it defines."""
    holds: list[tuple[str, str]] = field(default_factory=list)
    """A token, and another that it may be or hold."""
    same: list[tuple[str, str]] = field(default_factory=list)
    """A token, and another that it may be the very object of."""
    shared: set[str] = field(default_factory=set)
    """Attributes that all objects of its classes share."""
    words: set[str] = field(default_factory=set)
    looks_up: bool = False
    """Whether it finds names by their text."""


class Values(ast.NodeVisitor):
    """``visit`` runs a node on paper: what the value of an expression may be, or may hold."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.body = Body()
        self.scopes: list[Scope] = []
        statement.bodies.append(self.body)

    def generic_visit(self, node: ast.AST) -> Tokens:
        """What any part may be."""
        return self.all_of(ast.iter_child_nodes(node))

    def all_of(self, nodes: Iterable[ast.AST | None]) -> Tokens:
        """What any of the nodes may be."""
        return self.union([self.visit(node) for node in nodes if node is not None])

    def union(self, values: Iterable[Tokens]) -> Tokens:
        """All tokens, or one for them all, lest what is noted grow with the square of a long line."""
        tokens = NOTHING.union(*values)
        return tokens if len(tokens) <= _MANY else self.bundle(tokens)

    def bundle(self, tokens: Iterable[str]) -> Tokens:
        """One token that may be any of these."""
        token = f"<bundle>@{next(numbers)}"
        self.hold(token, tokens)
        return frozenset({token})

    def hold(self, holder: str, held: Iterable[str]) -> None:
        """Note what a token may be, or hold."""
        self.statement.holds += [(holder, token) for token in held]

    # names

    def scope_of(self, name: str) -> Scope | None:
        """The function, class or comprehension of which ``name`` is a local here."""
        for depth, scope in enumerate(reversed(self.scopes)):
            if name in scope.names and (depth == 0 or not scope.is_class):
                return scope
        return None

    def token(self, name: str) -> str:
        """What stands for a name that is used here."""
        scope = self.scope_of(name)
        return f"{name}@{scope.number}" if scope else name

    def visit_Name(self, node: ast.Name) -> Tokens:
        """A name that is used; what is built in can neither be altered nor needed."""
        token = self.token(node.id)
        self.body.uses.add(token)
        if token == node.id:
            self.statement.reads.add(token)
            return NOTHING if token in _BUILTINS else frozenset({token})
        return frozenset({token})

    def bind_name(self, name: str, value: Iterable[str] = ()) -> str:
        """Note that a name of this scope, or of one around it, is bound."""
        scope, token = self.scope_of(name), self.token(name)
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
        """``target`` may be ``value``, or a part of it, from now on. ``node``: whose value that is."""
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
        """``target`` may be the very object that ``node`` names, or lists."""
        if isinstance(target, ast.Name) and isinstance(node, ast.Name):
            self.statement.same.append((self.token(target.id), self.token(node.id)))
        elif isinstance(target, ast.Name) and isinstance(node, ast.List | ast.Tuple | ast.Set):
            for part in node.elts:
                self.alias(target, part)
        elif isinstance(target, ast.Tuple) and isinstance(node, ast.Tuple):
            for part, single in zip(target.elts, node.elts, strict=False):
                self.alias(part, single)

    def store(self, target: ast.Attribute | ast.Subscript, value: Tokens) -> None:
        """An item or an attribute is set, or deleted."""
        objects = self.visit(target.value)
        if isinstance(target, ast.Subscript):
            self.visit(target.slice)
        elif isinstance(target.value, ast.Name):
            self.body.tags |= objects
        self.body.alters |= objects | _attributes(target.value)
        scope = self.scope_of(root(target))
        if scope is None or scope.instance != root(target):  # what an object holds, those know who use it
            for token in objects - {MODULE}:
                self.hold(token, value)

    # expressions

    def visit_Constant(self, node: ast.Constant) -> Tokens:
        """A text may name what is looked up."""
        if isinstance(node.value, str):
            self.statement.words.update(_WORD.findall(node.value))
        return NOTHING

    def visit_Attribute(self, node: ast.Attribute) -> Tokens:
        """An attribute is a part of its object; some lead to all that the module holds."""
        value: Tokens = self.visit(node.value)
        if node.attr == "__subclasses__":
            self.statement.reads.add(".__subclasses__")
        if node.attr in ("__globals__", "modules"):
            self.statement.looks_up = True
            return frozenset({MODULE})
        return value

    def visit_Subscript(self, node: ast.Subscript) -> Tokens:
        """An item is a part of its container."""
        self.visit(node.slice)
        value: Tokens = self.visit(node.value)
        return value

    def visit_Dict(self, node: ast.Dict) -> Tokens:
        """What ``**`` spreads out is copied, and what is stored in the copy leaves it alone."""
        copied = [value for key, value in zip(node.keys, node.values, strict=True) if key is None]
        self.all_of(copied)
        return self.all_of([*node.keys, *(value for value in node.values if value not in copied)])

    def visit_BinOp(self, node: ast.BinOp) -> Tokens:
        """Sums are new, but lists that are joined hold what they held."""
        sides = [(self.visit(side), is_display(side)) for side in (node.left, node.right)]
        return NOTHING.union(*(value for value, is_list in sides if is_list))

    def visit_Compare(self, node: ast.AST) -> Tokens:
        """What is new holds nothing."""
        self.generic_visit(node)
        return NOTHING

    visit_UnaryOp = visit_JoinedStr = visit_Compare

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Tokens:
        """A name is bound on the way."""
        value: Tokens = self.visit(node.value)
        self.bind(node.target, value, node.value)
        return value

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Tokens:
        """Its first iterable is read outside it."""
        targets = itertools.chain.from_iterable(ast.walk(part.target) for part in node.generators)
        names = {name.id for name in targets if isinstance(name, ast.Name)}
        first = self.visit(node.generators[0].iter)
        self.scopes.append(Scope(next(numbers), names))
        for position, generator in enumerate(node.generators):
            self.bind(generator.target, self.visit(generator.iter) if position else first)
            self.all_of(generator.ifs)
        value = self.all_of([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self.scopes.pop()
        return value

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp

    # calls

    def visit_Call(self, node: ast.Call) -> Tokens:
        """A call of anything."""
        callee = self.visit(node.func)
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        values = [self.visit(argument) for argument in arguments]
        for keyword, value in zip(node.keywords, values[len(node.args) :], strict=True):
            self.body.alters |= value if keyword.arg == "out" else NOTHING
        if _last(node.func) == "dict" and node.args and not isinstance(node.args[0], ast.Starred):
            values[0] = NOTHING  # is copied
        return self.called(node.func, callee, arguments, values)

    def called(
        self, function: ast.expr, callee: Tokens, arguments: Sequence[ast.expr], values: Sequence[Tokens]
    ) -> Tokens:
        """What a call gives; what it may alter is noted."""
        last, given = _last(function), self.union(values)
        if last in harmless.LOOKING_UP and (isinstance(function, ast.Name) or _names_module(arguments)):
            self.statement.looks_up = True
            self.body.alters |= {MODULE} if last == "exec" else NOTHING
            return NOTHING if last == "eval" else frozenset({MODULE})
        self.alter_known(function, arguments, values)
        if last in harmless.APPLYING:
            self.apply(arguments, values, given)
        if isinstance(function, ast.Attribute):
            return self.called_method(function, callee, arguments, given)
        if last in _BUILTINS and self.token(last) == last:
            return NOTHING if last in harmless.FRESH else given
        if not self.scopes and not isinstance(function, ast.Subscript):
            self.body.touches |= callee
        self.hand(callee, arguments, given)
        site = f"{self.token(root(function)) or '@'}({next(numbers)}"
        self.hold(site, given)
        return frozenset({site, *(f"{token}()" for token in callee)})

    def called_method(
        self, function: ast.Attribute, callee: Tokens, arguments: Sequence[ast.expr], given: Tokens
    ) -> Tokens:
        """What a call of a method, or of a module's function, gives."""
        name = function.attr
        if root(function) in harmless.MODULES or name in harmless.METHODS:
            return callee | given if name in harmless.VIEWING else NOTHING
        if name in harmless.KEEPING:
            self.body.alters |= callee | _attributes(function.value)
            for token in callee:
                self.hold(token, given)
        else:
            self.body.touches |= callee | _attributes(function.value)
        self.hand(callee, arguments, given)
        return callee | given

    def alter_known(
        self, function: ast.expr, arguments: Sequence[ast.expr], values: Sequence[Tokens]
    ) -> None:
        """Note what well-known functions alter."""
        last = _last(function)
        of_type = isinstance(function, ast.Attribute) and _last(function.value) in harmless.TYPES
        if values and (last in harmless.ALTERING or of_type):
            self.body.alters |= values[0]
            self.body.tags |= values[0]
        for argument, value in zip(arguments, values, strict=True):
            if _last(argument) in harmless.KEEPING:  # a method, to be called by who is given it
                self.body.touches |= value

    def hand(self, callee: Tokens, arguments: Sequence[ast.expr], given: Tokens) -> None:
        """Note what a function is given."""
        for token in callee:
            self.hold(f"{token}%", given)
            self.statement.same += [
                (f"{token}%", self.token(argument.id))
                for argument in arguments
                if isinstance(argument, ast.Name)
            ]

    def apply(self, arguments: Sequence[ast.expr], values: Sequence[Tokens], given: Tokens) -> None:
        """What is handed over with a function is what that is given."""
        for argument, value in zip(arguments, values, strict=True):
            if isinstance(argument, ast.Name | ast.Attribute | ast.Lambda):
                for token in value:
                    self.hold(f"{token}%", given - value)


def root(node: ast.AST) -> str:
    """The name in front of all dots and brackets."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def is_display(node: ast.AST | None) -> bool:
    """Whether it is a list, a dictionary, a set or a tuple that is written out."""
    return isinstance(
        node, ast.List | ast.Dict | ast.Set | ast.Tuple | ast.ListComp | ast.DictComp | ast.SetComp
    )


def _attributes(node: ast.AST) -> set[str]:
    found = set()
    while isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute):
            found.add(f".{node.attr}")
        node = node.value
    return found


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _names_module(arguments: Iterable[ast.expr]) -> bool:
    return any(isinstance(part, ast.Constant) and part.value == "__main__" for part in arguments)
