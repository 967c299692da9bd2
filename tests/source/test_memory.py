"""Modules that are loaded from memory: their text can be looked up, unless it is a secret."""

from __future__ import annotations

import linecache
from importlib.util import module_from_spec

import pytest

from grader.source.memory import MemoryFinder

SOURCE = "def answer():\n    return 42\n"


@pytest.mark.parametrize("secret", [False, True])
def test_a_secret_text_is_forgotten_once_it_is_compiled(
    secret: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linecache, "cache", {})
    finder = MemoryFinder({"layers": (SOURCE, False)}, secret=secret)
    spec = finder.find_spec("layers", None)
    assert spec is not None
    module = module_from_spec(spec)
    finder.exec_module(module)
    assert module.answer() == 42
    assert (finder.sources["layers"][0] == SOURCE) is not secret
    assert ("<layers>" in linecache.cache) is not secret
