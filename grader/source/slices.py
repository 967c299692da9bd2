"""Slices, not notebooks: which statements of which cells make the implementation.

Kept, in notebook order, are every import, def and class; the statements that bind a name which kept code
reads *free*; and those that may alter what such a name stands for, by themselves or by what they call. Calls
of the answers are taken to alter nothing, and so are those of provided functions: the grader calls answers in
any order, and the cells that try or train them are what is to be left out (docs/decisions/0037).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

from grader.source.effects import read
from grader.source.values import MODULE, Body, Statement

Key = TypeVar("Key")
Value = TypeVar("Value")
Place = tuple[int, Body]
"""A body, and the number of the statement in which it stands."""


def keep(trees: Sequence[ast.Module | None], roots: Iterable[str]) -> list[tuple[int, ...]]:
    """For each cell, the positions of the statements to run so that ``roots`` can be called."""
    places = [
        (cell, position)
        for cell, tree in enumerate(trees)
        if tree is not None
        for position in range(len(tree.body))
    ]
    statements = [statement for tree in trees if tree is not None for statement in describe(tree)]
    # Definitions cost nothing to run, so all are kept; but only what the roots reach is *read*:
    # a plotting helper that mentions `solver` must not bring back an hour of training.
    numbers = _Search(statements, frozenset(roots)).numbers()
    positions: list[list[int]] = [[] for _ in trees]
    for index, (cell, position) in enumerate(places):
        if index in numbers or statements[index].always:
            positions[cell].append(position)
    return [tuple(cell) for cell in positions]


_descriptions: WeakKeyDictionary[ast.Module, tuple[Statement, ...]] = WeakKeyDictionary()


def describe(tree: ast.Module) -> tuple[Statement, ...]:
    """What each statement does; every question asks again, and of given cells every submission."""
    if tree not in _descriptions:
        _descriptions[tree] = tuple(map(read, tree.body))
    return _descriptions[tree]


def defined_names(tree: ast.Module) -> frozenset[str]:
    """Names that a module's top-level statements bind, imports apart."""
    return frozenset().union(*(s.binds for s in describe(tree) if not s.imports))


def bound_names(tree: ast.Module) -> frozenset[str]:
    """Names that a module's top-level statements bind, imports included."""
    return frozenset().union(*(s.binds for s in describe(tree)))


