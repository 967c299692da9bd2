"""The course: an assignment a folder."""
