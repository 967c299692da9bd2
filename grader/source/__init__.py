"""Code as data: parse, slice, replace, cut. Nothing is run here."""

from grader.source.cells import (
    MAX_SOURCE,
    MAX_TOKENS,
    ParsedCell,
    count_tokens,
    forget_cells,
    parse_cell,
    parse_module,
)
from grader.source.definitions import enclosed, find, renamed, replace, same_code
from grader.source.imports import IMPORT_NUMPY, import_line
from grader.source.literals import NotLiteralError, assigned_literal
from grader.source.slices import bound_names, defined_names, keep
from grader.source.starters import is_starter
from grader.source.statements import compile_chunk, compile_statement, definitions, texts
from grader.source.stubs import extract, solution, stub, without_annotations

__all__ = [
    "IMPORT_NUMPY",
    "MAX_SOURCE",
    "MAX_TOKENS",
    "NotLiteralError",
    "ParsedCell",
    "assigned_literal",
    "bound_names",
    "compile_chunk",
    "compile_statement",
    "count_tokens",
    "defined_names",
    "definitions",
    "enclosed",
    "extract",
    "find",
    "forget_cells",
    "import_line",
    "is_starter",
    "keep",
    "parse_cell",
    "parse_module",
    "renamed",
    "replace",
    "same_code",
    "solution",
    "stub",
    "texts",
    "without_annotations",
]
