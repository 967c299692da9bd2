"""What a slice answers is what the whole module answers, and what only tries or trains answers is left out."""

from __future__ import annotations

import ast
import sys
import types
from typing import Any

import numpy as np
import pytest

from grader.source import keep

NEEDED = {
    "a plain call": "def add(n, g): OPS[n] = g\nOPS = {}\nadd('a', 1)\n\ndef f(): return OPS['a']",
    "a call before its definition is read": "D = {}\ndef put(d, k): d[k] = 0\nput(D, 'a')\ndef f(): return D",
    "setattr": "class N: z = 1\nsetattr(N, 'z', 0)\ndef f(): return N.z",
    "heappush": "import heapq\nL = [1]\nheapq.heappush(L, 0)\ndef f(): return L",
    "heappush by name": "from heapq import heappush as push, heappush\nL = []\nheappush(L, 0)\ndef f(): return L",
    "bisect": "from bisect import insort\nL = [1, 3]\ninsort(L, 2)\ndef f(): return L",
    "copyto": "A = np.ones(2)\nnp.copyto(A, 0)\ndef f(): return A.tolist()",
    "ufunc.at": "A = np.ones(2)\nnp.add.at(A, 0, 1)\ndef f(): return A.tolist()",
    "out=": "A = np.ones(2)\nnp.add(A, 1, out=A)\ndef f(): return A.tolist()",
    "setitem": "import operator\nD = {}\noperator.setitem(D, 'a', 1)\ndef f(): return D",
    "a method of a type": "L = []\nlist.append(L, 1)\ndef f(): return L",
    "a chain": "class R(dict):\n  def put(self, k):\n    self[k] = 0\n    return self\n"
    "R1 = R()\nR1.put('a').put('b')\ndef f(): return dict(R1)",
    "init with a global": "def init():\n  global Z\n  Z = 3\ninit()\ndef f(): return Z",
    "init through another": "def inner():\n  global Z\n  Z = 3\ndef init(): inner()\ninit()\ndef f(): return Z",
    "exec": "exec('def g(): return 3')\ndef f(): return g()",
    "exec of what reads": "Z = 3\nexec('def g(): return Z')\ndef f(): return g()",
    "globals": "globals()['Z'] = 3\ndef f(): return Z",
    "globals in a loop": "for k in 'ab': globals()['Z' + k] = k\ndef f(): return Za",
    "globals by a name": "G = globals()\nG.update(Z=3)\ndef f(): return Z",
    "setattr on itself": "import sys\nsetattr(sys.modules[__name__], 'Z', 3)\ndef f(): return Z",
    "a comprehension": "D = {}\n[D.update({k: 0}) for k in 'za']\ndef f(): return D",
    "a loop": "D = {}\ndef put(k): D[k] = 0\nfor k in 'za': put(k)\ndef f(): return D",
    "a with": "import contextlib\nD = {}\ndef put(k): D[k] = 0\nwith contextlib.suppress(KeyError): put(1)\n"
    "def f(): return D",
    "a condition": "D = {}\ndef put(k): D[k] = 0\nif True: put(1)\ndef f(): return D",
    "an assignment": "D = {}\ndef put(k): D[k] = 0\n_ = put(1)\ndef f(): return D",
    "a printed call": "D = {}\ndef put(k): D[k] = 0\nprint(put(1))\ndef f(): return D",
    "map": "D = {}\ndef put(k): D[k] = 0\nlist(map(put, 'ab'))\ndef f(): return D",
    "map of a lambda": "D = {}\n[*map(lambda k: D.update({k: 0}), 'ab')]\ndef f(): return D",
    "a generator": "D = {}\ndef fill():\n  D['a'] = 0\n  yield 1\nnext(fill())\ndef f(): return D",
    "an alias": "L = []\nM = L\nM.append(1)\ndef f(): return L",
    "an alias both ways": "L = M = []\nM.append(1)\ndef f(): return L",
    "a part": "D = {'a': []}\npart = D['a']\npart.append(1)\ndef f(): return D",
    "a part that a method gives": "D = {}\npart = D.setdefault('a', [])\npart.append(1)\ndef f(): return D",
    "a view": "A = np.ones(2)\nV = A.reshape(1, 2)\nV[0, 0] = 5\ndef f(): return A.tolist()",
    "a bound method": "L = []\nadd = L.append\nadd(1)\ndef f(): return L",
    "another name of a function": "D = {}\ndef put(k): D[k] = 0\nadd = put\nadd(1)\ndef f(): return D",
    "a lambda": "D = {}\nput = lambda k: D.update({k: 0})\nput(1)\ndef f(): return D",
    "functions in a list": "D = {}\ndef put(k): D[k] = 0\nfor p in [put]: p(1)\ndef f(): return D",
    "partial": "from functools import partial\nD = {}\ndef put(d, k): d[k] = 0\np = partial(put, D)\np(1)\n"
    "def f(): return D",
    "a loop over what is altered": "A, B = {}, {}\nfor d in (A, B): d['a'] = 1\ndef f(): return A, B",
    "a function that gives it": "D = {}\ndef table(): return D\ntable()['a'] = 1\ndef f(): return D",
    "a function that gives it, by name": "D = {}\ndef table(): return D\nt = table()\nt['a'] = 1\ndef f(): return D",
    "an object that holds it": "D = {}\nclass B:\n  def __init__(self, d): self.d = d\n"
    "  def put(self, k): self.d[k] = 0\nb = B(D)\nb.put(1)\ndef f(): return D",
    "a method that fills a global": "D = {}\nclass B:\n  def put(self, k): D[k] = 0\nB().put(1)\ndef f(): return D",
    "a method by its text": "D = {}\nclass B:\n  def put(self, k): D[k] = 0\nb = B()\ngetattr(b, 'put')(1)\n"
    "def f(): return D",
    "a constructor": "D = {}\nclass B:\n  def __init__(self, k): D[k] = self\nB('a')\ndef f(): return list(D)",
    "an attribute of a class": "class B:\n  table = {}\nb = B()\nb.table['a'] = 1\ndef f(): return B.table",
    "an operator": "D = {}\nclass B:\n  def __lshift__(self, k): D[k] = 0\nb = B()\nb << 1\ndef f(): return D",
    "a property": "D = {}\nclass B:\n  @property\n  def go(self): D['a'] = 0\nb = B()\nb.go\ndef f(): return D",
    "a context manager": "D = {}\nclass B:\n  def __enter__(self): D['a'] = 0\n  def __exit__(self, *a): pass\n"
    "with B(): pass\ndef f(): return D",
    "a closure": "def make():\n  store = {}\n  def put(k): store[k] = 0\n  def get(): return store\n"
    "  return put, get\nput, get = make()\nput('a')\ndef f(): return get()",
    "a nonlocal": "def make():\n  n = 0\n  def up():\n    nonlocal n\n    n += 1\n    return n\n  return up\n"
    "up = make()\nup()\ndef f(): return up()",
    "a called object": "class C:\n  n = 0\n  def __call__(self):\n    self.n += 1\n    return self.n\n"
    "c = C()\nc()\ndef f(): return c()",
    "a function that alters its argument through another": "D = {}\ndef g(e): h(e)\ndef h(e): e['a'] = 1\ng(D)\n"
    "def f(): return D",
    "an attribute of a function": "def g(): return g.n\ndef tag(h): h.n = 3\ntag(g)\ndef f(): return g()",
    "a name of a module": "np.answer = 3\ndef f(): return np.answer",
    "exceptions for overflows": "np.seterr(all='raise')\ndef f():\n  try: return np.float64(1) / 0\n"
    "  except FloatingPointError: return 'caught'",
    "in place": "A = np.ones(2)\nB = A\nB += 1\ndef f(): return A.tolist()",
    "match": "D = {}\nmatch {'k': D}:\n  case {'k': e}: e['a'] = 1\ndef f(): return D",
    "try": "D = {}\ntry: D['b']\nexcept KeyError: D.update(a=1)\ndef f(): return D",
    "a walrus": "L = []\nif (M := L) is not None: M.append(1)\ndef f(): return L",
    "while": "L = []\nwhile len(L) < 3: L.append(1)\ndef f(): return L",
    "single dispatch": "from functools import singledispatch\nZERO = 3\n@singledispatch\ndef pos(x): return x\n"
    "@pos.register\ndef _(x: int): return ZERO\ndef f(): return pos(1)",
    "single dispatch by a call": "from functools import singledispatch\nZERO = 3\n@singledispatch\n"
    "def pos(x): return x\ndef whole(x): return ZERO\npos.register(int, whole)\ndef f(): return pos(1)",
    "a registering decorator": "OPS = {}\nZERO = 3\ndef reg(g):\n  OPS[g.__name__] = g\n  return g\n"
    "@reg\ndef pos(): return ZERO\ndef f(): return OPS['pos']()",
    "a registering decorator with a name": "OPS = {}\nZERO = 3\ndef reg(n):\n  def deco(g):\n    OPS[n] = g\n"
    "    return g\n  return deco\n@reg('p')\ndef _(): return ZERO\ndef f(): return OPS['p']()",
    "a registering method": "class R:\n  def __init__(self): self.ops = {}\n  def __call__(self, g):\n"
    "    self.ops[g.__name__] = g\n    return g\nreg = R()\nZERO = 3\n@reg\ndef pos(): return ZERO\n"
    "def f(): return reg.ops['pos']()",
    "__setitem__ as decorator": "from functools import partial\nOPS = {}\nZERO = 3\n"
    "@partial(OPS.__setitem__, 'p')\ndef _(): return ZERO\ndef f(): return OPS['p']()",
    "__init_subclass__": "class B:\n  made = {}\n  def __init_subclass__(cls): B.made[cls.__name__] = cls\n"
    "ZERO = 3\nclass P(B):\n  def go(self): return ZERO\ndef f(): return B.made['P']().go()",
    "__init_subclass__ into a global": "MADE = {}\nclass B:\n"
    "  def __init_subclass__(cls): MADE[cls.__name__] = cls\n"
    "ZERO = 3\nclass P(B):\n  def go(self): return ZERO\ndef f(): return MADE['P']().go()",
    "__subclasses__": "class B: pass\nZERO = 3\nclass P(B):\n  def go(self): return ZERO\n"
    "def f(): return B.__subclasses__()[0]().go()",
    "__subclasses__ of these": "class B: pass\nclass M(B): pass\nZERO = 3\nclass P(M):\n"
    "  def go(self): return ZERO\ndef f(): return B.__subclasses__()[0].__subclasses__()[0]().go()",
    "a metaclass": "MADE = {}\nclass M(type):\n  def __init__(cls, n, b, d): MADE[n] = cls\nZERO = 3\n"
    "class P(metaclass=M):\n  def go(self): return ZERO\ndef f(): return MADE['P']().go()",
    "a name that is put together": "ZERO = 3\ndef act_pos(): return ZERO\n"
    "def f(kind='pos'): return globals()[f'act_{kind}']()",
    "a name from elsewhere": "ZERO = 3\ndef pos(): return ZERO\nKIND = 'pos'\ndef f(): return globals()[KIND]()",
    "getattr of the module": "import sys\nZERO = 3\ndef act_pos(): return ZERO\n"
    "def f(): return getattr(sys.modules[__name__], 'act_' + 'pos')()",
    "eval": "Z = np.array([3])\ndef f(): return eval('1 + Z').tolist()",
    "eval of a variable": "Z = 3\nTEXT = '1 + Z'\ndef f(): return eval(TEXT)",
    "a decorator of a class": "MADE = {}\ndef reg(c):\n  MADE[c.__name__] = c\n  return c\nZERO = 3\n@reg\n"
    "class P:\n  def go(self): return ZERO\ndef f(): return MADE['P']().go()",
    "a thread": "import threading\nD = {}\ndef put(k): D[k] = 0\nt = threading.Thread(target=put, args=(1,))\n"
    "t.start()\nt.join()\ndef f(): return D",
    "reduce": "from functools import reduce\nD = {}\nreduce(lambda d, k: d.update({k: 0}) or d, 'ab', D)\n"
    "def f(): return D",
    "a deque that is drained": "from collections import deque\nD = {}\n"
    "deque((D.setdefault(k, 0) for k in 'ab'), maxlen=0)\ndef f(): return D",
    "short circuits": "D = {}\n'a' in D or D.update(a=1)\ndef f(): return D",
    "a coroutine": "import asyncio\nD = {}\nasync def fill(): D['a'] = 1\nasyncio.run(fill())\ndef f(): return D",
    "an inherited method": "D = {}\nclass A:\n  def put(self): D['a'] = 1\nclass B(A): pass\nB().put()\n"
    "def f(): return D",
    "a class method": "class A:\n  made = {}\n  @classmethod\n  def put(cls, k): cls.made[k] = 1\nA.put('a')\n"
    "def f(): return A.made",
    "super": "D = {}\nclass A:\n  def __init__(self): D['a'] = 1\nclass B(A):\n"
    "  def __init__(self): super().__init__()\nB()\ndef f(): return D",
    "swapping": "a, b = [1], [2]\na, b = b, a\nb.append(3)\ndef f(): return a, b",
    "a named tuple": "from types import SimpleNamespace\nC = SimpleNamespace(lr=1)\nd = C\nd.lr = 2\n"
    "def f(): return C.lr",
    "an object that is deleted from": "D = {'a': 1}\ne = D\ndel e['a']\ndef f(): return D",
    "vars": "class N: z = 1\nn = N()\nvars(n)['z'] = 2\ndef f(): return n.z",
    "a dictionary of an object": "class N: z = 1\nn = N()\nn.__dict__.update(z=2)\ndef f(): return n.z",
}
"""Modules of which ``f`` answers what it answers only if more runs than what binds names that it reads."""

