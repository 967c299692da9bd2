"""Notebook cells drawn from a grammar: Python, magics of every sort at every place, and their doubles.

``drawn`` gives the same cells for the same seed. ``REPORTED`` are cells that other tools were reported to
read wrongly, with the report.
"""

from __future__ import annotations

from random import Random
from textwrap import indent

PYTHON = (
    "x = 1", "x = y % 3", "x %= 3", "x = 7 \\\n% 4", "total = (7\n% 4)", "a = b = c", "print('rate=%d' % x)",
    "print('a'\n      '%s' % x)", "assert x != y", "assert (x\n!= y)", "x = y / 2", "x = (y\n/ 2)",
    "x = {'k': 1, **d}", "t['='] = f(a=1)", "f(a=1)[b].c = 2", "x: int = 3", "a, *b = c", "x = y if z else w",
    "x @= w", "x = lambda a=1: a", "x = [i for i in y if i != 3]", "del x", "import numpy as np",
    "from math import pi", "s = '%matplotlib inline'", "s = '!ls'", 's = "it\'s"', "s = 'what?'",
    "s = 'a\\'b (' ", "s = '''\n%cd\n!ls\n'''", 'text = """\nnp.sum?\n"""', "s = r'\\d'", "s = rb'\\d'",
    "s = b'(' + b\"[\"", "s = 'a' \\\n    '%b'", "s = '\\\n%cd'", "s = f'{x}'", "s = f'{x!r:>{w}} %d {{'",
    "s = f\"{d['k']}?\"", "s = f'''\n%ls\n{x\n}\n'''", "s = f'('", "s = rf'\\{x}['", "s = f'{x:%H:%M}'",
    "s = f'{x=}'", "s = f'\\N{DIGIT ONE}{x}'", "s = F'{(lambda: 1)()}'", "s = 1 if'('in x else 2",
    "größe = 1", "λ = größe % 2", "変数 = '?'", "x = 1;", "x = 1; y = 2", "# what is this?", "# %matplotlib",
    "# it's (", "x = 1  # = !ls", "x = (1,  # why?\n     2)", "...", "pass", "x = ...",
    "x = 0xff + 1_000 + 1e-3 + 2j", "x = a[1:2, ...]", "x = a[\n    0]", "print(x); print(y)", "x = not y",
    "(x := 3)", "x = -y ** 2", "x <<= 2", "x = a <= b == c >= d",
    "def f(x):\n    \"\"\"A session.\n\n    >>> f(1)\n    1\n    \"\"\"\n    return x % 2",
    "def f(x, *, y=1, **k) -> int: return x", "@decorated(a=1)\ndef f(): pass",
    "class A(B, metaclass=M):\n    x = 1", "@a.b\n# why?\n@c\nclass A: pass", "for i in x: print(i)",
    "try:\n    x\nexcept E as e:\n    raise", "with a as b, c as d:\n    pass", "while x: break",
    "match x:\n    case [1, *_]:\n        y = 1", "if x:\n    y = 1\nelif z:\n    y = 2\nelse:\n    y = 3",
    "async def f():\n    await g()", "def g():\n\n    x = (1 +\n2)\n\n    return x",
    "if x:\n    # only\n\n    pass", "x = '''a\n   \nb'''", "get_ipython()",
)  # fmt: skip
"""Whole statements, none of them a magic."""

COMPILED = (
    "return x", "yield x", "await x", "break", "global x", "nonlocal x", "def f(x, x): pass", "x = *a",
    "*a = b", "from __future__ import annotations", "from __future__ import nothing",
    "async for i in x: pass", "async with x as y: pass", "y = [await z for z in x]", "def f(): await x",
    "class A: await x", "if x:\n    from __future__ import division", "def f():\n    x = 1\n    global x",
    "for i in x: continue", "def f(): yield", "lambda: (yield)", "try: pass\nexcept: pass\nexcept E: pass",
    "__debug__ = 1",
)  # fmt: skip
"""What the compiler judges, in a cell or anywhere."""

