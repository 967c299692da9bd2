"""Archives with bytes changed at random: whatever comes in, only Submissions come out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.intake import UnreadableError, find_submissions, read_submission
from grader.model import Submission
from tests.intake.archives import CODE, NOTEBOOK, tarred, zipped

_FILES = {"ann/hw.ipynb": NOTEBOOK, "ann/cs231n/layers.py": CODE, "bob.zip": zipped({"x.py": CODE})}
_ARCHIVES = {
    "zip": zipped(_FILES),
    "tar": tarred({**_FILES, "d" * 120 + "/x.py": CODE}),
    "tar.gz": tarred(_FILES, "w:gz"),
}
_CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8), st.booleans()),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, changes: list[tuple[float, bytes, bool]]) -> bytes:
    for place, piece, instead in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + len(piece) * instead :]
    return data


def _found(place: Path) -> list[Path]:
    """The students of an archive; none where it cannot be read as a whole."""
    try:
        return find_submissions(place)
    except UnreadableError as error:
        return [place / f"said: {error}"]


@pytest.mark.parametrize("ending", _ARCHIVES)
@settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(changes=_CHANGES)
def test_only_submissions_come_out(ending: str, changes: list[tuple[float, bytes, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"class.{ending}"
        place.write_bytes(changed(_ARCHIVES[ending], changes))
        for path in {place, place / "ann", place / "bob.zip", *_found(place)}:
            submission = read_submission(path, ("f",))
            assert isinstance(submission, Submission)
            assert submission.cells or submission.modules or submission.problem
        assert [entry.name for entry in Path(folder).iterdir()] == [place.name]
