"""Code as data: parse, slice, replace, cut. Nothing is run here."""

from grader.source.cells import (
    MAX_SOURCE,
    MAX_TOKENS,
    ParsedCell,
    count_tokens,
    forget_cells,
    is_python2,
    parse_cell,
)
from grader.source.definitions import enclosed, find, renamed, replace, same_code
from grader.source.imports import IMPORT_NUMPY, STOOD_IN_PACKAGES, import_line, imported_packages
from grader.source.literals import NotLiteralError, assigned_literal
from grader.source.old_numpy import RENAMED_IN_NUMPY, old_names
from grader.source.pieces import parse_in_pieces, parse_module
from grader.source.slices import bound_names, defined_names, describe, keep
from grader.source.starters import is_starter
from grader.source.statements import compile_chunk, compile_statement, definitions, texts
from grader.source.stubs import extract, solution, stub, without_annotations

__all__ = [
    "IMPORT_NUMPY",
    "MAX_SOURCE",
    "MAX_TOKENS",
    "RENAMED_IN_NUMPY",
    "STOOD_IN_PACKAGES",
    "NotLiteralError",
    "ParsedCell",
    "assigned_literal",
    "bound_names",
    "compile_chunk",
    "compile_statement",
    "count_tokens",
    "defined_names",
    "definitions",
    "describe",
    "enclosed",
    "extract",
    "find",
    "forget_cells",
    "import_line",
    "imported_packages",
    "is_python2",
    "is_starter",
    "keep",
    "old_names",
    "parse_cell",
    "parse_in_pieces",
    "parse_module",
    "renamed",
    "replace",
    "same_code",
    "solution",
    "stub",
    "texts",
    "without_annotations",
]
