"""Fuzz the wire's decoder with atheris: a million hostile frames, and nothing but a value or a WireError.

Run it with ``make fuzz``, or for another number of inputs ``python scripts/fuzz_wire.py -runs=N``. atheris is
not among the project's own requirements: it has no wheel for every Python.
"""

from __future__ import annotations

import contextlib
import sys
import tracemalloc

import atheris
import numpy as np

with atheris.instrument_imports(include=["grader.sandbox.wire", "grader.sandbox.messages"]):
    from grader.model import Case, Input, Ref, Step
    from grader.sandbox.messages import unpack_points, unpack_problem, unpack_result
    from grader.sandbox.wire import WireError, decode, encode

_STEP = Step("call", "f", None, (Input(0),))
CASE = Case("q", "", 0, False, 1, (np.ones(2),), ("x",), (_STEP,), (Ref(0),), (), ())

MOST = 32 << 20
"""Bytes that decoding a frame of at most 64 KiB may take at its height."""


def one_input(data: bytes) -> None:
    """One frame: what comes out goes back in and comes out the same, and is an answer or is not."""
    tracemalloc.reset_peak()
    try:
        value = decode(bytearray(data))
    except WireError:
        value = None
    _, peak = tracemalloc.get_traced_memory()
    if peak > MOST:
        raise AssertionError(f"{peak} bytes for a frame of {len(data)}")
    again = encode(value)
    if encode(decode(again)) != again:
        raise AssertionError("a value that changes on its way")
    readers = (lambda v: unpack_result(v, CASE), unpack_problem, lambda v: unpack_points(v, 1))
    for read in readers:
        with contextlib.suppress(WireError):
            read(value)


def main() -> None:
    """Fuzz, by default a million times."""
    tracemalloc.start()
    arguments = [argument for argument in sys.argv if not argument.startswith("-runs=")]
    runs = next((a for a in sys.argv if a.startswith("-runs=")), "-runs=1000000")
    atheris.Setup([*arguments, runs, "-max_len=4096", "-len_control=0", "-print_final_stats=1"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
