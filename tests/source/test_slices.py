"""Which statements of which cells are kept."""

from __future__ import annotations

import ast
import time

from grader.source import bound_names, defined_names, keep
from grader.source.slices import describe


def kept(*cells: str, roots: tuple[str, ...] = ("f",)) -> list[str]:
    trees = [ast.parse(cell) for cell in cells]
    return [
        ast.unparse(tree.body[position])
        for tree, positions in zip(trees, keep(trees, roots), strict=True)
        for position in positions
    ]


def test_definitions_and_imports_are_kept_and_the_rest_is_not() -> None:
    assert kept("import numpy as np\nx = 1\nprint(x)", "def f(): return 1") == [
        "import numpy as np",
        "def f():\n    return 1",
    ]


def test_a_name_that_kept_code_reads_free_brings_its_statement() -> None:
    assert "EPS = 1e-08" in kept("EPS = 1e-8\nOTHER = 2", "def f(x): return x + EPS")
    assert "OTHER = 2" not in kept("EPS = 1e-8\nOTHER = 2", "def f(x): return x + EPS")


def test_chains_are_followed_and_mutations_kept_in_order() -> None:
    found = kept("a = 2\nb = {'k': a}", "b['k'] += 1\nb.update(z=3)\nc = b", "def f(): return b")
    assert found[:4] == ["a = 2", "b = {'k': a}", "b['k'] += 1", "b.update(z=3)"]
    assert "c = b" not in found


def test_a_local_of_the_same_name_brings_nothing() -> None:
    assert "solver = train()" not in kept("solver = train()", "def f(solver): return solver")


def test_a_helper_that_the_roots_do_not_reach_brings_no_training() -> None:
    cells = ("solver = Solver()\nsolver.train()", "def plot(): return solver.history", "def f(): return 1")
    assert "solver = Solver()" not in kept(*cells)


def test_calls_on_modules_are_not_mutations() -> None:
    assert "plt.plot()" not in kept("import plt\nplt.plot()", "def f(): return plt")


def test_what_a_class_or_a_decorator_or_a_default_reads_is_kept() -> None:
    assert "BASE = dict" in kept("BASE = dict", "class f(BASE): pass")
    assert "N = 3" in kept("N = 3", "def f(n=N): return n")
    assert "wrap = str" in kept("wrap = str", "@wrap\ndef f(): pass")


def test_a_lambda_that_answers_is_kept() -> None:
    assert kept("f = lambda x: g(x)", "g = abs") == ["f = lambda x: g(x)", "g = abs"]


def test_a_main_block_is_not_run() -> None:
    assert kept("def f(): pass\nif __name__ == '__main__':\n    import x\n    f()") == ["def f():\n    pass"]


def test_a_conditional_definition_is_kept_when_it_is_wanted() -> None:
    assert len(kept("try:\n    from fast import f\nexcept ImportError:\n    def f(): pass")) == 1


def test_a_global_written_by_a_function_is_kept() -> None:
    assert "count = 0" in kept("count = 0", "def f():\n    global count\n    count += 1")


def test_a_chain_against_the_order_of_the_cells_is_followed_in_linear_time() -> None:
    cells = [f"a{number} = a{number - 1}" for number in range(1, 3_000)]
    started = time.process_time()
    assert len(kept(*cells, roots=("a2999",))) == 2_999
    assert time.process_time() - started < 5


def test_names_are_told_apart_once_for_each_tree() -> None:
    tree = ast.parse("import os\nx = 1\ndef f(): pass")
    assert defined_names(tree) == {"x", "f"}
    assert bound_names(tree) == {"x", "f", "os"}
    assert describe(tree) is describe(tree)
