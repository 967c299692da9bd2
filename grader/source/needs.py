"""Which statements an answer needs: those that bind what it reads, and those that may alter that.

A call of a function is taken to do what the function's text may do, to its arguments, to globals and to what it
closes over; one of an unknown function, to alter what it is given. Calls of the answers themselves alter nothing:
a grader calls them in any order, and the cells that try or train them are what is to be left out.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol
from weakref import WeakKeyDictionary

from grader.source import harmless
from grader.source.effects import ARGUMENT, MODULE, Call, Unit, subclasses, units
from grader.source.traits import Surroundings, surroundings, traits

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


class Names(Protocol):
    """The module-level names that a statement binds and reads."""

    @property
    def binds(self) -> frozenset[str]:
        """Names that the statement binds."""

    @property
    def reads(self) -> frozenset[str]:
        """Names that the statement reads, or that what it defines will read."""


class _Closure:
    """Tokens from which one of those that were added is reached, each followed once."""

    def __init__(self, backward: Mapping[str, Sequence[str]], stop: frozenset[str] = frozenset()) -> None:
        self._backward = backward
        self._stop = stop
        self.tokens: set[str] = set()

    def add(self, *tokens: str) -> list[str]:
        """What is reached anew."""
        new: list[str] = []
        waiting = list(tokens)
        while waiting:
            token = waiting.pop()
            if token in self.tokens or token in self._stop:
                continue
            self.tokens.add(token)
            new.append(token)
            waiting += self._backward.get(token, ())
        return new


def needed(trees: Sequence[ast.Module], statements: Sequence[Names], roots: frozenset[str]) -> set[int]:
    """The numbers, among the statements of all trees, of those without which ``roots`` might answer otherwise."""
    return _Needs(trees, statements, roots).find()


_read: WeakKeyDictionary[ast.Module, tuple[int, Surroundings, list[tuple[Unit, list[Unit]]]]] = WeakKeyDictionary()


def _units(tree: ast.Module, number: int, around: Surroundings) -> list[tuple[Unit, list[Unit]]]:
    """The units of a cell's statements; every question asks again, and adds to copies."""
    known = _read.get(tree)
    if known is None or known[:2] != (number, around):
        read = [units(node, around, f"{number}.{position}") for position, node in enumerate(tree.body)]
        known = _read[tree] = (number, around, read)
    return [(_copy(unit), [_copy(inner) for inner in later]) for unit, later in known[2]]


def _copy(unit: Unit) -> Unit:
    return replace(unit, altered=set(unit.altered), mentions=set(unit.mentions))


