"""Why an answer is wrong: the known mistake, the pattern, the place, the smallest case."""

from grader.diagnosis.explain import explain
from grader.diagnosis.naming import add_name, name_of
from grader.diagnosis.patterns import find_pattern
from grader.diagnosis.places import find_place, heat_map
from grader.diagnosis.redaction import redacted

__all__ = ["add_name", "explain", "find_pattern", "find_place", "heat_map", "name_of", "redacted"]
