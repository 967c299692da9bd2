"""Why an answer is wrong: the known mistake, the pattern, the place, the smallest case."""

from grader.diagnosis.explain import Explained, explain, with_patterns
from grader.diagnosis.naming import add_name, drop_names, mistakes_named, name_of
from grader.diagnosis.patterns import Pair, Pattern, find_pattern, pair_of
from grader.diagnosis.places import find_place, heat_map
from grader.diagnosis.redaction import redacted

__all__ = [
    "Explained",
    "Pair",
    "Pattern",
    "add_name",
    "drop_names",
    "explain",
    "find_pattern",
    "find_place",
    "heat_map",
    "mistakes_named",
    "name_of",
    "pair_of",
    "redacted",
    "with_patterns",
]
