"""Source text, mutated: what students write by mistake, and what nobody writes.

A mutator takes a ``Random`` and a text and gives a text. ``LARGE`` ones take half a second to parse, and
``HANGING`` ones make somebody wait for a deadline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz import fragments

Mutator = Callable[[Random, str], str]

_TOKEN = re.compile(r"\w+|[ \t]+|\n|[^\w\s]")
_DEF = re.compile(r"^([ \t]*)(?:def|class) \w+.*:\n", re.M)


def mutate(random: Random, text: str, dear: float) -> str:
    """One mutation; with probability ``dear`` one that costs a deadline, and as often twice a large one."""
    kind = random.random()
    mutators = HANGING if kind < dear else LARGE if kind < 3 * dear else CHEAP
    return random.choice(mutators)(random, text)


def _tokens_deleted(random: Random, text: str) -> str:
    return _on_tokens(random, text, lambda tokens, at: tokens.pop(at))


def _tokens_doubled(random: Random, text: str) -> str:
    return _on_tokens(random, text, lambda tokens, at: tokens.insert(at, tokens[at]))


def _tokens_swapped(random: Random, text: str) -> str:
    def swap(tokens: list[str], at: int) -> None:
        other = random.randrange(len(tokens))
        tokens[at], tokens[other] = tokens[other], tokens[at]

    return _on_tokens(random, text, swap)


def _tokens_replaced(random: Random, text: str) -> str:
    def put(tokens: list[str], at: int) -> None:
        tokens[at] = random.choice(fragments.TOKENS)

    return _on_tokens(random, text, put)


def _on_tokens(random: Random, text: str, change: Callable[[list[str], int], object]) -> str:
    tokens = _TOKEN.findall(text)
    for _ in range(random.choice((1, 1, 2, 5, 30))):
        if tokens:
            change(tokens, random.randrange(len(tokens)))
    return "".join(tokens)


def _lines_mixed(random: Random, text: str) -> str:
    lines = text.split("\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    how = random.randrange(4)
    if how == 0:
        lines[at], lines[other] = lines[other], lines[at]
    elif how == 1:
        lines[at] = random.choice((" ", "    ", "\t", "\x0c", "\xa0")) + lines[at]
    elif how == 2:
        lines[at] = lines[at].lstrip()
    else:
        lines[at:at] = lines[min(at, other) : max(at, other)]
    return "\n".join(lines)


def _cut(random: Random, text: str) -> str:
    return text[: random.randrange(len(text) + 1)]


def _deep(random: Random, text: str) -> str:
    depth = random.choice((20, 90, 190, 210, 400, 1_000))
    return _line_put(random, text, random.choice(fragments.NESTS)(depth))


def _very_deep(random: Random, text: str) -> str:
    return _line_put(random, text, random.choice(fragments.NESTS)(random.choice((3_000, 20_000))))


def _tower(random: Random, text: str) -> str:
    """Statements inside each other: what the compiler copies for each ``finally`` doubles with each."""
    depth = random.choice((5, 15, 19, 21, 60, 98, 300))
    head, body, tail = random.choice(fragments.TOWERS)
    lines = [" " * level + head.format(n=level) for level in range(depth)]
    lines.append(" " * depth + body)
    if tail:
        lines += [" " * level + tail for level in reversed(range(depth))]
    return _line_put(random, text, "\n".join(lines))


def _huge_literal(random: Random, text: str) -> str:
    return _line_put(random, text, "_big = " + random.choice(fragments.HUGE)())


def _many_statements(random: Random, text: str) -> str:
    return text + "\n" + random.choice(fragments.MANY)(random.choice((30, 300)))


def _very_many_statements(random: Random, text: str) -> str:
    return text + "\n" + random.choice(fragments.MANY)(random.choice((3_000, 12_000)))


def _statement(random: Random, text: str) -> str:
    """A statement where it may or may not be one: a future import, a magic, a stray return, a coding line."""
    return _line_put(random, text, random.choice(fragments.STATEMENTS))


def _prelude(random: Random, text: str) -> str:
    """State of the interpreter that the rest has to live with."""
    return random.choice(fragments.PRELUDES) + "\n" + text


def _odd_characters(random: Random, text: str) -> str:
    for _ in range(random.choice((1, 1, 3, 40))):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(fragments.CHARACTERS) + text[at:]
    return text


def _odd_beginning(random: Random, text: str) -> str:
    return random.choice(fragments.BEGINNINGS) + text


def _line_ends(random: Random, text: str) -> str:
    return text.replace("\n", random.choice(("\r", "\r\n", "\n\r", "\x0b", "\x0c", "\u2028", "\x85")))


def _renamed(random: Random, text: str) -> str:
    names = sorted(set(re.findall(r"\b[A-Za-z_]\w{2,}", text)))
    if not names:
        return text
    name, new = random.choice(names), random.choice([*fragments.NAMES, *names])
    return re.sub(rf"\b{name}\b", lambda _: new, text)


def _decorated(random: Random, text: str) -> str:
    return _at_a_definition(random, text, random.choice(fragments.DECORATORS), before=True)


def _body_replaced(random: Random, text: str) -> str:
    return _at_a_definition(random, text, random.choice(fragments.BODIES), before=False)


def _body_that_hangs(random: Random, text: str) -> str:
    return _at_a_definition(random, text, random.choice(fragments.HANGING), before=False)


def _hangs_when_loaded(random: Random, text: str) -> str:
    return random.choice(fragments.HANGING) + "\n" + text


def _at_a_definition(random: Random, text: str, piece: str, before: bool) -> str:
    """``piece`` right before a random definition, or as the first statements of its body."""
    found = list(_DEF.finditer(text))
    if not found:
        return _line_put(random, text, piece)
    match = random.choice(found)
    at, indent = (match.start(), match[1]) if before else (match.end(), match[1] + "    ")
    return text[:at] + "".join(f"{indent}{line}\n" for line in piece.split("\n")) + text[at:]


def _line_put(random: Random, text: str, piece: str) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines) + 1)
    lines.insert(at, piece)
    return "\n".join(lines)


CHEAP: Sequence[Mutator] = (
    _tokens_deleted, _tokens_doubled, _tokens_swapped, _tokens_replaced, _lines_mixed, _cut, _deep, _tower,
    _many_statements, _statement, _prelude, _odd_characters, _odd_beginning, _line_ends,
    _renamed, _decorated, _body_replaced, _body_replaced,
)  # fmt: skip
LARGE: Sequence[Mutator] = (_very_deep, _very_many_statements, _huge_literal)
HANGING: Sequence[Mutator] = (_body_that_hangs, _hangs_when_loaded)
