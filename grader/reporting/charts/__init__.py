"""Charts and pictures: plots as paths and words, for the pages."""
