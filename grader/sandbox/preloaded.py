"""What every child has in memory before it is sealed: nothing can be imported from disk afterwards."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import types
import warnings
from collections.abc import Sequence

import numpy as np

MODULES = """
abc argparse array ast asyncio base64 binascii bisect builtins bz2 calendar cmath cProfile codecs collections
collections.abc concurrent.futures configparser contextlib contextvars copy copyreg csv ctypes dataclasses
datetime decimal difflib dis enum errno fractions functools gc getpass glob graphlib gzip hashlib heapq html
importlib.metadata importlib.util inspect io itertools json keyword linecache locale logging math
multiprocessing numbers operator optparse os os.path pathlib pdb pickle platform pprint pstats queue random re
secrets select selectors shutil signal socket statistics string struct subprocess symtable sys tempfile
textwrap threading time timeit token tokenize traceback tracemalloc types typing unittest urllib.parse uuid
warnings weakref zipfile zlib
numpy numpy.exceptions numpy.fft numpy.lib numpy.lib.stride_tricks numpy.linalg numpy.ma
numpy.matlib numpy.polynomial numpy.random numpy.testing numpy.typing
grader.toolkit grader.toolkit.solver grader.sandbox.child grader.sandbox.limits grader.sandbox.seal
grader.sandbox.escape_probes grader.sandbox.mechanisms grader.source.stand_ins
""".split()
LATE = ("char", "rec")
"""What NumPy imports when it is first asked for; NumPy 1.26 has it, but as no module of that name."""


_NOT_LOADED = frozenset({"conftest", "setup", "tests"})


def load_everything(packages: Sequence[str] = ()) -> None:
    """Import, and let NumPy import what it imports late; and all of ``packages``, a course's own."""
    # numpy.matlib would bring it along: a Fortran compiler's front end, 1.4 MB in every child.
    sys.modules["numpy.f2py"] = np.f2py = types.ModuleType("numpy.f2py")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy.matlib announces its own end
        for name in MODULES:
            importlib.import_module(name)
        for name in LATE:
            getattr(np, name)
        for name in packages:
            _load_package(name)
    sample = np.arange(6.0).reshape(2, 3)
    np.random.default_rng(0).normal(size=3)
    np.linalg.norm(sample @ sample.T)
    np.einsum("ij,kj->ik", sample, sample, optimize=True)
    np.testing.assert_allclose(sample, sample)
    np.array_repr(sample)
    np.pad(sample, 1)
    np.median(sample)
    np.isclose(sample, sample).all()


def _load_package(name: str) -> None:
    """A package with its public modules, one level deep: many are imported when they are first asked for."""
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(getattr(package, "__path__", ())):
        if not module.name.startswith("_") and module.name not in _NOT_LOADED:
            importlib.import_module(f"{name}.{module.name}")