LINES = (
    "%matplotlib inline", "%time f(x)", "%timeit -n 3 f(x) % 2", "%cd", "%%time", "% time x",
    "%load_ext autoreload", "%env A=b", "%time x = (1,", "%run it's.py", "%config A.b = 'c'",
    "%sql select \"a", "%%bash ls", "%pip install a \\\n    b", "!ls", "!ls -l | grep 'x'", "!echo it's",
    "!echo (", "!echo \"\"\"", "!!ls", "!{x} \"hello\"", "!pip install \\\n  numpy", "!", "!echo 012 1__2",
    "!a=b; echo $a", "! ls", "!echo a # b", "?np.sum", "??np.sum", "?", "? np", "?np.*load*", "?%time",
    "np.sum?", "np.sum??", "a[0].b?", "a[-1]?", "np.*load*?", "%time?", "%%time??", "größe?", "x = np.sum?",
    "x = 1; np.sum?", "print(x).real?", "x = lambda y: y?", "(a,\n b).c?", "x = 1 + \\\n    y?",
    "import numpy?", "else?", "*?", "!ls x?", "%run x?", "!ls \\\n x?", "x = !ls *.py?", "x = %run y?",
    "True?", "/f x?", "f(a)?", "a.5?", "a[b]?", "np.sum? ", "np.sum ?", "a???", "a? b", "a?;", "a? # b", "5?",
    "'a'?", "'a?'", "f(a?)",
)  # fmt: skip
"""Magics of one logical line, and what only nearly is one."""

CALLS = (
    "/f 1 2", "/f", "/f x \\\n  y", "/a.b 'c' d", ",f a b", ",f", ", a", ",f a\"b", ",f a # b", ";f a b",
    ";f", ";", ";f it's", "/", "/f a=1 b", "/f a,b", ",f a?b",
)  # fmt: skip
"""IPython's calls without parentheses."""

ASSIGNED = (
    "x = !ls", "x =!ls -l", "x = ! ls", "x = !", "x, y = !ls", "x[0] = !ls", "x.y = !ls | grep '='",
    "x['='] = !ls", "x: list = !ls", "if x: y = !ls", "for i in x: y = !ls", "f(a=1).b = !ls", "x[\n0] = !ls",
    "x = \\\n !ls", "x = !ls \\\n -l", "x = !echo '''", "x \\\n = !ls", "x == y = !ls", "x = y = !ls",
    "x += !ls", "x = y; z = !ls", "x = [!ls]", "f(x=!ls)", "(x := !ls)", "x = (!ls)", "return !ls", "x !ls",
    "x = %time f()", "x = %timeit -o f(a=1)", "x = % time y", "x=%time (", "x = %time \\\n y",
    "x = \\\n %time y", "x \\\n = %time y", "x = %%time y", "x = %5", "x = %größe", "x = y = %time z",
    "x %= %time y", "t = %sql select 'a", "x = y % z", "x = y %z", "x = %=3", "x = !=3", "λ = !ls",
    "x = f'=' or %time",
)  # fmt: skip
"""Magics after a ``=``, and what only nearly is one."""

HEADS = (
    "%%time", "%%timeit -n 3", "%%capture", "%%capture out", "%%capture --no-stderr out", "%%prun -l 3",
    "%%bash", "%%html", "%%HTML", "%%writefile a.py", "%%javascript", "%%latex", "%%time\n%%capture out",
    "%%time\n\n\n  %%bash", "%%time?", "%%", "%% time", "%%unknown x", "%%sh --out x", "\n\n%%time",
    "  \n  %%bash", "%%time  ", "# first\n%%time",
)  # fmt: skip
"""What a cell may begin with."""

BLOCKS = (
    "if x:",
    "else:",
    "for i in range(3):",
    "def f(x):",
    "class A:",
    "while True:",
    "with a as b:",
    "try:",
    "except E:",
    "async def g():",
    "if (x and\n        y):",
    "def f(x=(1,\n  2)):",
)


def drawn(count: int, seed: int = 0) -> list[str]:
    """Cells for a seed."""
    random = Random(seed)
    return [_cell(random) for _ in range(count)]


