"""The first assignment."""