class _Search:
    """Names are followed to statements, and those to the names that they read, until nothing is new."""

    def __init__(self, statements: Sequence[Statement], roots: frozenset[str]) -> None:
        self.statements, self.roots = statements, roots
        self.found: set[int] = set()
        self.names = [*roots, MODULE]
        self.definitions: list[int] = []
        self.seen: set[str] = set()
        self.words: set[str] = set()
        self.looks_up = False
        self.followed: defaultdict[str, set[str]] = defaultdict(set)
        self.indexes: dict[str, dict[str, list[Place]]] = {}
        self.makers = _listed((name, n) for n, s in enumerate(statements) for name in s.binds)

    @cached_property
    def bodies(self) -> list[Place]:
        """What may run, but for the answers themselves."""
        numbered = [(number, body) for number, s in enumerate(self.statements) for body in s.bodies]
        return [(number, body) for number, body in numbered if self.roots.isdisjoint(body.tokens)]

    @cached_property
    def holders(self) -> Mapping[str, list[str]]:
        """By token: what may be it, or hold it."""
        return _listed((held, holder) for s in self.statements for holder, held in s.holds)

    @cached_property
    def held(self) -> Mapping[str, list[str]]:
        """By token: what it may be, or hold."""
        return _listed(pair for s in self.statements for pair in s.holds)

    @cached_property
    def same(self) -> Mapping[str, list[str]]:
        """By token: what may be the very same object."""
        return _listed((held, holder) for s in self.statements for holder, held in s.same)

    def that(self, does: str, tokens: Iterable[str]) -> list[Place]:
        """The bodies that use, alter, touch or tag one of the tokens, each once: then they have been run."""
        if does not in self.indexes:
            self.indexes[does] = _listed(
                (token, place) for place in self.bodies for token in getattr(place[1], does)
            )
        return [place for token in tokens for place in self.indexes[does].pop(token, ())]

    def numbers(self) -> set[int]:
        """The numbers of the statements without which ``roots`` might answer otherwise."""
        while True:
            if self.names:
                name = self.names.pop()
                if name not in self.seen:
                    self.seen.add(name)
                    self.need(name)
            elif self.definitions:
                number = self.definitions.pop()
                for name in self.statements[number].binds:
                    self.need_what_alters_definition(name, [number])
            elif not self.looks_up or not self.need_names_by_text():
                return self.found

    def need(self, name: str) -> None:
        """Run what binds a name, and what may alter what it stands for."""
        numbers = self.makers.get(name, [])
        makers = [self.statements[number] for number in numbers]
        for number in numbers:
            self.reach(number)
        is_definition = name in self.roots or any(s.always for s in makers) or all(s.fixed for s in makers)
        if is_definition and name != MODULE:
            self.need_what_alters_definition(name, numbers)
        else:
            tokens = self.follow("holders", [name])
            self.run([*self.that("alters", tokens), *self.that("touches", tokens)])

    def need_what_alters_definition(self, name: str, numbers: Iterable[int]) -> None:
        """A definition is altered by its name, by its attributes, and through what all its objects share."""
        shared = [f".{attribute}" for number in numbers for attribute in self.statements[number].shared]
        self.run(self.that("alters", [name, *shared]))
        self.run(self.that("touches", shared))
        self.run(self.that("tags", self.follow("same", [name])))

    def reach(self, number: int) -> None:
        """A statement is run: what it reads is needed, and what alters that which it defines."""
        if number in self.found:
            return
        self.found.add(number)
        statement = self.statements[number]
        self.names += statement.reads
        self.definitions += [number] if statement.always else []
        self.looks_up |= statement.looks_up
        if statement.looks_up or (statement.fixed and not statement.always):
            self.words |= statement.words

    def run(self, bodies: Iterable[Place]) -> None:
        """Statements are run themselves, functions by the statements that may call them."""
        waiting = list(bodies)
        while waiting:
            number, body = waiting.pop()
            if not body.tokens:
                self.reach(number)
            waiting += self.that("uses", self.follow("callers", body.tokens))

    def follow(self, way: str, tokens: Iterable[str]) -> list[str]:
        """What may be, or hold, what ``tokens`` stand for, as far as this was not asked before."""
        seen, edges = self.followed[way], self.same if way == "same" else self.holders
        new: list[str] = []
        waiting = list(tokens)
        while waiting:
            token = waiting.pop()
            if token in seen or self.is_outside(token) or (token in self.roots and way != "same"):
                continue
            seen.add(token)
            new.append(token)
            waiting += edges.get(token, ())
            if token[-1] == "%":  # what is given to a name, is given to whatever it may be
                called = token[:-1]
                waiting += [f"{inner}%" for inner in self.held.get(called, ())]
                waiting += [f"{called[:-2]}%"] if called.endswith("()") else []
            elif token.endswith("()"):  # what a function gives, is given by whatever may be it
                waiting += [f"{other}()" for other in self.holders.get(token[:-2], ()) if other[-1] != "%"]
        return new

    def is_outside(self, token: str) -> bool:
        """Whether it is what an answer, or a provided function, gives or is given."""
        name = token.partition("(")[0].rstrip("%")
        return name != token and "@" not in name and (name in self.roots or name not in self.makers)

    def need_names_by_text(self) -> bool:
        """What a statement may mean that looks names up: its texts say them, or how they begin or end."""
        words = tuple(word for word in self.words if len(word) > 1)
        self.names = [
            name
            for name in self.makers
            if name not in self.seen
            and (name in self.words or name.startswith(words) or name.endswith(words))
        ]
        return bool(self.names)


def _listed(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
