"""Whether a definition is a starter: what a course hands out to be filled in, and nothing computed in it.

Starters of other years and other courses are not known by their text. What they have in common is known: a
result is left blank (``None``, ``0, {}``, ``pass``, ``raise NotImplementedError``), and around it stands no
more than what every starter gives: arguments are unpacked, defaults set, modes told apart, state put back.
One operation on arrays, one call of anything else, and it is somebody's answer, however wrong.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from itertools import islice

from grader.source.definitions import Definition

_MAX_NODES = 2_000
"""Nodes of a definition that may be a starter."""
_METHODS = frozenset(
    {"get", "setdefault", "items", "iteritems", "keys", "values", "astype", "copy", "pop", "seed"}
)
"""Calls by which a starter unpacks its arguments and sets defaults."""
_FUNCTIONS = frozenset(
    {"len", "range", "xrange", "print", "dict", "list", "tuple", "float", "int", "str", "isinstance", "type"}
)
_FILLED = frozenset({"zeros", "zeros_like", "empty", "empty_like"})
"""NumPy's arrays with nothing in them: a blank result, but not a parameter's starting value."""


def is_starter(definition: Definition, *, identity_given: bool = False) -> bool:
    """Whether a function or a method leaves a result blank, and computes nothing.

    Handing an argument on as the result is an answer, unless it is ``identity_given``.
    """
    if not isinstance(definition, ast.FunctionDef) or definition.decorator_list:
        return False
    if next(islice(ast.walk(definition), _MAX_NODES, None), None) is not None:
        return False
    try:
        body = _Body(definition, identity_given=identity_given)
        return body.is_given(definition.body) and body.blank
    except RecursionError:
        return False


class _Body:
    """One reading of a function: what is found on the way."""

    def __init__(self, definition: ast.FunctionDef, *, identity_given: bool) -> None:
        arguments = definition.args
        listed = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        self._parameters = {argument.arg for argument in listed}
        self._results = set() if identity_given else _first_results(definition)
        self._identity_given = identity_given
        self._makes_parameters = definition.name == "__init__"
        self._defaults = [*arguments.defaults, *(d for d in arguments.kw_defaults if d is not None)]
        self.blank = False
        """Something was left to be filled in."""

    def is_given(self, statements: Sequence[ast.stmt]) -> bool:
        """Whether statements are such as every starter has."""
        return all(map(self._plain, self._defaults)) and all(map(self._statement, statements))

    def _statement(self, node: ast.stmt) -> bool:
        match node:
            case ast.Pass() | ast.Expr(value=ast.Constant(value=builtins.Ellipsis)):
                self.blank = True
                return True
            case ast.Expr(value=ast.Constant()):
                return True
            case ast.Import() | ast.ImportFrom():
                return True
            case ast.Raise():
                self.blank |= "NotImplemented" in ast.unparse(node)
                return True
            case ast.Assert(test=test):
                self.blank |= isinstance(test, ast.Constant)
                return self._plain(test)
            case ast.Expr(value=ast.Call() as call):
                return self._plain(call)
            case ast.Return(value=value):
                return self._return(value)
            case ast.Assign(targets=targets, value=value):
                return all(self._assignment(target, value) for target in targets)
            case ast.AnnAssign(target=target, value=value):
                return value is None or self._assignment(target, value)
            case ast.If(test=test):
                return self._condition(test) and self._all(node.body, node.orelse)
            case ast.For(iter=iterable):
                return self._plain(iterable) and self._all(node.body, node.orelse)
        return False

    def _all(self, *blocks: Iterable[ast.stmt]) -> bool:
        return all(self._statement(statement) for block in blocks for statement in block)

    def _return(self, value: ast.expr | None) -> bool:
        if value is None:
            self.blank = True
            return True
        entries = value.elts if isinstance(value, ast.Tuple) and value.elts else [value]
        first = entries[0]
        self.blank |= _is_blank(first)
        if any(map(_is_filled, entries)):
            return False
        handed_on = _without_copies(first)
        if isinstance(handed_on, ast.Name) and handed_on.id in self._parameters and not self._identity_given:
            return False
        return self._plain(value)

    def _assignment(self, target: ast.expr, value: ast.expr) -> bool:
        """A result left blank, an argument unpacked, a setting kept."""
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            return len(target.elts) == len(value.elts) and all(map(self._assignment, target.elts, value.elts))
        if isinstance(target, ast.Name):
            self.blank |= _is_blank(value) or _is_filled(value)
            handed_on = _without_copies(value)
            if isinstance(handed_on, ast.Name) and target.id in self._results - {handed_on.id}:
                return False  # an argument as the result
            return self._plain(value)
        if isinstance(target, ast.Tuple):
            return self._plain(value)
        if isinstance(target, ast.Attribute | ast.Subscript):
            self.blank |= _is_blank(value)
            if isinstance(target, ast.Subscript) and not _is_setting(target):
                return False
            return self._plain(target) and not _is_filled(value) and self._condition(value)
        return False

    def _condition(self, node: ast.expr) -> bool:
        """A test, or a setting that is one: ``dropout > 0``."""
        if isinstance(node, ast.Compare):
            return all(map(self._plain, (node.left, *node.comparators)))
        if isinstance(node, ast.BoolOp):
            return all(map(self._condition, node.values))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._condition(node.operand)
        return self._plain(node)

    def _plain(self, node: ast.expr) -> bool:
        """Whether an expression reads, and computes nothing but sizes."""
        match node:
            case ast.Constant() | ast.Name():
                return True
            case ast.Attribute(value=value) | ast.Starred(value=value):
                return self._plain(value)
            case ast.Subscript(value=value, slice=index):
                return (
                    self._plain(value) and not isinstance(index, ast.Slice | ast.Tuple) and self._plain(index)
                )
            case ast.UnaryOp(operand=ast.Constant()):
                return True
            case ast.Tuple(elts=entries) | ast.List(elts=entries):
                return all(map(self._plain, entries))
            case ast.Dict(keys=keys, values=values):
                return all(key is not None and self._plain(key) for key in keys) and all(
                    map(self._plain, values)
                )
            case ast.ListComp(elt=entry, generators=[ast.comprehension(iter=iterable, ifs=[])]):
                return self._plain(entry) and self._plain(iterable)
            case ast.IfExp(test=test, body=one, orelse=other):
                return self._condition(test) and self._plain(one) and self._plain(other)
            case ast.Compare(ops=[ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq()]):
                return self._condition(node)
            case ast.JoinedStr():
                return True
            case ast.BinOp():
                return _is_size(node)
            case ast.Call():
                return self._call(node)
        return False

    def _call(self, node: ast.Call) -> bool:
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if _is_filled(node):
            return not self._makes_parameters
        name = node.func
        known = (
            name.attr in _METHODS and self._plain(name.value)
            if isinstance(name, ast.Attribute)
            else isinstance(name, ast.Name) and name.id in _FUNCTIONS
        )
        return known and all(map(self._plain, given))


def _is_size(node: ast.BinOp) -> bool:
    """``3 * 32 * 32``, ``1 + len(hidden_dims)``, ``self.num_layers - 1``."""
    one, other = node.left, node.right
    if isinstance(one, ast.Constant):
        one, other = other, one
    if not isinstance(other, ast.Constant):
        return False
    if isinstance(one, ast.Constant):
        return True
    if isinstance(one, ast.BinOp):
        return _is_size(one)
    if isinstance(one, ast.Call):
        return isinstance(one.func, ast.Name) and one.func.id == "len"
    return isinstance(one, ast.Attribute) and isinstance(node.op, ast.Add | ast.Sub)


def _first_results(definition: ast.FunctionDef) -> set[str]:
    """The names that are returned first: an output, not the cache or the settings after it."""
    names = set()
    for node in ast.walk(definition):
        if isinstance(node, ast.Return) and node.value is not None:
            value = node.value
            first = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
            if isinstance(first, ast.Name):
                names.add(first.id)
    return names


def _is_setting(target: ast.Subscript) -> bool:
    """``config["velocity"]`` or, in a loop over them, ``self.params[k]``; not an element of an array."""
    key = target.slice
    named = isinstance(key, ast.JoinedStr) or (isinstance(key, ast.Constant) and isinstance(key.value, str))
    return named or (isinstance(key, ast.Name) and isinstance(target.value, ast.Attribute))


def _without_copies(node: ast.expr) -> ast.expr:
    """What ``x.copy()`` and ``x.astype(dtype)`` are made of."""
    while (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("copy", "astype")
    ):
        node = node.func.value
    return node


def _is_blank(node: ast.expr) -> bool:
    """``None``, ``0``, ``{}``, ``...``; or a row of them."""
    if isinstance(node, ast.Tuple):
        return any(map(_is_blank, node.elts))
    if isinstance(node, ast.Dict | ast.List):
        return not (node.keys if isinstance(node, ast.Dict) else node.elts)
    if isinstance(node, ast.Name):
        return node.id == "NotImplemented"
    return isinstance(node, ast.Constant) and node.value in (None, 0, ...) and node.value is not False


def _is_filled(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FILLED
