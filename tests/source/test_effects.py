"""A slice answers what the whole module answers, and what only tries or trains answers is left out."""

from __future__ import annotations

import ast
import dis
import symtable
import sys
import time
import types
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.source import keep
from grader.source.effects import read
from tests.source.altering import NEEDED

NET = "class Net:\n  def __init__(self): self.params = {'W': [1]}\n  def loss(self, X): return layer(X)\n"
LEFT_OUT = {
    "a call of an answer": "EPS = {'e': 1}\ndef f(x): return x, EPS\nout = f(3)\nprint(out)",
    "a check of an answer": "def f(x): return x\nx = np.ones(2)\n"
    "d = check_gradient(lambda x: f(x)[0], x)\nprint('difference', np.max(np.abs(d)))",
    "a training": NET + "def layer(X): return X\ndef f(): return Net()\nmodel = Net()\n"
    "solver = Solver(model, f)\nsolver.train()\nmodel.params['W'] = 2\nfor epoch in range(3):\n"
    "  solver.step()\nplt.plot(solver.history)",
    "a training by an answer that is given": "def f(w): return w\n"
    "solver = Solver(Net, update_rule=f)\nsolver.train()\nbest = max([1], key=f)",
    "a dictionary of answers": "def f(w): return w\nrules = {'f': f}\nfor name in rules:\n"
    "  rules[name](3)\nresults = {}\nresults['f'] = rules['f'](1)",
    "an answer with a memory": "SEEN = {}\ndef f(x):\n  SEEN[x] = 1\n  return x\nf(3)\n"
    "for k in range(9):\n  f(k)",
    "a training loop of one's own": "SEEN = {}\ndef f(x):\n  SEEN[x] = 1\n  return x\n"
    "def train(n):\n  for k in range(n): f(k)\ntrain(10**9)",
    "a comparison": "def f(x): return helper(x)\ndef helper(x): return x\nhelper(3)\n"
    "assert f(2) == 2\nif 'model' in globals(): print(model)",
    "data read": "SIZES = [1, 2]\ndef f(): return SIZES\nprint(SIZES[0], len(SIZES))\n"
    "x = np.zeros(SIZES)\nfor size in SIZES:\n  print(size)",
    "training on data that is read": "SIZES = [1, 2]\ndef f(): return SIZES\n"
    "def build(s): return sum(s)\nm = build(SIZES)\nm2 = Solver(SIZES).train()\n"
    "while True: print(m)",
    "a plot": "def f(x): return x\nplt.subplot(2, 1, 1)\nplt.plot([f(x) for x in range(3)])\nplt.show()",
}
"""Modules of which only definitions are kept, and what binds ``EPS``, ``SEEN`` or ``SIZES``."""

