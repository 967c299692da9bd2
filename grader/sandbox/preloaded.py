"""What every child has in memory before it is sealed: nothing can be imported from disk afterwards."""

from __future__ import annotations

import importlib
import sys
import warnings

import numpy as np

from grader.source.memory import Placeholder

MODULES = """
abc array bisect builtins calendar cmath collections collections.abc contextlib copy csv ctypes dataclasses
datetime decimal enum errno fractions functools gc glob hashlib heapq inspect io itertools json keyword
linecache logging math numbers operator os os.path pathlib pickle platform pprint queue random re
secrets shutil signal statistics string struct sys tempfile textwrap threading time timeit traceback types
typing unittest uuid warnings weakref zlib
numpy numpy.exceptions numpy.fft numpy.lib numpy.lib.stride_tricks numpy.linalg numpy.ma
numpy.matlib numpy.polynomial numpy.random numpy.testing numpy.typing
grader.toolkit grader.toolkit.solver grader.sandbox.child grader.sandbox.limits grader.sandbox.seal
grader.sandbox.escape_probes grader.sandbox.mechanisms
""".split()
LATE = ("char", "rec")
"""What NumPy imports when it is first asked for; NumPy 1.26 has it, but as no module of that name."""


def load_everything() -> None:
    """Import, and let NumPy import what it imports late."""
    # numpy.matlib would bring it along: a Fortran compiler's front end, 1.4 MB in every child.
    sys.modules["numpy.f2py"] = np.f2py = Placeholder("numpy.f2py")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy.matlib announces its own end
        for name in MODULES:
            importlib.import_module(name)
        for name in LATE:
            getattr(np, name)
    sample = np.arange(6.0).reshape(2, 3)
    np.random.default_rng(0).normal(size=3)
    np.linalg.norm(sample @ sample.T)
    np.einsum("ij,kj->ik", sample, sample, optimize=True)
    np.testing.assert_allclose(sample, sample)
    np.array_repr(sample)
    np.pad(sample, 1)
    np.median(sample)
    np.isclose(sample, sample).all()
