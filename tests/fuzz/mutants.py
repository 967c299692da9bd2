"""A mutant: one submission of a class, made from a seed by a few mutations; each has a number."""

from __future__ import annotations

import base64
import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz import names, notebooks, packs, seeds, sources
from tests.fuzz.seeds import Tree

DEAR = 0.01
"""The share of mutations that make somebody wait: a loop without end, a bomb."""


@dataclass(frozen=True)
class Mutant:
    """One entry of a class's folder: a file, or a folder of files."""

    index: int
    origin: str
    """The seed's name, and what was done to it."""
    name: bytes
    tree: Tree
    """What it holds, by path; the empty path means that it is a file itself."""

    def write(self, folder: Path) -> Path:
        """Write it into a class's folder; the path to it. What the file system refuses is left out."""
        place = Path(os.fsdecode(bytes(folder) + b"/" + self.name))
        for path, data in self.tree.items():
            target = place / os.fsdecode(path) if path else place
            with contextlib.suppress(OSError, ValueError):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        return place

    def dump(self) -> str:
        """As JSON, to be replayed."""
        files = {path.hex(): base64.b64encode(data).decode() for path, data in self.tree.items()}
        return json.dumps(
            {"index": self.index, "origin": self.origin, "name": self.name.hex(), "files": files}
        )


def load(text: str) -> Mutant:
    """The mutant that ``dump`` wrote."""
    record = json.loads(text)
    tree = {bytes.fromhex(path): base64.b64decode(data) for path, data in record["files"].items()}
    return Mutant(record["index"], record["origin"], bytes.fromhex(record["name"]), tree)


def mutant(seed: int, index: int) -> Mutant:
    """The mutant of a number."""
    random = Random(f"{seed}:{index}")
    origin, tree = seeds.seed(random)
    done = [origin]
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        tree = _content(random, tree, done)
    if random.random() < 0.15:
        tree = _other_paths(random, tree, done)
    tree, ending = _form(random, tree, done)
    odd = random.random() < 0.25
    name = names.name(random, ending) if odd else names.plain(random, ending)
    return Mutant(index, " ".join([*done, "named" * odd]).strip(), name, tree)


def _content(random: Random, tree: Tree, done: list[str]) -> Tree:
    """One file of the tree changed, as what it is."""
    path = random.choice(list(tree))
    data = tree[path]
    if path.endswith(b".py") or not (path.endswith(b".ipynb") or data.lstrip()[:1] == b"{"):
        done.append("source")
        return {**tree, path: _module(random, data)}
    return {**tree, path: _notebook(random, data, done)}


def _module(random: Random, data: bytes) -> bytes:
    text = sources.mutate(random, data.decode("utf-8", "surrogateescape"), DEAR)
    return text.encode("utf-8", "surrogatepass" if random.random() < 0.5 else "replace")


def _notebook(random: Random, data: bytes, done: list[str]) -> bytes:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = None
    kind = random.random()
    if not isinstance(document, dict) or kind < 0.1:
        done.append("text")
        return notebooks.mutate_text(random, data)
    if kind < 0.4:
        done.append("json")
        with contextlib.suppress(RecursionError):  # no deeper: what is deeper is written as a text
            notebooks.mutate(random, document)
            return notebooks.dumped(document)
        return data
    done.append("cell")
    cells = notebooks.code_cells(document)
    for cell in random.sample(cells, min(len(cells), random.choice((1, 1, 2, 5)))):
        cell["source"] = sources.mutate(random, notebooks.text_of(cell) or "", DEAR)
    return notebooks.dumped(document)


def _other_paths(random: Random, tree: Tree, done: list[str]) -> Tree:
    """The same files elsewhere, and some beside them that may get in their way."""
    done.append("paths")
    ending = b".ipynb" if b"" in tree and tree[b""].lstrip()[:1] == b"{" else b".py"
    moved = {path or b"hw" + ending: data for path, data in tree.items()}
    for path in list(moved):
        if random.random() < 0.4:
            moved[b"/".join(filter(None, names.inner(random).lstrip(b"/").split(b"/")))] = moved[path]
    for _ in range(random.choice((0, 1, 3))):
        stem = random.choice(
            (
                b"run.json",
                b"grades.csv",
                b".grader-output",
                b"signal.py",
                b"numpy.py",
                b"index.html",
                b"layers.py",
            )
        )
        moved[stem] = random.choice((b"", b"{}", b"raise SystemExit", seeds.module()))
    return {
        path: data
        for path, data in moved.items()
        if b".." not in path.split(b"/") and path and b"\0" not in path
    }


def _form(random: Random, tree: Tree, done: list[str]) -> tuple[Tree, bytes]:
    """As it is handed in, a file, a folder or an archive, and the ending of its name."""
    form = random.random()
    if form < 0.72 or not tree:
        if b"" not in tree:
            return tree or {b"hw.txt": b""}, b""
        return tree, b".ipynb" if tree[b""].lstrip()[:1] == b"{" or random.random() < 0.1 else b".py"
    ending = random.choice(packs.ENDINGS)
    files = {path or b"hw.ipynb": data for path, data in tree.items()}
    if form < 0.78:
        done.append("packed")
        return {b"": packs.packed(random, files, ending)}, ending
    if form < 0.92:
        done.append("packed turned")
        data = packs.packed(random, files, ending)
        for _ in range(random.choice((1, 1, 3))):
            data = packs.mutate(random, data)
    else:
        done.append("packed odd")
        data = packs.odd(random, files, 3 * DEAR)
    if random.random() < 0.2:
        return {random.choice((b"a.zip", b"hw.tar.gz", b"x/a.zip")): data, b"notes.txt": b"Hi"}, b""
    return {b"": data}, ending
