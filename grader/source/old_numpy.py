"""Names that NumPy had once, and what they are called today. The student's own machine may have had them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

RENAMED_IN_NUMPY = {
    "NINF": "-np.inf",
    "NZERO": "-0.0",
    "NaN": "np.nan",
    "Inf": "np.inf",
    "Infinity": "np.inf",
    "PINF": "np.inf",
    "PZERO": "0.0",
    "alltrue": "np.all",
    "asfarray": "np.asarray",
    "asscalar": "np.ndarray.item",
    "bool": "bool",
    "cfloat": "np.complex128",
    "complex": "complex",
    "complex_": "np.complex128",
    "cumproduct": "np.cumprod",
    "float": "float",
    "float_": "np.float64",
    "in1d": "np.isin",
    "infty": "np.inf",
    "int": "int",
    "long": "int",
    "longcomplex": "np.clongdouble",
    "longfloat": "np.longdouble",
    "mat": "np.asmatrix",
    "msort": "np.sort",
    "object": "object",
    "product": "np.prod",
    "rank": "np.ndim",
    "round_": "np.round",
    "row_stack": "np.vstack",
    "singlecomplex": "np.complex64",
    "sometrue": "np.any",
    "str": "str",
    "string_": "np.bytes_",
    "trapz": "np.trapezoid",
    "unicode": "str",
    "unicode_": "np.str_",
}
"""What was a name of NumPy, by that name: an expression in today's names."""
KEYWORDS = {("reshape", "newshape"): "shape"}
"""Function and argument that was renamed."""
_STILL_THERE = frozenset({"bool", "long"})
"""NumPy 2 has these names again."""
_MENTIONED = re.compile(
    rf"\b(?:np|numpy)\s*\.\s*(?:{'|'.join(RENAMED_IN_NUMPY)})\b|from\s+numpy\s+import|\bnewshape\b"
)
_MODULES = frozenset({"np", "numpy"})


def old_names(source: str, tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, old name and today's of each that a source uses."""
    if not _MENTIONED.search(source):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if (
                module in _MODULES and name in RENAMED_IN_NUMPY
            ):
                if name not in _STILL_THERE:
                    yield node.lineno, f"np.{name}", RENAMED_IN_NUMPY[name]
            case ast.ImportFrom(module="numpy", names=aliases):
                for alias in aliases:
                    if alias.name in RENAMED_IN_NUMPY and alias.name not in _STILL_THERE:
                        yield node.lineno, f"np.{alias.name}", RENAMED_IN_NUMPY[alias.name]
            case ast.Call(func=ast.Attribute(attr=function), keywords=keywords):
                for keyword in keywords:
                    if new := KEYWORDS.get((function, keyword.arg or "")):
                        yield node.lineno, f"{keyword.arg}=", f"{new}="
