"""A class of mutants and one right submission: a folder, or an archive that may itself be mutated."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.fuzz import packs, seeds
from tests.fuzz.mutants import Mutant

CONTROL = "Control, Right.ipynb"
"""The right submission's name, which no mutant has."""


def write_folder(folder: Path, mutants: Sequence[Mutant]) -> dict[Path, Mutant]:
    """Write a class as a folder; where each mutant lies. A name that is there already gets its number."""
    folder.mkdir(parents=True)
    (folder / CONTROL).write_bytes(seeds.notebooks()[1])
    placed: dict[Path, Mutant] = {}
    for mutant in mutants:
        if (folder / _decoded(mutant.name)).exists() or len(mutant.name) > 255:
            mutant = Mutant(
                mutant.index, mutant.origin, b"%d-" % mutant.index + mutant.name[:240], mutant.tree
            )
        placed[mutant.write(folder)] = mutant
    return placed


def write_archive(random: Random, folder: Path, mutants: Sequence[Mutant]) -> tuple[Path, bool]:
    """Write a class as an archive; its path, and whether it was damaged on purpose."""
    folder.mkdir(parents=True)
    top = random.choice((b"", b"class/"))
    files = {top + CONTROL.encode(): seeds.notebooks()[1]}
    for mutant in mutants:
        whole = top + mutant.name
        files |= {whole + (b"/" + path if path else b""): data for path, data in mutant.tree.items()}
    ending = random.choice(packs.ENDINGS)
    data = packs.packed(random, files, ending)
    damaged = random.random() < 0.5
    if damaged:
        data = packs.mutate(random, data)
    place = folder / ("class" + ending.decode())
    place.write_bytes(data)
    return place, damaged


def remove(folder: Path) -> None:
    """Delete a class, whatever its files are called."""
    shutil.rmtree(folder, ignore_errors=True)


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
