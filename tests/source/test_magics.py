"""IPython's lines are made harmless where a statement can begin, and nowhere else."""

from __future__ import annotations

import contextlib
import time

import pytest

from grader.source.magics import MAX_CELL_MAGICS, to_python


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("np.sum?", "pass"),
        ("np.sum??\nx = 1", "pass\nx = 1"),
        ("?np.sum", "pass"),
        ("np.*load*?", "pass"),
        ("a[0][-1].b??", "pass"),
        ("x = np.sum?", "pass"),
        ("x = 0 if True?", "pass"),
        ("x = 1; np.sum?", "pass"),
        ("x = (1,\n  2).real?\ny = 1", "pass\n\ny = 1"),
        ("if x:\n\t%pip install a\n", "if x:\n\tpass\n"),
        ("!pip install \\\n  numpy\nx = 1", "pass\n\nx = 1"),
        ("!echo it's (\n%cd", "pass\npass"),
        ("a, b = !ls", "a, b = None"),
        ("t['k'] = %timeit -o f()", "t['k'] = None"),
        ("b.c =!ls", "b.c =None"),
        ("x: list = !ls", "x: list = None"),
        ("if x: y = !ls", "if x: y = None"),
        ("x = \\\n  %time f()", "x = \\\n  None"),
        ("f(a=1)[b] = !ls", "f(a=1)[b] = None"),
        ("x = !ls \\\n  -l\ny = 1", "x = None\n\ny = 1"),
        ("x = !ls *.py?", "pass"),
        ("# it's\n%cd", "# it's\npass"),
        ("x = 'it\\'s'\n%cd", "x = 'it\\'s'\npass"),
        ('"""(\n"""\n%cd', '"""(\n"""\npass'),
        ("x = 'no end\n%cd", "x = 'no end\npass"),
        ("x = f'{a['b']:>{w}} {{'\n%cd", "x = f'{a['b']:>{w}} {{'\npass"),
        ("x = rf'\\{a}\\'\n%cd", "x = rf'\\{a}\\'\npass"),
        ("x = '\\N{DIGIT ONE}' f'\\N{DIGIT ONE}'\n%cd", "x = '\\N{DIGIT ONE}' f'\\N{DIGIT ONE}'\npass"),
        ("x = 1 if'('in y else 2\n%cd", "x = 1 if'('in y else 2\npass"),
    ],
)
def test_a_line_magic_is_made_harmless(source: str, python: str) -> None:
    assert to_python(source) == python
    assert python.count("\n") == source.count("\n")


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("/f 1 2", "f(1, 2)"),
        ("/f 1 \\\n 2\nx = 1", "f(1, 2)\n\nx = 1"),
        (",f a b", 'f("a", "b")'),
        (";f a b", 'f("a b")'),
        (",f what?", "pass"),
        (",f a # what?", 'f("a", "#", "what?")'),
    ],
)
def test_a_call_without_parentheses_is_a_call(source: str, python: str) -> None:
    assert to_python(source) == python


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("%%time\nx = 1", "\nx = 1"),
        ("%%bash\nx = 1\n", "\n\n"),
        ("%%", ""),
        ("%% time\nx = 1", "\n"),
        ("%%time?\nx = 1", "pass\nx = 1"),
        ("%%time\n%%bash\nls", "\n\n"),
        ("# a remark\n%%bash\nx = 1", "# a remark\npass\nx = 1"),
        (
            "\n%%time\n%%capture out --no-stderr\n  x = 1\n  !ls",
            "\n\nout = None\nx = 1\npass",
        ),
    ],
)
def test_a_cell_magic_leaves_what_this_kernel_runs(source: str, python: str) -> None:
    assert to_python(source) == python


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("  %time\n  x = 1", "pass\nx = 1"),
        ("\n  \n  x = 1", "\n\nx = 1"),
        (">>> x = 1\n>>> %cd\n1", "x = 1\npass\n1"),
        (">>> if x:\n...     %cd", "if x:\n    pass"),
        (">>> x = '''a\n... b'''", "x = '''a\nb'''"),
        ("In [3]: x = 1\n   ...: %cd", "x = 1\npass"),
    ],
)
def test_indentation_and_prompts_of_a_whole_cell_are_taken_off(source: str, python: str) -> None:
    assert to_python(source) == python


@pytest.mark.parametrize(
    "source",
    [
        "x = (7\n% 4)",
        "x = 7 \\\n% 4",
        "x = '''\n!ls\n'''",
        'x = """\n\'\'\'\n%ls\n"""',
        "x = 'a\\\n%b'",
        "'rate=%d' % 3",
        "x = 5 % 3",
        "x = y != z",
        "x == %s",
        "x = 0 if True   # no else needed?",
        "print(x)?",
        "x = 5?",
        "a[b]?",
        "np.sum???",
        "np.sum? ",
        "print(np.sum?",
        "# what is this?",
        "x = [1,\n!ls",
        "if x: %cd",
        "x = 1; !ls",
        "a = b = !ls",
        "x \\\n= !ls",
        "x = %%time",
        "x = %b'a'",
        "%= 3",
        "!= 3",
        "// f",
        "/",
        "x = f'{\n7\n% 4}'",
        "x = f'''\n%cd\n{x\n% 2:\n}'''",
        "def f():\n    '''A pasted session.\n\n    >>> f()\n    ... 1\n    '''",
        "text = '''\n>>> f()\n'''",
    ],
)
def test_what_is_no_magic_stays(source: str) -> None:
    assert to_python(source) == source


def test_cell_magics_on_top_of_each_other_are_bounded() -> None:
    assert to_python("%%time\n" * (MAX_CELL_MAGICS - 1) + "x = 1").endswith("\nx = 1")
    with pytest.raises(ValueError, match="cell magics"):
        to_python("%%time\n" * MAX_CELL_MAGICS + "x = 1")


@pytest.mark.parametrize("head", ["", "x", "(", "%", "x = ", "'''", "f'{"])
@pytest.mark.parametrize(
    "piece",
    ["'", '"', "'''", '"""', "\\", "\\\n", " ", "\n", "(", ")", "%", "?", "a?", "a.", "x=", "[", "x['", "\"'",
     "'\n", "%\\\n", "x=!a\n", "a? ", "a=[]", ". ", ".\\\n", "f'{", "\u2118.", "f'{x:", "f'{x:{", "{", "}",
     "\\N{", "f'''", "/f \n", ",f a ", "x=%a?\n", "a[0]", "]", ">>> ", "...: ", ">>> '''\n", "%%time\n", "= ",
     "= %", "1", "In [1]: ", " \n", "  a\n b\n", "; ", "\x0c", ">>> x='''\n'''\n", "/(", "x=!'''\n"],
)  # fmt: skip
def test_any_text_is_read_once(head: str, piece: str) -> None:
    source = head + piece * ((64 * 1024 - len(head)) // len(piece))
    started = time.process_time()
    with contextlib.suppress(ValueError):  # too many dots, or cell magics
        to_python(source)
    assert time.process_time() - started < 3  # 0.2 s at the most; quadratic, minutes
