"""Why an answer is wrong: the pattern, the place, the smallest case."""

from grader.diagnosis.explain import explain
from grader.diagnosis.hidden import withheld
from grader.diagnosis.naming import named, with_name
from grader.diagnosis.patterns import find_pattern
from grader.diagnosis.places import find_place, heat_map

__all__ = ["explain", "find_pattern", "find_place", "heat_map", "named", "with_name", "withheld"]
