"""The second assignment."""
