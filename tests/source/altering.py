"""Modules of which ``f`` answers what it answers only if more is run than what binds names that it reads."""

from __future__ import annotations

NEEDED = {
    "a plain call": "def add(n, g): OPS[n] = g\nOPS = {}\nadd('a', 1)\n\ndef f(): return OPS['a']",
    "a call before its definition is read": "D = {}\ndef put(d, k): d[k] = 0\nput(D, 'a')\ndef f(): return D",
    "setattr": "class N: z = 1\nsetattr(N, 'z', 0)\ndef f(): return N.z",
    "heappush": "import heapq\nL = [1]\nheapq.heappush(L, 0)\ndef f(): return L",
    "heappush by name": "from heapq import heappush as push, heappush\nL = []\nheappush(L, 0)\n"
    "def f(): return L",
    "bisect": "from bisect import insort\nL = [1, 3]\ninsort(L, 2)\ndef f(): return L",
    "copyto": "A = np.ones(2)\nnp.copyto(A, 0)\ndef f(): return A.tolist()",
    "ufunc.at": "A = np.ones(2)\nnp.add.at(A, 0, 1)\ndef f(): return A.tolist()",
    "out=": "A = np.ones(2)\nnp.add(A, 1, out=A)\ndef f(): return A.tolist()",
    "setitem": "import operator\nD = {}\noperator.setitem(D, 'a', 1)\ndef f(): return D",
    "a method of a type": "L = []\nlist.append(L, 1)\ndef f(): return L",
    "a chain": "class R(dict):\n  def put(self, k):\n    self[k] = 0\n    return self\n"
    "R1 = R()\nR1.put('a').put('b')\ndef f(): return dict(R1)",
    "init with a global": "def init():\n  global Z\n  Z = 3\ninit()\ndef f(): return Z",
    "init through another": "def inner():\n  global Z\n  Z = 3\ndef init(): inner()\ninit()\n"
    "def f(): return Z",
    "exec": "exec('def g(): return 3')\ndef f(): return g()",
    "exec of what reads": "Z = 3\nexec('def g(): return Z')\ndef f(): return g()",
    "globals": "globals()['Z'] = 3\ndef f(): return Z",
    "globals in a loop": "for k in 'ab': globals()['Z' + k] = k\ndef f(): return Za",
    "globals by a name": "G = globals()\nG.update(Z=3)\ndef f(): return Z",
    "setattr on itself": "import sys\nsetattr(sys.modules[__name__], 'Z', 3)\ndef f(): return Z",
    "a comprehension": "D = {}\n[D.update({k: 0}) for k in 'za']\ndef f(): return D",
    "a loop": "D = {}\ndef put(k): D[k] = 0\nfor k in 'za': put(k)\ndef f(): return D",
    "a with": "import contextlib\nD = {}\ndef put(k): D[k] = 0\n"
    "with contextlib.suppress(KeyError): put(1)\ndef f(): return D",
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
    "partial": "from functools import partial\nD = {}\ndef put(d, k): d[k] = 0\n"
    "p = partial(put, D)\np(1)\ndef f(): return D",
    "a loop over what is altered": "A, B = {}, {}\nfor d in (A, B): d['a'] = 1\ndef f(): return A, B",
    "a function that gives it": "D = {}\ndef table(): return D\ntable()['a'] = 1\ndef f(): return D",
    "a function that gives it, by name": "D = {}\ndef table(): return D\nt = table()\n"
    "t['a'] = 1\ndef f(): return D",
    "an object that holds it": "D = {}\nclass B:\n  def __init__(self, d): self.d = d\n"
    "  def put(self, k): self.d[k] = 0\nb = B(D)\nb.put(1)\ndef f(): return D",
    "a method that fills a global": "D = {}\nclass B:\n  def put(self, k): D[k] = 0\n"
    "B().put(1)\ndef f(): return D",
    "a method by its text": "D = {}\nclass B:\n  def put(self, k): D[k] = 0\nb = B()\n"
    "getattr(b, 'put')(1)\ndef f(): return D",
    "a constructor": "D = {}\nclass B:\n  def __init__(self, k): D[k] = self\nB('a')\n"
    "def f(): return list(D)",
    "an attribute of a class": "class B:\n  table = {}\nb = B()\nb.table['a'] = 1\ndef f(): return B.table",
    "an operator": "D = {}\nclass B:\n  def __lshift__(self, k): D[k] = 0\nb = B()\nb << 1\n"
    "def f(): return D",
    "a property": "D = {}\nclass B:\n  @property\n  def go(self): D['a'] = 0\nb = B()\nb.go\n"
    "def f(): return D",
    "a context manager": "D = {}\nclass B:\n  def __enter__(self): D['a'] = 0\n"
    "  def __exit__(self, *a): pass\nwith B(): pass\ndef f(): return D",
    "a closure": "def make():\n  store = {}\n  def put(k): store[k] = 0\n"
    "  def get(): return store\n  return put, get\nput, get = make()\nput('a')\n"
    "def f(): return get()",
    "a nonlocal": "def make():\n  n = 0\n  def up():\n    nonlocal n\n    n += 1\n"
    "    return n\n  return up\nup = make()\nup()\ndef f(): return up()",
    "a called object": "class C:\n  n = 0\n  def __call__(self):\n    self.n += 1\n"
    "    return self.n\nc = C()\nc()\ndef f(): return c()",
    "a function that alters its argument through another": "D = {}\ndef g(e): h(e)\n"
    "def h(e): e['a'] = 1\ng(D)\ndef f(): return D",
    "an attribute of a function": "def g(): return g.n\ndef tag(h): h.n = 3\ntag(g)\ndef f(): return g()",
    "a name of a module": "np.answer = 3\ndef f(): return np.answer",
    "in place": "A = np.ones(2)\nB = A\nB += 1\ndef f(): return A.tolist()",
    "match": "D = {}\nmatch {'k': D}:\n  case {'k': e}: e['a'] = 1\ndef f(): return D",
    "try": "D = {}\ntry: D['b']\nexcept KeyError: D.update(a=1)\ndef f(): return D",
    "a walrus": "L = []\nif (M := L) is not None: M.append(1)\ndef f(): return L",
    "while": "L = []\nwhile len(L) < 3: L.append(1)\ndef f(): return L",
    "single dispatch": "from functools import singledispatch\nZERO = 3\n@singledispatch\n"
    "def pos(x): return x\n@pos.register\ndef _(x: int): return ZERO\ndef f(): return pos(1)",
    "single dispatch by a call": "from functools import singledispatch\nZERO = 3\n"
    "@singledispatch\ndef pos(x): return x\ndef whole(x): return ZERO\npos.register(int, whole)\n"
    "def f(): return pos(1)",
    "a registering decorator": "OPS = {}\nZERO = 3\ndef reg(g):\n  OPS[g.__name__] = g\n"
    "  return g\n@reg\ndef pos(): return ZERO\ndef f(): return OPS['pos']()",
    "a registering decorator with a name": "OPS = {}\nZERO = 3\ndef reg(n):\n  def deco(g):\n"
    "    OPS[n] = g\n    return g\n  return deco\n@reg('p')\ndef _(): return ZERO\n"
    "def f(): return OPS['p']()",
    "a registering method": "class R:\n  def __init__(self): self.ops = {}\n"
    "  def __call__(self, g):\n    self.ops[g.__name__] = g\n    return g\nreg = R()\nZERO = 3\n"
    "@reg\ndef pos(): return ZERO\ndef f(): return reg.ops['pos']()",
    "__setitem__ as decorator": "from functools import partial\nOPS = {}\nZERO = 3\n"
    "@partial(OPS.__setitem__, 'p')\ndef _(): return ZERO\ndef f(): return OPS['p']()",
    "__init_subclass__": "class B:\n  made = {}\n"
    "  def __init_subclass__(cls): B.made[cls.__name__] = cls\nZERO = 3\nclass P(B):\n"
    "  def go(self): return ZERO\ndef f(): return B.made['P']().go()",
    "__init_subclass__ into a global": "MADE = {}\nclass B:\n"
    "  def __init_subclass__(cls): MADE[cls.__name__] = cls\nZERO = 3\nclass P(B):\n"
    "  def go(self): return ZERO\ndef f(): return MADE['P']().go()",
    "__subclasses__": "class B: pass\nZERO = 3\nclass P(B):\n  def go(self): return ZERO\n"
    "def f(): return B.__subclasses__()[0]().go()",
    "__subclasses__ of these": "class B: pass\nclass M(B): pass\nZERO = 3\nclass P(M):\n"
    "  def go(self): return ZERO\ndef f(): return B.__subclasses__()[0].__subclasses__()[0]().go()",
    "a metaclass": "MADE = {}\nclass M(type):\n  def __init__(cls, n, b, d): MADE[n] = cls\n"
    "ZERO = 3\nclass P(metaclass=M):\n  def go(self): return ZERO\ndef f(): return MADE['P']().go()",
    "a name that is put together": "ZERO = 3\ndef act_pos(): return ZERO\n"
    "def f(kind='pos'): return globals()[f'act_{kind}']()",
    "a name from elsewhere": "ZERO = 3\ndef pos(): return ZERO\nKIND = 'pos'\n"
    "def f(): return globals()[KIND]()",
    "getattr of the module": "import sys\nZERO = 3\ndef act_pos(): return ZERO\n"
    "def f(): return getattr(sys.modules[__name__], 'act_' + 'pos')()",
    "eval": "Z = np.array([3])\ndef f(): return eval('1 + Z').tolist()",
    "eval of a variable": "Z = 3\nTEXT = '1 + Z'\ndef f(): return eval(TEXT)",
    "a decorator of a class": "MADE = {}\ndef reg(c):\n  MADE[c.__name__] = c\n  return c\n"
    "ZERO = 3\n@reg\nclass P:\n  def go(self): return ZERO\ndef f(): return MADE['P']().go()",
    "a thread": "import threading\nD = {}\ndef put(k): D[k] = 0\n"
    "t = threading.Thread(target=put, args=(1,))\nt.start()\nt.join()\ndef f(): return D",
    "reduce": "from functools import reduce\nD = {}\n"
    "reduce(lambda d, k: d.update({k: 0}) or d, 'ab', D)\ndef f(): return D",
    "a deque that is drained": "from collections import deque\nD = {}\n"
    "deque((D.setdefault(k, 0) for k in 'ab'), maxlen=0)\ndef f(): return D",
    "short circuits": "D = {}\n'a' in D or D.update(a=1)\ndef f(): return D",
    "a coroutine": "import asyncio\nD = {}\nasync def fill(): D['a'] = 1\nasyncio.run(fill())\n"
    "def f(): return D",
    "an inherited method": "D = {}\nclass A:\n  def put(self): D['a'] = 1\nclass B(A): pass\n"
    "B().put()\ndef f(): return D",
    "a class method": "class A:\n  made = {}\n  @classmethod\n"
    "  def put(cls, k): cls.made[k] = 1\nA.put('a')\ndef f(): return A.made",
    "super": "D = {}\nclass A:\n  def __init__(self): D['a'] = 1\nclass B(A):\n"
    "  def __init__(self): super().__init__()\nB()\ndef f(): return D",
    "swapping": "a, b = [1], [2]\na, b = b, a\nb.append(3)\ndef f(): return a, b",
    "a named tuple": "from types import SimpleNamespace\nC = SimpleNamespace(lr=1)\nd = C\n"
    "d.lr = 2\ndef f(): return C.lr",
    "an object that is deleted from": "D = {'a': 1}\ne = D\ndel e['a']\ndef f(): return D",
    "vars": "class N: z = 1\nn = N()\nvars(n)['z'] = 2\ndef f(): return n.z",
    "a dictionary of an object": "class N: z = 1\nn = N()\nn.__dict__.update(z=2)\ndef f(): return n.z",
    "hooks": "T={}\nH=[]\ndef hook(g): H.append(g); return g\n@hook\ndef fill(): T['a']=1\n"
    "for h in H: h()\ndef f(): return T",
    "zip names": "OPS={}\nnames=['a','b']\nfns=[abs,max]\nfor n,g in zip(names,fns): OPS[n]=g\n"
    "def f(): return sorted(OPS)",
    "comprehension update": "OPS={}\nOPS |= {k: 1 for k in 'ab'}\ndef f(): return OPS",
    "class deco patch": "def patch(c):\n  c.go = lambda self: 3\n  return c\n@patch\n"
    "class L: pass\ndef f(): return L().go()",
    "patch by call": "def patch(c): c.go = lambda self: 3\nclass L: pass\npatch(L)\ndef f(): return L().go()",
    "patch in loop": "class A: pass\nclass B: pass\nfor c in (A,B): c.go = 1\ndef f(): return A.go+B.go",
    "patch in loop list": "class A: pass\nclass B: pass\nALL=[A,B]\n"
    "for c in ALL: setattr(c,'go',1)\ndef f(): return A.go+B.go",
    "patch for items": "class A: pass\nfor n,v in {'go':1}.items(): setattr(A,n,v)\ndef f(): return A.go",
    "method assign": "class A:\n  def go(self): return 1\ndef better(self): return 2\n"
    "A.go = better\ndef f(): return A().go()",
    "base method assign": "class A:\n  def go(self): return 1\nclass B(A): pass\n"
    "A.go = lambda self: 2\ndef f(): return B().go()",
    "types.MethodType": "import types\nclass A: pass\na=A()\n"
    "a.go = types.MethodType(lambda self: 3, a)\ndef f(): return a.go()",
    "register method": "class Reg:\n  def __init__(self): self.t={}\n  def register(self, n):\n"
    "    def d(g):\n      self.t[n]=g\n      return g\n    return d\nR=Reg()\n@R.register('x')\n"
    "def _x(): return 5\ndef f(): return R.t['x']()",
    "register in try": "T={}\ntry:\n  T['a']=1\nfinally:\n  T['b']=2\ndef f(): return T",
    "chainmap": "from collections import ChainMap\nA={}\nC=ChainMap(A)\nC['x']=1\ndef f(): return A",
    "np.vectorize": "T={}\ndef put(k): T[int(k)]=1\nnp.vectorize(put)(np.arange(3))\ndef f(): return T",
    "sorted key": "T=[]\ndef put(k):\n  T.append(k)\n  return k\nsorted([2,1],key=put)\ndef f(): return T",
    "any": "T=[]\nany(T.append(k) for k in 'ab')\ndef f(): return T",
    "nested func": "T={}\ndef setup():\n  def inner(k): T[k]=1\n  for k in 'ab': inner(k)\n"
    "setup()\ndef f(): return T",
    "setup returns": "def setup():\n  t={}\n  t['a']=1\n  return t\nT=setup()\ndef f(): return T",
    "class with global count": "class C:\n  n=0\n  def __init__(self): C.n += 1\nC()\nC()\n"
    "def f(): return C.n",
    "cls counter": "class C:\n  n=[]\n  def __init__(self): self.n.append(1)\nC()\nC()\n"
    "def f(): return len(C.n)",
    "type(self)": "class C:\n  made=[]\n  def __init__(self): type(self).made.append(1)\n"
    "x=C()\ndef f(): return len(C.made)",
    "setattr by name loop": "import sys\n"
    "for n in ('aa','bb'): setattr(sys.modules[__name__], n, 1)\ndef f(): return aa+bb",
    "abc register": "import abc\nclass B(abc.ABC): pass\nclass P: pass\nB.register(P)\n"
    "def f(): return isinstance(P(),B)",
    "while pop": "A=[1,2]\nB=[]\nwhile A: B.append(A.pop())\ndef f(): return B",
    "two step alias": "A={}\ndef g(): return A\nh=g\nk=h()\nk['a']=1\ndef f(): return A",
    "alias of put": "D={}\ndef put(d,k): d[k]=1\nput2=put\nput2(D,'a')\ndef f(): return D",
    "dict of puts": "D={}\ndef put(d,k): d[k]=1\nP={'p':put}\nP['p'](D,'a')\ndef f(): return D",
    "lambda in list": "D={}\nfor g in [lambda: D.update(a=1)]: g()\ndef f(): return D",
    "default arg": "D={}\ndef put(k,d=D): d[k]=1\nput('a')\ndef f(): return D",
    "star args": "D={}\ndef put(*a): a[0][a[1]]=1\nput(*[D,'a'])\ndef f(): return D",
    "kwargs": "D={}\ndef put(**k): k['d']['a']=1\nput(d=D)\ndef f(): return D",
    "method arg": "D={}\nclass R:\n  def put(self,d): self.inner(d)\n"
    "  def inner(self,d): d['a']=1\nR().put(D)\ndef f(): return D",
    "static": "D={}\nclass R:\n  @staticmethod\n  def put(d): d['a']=1\nR.put(D)\ndef f(): return D",
    "reduce own": "D={}\ndef each(g,xs):\n  for x in xs: g(x)\n"
    "each(lambda k: D.update({k:1}),'ab')\ndef f(): return D",
    "each with data": "D={}\ndef each(g,x): g(x)\neach(lambda d: d.update(a=1), D)\ndef f(): return D",
    "np.put": "A=np.zeros(2)\nnp.put(A,[0],[1])\ndef f(): return A.tolist()",
    "A.T": "A=np.zeros((2,2))\nA.T[0]=1\ndef f(): return A.tolist()",
    "np.nditer": "A=np.zeros(2)\nfor v in np.nditer(A,op_flags=['readwrite']): v[...]=2\n"
    "def f(): return A.tolist()",
    "random.shuffle": "import random\nA=[1,2,3]\nrandom.seed(1)\nrandom.shuffle(A)\nA.sort()\n"
    "def f(): return A",
    "del attr": "class A: pass\nA.x=1\nA.y=2\ndel A.y\ndef f(): return hasattr(A,'y')",
    "global through two": "Z=0\ndef g():\n  global Z\n  Z+=1\ng();g()\ndef f(): return Z",
    "dataclass field": "from dataclasses import dataclass, field\n@dataclass\nclass C:\n"
    "  t: dict = field(default_factory=dict)\nc=C()\nc.t['a']=1\ndef f(): return c.t",
    "SimpleNamespace": "from types import SimpleNamespace as S\nc=S(t={})\nc.t['a']=1\ndef f(): return c.t",
    "generator send": "def acc():\n  t=[]\n  while True:\n    x=yield t\n    t.append(x)\n"
    "G=acc()\nnext(G)\nG.send(3)\ndef f(): return G.send(4)",
    "contextvar": "import contextvars\nV=contextvars.ContextVar('v',default=1)\nV.set(5)\n"
    "def f(): return V.get()",
    "weakset": "import weakref\nclass C: pass\nc=C()\nW=weakref.WeakSet()\nW.add(c)\ndef f(): return len(W)",
    "multi dispatch dict": "T={}\ndef on(*ks):\n  def d(g):\n    for k in ks: T[k]=g\n"
    "    return g\n  return d\n@on('a','b')\ndef h(): return 1\ndef f(): return sorted(T)",
    "class registering by name": "T={}\nclass Meta(type):\n  def __new__(m,n,b,d):\n"
    "    c=super().__new__(m,n,b,d)\n    T[n]=c\n    return c\nclass Base(metaclass=Meta): pass\n"
    "K=4\nclass Leaf(Base):\n  v=K\ndef f(): return T['Leaf'].v",
    "init_subclass grand": "T={}\nclass B:\n  def __init_subclass__(c,**k):\n"
    "    super().__init_subclass__(**k)\n    T[c.__name__]=c\nclass M(B): pass\nK=4\nclass L(M):\n"
    "  def go(self): return K\ndef f(): return T['L']().go()",
    "set_name": "T=[]\nclass D:\n  def __set_name__(self,o,n): T.append(n)\nclass C:\n  x=D()\n"
    "def f(): return T",
    "descriptor kept": "K=2\nclass D:\n  def __get__(self,o,t): return K\nclass C: x=D()\n"
    "def f(): return C().x",
    "partial register": "from functools import partial\nT={}\ndef reg(t,n,g):\n  t[n]=g\n"
    "  return g\nop=partial(reg,T,'x')\n@op\ndef h(): return 3\ndef f(): return T['x']()",
    "update from function": "T={}\ndef table(): return {'a':1}\nT.update(table())\ndef f(): return T",
    "exec template": "for n in ('p','q'):\n  exec(f'def {n}(): return 1')\ndef f(): return p()+q()",
    "globals update": "globals().update({'zz':3})\ndef f(): return zz",
    "vars update": "vars()['zz']=3\ndef f(): return zz",
    "fn attr": "def g(): return g.table['a']\ng.table={}\ng.table['a']=1\ndef f(): return g()",
    "fn attr append": "def g(): return len(g.t)\ng.t=[]\ng.t.append(1)\ndef f(): return g()",
    "class attr set": "class C: pass\nC.t=[]\nfor k in 'ab': C.t.append(k)\ndef f(): return C.t",
    "wrap existing": "def g(): return 1\n_old=g\ndef g(): return _old()+1\ndef f(): return g()",
    "decorate later": "def g(): return 1\ndef twice(h): return lambda: 2*h()\ng=twice(g)\n"
    "def f(): return g()",
    "counter obj in registry": "class Op:\n  def __init__(self): self.n=0\n"
    "  def __call__(self): self.n+=1; return self.n\nT={'a':Op()}\nT['a'].n=5\n"
    "def f(): return T['a']()",
    "insert through items": "T={'a':[]}\nfor k,v in T.items(): v.append(k)\ndef f(): return T",
    "through sorted": "T={'a':[]}\nfor k in sorted(T): T[k].append(1)\ndef f(): return T",
    "map put each own": "T={}\ndef put(k,v): T[k]=v\n"
    "_=[put(k,v) for k,v in zip('ab',range(2))]\ndef f(): return T",
    "module own": "import types\nM=types.ModuleType('m')\nM.x=1\nsetattr(M,'y',2)\ndef f(): return M.x+M.y",
    "sys.modules own": "import sys,types\nM=types.ModuleType('mm')\nM.x=1\n"
    "sys.modules['mm']=M\ndef f():\n  import mm\n  return mm.x",
    "np patch": "np.float=float\ndef f(): return np.float(1)",
    "math.prod patch": "import math\nmath.mine=3\ndef f(): return math.mine",
    "builtins patch": "import builtins\nbuiltins.mine=3\ndef f(): return mine",
    "operator ilshift": "class R:\n  def __init__(s): s.t=[]\n"
    "  def __ilshift__(s,x): s.t.append(x); return s\nr=R()\nr <<= 1\ndef f(): return r.t",
    "operator or": "class R:\n  def __init__(s): s.t=[]\n"
    "  def __or__(s,x): s.t.append(x); return s\nr=R()\nr | 1 | 2\ndef f(): return r.t",
    "operator getitem": "class R:\n  def __init__(s): s.t=[]\n"
    "  def __getitem__(s,x): s.t.append(x); return s\nr=R()\nr[1]\ndef f(): return r.t",
    "contains": "class R:\n  t=[]\n  def __contains__(s,x): R.t.append(x); return True\n"
    "1 in R()\ndef f(): return R.t",
    "call op chain": "class S:\n  def __init__(s): s.l=[]\n"
    "  def add(s,g): s.l.append(g); return s\nnet=(S().add(1).add(2))\nnet.add(3)\n"
    "def f(): return net.l",
    "extend": "L=[]\nL.extend([1])\nL += [2]\ndef f(): return L",
    "setdefault": "T={}\nT.setdefault('a',[]).append(1)\ndef f(): return T",
    "bound append": "L=[]\npush=L.append\nfor k in 'ab': push(k)\ndef f(): return L",
    "map bound": "L=[]\nlist(map(L.append,'ab'))\ndef f(): return L",
    "exitstack": "import contextlib\nL=[]\nwith contextlib.ExitStack() as s:\n"
    "  s.callback(L.append,1)\ndef f(): return L",
    "functools.singledispatchmethod": "from functools import singledispatchmethod\nK=7\n"
    "class C:\n  @singledispatchmethod\n  def go(self,x): return 0\n  @go.register\n"
    "  def _(self,x:int): return K\ndef f(): return C().go(1)",
    "attrgetter": "import operator\nD={}\noperator.attrgetter('update')(D)(a=1)\ndef f(): return D",
    "getattr update": "D={}\ngetattr(D,'update')(a=1)\ndef f(): return D",
    "type.__setattr__": "class A: pass\ntype.__setattr__(A,'x',1)\ndef f(): return A.x",
    "object.__setattr__": "class A: pass\na=A()\nobject.__setattr__(a,'x',1)\ndef f(): return a.x",
    "unpack iter": "I=iter([1,2,3])\nx,y=next(I),next(I)\ndef f(): return next(I)",
}