REGISTRY = (
    "class Net:\n  def __init__(self): self.params={'W':1}\n  def loss(self,X): return fwd(X)\n"
    "def fwd(X): return OPS['a'](X)\nOPS={}\ndef reg(n):\n  def d(g):\n    OPS[n]=g\n    return g\n"
    "  return d\n@reg('a')\ndef aff(X): return X*EPS\nEPS=1e-8\n"
)
LEFT_OUT_AFTER = {
    "own training": REGISTRY + "def f(): return Net()\n#\nnet=Net()\nX=np.ones(3)\n"
    "def train(m,X,n):\n  for i in range(n):\n    l=m.loss(X)\n    m.params['W']-=l.sum()*EPS\n"
    "train(net,X,10)",
    "own training loop": REGISTRY + "def f(): return Net()\n#\nnet=Net()\nX=np.ones(3)\n"
    "hist=[]\nfor i in range(10):\n  l=net.loss(X)\n  hist.append(l)\n"
    "  net.params['W']-=l.sum()*EPS\nplt.plot(hist)\nfig,ax=plt.subplots()\nax.plot(hist)\n"
    "ax.legend()",
    "own solver class": REGISTRY + "def f(): return Net()\n#\nclass MySolver:\n"
    "  def __init__(self,m,d,rule=None):\n    self.m=m;self.d=d;self.hist=[]\n  def step(self):\n"
    "    l=self.m.loss(self.d)\n    self.m.params['W']=l\n    self.hist.append(l)\n"
    "  def train(self):\n    for i in range(9): self.step()\nnet=Net()\n"
    "s=MySolver(net,np.ones(3),Net)\ns.train()\ns.lr=3\nprint(s.hist)",
    "helper net class": REGISTRY + "def f(): return fwd(1)\n#\nnet=Net()\nX=np.ones(3)\n"
    "for i in range(9):\n  l=net.loss(X)\n  net.params['W']=l",
    "num grad": REGISTRY + "def f(): return Net()\n#\ndef num_grad(g,x,h=1e-5):\n"
    "  d=np.zeros_like(x)\n  for i in np.ndindex(x.shape):\n"
    "    o=x[i]; x[i]=o+h; a=g(x); x[i]=o-h; b=g(x); x[i]=o\n    d[i]=(a-b)/(2*h)\n  return d\n"
    "X=np.ones(3)\nnum_grad(f,X)\nnum_grad(lambda v: fwd(v),X,EPS)\nnum_grad(fwd,X)\n"
    "num_grad(aff,X)",
    "scratch of registry": REGISTRY + "def f(): return Net()\n#\ny=OPS['a'](3)\n"
    "for k in OPS: print(k,OPS[k](3))\nprint(len(OPS),list(OPS),sorted(OPS.items()))\nz=fwd(2)",
    "search": REGISTRY + "def f(): return Net()\n#\nbest=None\nresults={}\nfor lr in [1,2]:\n"
    "  net=Net()\n  s=Solver(net,OPS,lr=lr)\n  s.train()\n  results[lr]=s.best\n"
    "  if best is None or s.best>best: best=s.best; best_net=net",
    "config": "CONFIG={'lr':1}\ndef f(): return CONFIG['lr']\n#\nnet=Net2(CONFIG)\n"
    "net.train(CONFIG)\nlr=CONFIG['lr']\nfor i in range(9):\n  net.step(lr*CONFIG['lr'])\n"
    "def go(c): return Solver(c).train()\ngo(CONFIG)\nn=dict(CONFIG,lr=2)\nn['x']=3\nm={**CONFIG}\n"
    "m['z']=1\nc2=CONFIG.copy()\nc2['lr']=3",
    "layers": "class Aff:\n  def __init__(self,n): self.w=np.ones(n)\n  def forward(self,x):\n"
    "    self.x=x\n    return x*self.w\n_A=Aff(3)\ndef f(x): return _A.forward(x)\n#\n"
    "class Model:\n  def __init__(self): self.ls=[Aff(3),Aff(3)]\n  def forward(self,x):\n"
    "    for l in self.ls: x=l.forward(x)\n    return x\n  def update(self,lr):\n"
    "    for l in self.ls: l.w-=lr\nm=Model()\nfor i in range(9):\n  m.forward(np.ones(3))\n"
    "  m.update(0.1)",
    "rng": "RNG=np.random.default_rng(0)\ndef f(x): return x*RNG.random(3)\n#\n"
    "idx=RNG.choice(10)\nfor i in range(3):\n  X=RNG.normal(size=3)\n  f(X)",
    "array const": "KERNEL=np.array([1,2])\ndef f(x): return x@KERNEL\n#\n"
    "y=np.zeros(KERNEL.shape)\ny[0]=1\nz=KERNEL*2\nz+=1\nq=KERNEL.copy()\nq[0]=2\n"
    "r=np.array(KERNEL)\nr[:]=0\nnp.testing.assert_allclose(f(KERNEL),y)\nplt.imshow(KERNEL)\n"
    "plt.show()",
    "decorator timing": "import time\nCALLS={}\ndef timed(g):\n  def w(*a):\n"
    "    CALLS[g.__name__]=1\n    return g(*a)\n  return w\n@timed\ndef f(x): return x\n#\n@timed\n"
    "def scratch(x): return x\nfor i in range(9): f(i)",
}
"""Modules of which, after the line ``#``, only definitions are kept, and all before it."""

