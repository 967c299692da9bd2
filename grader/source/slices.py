"""Slices, not notebooks: which statements of which cells make the implementation.

Kept are every import, def and class; the statements that bind a name which kept code reads *free*; and those
that may alter what such a name stands for: by a store, by a method, by a call of a function of the submission's
own that does so. All in notebook order. Calls of the answers themselves are taken to alter nothing, as are those
of provided names: the grader calls answers in any order, and the cells that try or train them are what is to be
left out (docs/decisions/0037).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

from grader.source.effects import MODULE, Body, Statement, read


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
    """What each statement does; every question, and with given cells every submission, asks again."""
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
        self.waiting: list[str] = [*roots, MODULE]
        self.looks_up = False
        self.words: set[str] = set()
        self.seen: set[str] = set()
        self.followed: dict[str, set[str]] = {"held": set(), "same": set(), "run": set()}
        self.makers = _listed((name, n) for n, s in enumerate(statements) for name in s.binds)

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

    @cached_property
    def bodies(self) -> list[tuple[int, Body]]:
        """What may run, but for the answers themselves."""
        return [
            (number, body)
            for number, statement in enumerate(self.statements)
            for body in statement.bodies
            if self.roots.isdisjoint(body.tokens)
        ]

    @cached_property
    def users(self) -> Mapping[str, list[tuple[int, Body]]]:
        """By token: what uses it."""
        return _listed((token, place) for place in self.bodies for token in place[1].uses)

    @cached_property
    def altering(self) -> Mapping[str, list[tuple[int, Body]]]:
        """By token: what alters it."""
        return _listed((token, place) for place in self.bodies for token in place[1].alters)

    @cached_property
    def touching(self) -> Mapping[str, list[tuple[int, Body]]]:
        """By token: what may alter it, unless it is a definition."""
        return _listed((token, place) for place in self.bodies for token in place[1].touches)

    @cached_property
    def tagging(self) -> Mapping[str, list[tuple[int, Body]]]:
        """By token: what sets an attribute of it."""
        return _listed((token, place) for place in self.bodies for token in place[1].tags)

    def numbers(self) -> set[int]:
        """The numbers of the statements without which ``roots`` might answer otherwise."""
        while self.waiting:
            name = self.waiting.pop()
            if name not in self.seen:
                self.seen.add(name)
                self.need(name)
            if not self.waiting and self.looks_up:
                self.waiting += self.named_by_text()
        return self.found

    def need(self, name: str) -> None:
        """Run what binds a name, and what may alter what it stands for."""
        makers = self.makers.get(name, [])
        for number in makers:
            self.reach(number)
        made = [self.statements[number] for number in makers]
        is_fixed = name in self.roots or any(s.always for s in made) or all(s.fixed for s in made)
        self.need_alterations(name, makers, is_fixed=is_fixed and name != MODULE)

    def need_alterations(self, name: str, makers: Sequence[int], *, is_fixed: bool) -> None:
        """Run what may alter what a name stands for; a definition or a constant is altered by its name only."""
        if is_fixed:
            shared = [f".{attr}" for number in makers for attr in self.statements[number].shared]
            for token in (name, *shared):
                self.run(self.altering.get(token, ()))
            for token in shared:
                self.run(self.touching.get(token, ()))
            for token in self.follow("same", [name]):
                self.run(self.tagging.get(token, ()))
        else:
            for token in self.follow("held", [name]):
                self.run(self.altering.get(token, ()))
                self.run(self.touching.get(token, ()))

    def reach(self, number: int) -> None:
        """Run a statement, so that what it reads is needed; a definition is needed itself then."""
        if number in self.found:
            return
        self.found.add(number)
        statement = self.statements[number]
        self.waiting += statement.reads
        if statement.always:
            for name in statement.binds:
                self.need_alterations(name, [number], is_fixed=True)
        self.looks_up |= statement.looks_up
        if statement.looks_up or (statement.fixed and not statement.always):
            self.words |= statement.words

    def run(self, bodies: Iterable[tuple[int, Body]]) -> None:
        """Statements are run themselves, functions by the statements that may call them."""
        waiting = list(bodies)
        while waiting:
            number, body = waiting.pop()
            if not body.tokens:
                self.reach(number)
            for token in self.follow("run", body.tokens):
                waiting += self.users.get(token, ())

    def follow(self, way: str, tokens: Iterable[str]) -> list[str]:
        """What may be, or hold, what ``tokens`` stand for, as far as that was not asked before."""
        seen, edges = self.followed[way], self.same if way == "same" else self.holders
        new: list[str] = []
        waiting = list(tokens)
        while waiting:
            token = waiting.pop()
            if token in seen or self.is_outside(token) or (way != "same" and token in self.roots):
                continue
            seen.add(token)
            new.append(token)
            waiting += edges.get(token, ())
            if token[-1] == "%":
                called = token[:-1]
                waiting += [f"{inner}%" for inner in self.held.get(called, ())]
                waiting += [f"{called[:-2]}%"] if called.endswith("()") else []
            elif token.endswith("()"):
                waiting += [f"{holder}()" for holder in self.holders.get(token[:-2], ()) if holder[-1] != "%"]
        return new

    def is_outside(self, token: str) -> bool:
        """Whether it is what an answer or a provided function gives or is given."""
        name, bracket, _ = token.partition("(")
        name = name if bracket else name.rstrip("%") if token[-1] == "%" else ""
        return bool(name) and "@" not in name and (name in self.roots or name not in self.makers)

    def named_by_text(self) -> list[str]:
        """Names that a statement which looks names up may mean: its texts say them, or how they begin or end."""
        words = tuple(word for word in self.words if len(word) > 1)
        return [
            name
            for name in self.makers
            if name not in self.seen and (name in self.words or name.startswith(words) or name.endswith(words))
        ]


def _listed(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
