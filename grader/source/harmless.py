"""What calls are known to do: those that leave their arguments alone, and those that do not."""

from __future__ import annotations

DATA = "<data>"
"""A value that can be altered where it is called or written to: a display, an object, a closure."""

ALTERING = frozenset(
    "setattr delattr heappush heappop heapify heapreplace heappushpop insort insort_left insort_right setitem"
    " delitem iadd isub imul imatmul itruediv ifloordiv imod ipow iand ior ixor ilshift irshift iconcat copyto put"
    " place putmask put_along_axis fill_diagonal at shuffle update_wrapper pack_into fill appendleft append extend"
    " update setdefault add register __setitem__ __setattr__ __delitem__ __delattr__ __init__ setflags".split()
)
"""Functions of modules, and two built in, that alter an argument."""

MODULES = frozenset("numpy math cmath matplotlib pylab seaborn time IPython tqdm warnings logging pprint".split())
"""Of which a function not in ``ALTERING`` leaves its arguments as they are."""

SHOWN = frozenset("matplotlib pylab seaborn IPython tqdm".split())
"""Modules that only show: what is set in them is of no use to an answer."""

FRESH = frozenset(
    "len int float str bool complex bytes repr print range abs sum hash id ord chr isinstance issubclass callable"
    " hasattr all any divmod pow round format type input bin hex oct ascii".split()
)
"""Built in: what they give holds nothing of what they are given."""

BUILTINS = FRESH | frozenset(
    "list tuple dict set frozenset sorted reversed enumerate zip map filter min max iter getattr display super"
    " slice memoryview property staticmethod classmethod help dir vars globals locals".split()
)
"""Built in: they alter nothing by themselves."""

METHODS = frozenset(
    "items keys values get copy index count split rsplit splitlines strip lstrip rstrip join format startswith"
    " endswith upper lower title replace encode decode isdigit sum mean std var min max argmin argmax argsort all"
    " any dot ravel reshape flatten transpose squeeze astype tolist item view round cumsum cumprod prod ptp take"
    " repeat nonzero diagonal trace conj swapaxes clip searchsorted compress choose tobytes most_common union"
    " intersection difference issubset issuperset isdisjoint __getitem__ __len__ __contains__".split()
)
"""Methods of containers, arrays and texts that alter nothing."""
