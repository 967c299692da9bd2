"""What a notebook imports: ``check`` and its card. NumPy alone is enough to load it."""

from grader.notebook.card import Card
from grader.notebook.checker import check

__all__ = ["Card", "check"]
