"""Whole submissions, mutated: what is made of them, and that grading them is none the worse for it."""