def _cell(random: Random) -> str:
    text = "\n".join(_piece(random, depth=0) for _ in range(random.choice((1, 1, 2, 2, 3, 5, 8))))
    if random.random() < 0.2:
        text = f"{random.choice(HEADS)}\n{text}"
    if random.random() < 0.08:
        text = _with_prompts(random, text)
    if random.random() < 0.12:
        text = indent(text, random.choice(("  ", "    ", "\t")))
    if random.random() < 0.1:
        text = random.choice(("\n", "\n\n", "   \n", "\t\n\n")) + text
    if random.random() < 0.12:
        text = _damaged(random, text)
    return text + random.choice(("", "", "\n", "\n\n", "\n   ", "\n   \n"))


def _piece(random: Random, depth: int) -> str:
    kind = random.random()
    if kind < 0.34:
        return random.choice(PYTHON)
    if kind < 0.38:
        return random.choice(COMPILED)
    if kind < 0.58:
        return random.choice(LINES)
    if kind < 0.62:
        return random.choice(CALLS)
    if kind < 0.78:
        return random.choice(ASSIGNED)
    if kind < 0.92 and depth < 3:
        margin = random.choice(("    ", "    ", "  ", "\t"))
        body = "\n".join(_piece(random, depth + 1) for _ in range(random.choice((1, 1, 2, 3))))
        return f"{random.choice(BLOCKS)}\n{indent(body, margin)}"
    if kind < 0.96:
        return random.choice(("", "   ", "# a remark", "    # indented"))
    return f"{random.choice(PYTHON)} {random.choice((*LINES, *ASSIGNED))}"


def _with_prompts(random: Random, text: str) -> str:
    lines = text.split("\n")
    if random.random() < 0.5:
        first, more = random.choice(((">>> ", "... "), (">>> ", ">>> "), ("    >>> ", "    ... ")))
        lines = [more + line if line.startswith((" ", "\t")) else first + line for line in lines]
    else:
        first = random.choice(("In [1]: ", "In [23]: ", "[ins] In [4]: "))
        lines = [first + lines[0], *("   ...: " + line for line in lines[1:])]
    return "\n".join(lines)


def _damaged(random: Random, text: str) -> str:
    """One character more or less."""
    at = random.randrange(len(text) + 1)
    return (
        text[:at]
        + random.choice(("", "(", ")", ":", "%", "!", "?", " ", "=", "\\", "\n", "#", ","))
        + text[at + 1 :]
    )


REPORTED = {
    "jupytext#209": "%load_ext watermark\n%watermark -u -n -t -z \\\n    -p jupytext -v",
    "jupytext#339": "cat = prefix(kind='float', name=\"CAT0\", units=u.ml, long_double=True)",
    "jupytext#938": 'x = "echo"\n!{x} "hello world"',
    "CoursIA#13433": 'print("%.1e ; %.1e"\n      % (float(x.max()), float(y.max())))',
    "nbQA#97": "% matplotlib inline\nimport x",
    "nbQA#233": "for i in x:\n    %time f(i)\n    g(i)",
    "nbQA#421": "%%HTML\n<b>x</b>",
    "nbQA#445": "pyinc = !python3-config --cflags\n%mkdir pyminuit2\nmkdir pyminuit2",
    "nbQA#594": 'warn(\n    "%s"\n    % hot_ad["temperature"]\n)',
    "ploomber#591": "%%time\nimport math\n\nmath.pi",
    "ipython#354": '"""\n%lsmagic\n"""',
    "ipython#7585": "x != y\n!= y",
    "ipython#11034": "import numpy?",
    "ipython#11293": "for i in range(10):\n   x = range?",
    "ipython#12988": "# foo\na = b??\n",
    "ipython#13602": "sum([1]).denominator?\ny = lambda x: int?",
    "ipython#14258": "%ask what is this?\nx = 1",
    "ipython#15089": ">>>     print(1)",
    "ipython#15259": ">>> x = (\n...     r'''\n...     hello\n...     ''')",
    "ipython#15259, second": ">>> x = (\n>>>     r'''\n>>>     hello\n>>>     ''')",
    "ipython#15259, third": ">>> x = (\n        r'''\n        hello\n        ''')",
    "ipython#15320": "!echo 0b12 0o1239 1__2\nx = 1",
    "ipython#15436": 'x = f"("\n%time y\nz = f"}}{x:[}"',
    "ruff#8354": "%time x = 2\nprint(x)",
    "ruff#24152": "x = %foo?\ny = %foo ? bar",
}
"""By the report: repository and number."""
