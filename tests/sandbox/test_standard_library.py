"""Python's own modules in a child: what computes works, what is left out raises, threads run in turn."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from grader.sandbox import Limits, Sandbox
from tests.sandbox.test_absent_libraries import run
from tests.sandbox.test_session import X

COMPUTES = {
    "graphlib": "import graphlib\nassert [*graphlib.TopologicalSorter({2: {1}}).static_order()] == [1, 2]",
    "numpy.lib.recfunctions": "import numpy.lib.recfunctions as r\nassert r.append_fields and r.merge_arrays",
    "np.load of an archive": (
        "import io\nfile = io.BytesIO()\nnp.savez_compressed(file, a=x)\nfile.seek(0)\n"
        "assert (np.load(file)['a'] == x).all()"
    ),
    "encodings": "assert all('a'.encode(e) for e in 'cp437 cp1252 mac_roman utf-16 big5 idna'.split())",
    "an encoding that does not exist": (
        "try:\n    'a'.encode('no_such')\nexcept LookupError:\n    pass\nelse:\n    raise AssertionError"
    ),
    "tomllib": "import tomllib\nassert tomllib.loads('a = 1') == {'a': 1}",
    "configparser": (
        "import configparser\nc = configparser.ConfigParser()\nc.read_string('[a]\\nb = 1')\n"
        "assert c.getint('a', 'b') == 1"
    ),
    "unittest.mock": "from unittest.mock import Mock\nassert Mock(return_value=3)() == 3",
    "html": "import html, html.parser\nassert html.escape('<') == '&lt;'",
    "colorsys": "import colorsys\nassert colorsys.rgb_to_hsv(1, 1, 1) == (0, 0, 1)",
    "sched": (
        "import sched\ndone = []\ns = sched.scheduler()\ns.enter(0, 0, done.append, ('a',))\ns.run()\n"
        "assert done == ['a']"
    ),
    "a date that is read": "import datetime\nassert datetime.datetime.strptime('2020', '%Y').year == 2020",
    "a letter by its name": r"assert '\N{GREEK SMALL LETTER ALPHA}' == 'α'",
    "trees of XML": "import xml.etree.ElementTree as e\nassert e.fromstring('<a/>').tag == 'a'",
    "what notebooks load data with": "import urllib.request, tarfile\nfrom http.client import HTTPException",
}
IN_TURN = {
    "a thread": (
        "import threading\nseen = []\nt = threading.Thread(target=seen.append, args=(1,))\n"
        "assert not t.is_alive()\nt.start()\nt.join()\nassert seen == [1] and not t.is_alive()"
    ),
    "a class of threads": (
        "from threading import Thread\nclass Row(Thread):\n    def run(self):\n"
        "        self.value = x[0] * 2\nrows = [Row(), Row()]\n"
        "[row.start() for row in rows]\n[row.join(1.0) for row in rows]\n"
        "assert [row.value for row in rows] == [x[0] * 2] * 2"
    ),
    "a thread that fails": (
        "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\nfailed = False\n"
        "try:\n    t.start()\nexcept RuntimeError:\n    failed = True\nassert failed"
    ),
    "a pool of threads": (
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n"
        "    assert [*pool.map(abs, [-1, 2], chunksize=2)] == [1, 2]"
    ),
    "a pool of processes": (
        "import concurrent.futures as c\nwith c.ProcessPoolExecutor() as pool:\n"
        "    futures = [pool.submit(pow, 2, n) for n in range(3)]\n"
        "assert [f.result() for f in c.as_completed(futures)] and futures[2].result() == 4"
    ),
    "a call that fails in a pool": (
        "from concurrent.futures.thread import ThreadPoolExecutor\n"
        "assert type(ThreadPoolExecutor().submit(lambda: 1 / 0).exception()) is ZeroDivisionError"
    ),
    "tasks of an event loop": (
        "import asyncio\nasync def one(n):\n    await asyncio.sleep(0)\n    return n\n"
        "async def every():\n    return await asyncio.gather(one(1), one(2), asyncio.to_thread(abs, -3))\n"
        "assert asyncio.run(every()) == [1, 2, 3]"
    ),
}
LEFT_OUT = ("tkinter", "turtle", "multiprocessing.pool", "curses", "idlelib", "antigravity", "lib2to3")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(load=5.0, case=5.0)) as one:
        yield one


def function(body: str) -> str:
    """A cell whose ``f`` does something, and gives what is due."""
    indented = "".join(f"    {line}\n" for line in body.split("\n"))
    return f"import numpy as np\ndef f(x):\n{indented}    return np.multiply(x, 2)\n"


@pytest.mark.parametrize("use", [*COMPUTES, *IN_TURN])
def test_what_an_answer_may_use_works(sandbox: Sandbox, use: str) -> None:
    result, problems = run(sandbox, function({**COMPUTES, **IN_TURN}[use]))
    assert result.failures == {}
    assert np.array_equal(result.values[0], X * 2)
    assert problems == []


def test_who_waits_for_what_never_comes_is_told(sandbox: Sandbox) -> None:
    body = "import asyncio\nasync def wait():\n    await asyncio.Event().wait()\nasyncio.run(wait())"
    result, _ = run(sandbox, function(body))
    assert result.failures[0].error == "RuntimeError"


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_raises_import_error(sandbox: Sandbox, name: str) -> None:
    body = f"fallen_back = False\ntry:\n    import {name}\nexcept ImportError:\n    fallen_back = True\n"
    result, problems = run(sandbox, function(body + "assert fallen_back"))
    assert result.failures == {}
    assert problems == []


def test_a_module_of_pythons_own_works_or_raises(sandbox: Sandbox) -> None:
    """None is a stand-in, on which `except ImportError` would never run."""
    names = [
        name
        for name in sorted(sys.stdlib_module_names)
        if name[0] != "_" and importlib.util.find_spec(name) is not None
    ]
    body = f"""import importlib, types
there = []
for name in {names!r}:
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    assert type(module) is types.ModuleType, name
    there.append(name)
assert len(there) > 150, len(there)"""
    result, _ = run(sandbox, function(body))
    assert result.failures == {}
