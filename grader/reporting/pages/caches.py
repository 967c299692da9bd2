"""Rendered texts, kept by their source: a bounded number of characters, not of entries."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from markupsafe import Markup

LARGEST_ENTRY = 64_000
"""Characters of a source and its HTML; larger ones are rendered again each time."""


class TextCache:
    """The results that were used last, ``total`` characters of them at most.

    ``functools.lru_cache`` counts entries: 1,024 results of 5 MB each would be kept.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.size = 0
        self._entries: OrderedDict[Hashable, tuple[Markup, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, source: str, render: Callable[[], Markup], variant: Hashable = None) -> Markup:
        """The HTML of a source, rendered where it is not kept. ``variant`` tells two ways to render apart."""
        key = (source, variant)
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key][0]
        result = render()
        size = len(source) + len(result)
        if size <= min(LARGEST_ENTRY, self.total):
            self._keep(key, result, size)
        return result

    def _keep(self, key: Hashable, result: Markup, size: int) -> None:
        with self._lock:
            if key in self._entries:  # another thread was faster
                return
            self._entries[key] = result, size
            self.size += size
            while self.size > self.total:
                _, (_, freed) = self._entries.popitem(last=False)
                self.size -= freed
