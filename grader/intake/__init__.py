"""The only room that opens students' files: a notebook, a module, a folder, a class → Submissions."""

from grader.intake.answered import parts
from grader.intake.cells import tree_of
from grader.intake.class_folder import find_submissions, skipped_entries
from grader.intake.errors import LeftOutError, UnreadableError
from grader.intake.files import open_plain
from grader.intake.homes import home_of, with_contract_files
from grader.intake.ids import submission_id, submission_ids
from grader.intake.load import load_of
from grader.intake.names import is_archive
from grader.intake.outputs import OUTPUT_MARK, is_output
from grader.intake.packs import read_pack
from grader.intake.submission import read_submission

__all__ = [
    "OUTPUT_MARK",
    "LeftOutError",
    "UnreadableError",
    "find_submissions",
    "home_of",
    "is_archive",
    "is_output",
    "load_of",
    "open_plain",
    "parts",
    "read_pack",
    "read_submission",
    "skipped_entries",
    "submission_id",
    "submission_ids",
    "tree_of",
    "with_contract_files",
]
