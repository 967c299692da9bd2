"""Jinja2 templates and the one stylesheet; a package so that a wheel and an editable install find it alike."""
