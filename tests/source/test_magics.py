"""IPython's lines are made harmless where a statement can begin, and nowhere else."""

from __future__ import annotations

import contextlib
import time

import pytest

from grader.source.magics import DottedError, blank_magics


@pytest.mark.parametrize(
    ("source", "blanked"),
    [
        ("np.sum?", "pass"),
        ("np.sum??\nx = 1", "pass\nx = 1"),
        ("?np.sum", "pass"),
        ("np.*load*?", "pass"),
        ("if x:\n\t%pip install a\n", "if x:\n\tpass\n"),
        ("!pip install \\\n  numpy\nx = 1", "pass\n\nx = 1"),
        ("!echo it's (\n%cd", "pass\npass"),
        ("a, b = !ls", "a, b = None"),
        ("t['k'] = %timeit -o f()", "t['k'] = None"),
        ("a = b.c =!ls", "a = b.c =None"),
        ("# it's\n%cd", "# it's\npass"),
        ("x = 'it\\'s'\n%cd", "x = 'it\\'s'\npass"),
        ('"""(\n"""\n%cd', '"""(\n"""\npass'),
        ("x = 'no end\n%cd", "x = 'no end\npass"),
        ("%%time\nx = 1", "\nx = 1"),
        ("%%bash\nx = 1\n", "\n\n"),
        ("%%", ""),
    ],
)
def test_a_magic_is_made_harmless(source: str, blanked: str) -> None:
    assert blank_magics(source) == blanked
    assert blanked.count("\n") == source.count("\n")


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
        "x = 0 if True?",
        "print(x)?",
        "x = np.sum?",
        "# what is this?",
        "x = [1,\n!ls",
    ],
)
def test_what_is_no_magic_stays(source: str) -> None:
    assert blank_magics(source) == source


@pytest.mark.parametrize("head", ["", "x", "(", "%", "x = ", "'''"])
@pytest.mark.parametrize(
    "piece",
    ["'", '"', "'''", '"""', "\\", "\\\n", " ", "\n", "(", ")", "%", "?", "a?", "a.", "x=", "[", "x['", "\"'",
     "'\n", "%\\\n", "x=!a\n", "a? ", "a=[]", ". ", ".\\\n", "f'{", "\u2118."],
)  # fmt: skip
def test_any_text_is_read_once(head: str, piece: str) -> None:
    source = head + piece * ((64 * 1024 - len(head)) // len(piece))
    started = time.process_time()
    with contextlib.suppress(DottedError):
        blank_magics(source)
    assert time.process_time() - started < 3  # 0.1 s at the most; quadratic, minutes
