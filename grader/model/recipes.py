"""Recipes: how a large input was drawn, as Python that draws it again.

A recipe comes out of a file that was downloaded, and a student pastes it: so it is a draw of NumPy's
generator from a seed, a rounding and arithmetic with numbers, and nothing else.
"""

from __future__ import annotations

import ast

MAX_RECIPE = 500
"""Characters."""
_FUNCTIONS = frozenset({"absolute", "add", "divide", "multiply", "negative", "subtract"})
_METHODS = {"standard_normal": 1, "round": 1}
"""Methods of what was drawn, and how many arguments they take."""


def is_recipe(text: str) -> bool:
    """Whether a text is a recipe."""
    if len(text) > MAX_RECIPE:
        return False
    try:
        return _draws(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False


def _draws(node: ast.expr) -> bool:
    """Whether an expression is a number, an array that is drawn, or arithmetic of these."""
    match node:
        case ast.Constant(value=int() | float()):
            return True
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=name), args=args, keywords=[]):
            return name in _FUNCTIONS and all(map(_draws, args))
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args, keywords=[]):
            fits = len(args) == _METHODS.get(name, -1) and all(map(_is_plain, args))
            return fits and (_is_generator(owner) if name == "standard_normal" else _draws(owner))
    return False


def _is_generator(node: ast.expr) -> bool:
    match node:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id="np"), attr="random"), attr="default_rng"
            ),
            args=[ast.Constant(value=int())],
            keywords=[],
        ):
            return True
    return False


def _is_plain(node: ast.expr) -> bool:
    """Whether a node is an integer, or a tuple of integers."""
    items = node.elts if isinstance(node, ast.Tuple) else [node]
    return all(isinstance(item, ast.Constant) and type(item.value) is int for item in items)
