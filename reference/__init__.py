"""The reference: readable answers, one equation a comment. Never shipped in the wheel."""
