"""Stubs are cut from the reference's own source, so that a signature or a docstring exists once.

A region from ``# solution: what to do`` to ``# end of solution`` becomes a TODO block. Names that are bound
inside and read after it become ``name = None``, unless the region says in ``#| `` lines what is released.
"""

from __future__ import annotations

import ast
import io
import tokenize

START_MARK = "# solution:"
END_MARK = "# end of solution"
RELEASED_MARK = "#|"


def extract(module_source: str, name: str) -> str:
    """The source of one top-level definition, comments and decorators included. KeyError if absent."""
    for node in ast.parse(module_source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            lines = module_source.split("\n")
            return "\n".join(lines[node.lineno - 1 : node.end_lineno]) + "\n"
    raise KeyError(f"no definition of `{name}` at the top level of this module")


def without_annotations(source: str) -> str:
    """``source`` with the type annotations of arguments, returns and variables taken off."""
    lines = source.split("\n")
    spans: list[tuple[int, int, int, int]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg) and node.annotation is not None:
            start = node.col_offset + len(node.arg)
            spans.append((node.lineno, start, *_end(node.annotation)))
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            arrow = lines[node.returns.lineno - 1].rindex("->", 0, node.returns.col_offset)
            start = len(lines[node.returns.lineno - 1][:arrow].rstrip())
            spans.append((node.returns.lineno, start, *_end(node.returns)))
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            spans.append((node.lineno, _end(node.target)[1], *_end(node.annotation)))
    encoded = [line.encode() for line in lines]  # ast counts columns in bytes
    for first, start, last, end in sorted(spans, reverse=True):
        joined = encoded[first - 1][:start] + encoded[last - 1][end:]
        encoded[first - 1 : last] = [joined]
    return _pep8_defaults(b"\n".join(encoded).decode())


def stub(source: str) -> str:
    """``source`` with each solution region replaced by what students are given."""
    lines = source.split("\n")
    regions = _regions(lines)
    outside_text = _outside(lines, regions)
    for first, last in reversed(regions):
        lines[first : last + 1] = _todo(lines, first, last, outside_text)
    return "\n".join(lines)


def solution(source: str) -> str:
    """``source`` with the region marks and the released lines taken out: the filled-in answer."""
    lines: list[str] = []
    in_text = False  # the lines that say what to do, from `# solution:` to the first line of code
    for line in source.split("\n"):
        text = line.strip()
        in_text = text.startswith(START_MARK) or (in_text and text.startswith("# "))
        if not in_text and text != END_MARK and not text.startswith(RELEASED_MARK):
            lines.append(line)
    return "\n".join(lines)


def _regions(lines: list[str]) -> list[tuple[int, int]]:
    regions: list[tuple[int, int]] = []
    start: int | None = None
    for index, line in enumerate(lines):
        text = line.strip()
        if text.startswith(START_MARK):
            if start is not None:
                raise ValueError(f"line {index + 1}: a solution region begins inside another")
            start = index
        elif text == END_MARK:
            if start is None:
                raise ValueError(f"line {index + 1}: a solution region ends that never began")
            regions.append((start, index))
            start = None
    if start is not None:
        raise ValueError(f"line {start + 1}: this solution region never ends; add `{END_MARK}`")
    return regions


def _outside(lines: list[str], regions: list[tuple[int, int]]) -> str:
    """The source with regions emptied: what remains can only read what was bound inside."""
    outside = list(lines)
    for first, last in regions:
        indent = " " * _indent(lines[first])
        outside[first : last + 1] = [indent + "pass"] * (last + 1 - first)
    return "\n".join(outside)


def _todo(lines: list[str], first: int, last: int, outside_text: str) -> list[str]:
    indent = " " * _indent(lines[first])
    text = [lines[first].strip()[len(START_MARK) :].strip()]
    index = first + 1
    while index < last and lines[index].strip().startswith("# "):
        text.append(lines[index].strip()[2:])
        index += 1
    body = lines[index:last]
    released = [
        indent + line.strip()[len(RELEASED_MARK) :].removeprefix(" ") for line in body if _is_released(line)
    ]
    if not released:
        names = _bound_inside(body, indent) & _read_after(outside_text, last)
        ordered = sorted(names, key=lambda name: "\n".join(body).find(name))
        released = [f"{indent}{name} = None" for name in ordered]
    comment = [f"{indent}# {line}" if line else f"{indent}#" for line in text]
    comment[0] = f"{indent}# TODO: {text[0]}"
    rule = f"{indent}# " + "-" * 70
    return [rule, *comment, rule, *released, f"{indent}# end of your code"]


def _is_released(line: str) -> bool:
    return line.strip().startswith(RELEASED_MARK)


def _bound_inside(body: list[str], indent: str) -> set[str]:
    tree = ast.parse("\n".join(line.removeprefix(indent) for line in body))
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _read_after(outside_text: str, last: int) -> set[str]:
    return {
        node.id
        for node in ast.walk(ast.parse(outside_text))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.lineno > last
    }


def _end(node: ast.expr) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _pep8_defaults(source: str) -> str:
    """``f(x, h = 1)`` → ``f(x, h=1)``: a default has spaces around ``=`` only while it is annotated."""
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    cuts: list[tuple[int, int]] = []
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.type == tokenize.OP and token.string == "=" and depth:
            at = starts[token.start[0] - 1] + token.start[1]
            left = len(source[:at].rstrip(" "))
            right = at + 1 + (len(source[at + 1 :]) - len(source[at + 1 :].lstrip(" ")))
            cuts.append((left, right))
    for left, right in reversed(cuts):
        source = source[:left] + "=" + source[right:]
    return source
