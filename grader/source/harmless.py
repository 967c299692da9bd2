"""What calls of well-known names do: those that leave what they are given alone, and those that do not."""

from __future__ import annotations

import sys

ALTERING = frozenset(
    "setattr delattr next heappush heappop heapify heapreplace heappushpop insort insort_left"
    " insort_right setitem delitem iadd isub imul imatmul itruediv ifloordiv imod ipow iand ior ixor"
    " ilshift irshift iconcat copyto put place putmask put_along_axis fill_diagonal at shuffle"
    " update_wrapper pack_into".split()
)
"""Functions that alter their first argument, of whatever module they are."""

KEEPING = frozenset("append appendleft extend insert add update setdefault register __setitem__".split())
"""Methods after which an object holds what it was given."""

APPLYING = frozenset(
    "map filter reduce accumulate partial partialmethod starmap Thread Timer submit apply call run".split()
)
"""Functions that call a function which they are given on what else they are given."""

LOOKING_UP = frozenset("exec eval globals locals vars import_module __import__".split())
"""Functions that find names by their text."""

MODULES = frozenset(
    "np numpy plt pylab matplotlib mpl sns seaborn math cmath time tqdm warnings logging pprint IPython"
    " pd grader".split()
)
"""Modules, by their usual names, that leave alone what they are given."""

TYPES = frozenset("list dict set bytearray object type".split())
"""Built-in types: what their methods alter is the first argument."""

FRESH = frozenset(
    "len int float str bool complex bytes repr print range abs sum hash id ord chr isinstance"
    " issubclass callable hasattr all any divmod pow round format input bin hex oct ascii display".split()
)
"""Built in: what they give holds nothing of what they are given."""

VIEWING = frozenset(
    "get items values view reshape ravel transpose squeeze swapaxes diagonal flat most_common"
    " __getitem__ asarray asanyarray ascontiguousarray atleast_1d atleast_2d atleast_3d broadcast_to"
    " expand_dims moveaxis rollaxis split array_split flip nditer ndenumerate frombuffer".split()
)
"""Methods, and functions of NumPy, that give a part or a view of what they are given."""

METHODS = VIEWING | frozenset(
    "keys copy index count rsplit splitlines strip lstrip rstrip join format startswith endswith upper"
    " lower title replace encode decode isdigit sum mean std var min max argmin argmax argsort all any"
    " dot flatten astype tolist item round cumsum cumprod prod ptp take repeat nonzero trace conj clip"
    " searchsorted compress choose tobytes union intersection difference issubset issuperset isdisjoint"
    " __len__ __contains__ random random_sample standard_normal normal uniform choice integers randint"
    " rand randn permutation permuted binomial".split()
)
"""Methods after which containers, arrays, texts and generators of random numbers are as good as before."""


def leaves_alone(module: str, name: str) -> bool:
    """Whether a name that is imported from ``module`` alters nothing that it is given."""
    top = module.partition(".")[0]
    return name not in ALTERING and (top in MODULES or top in sys.stdlib_module_names)
