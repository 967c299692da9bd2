"""Definitions: found, compared and replaced."""

from __future__ import annotations

import ast

from grader.source import find, replace, same_code

SOURCE = """\
def f(x):
    return x

class Net:
    @property
    def size(self):
        return 1
    def loss(self, X):
        return X
"""


def test_functions_and_methods_are_found_by_name() -> None:
    tree = ast.parse(SOURCE)
    assert find(tree, "f") is not None
    assert find(tree, "Net.loss") is not None
    assert find(tree, "Net.step") is None
    assert find(tree, "g") is None


def test_a_replaced_method_keeps_its_class() -> None:
    text = replace(SOURCE, ast.parse(SOURCE), "Net.loss", "def loss(self, X):\n    return np.sum(X) + 1\n")
    assert text is not None
    namespace: dict[str, object] = {}
    exec(text, namespace)
    net = namespace["Net"]()  # type: ignore[operator]
    assert (net.loss([1, 2]), net.size) == (4, 1)


def test_every_definition_of_a_name_is_replaced_decorators_too() -> None:
    source = "@wrong\ndef f():\n    return 1\n\ndef f():\n    return 2\n"
    text = replace(source, ast.parse(source), "f", "def f():\n    return 3\n")
    assert text is not None
    assert text.count("return 3") == 2
    assert "wrong" not in text


def test_nothing_to_replace_is_none() -> None:
    assert replace(SOURCE, ast.parse(SOURCE), "g", "def g(): pass") is None


def test_same_code_ignores_comments_docstrings_and_annotations_only() -> None:
    def function(text: str) -> ast.AST:
        return ast.parse(text).body[0]

    stub = function('def f(x):\n    """Do it."""\n    # TODO\n    out = None\n    return out')
    assert same_code(stub, function("def f(x: int) -> int:\n    out = None  # mine\n    return out"))
    assert not same_code(stub, function("def f(x):\n    out = x\n    return out"))
    assert not same_code(stub, function("def f(x):\n    return None"))


def test_what_is_larger_than_any_release_is_not_as_released() -> None:
    large = ast.parse("def f():\n    return [" + "1," * 20_000 + "]").body[0]
    assert not same_code(large, large)
