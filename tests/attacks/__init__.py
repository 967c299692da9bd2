"""Submissions that try to gain something or to harm something: one file each, read and never imported."""
