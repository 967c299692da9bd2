"""What may be told of a hidden case: the kind of mistake, in the grader's own words.

A student's code knows the inputs that it is called with, and whatever it answers is its own word: the text,
type and place of an exception, a key, a shape, the factor or the element by which an array is wrong. Each
could spell out an input. So nothing of an answer passes here but which of the sentences below is true; an
outcome carries a few bits, and a number from a hidden case does not fit into it.
"""

from __future__ import annotations

from grader.model import Finding, Outcome

_KINDS = {
    "values": "{part} has wrong values.",
    "scale": "{part} has wrong values: wrong by a factor.",
    "sign": "{part} has the wrong sign.",
    "zero": "{part} is 0 everywhere.",
    "rectified": "{part} is 0 where it should be negative: a ReLU too much does that.",
    "term": "{part} has wrong values: a term is missing, or is there that should not be.",
    "transpose": "{part} is transposed.",
    "reversed": "{part} has its rows in reversed order.",
    "rows": "{part} is wrong in some rows, and right in the others.",
    "columns": "{part} is wrong in some columns, and right in the others.",
    "elements": "{part} is wrong in some entries, and right in the others.",
    "not_finite": "{part} holds values that are NaN or infinite.",
    "overflow": (
        "{part} is not finite for large numbers: exp overflows. Subtract the largest score of each row "
        "before taking exp; the probabilities stay the same."
    ),
    "shape": "{part} has the wrong shape.",
    "type": "{part} is of the wrong type.",
    "dtype": "{part} is computed with too few digits. Leave the dtype as it comes.",
    "keys": "{part} does not have the right keys.",
    "structure": "something else is given where {part} should be.",
    "overwritten": (
        "arguments are overwritten that should be left as they are. Build a new array, or work on a copy."
    ),
    "batch": "{part} of a batch of one is not what the same example gives beside others.",
    "initialisation": "{part} does not start as it should.",
    "derivative": "{part} is not the derivative of the forward pass.",
    "mask": "{part} does not drop each element for itself.",
    "rate": "{part} does not keep the share p of its elements.",
    "forms": "{part} follows one accepted form at some steps and another at others.",
    "none": "nothing is given for {part}.",
    "missing": "what is called is not defined.",
    "raised": "an error is raised.",
    "timeout": "nothing comes back in time.",
    "crashed": "the whole process ends instead of giving an answer.",
}
"""Kind of finding → what is said of it. A kind that is not here is not told."""

_STATUSES = {
    "passed": "",
    "failed": "{part} is not right.",
    "error": "an error is raised.",
    "timeout": "nothing comes back in time.",
    "crashed": "the whole process ends instead of giving an answer.",
    "skipped": "a step that {part} needs gave nothing.",
    "not_attempted": "nothing is given for {part}.",
    "inconclusive": "{part} could not be measured well enough.",
    "kink": "",
    "grader_fault": "the grader failed: this is not your fault, and no points are lost.",
}
"""The same where there is no finding."""

_ERRORS = frozenset(
    {"AttributeError", "IndexError", "KeyError", "NameError", "TypeError", "ValueError", "ZeroDivisionError"}
)
"""Types of exceptions that are named: common ones only, since every name more is a letter to write with."""


def redacted(outcome: Outcome) -> Outcome:
    """An outcome of a hidden case, with nothing in it that its submission could have chosen at will."""
    finding = outcome.findings[0] if outcome.findings else None
    if finding is not None and finding.kind == "mistake":  # its words are the catalogue's
        return _told(outcome, finding.message, (finding,))
    kind = finding.kind if finding is not None and finding.kind in _KINDS else ""
    sentence = (_KINDS[kind] if kind else _STATUSES[outcome.status]).format(part=outcome.part or "the answer")
    error = str(finding.data.get("error")) if finding is not None and kind == "raised" else ""
    if error in _ERRORS:
        sentence = f"{error} is raised."
    if sentence:
        sentence = f"In a hidden case {sentence}" if outcome.hidden else sentence[0].upper() + sentence[1:]
    return _told(outcome, sentence, (Finding(kind, sentence),) if kind else ())


def _told(outcome: Outcome, message: str, findings: tuple[Finding, ...]) -> Outcome:
    return Outcome(
        check=outcome.check,
        status=outcome.status,
        hidden=outcome.hidden,
        message=message,
        part=outcome.part,
        case=outcome.case,
        rung=outcome.rung,
        scored=outcome.scored,
        findings=findings,
    )
