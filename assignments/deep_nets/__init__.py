"""The third assignment."""
