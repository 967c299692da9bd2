"""Jinja2 templates and the one stylesheet; a package so that wheels and editable installs find it."""
