"""Attacks on the ways in that are no submission: files of cases, packs, and what else is read."""
