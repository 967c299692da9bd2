"""A notebook with something hostile in every place that a notebook has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.reporting.payloads import HTML, LONG, MARKDOWN, UNSEEN

NAME = "<img src=x onerror=window.__pwned=1>\u202e{{7*7}} ::error::=1+1.ipynb"
FORGED = "::error::forged\n::add-mask::passed\n##[error]forged\n##vso[task.complete]\n"
TEXTS = (*HTML, *MARKDOWN, *UNSEEN, LONG[0])


def write(folder: Path) -> Path:
    """The notebook as a file, under a name that is hostile too."""
    path = folder / NAME
    path.write_text(json.dumps(_document()), encoding="utf-8")
    return path


def _document() -> dict[str, Any]:
    said = "\n".join([*HTML, *UNSEEN])
    comments = "".join(f"# {text!r}\n" for text in TEXTS)
    compiled = f"exec(compile('raise ValueError', {HTML[0]!r}, 'exec'))"
    own_type = f"raise type({HTML[0]!r}, (Exception,), {{}})"
    marks = {"role": HTML[0], "questions": [HTML[1], "affine_forward"], "name": HTML[2]}
    cells = [_cell("markdown", text) for text in TEXTS]
    cells += [
        _cell("code", "import numpy as np, warnings\n" + f"print({said!r})\nprint({FORGED!r})"),
        _cell("code", f"raise ValueError({FORGED + said!r})"),
        _cell("code", "def broken(:\n" + HTML[0]),
        _cell("code", _answer("affine_forward(x, w, b)", f"raise ValueError({FORGED + said!r})"), marks),
        _cell("code", _answer("affine_backward(dout, cache)", own_type)),
        _cell("code", _answer("relu_forward(x)", f"return type({HTML[3]!r}, (), {{}})()")),
        _cell("code", _answer("relu_backward(dout, cache)", f"warnings.warn({said!r}); return {HTML[2]!r}")),
        _cell("code", _answer("softmax_loss(x, y)", f"return {{{HTML[2]!r}: 1}}, {said!r}")),
        _cell("code", _answer("sgd(w, dw, config=None)", compiled)),
        _cell("code", _answer("svm_loss(x, y)", "raise KeyError(x)") + comments),
    ]
    stamp = {"assignment": "two_layer_net", "version": HTML[0][:40]}
    kernel = {"display_name": HTML[0], "language": HTML[1], "name": HTML[2]}
    return {
        "cells": cells,
        "metadata": {"grader": stamp, "kernelspec": kernel, "title": HTML[0]},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _answer(signature: str, body: str) -> str:
    return f"def {signature}:\n    {body}\n"


def _cell(kind: str, source: str, marks: dict[str, Any] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": kind,
        "id": HTML[0],
        "metadata": {"grader": marks or {}},
        "source": source,
    }
    if kind == "code":
        html = {"text/html": HTML[0], "image/svg+xml": HTML[3], "application/javascript": "window.__pwned=1"}
        output = {"output_type": "display_data", "data": html, "metadata": {}}
        error = {"output_type": "error", "ename": HTML[0], "evalue": HTML[1], "traceback": [HTML[2]]}
        made |= {"execution_count": None, "outputs": [output, error]}
    else:
        made["attachments"] = {"x.svg": {"image/svg+xml": HTML[3]}}
    return made