N = 1_000
LONG = {
    "arguments": "g(" + ", ".join(f"a{i}" for i in range(N)) + ")\ndef f(): return a1",
    "targets": ", ".join(f"a{i}" for i in range(N)) + " = g()\ndef f(): return a1",
    "targets of one list": " = ".join(f"a{i}" for i in range(N)) + " = []\na3.x()\ndef f(): return a1",
    "nested calls": "x = " + "np.add(1, out=" * 80 + "a" + ")" * 80 + "\ndef f(): return x",
    "aliases": "\n".join(f"g{i} = g{i - 1}; v{i} = g{i}()(v{i - 1})" for i in range(1, N))
    + "\ndef f(): return v9",
    "calls of all": "\n".join(f"a{i} = []; p(a{i}, a{i * 7 % N})" for i in range(1, N))
    + "\ndef p(x, y): x[0] = y\ndef f(): return a5",
    "classes": "class c0: pass\n"
    + "".join(
        f"class c{i}(c{i - 1}):\n  t = {{}}\n  def m(self): self.t['x'] = c{i - 1}\n" for i in range(1, N)
    )
    + f"def f(): return c{N - 1}()",
}
"""Modules that are long in what is read once for each statement, or once for each pair."""


def sliced(text: str, *roots: str) -> str:
    tree = ast.parse(text)
    (positions,) = keep([tree], roots or ["f"])
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
    first = {"EPS", "SEEN", "SIZES"}
    for statement in ast.parse(sliced(text)).body:
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            assert isinstance(statement, ast.Assign)
            assert ast.unparse(statement.targets[0]) in first


@pytest.mark.parametrize("text", LEFT_OUT_AFTER.values(), ids=LEFT_OUT_AFTER)
def test_what_trains_with_what_answers_need_is_left_out(text: str) -> None:
    needed, _, tried = text.partition("#\n")
    definitions = [node for node in ast.parse(tried).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    due = "\n".join(map(ast.unparse, [*ast.parse(needed).body, *definitions]))
    assert sliced(text, "f", "Net") == due


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_modules_are_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    sliced(text)
    assert time.process_time() - started < 2


def tabled(node: ast.stmt) -> tuple[set[str], set[str]]:
    """Names that a statement binds and reads, as the compiler has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = symtable.symtable(ast.unparse(node), "<cell>", "exec")
        code = compile(ast.unparse(node), "<cell>", "exec")
    own = table.get_symbols()
    bound = {s.get_name() for s in own if s.is_assigned() or s.is_imported() or s.is_namespace()}
    reads = {s.get_name() for s in own if s.is_referenced()}
    scopes = list(table.get_children())
    while scopes:
        scope = scopes.pop()
        scopes.extend(scope.get_children())
        reads |= {s.get_name() for s in scope.get_symbols() if s.is_global()}
    # Since Python 3.12 the table around a comprehension has its variables; in the code they are fast locals.
    named = {i.argval for i in dis.get_instructions(code) if i.opname.endswith(("_NAME", "_GLOBAL"))}
    inlined = set(code.co_varnames) - named
    return bound - inlined, reads - inlined


@pytest.mark.parametrize("module", [ast, symtable, types, warnings, np.linalg])
def test_names_are_those_of_the_compiler(module: types.ModuleType) -> None:
    path = Path(str(module.__file__))
    for file in [path, *path.parent.glob("*.py")] if path.name == "__init__.py" else [path]:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            statement = read(node)
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                continue
            bound, reads = tabled(node)
            assert statement.binds == bound
            assert {name for name in statement.reads if name.isidentifier()} - bound == reads - bound
