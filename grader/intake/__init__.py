"""The only room that opens students' files: a notebook, a module, a folder, a class → Submissions."""

from grader.intake.class_folder import find_submissions
from grader.intake.load import load_of
from grader.intake.submission import read_submission, submission_id, tree_of

__all__ = ["find_submissions", "load_of", "read_submission", "submission_id", "tree_of"]