class _Needs:
    def __init__(self, trees: Sequence[ast.Module], statements: Sequence[Names], roots: frozenset[str]) -> None:
        self.nodes = [node for tree in trees for node in tree.body]
        self.traits = [trait for tree in trees for trait in traits(tree)]
        self.statements, self.roots = statements, roots
        self.found: set[int] = set()
        self.waiting: list[str] = [*roots, MODULE]
        self.seen: set[str] = set()
        self.looks_up = False
        self.words: set[str] = set()
        self.makers: dict[str, list[int]] = defaultdict(list)
        for index, statement in enumerate(statements):
            for name in statement.binds:
                self.makers[name].append(index)
        self.has_hooks = any(trait.hooks for trait in self.traits)
        self.functions = frozenset().union(*(trait.definitions for trait in self.traits))
        self.around = around = surroundings(self.traits, self.makers)
        read = [pair for number, tree in enumerate(trees) for pair in _units(tree, number, around)]
        self.own = [unit for unit, _ in read]
        self.later = [later for _, later in read]
        self.number_of = {id(unit): index for index, unit in enumerate(self.own)}
        self.units = [
            *self.own,
            *(unit for later in self.later for unit in later if not {unit.name, unit.owner} & roots),
        ]
        self._link()

    def _link(self) -> None:
        self.backward: dict[str, list[str]] = defaultdict(list)
        self.same: dict[str, list[str]] = defaultdict(list)
        for unit in self.units:
            for target, sources in unit.flows:
                for source in sources:
                    self.backward[source].append(target)
            for target, source in unit.same:
                self.same[source].append(target)
        results = frozenset(f"{root}()" for root in self.roots)
        self.stops = self.roots | results
        self._mention_methods()
        self._alter_what_is_called()
        self._alter_arguments()
        self.altering: dict[str, list[Unit]] = defaultdict(list)
        self.mentioning: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            for token in unit.altered:
                self.altering[token].append(unit)
            for token in unit.mentions:
                self.mentioning[token].append(unit)
        self.marked = _Closure(self.backward, self.stops)
        self.alters = _Closure(self.backward, self.stops)

    def _mention_methods(self) -> None:
        """An attribute means the methods of its name where it may be one of an object of the submission's."""
        objects = _Closure(self.backward, self.stops)
        objects.add(ARGUMENT, MODULE, *self.around.classes, *(f"{name}()" for name in self.around.classes))
        for unit in self.units:
            unit.mentions |= {name for name, tokens in unit.attributes if tokens & objects.tokens}

    def _alter_what_is_called(self) -> None:
        """Calling an object or a closure may alter it; an unknown function may alter what it is given."""
        states = _Closure(self.backward, self.stops)
        states.add(harmless.DATA, *(f"{unit.name}()" for unit in self.units if unit.stateful))
        definitions = self.functions | self.roots
        for unit in self.units:
            for call in unit.calls:
                unit.altered |= (call.callee & states.tokens) - definitions
                if call.unknown:
                    unit.altered |= call.arguments - definitions

    def _alter_arguments(self) -> None:
        """A call of a function that may alter its arguments alters them; a function, only if it sets attributes."""
        arguments = _Closure(self.backward)
        arguments.add(ARGUMENT)
        called: dict[str, list[tuple[Unit, Call]]] = defaultdict(list)
        handed: dict[str, list[tuple[Unit, Call]]] = defaultdict(list)
        for unit in self.units:
            for call in unit.calls:
                for token in call.callee:
                    called[token].append((unit, call))
                for token in call.arguments - call.callee:
                    handed[token].append((unit, call))
        reach = _Closure(self.backward, self.stops)
        definitions = self.functions | self.roots
        waiting = [unit for unit in self.units if unit.name and unit.altered & arguments.tokens]
        while waiting:
            unit = waiting.pop()
            if unit.name == unit.owner:  # a class: its objects are handed on without being called
                users = called.get(unit.name, []) if unit.name not in reach.tokens else []
                reach.tokens.add(unit.name)
            else:
                found = reach.add(unit.name, f"{unit.name}()")
                users = [user for token in found for user in (*called.get(token, ()), *handed.get(token, ()))]
            for caller, call in users:
                given = call.arguments - (definitions if not unit.name.startswith(".") else definitions - call.callee)
                caller.altered |= given
                if caller.name and given & arguments.tokens:
                    waiting.append(caller)
        for unit in self.units:
            if unit.name and unit.tagged & unit.parameters:
                for caller, call in called.get(unit.name, ()):
                    caller.altered |= call.arguments

    def find(self) -> set[int]:
        """Follow names to statements and back until nothing is new."""
        while self.waiting:
            name = self.waiting.pop()
            if name in self.seen:
                continue
            self.seen.add(name)
            for index in self.makers.get(name, ()):
                self._reach(index)
            self._mark(name)
            if not self.waiting and self.looks_up:
                self._need_what_can_be_looked_up()
        return self.found

    def _mark(self, name: str) -> None:
        if name in self.functions or name in self.roots:  # others hold it without altering it
            others = self.same.get(name, ())
            reached = [name, *others, *self.marked.add(*(token for token in others if token.endswith("()")))]
        else:
            reached = self.marked.add(name)
        if self.has_hooks:
            reached = [*reached, subclasses(name)]
        for token in reached:
            for unit in self.altering.get(token, ()):
                self._is_altering(unit)

    def _is_altering(self, unit: Unit) -> None:
        waiting = [unit]
        while waiting:
            unit = waiting.pop()
            if id(unit) in self.number_of:
                self._reach(self.number_of[id(unit)])
                continue
            for token in self.alters.add(unit.name, f"{unit.name}()"):
                waiting += self.mentioning.get(token, ())

    def _reach(self, index: int) -> None:
        if index in self.found:
            return
        self.found.add(index)
        node = self.nodes[index]
        self.waiting += self.statements[index].reads
        if not isinstance(node, _DEFINITIONS):  # what is added to has to be there
            self.waiting += self.own[index].altered & self.statements[index].binds
        if isinstance(node, ast.ClassDef):
            self.waiting.append(node.name)
        self.looks_up |= any(unit.looks_up for unit in (self.own[index], *self.later[index]))
        self.words |= self.traits[index].words

    def _need_what_can_be_looked_up(self) -> None:
        """A reached statement looks names up by text: every definition may be meant, and what texts begin."""
        for name, makers in self.makers.items():
            if name in self.seen:
                continue
            if all(map(self._is_plain, makers)) or _is_spelled(name, self.words):
                self.waiting.append(name)


    def _is_plain(self, index: int) -> bool:
        """Whether a statement costs nothing to run."""
        node = self.nodes[index]
        is_assignment = isinstance(node, ast.Assign | ast.AnnAssign) and not self.traits[index].calls
        return isinstance(node, _DEFINITIONS) or is_assignment


def _is_spelled(name: str, words: Iterable[str]) -> bool:
    return any(name == word or (len(word) > 1 and name.startswith(word)) for word in words)