NET = "class Net:\n  def __init__(self): self.params = {'W': [1]}\n  def loss(self, X): return layer(X)\n"
LEFT_OUT = {
    "a call of an answer": "EPS = {'e': 1}\ndef f(x): return x, EPS\nout = f(3)\nprint(out)",
    "a check of an answer": "def f(x): return x\nx = np.ones(2)\nd = check_gradient(lambda x: f(x)[0], x)\n"
    "print('difference', np.max(np.abs(d)))",
    "a training": NET + "def layer(X): return X\ndef f(): return Net()\nmodel = Net()\nsolver = Solver(model, f)\n"
    "solver.train()\nmodel.params['W'] = 2\nfor epoch in range(3):\n  solver.step()\nplt.plot(solver.history)",
    "a training by an answer that is given": "def f(w): return w\nsolver = Solver(Net, update_rule=f)\n"
    "solver.train()\nbest = max([1], key=f)",
    "a dictionary of answers": "def f(w): return w\nrules = {'f': f}\nfor name in rules:\n  rules[name](3)\n"
    "results = {}\nresults['f'] = rules['f'](1)",
    "an answer with a memory": "SEEN = {}\ndef f(x):\n  SEEN[x] = 1\n  return x\nf(3)\nfor k in range(9):\n  f(k)",
    "a training loop of one's own": "SEEN = {}\ndef f(x):\n  SEEN[x] = 1\n  return x\n"
    "def train(n):\n  for k in range(n): f(k)\ntrain(10**9)",
    "a comparison": "def f(x): return helper(x)\ndef helper(x): return x\nhelper(3)\nassert f(2) == 2\n"
    "if 'model' in globals(): print(model)",
    "data read": "SIZES = [1, 2]\ndef f(): return SIZES\nprint(SIZES[0], len(SIZES))\nx = np.zeros(SIZES)\n"
    "for size in SIZES:\n  print(size)",
    "training on data that is read": "SIZES = [1, 2]\ndef f(): return SIZES\ndef build(s): return sum(s)\n"
    "m = build(SIZES)\nm2 = Solver(SIZES).train()\nwhile True: print(m)",
    "a plot": "def f(x): return x\nplt.subplot(2, 1, 1)\nplt.plot([f(x) for x in range(3)])\nplt.show()",
}
"""Modules of which only definitions and what ``f`` reads is kept: everything from the first line after these."""


def sliced(text: str) -> str:
    tree = ast.parse(text)
    (positions,) = keep([tree], ["f"])
    return "\n".join(ast.unparse(tree.body[position]) for position in positions)


def answer(text: str) -> Any:
    module = types.ModuleType("answers_of_a_test")
    sys.modules["answers_of_a_test"] = module
    try:
        exec(compile("import numpy as np\n" + text, "<answers>", "exec"), module.__dict__)
        return module.__dict__["f"]()
    finally:
        del sys.modules["answers_of_a_test"]


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_a_slice_answers_what_the_module_answers(text: str) -> None:
    with np.errstate():
        whole = answer(text)
    with np.errstate():
        assert answer(sliced(text)) == whole


@pytest.mark.parametrize("text", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_only_reads_answers_is_left_out(text: str) -> None:
    definitions = (ast.FunctionDef, ast.ClassDef)
    first = {"EPS", "SEEN", "SIZES"}
    for statement in ast.parse(sliced(text)).body:
        if not isinstance(statement, definitions):
            assert isinstance(statement, ast.Assign)
            assert ast.unparse(statement.targets[0]) in first
