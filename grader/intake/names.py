"""Names of files, as students and their archives give them: which are read, which are safe, how they show."""

from __future__ import annotations

import re
import unicodedata

from grader.intake.bounds import MAX_DEPTH, MAX_NAME, MAX_PART
from grader.model.reasons import LeftOut

SOURCES = (".ipynb", ".py")
_SUPPORTED_ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
_UNSUPPORTED_ARCHIVES = (".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".rar", ".7z", ".gz", ".xz", ".bz2")
_IGNORED = frozenset({"__pycache__", "__MACOSX"})
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_CHECKPOINTS = ".ipynb_checkpoints"
_READ = re.compile(r"(.+?\.)(ipynb|pyw?)((?:\.(?:txt|text|json|download)|~| ?\(\d+\))*)", re.I | re.S)
"""A notebook or a module, whatever a browser, an editor or a system wrote behind its ending."""
_MAYBE_NOTEBOOK = re.compile(r"[^.]+|.+\.(?:json|txt|text)", re.I | re.S)
_LIKE_AN_ANSWER = re.compile(
    r"\.(?:ipynb|py|zip|tar|tgz|gz)[\s.(~_-][^/]*"
    r"|\.(?:ipynb|pyw?|pdf|docx?|odt|pages|rtf|tex|html?|pptx?|xz|rar|7z|zipx|r|rmd|m|jl|java|c|cpp)"
    r"|\.(?:jpe?g|png|heic|webp|tiff?)",
    re.I,
)
_OF_INSTRUCTORS = re.compile(
    r"(?:readme|licen[cs]e|makefile)\b.*|.*\.(?:md|csv|tsv|xlsx?|ods|toml|ya?ml|cfg|ini|log|db|sqlite\d?|sh|bat)",
    re.I | re.S,
)
_PAGES = frozenset({"index.html", "index.htm"})
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def read_as(name: str) -> str:
    """The name with the ending that it should have, of a notebook or a module; empty for anything else.

    ``hw.ipynb.txt`` and ``hw.IPYNB`` are read as ``hw.ipynb``.
    """
    folder, slash, last = name.rpartition("/")
    match = _READ.fullmatch(last)
    if match is None:
        return ""
    return f"{folder}{slash}{match[1]}{'ipynb' if match[2].lower() == 'ipynb' else 'py'}"


def is_source(name: str) -> bool:
    """A notebook or a module."""
    return bool(read_as(name))


def may_be_notebook(name: str) -> bool:
    """Whether a file may be a notebook under another ending, or under none: its text tells."""
    return _MAYBE_NOTEBOOK.fullmatch(name.rpartition("/")[2]) is not None


def holds_checkpoints(folder: str) -> bool:
    """Whether Jupyter keeps copies of notebooks in a folder of this name."""
    return folder == _CHECKPOINTS


def is_checkpoint(name: str) -> bool:
    """A copy that Jupyter keeps of a notebook when it is saved."""
    return f"/{_CHECKPOINTS}/" in f"/{name}" and read_as(name).endswith(".ipynb")


def is_archive(name: str) -> bool:
    """An archive by its name, whether of a kind that is opened or of one that is refused with a reason."""
    return name.lower().endswith((*_SUPPORTED_ARCHIVES, *_UNSUPPORTED_ARCHIVES))


def is_hidden(name: str) -> bool:
    """Not meant to be seen in a class's folder: hidden, an editor's, or a system's."""
    return name.startswith((".", "__", "~$"))


def is_submission(name: str, is_folder: bool) -> bool:
    """Whether what lies at the top of a class's folder or archive is somebody's answer, by its name."""
    return not is_hidden(name) and (is_folder or is_source(name) or is_archive(name))


def is_like_an_answer(name: str) -> bool:
    """Whether the name of a file ends as one that somebody may have handed in, though it is not read."""
    if is_hidden(name) or name.lower() in _PAGES:
        return False
    ending = re.search(r"\.[^.]*(?:\.[^.]*)?\Z", name)
    return ending is not None and any(
        _LIKE_AN_ANSWER.fullmatch(part) for part in (ending[0], ending[0][ending[0].rfind(".") :])
    )


def is_of_an_instructor(name: str) -> bool:
    """Whether a file beside a class's submissions is there for another reason, by its name."""
    return _OF_INSTRUCTORS.fullmatch(name) is not None or name.lower() in _PAGES


def without_ending(name: str) -> str:
    """``ann`` for ``ann.ipynb``, ``ann.py``, ``ann.zip``, ``ann.tar.gz``."""
    for ending in (*_SUPPORTED_ARCHIVES, *_UNSUPPORTED_ARCHIVES):
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    match = _READ.fullmatch(name)
    return match[1].rstrip(".") or name if match else name


def is_ignored(name: str) -> bool:
    """Hidden, cached, or a system's: nothing that a person would call part of an answer."""
    return any(
        part.startswith((".", "~$")) or part in _IGNORED or part.lower() in _SYSTEM_FILES
        for part in name.split("/")
        if part != ".."
    )


def normalize(name: str) -> str:
    """One spelling for what is one name: Windows' separators, ``./``, and accents in one form."""
    if len(name) > MAX_NAME or max(map(len, name.split("/"))) > MAX_PART:
        return name  # refused in any spelling; a thousand accents on one letter take a while to put in order
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    path = "/".join(part for part in name.split("/") if part not in ("", "."))
    return "/" + path if name.startswith("/") else path


def name_problem(name: str) -> LeftOut | None:
    """Why a tidy name in an archive is not to be trusted; None where it is."""
    parts = name.split("/")
    if not name:
        return LeftOut(reason="no name")
    if len(name) > MAX_NAME or any(len(part.encode("utf-8", "replace")) > MAX_PART for part in parts):
        return LeftOut(reason="long name")
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return LeftOut(reason="outside")
    if "\0" in name:
        return LeftOut(reason="NUL")
    if len(parts) > MAX_DEPTH:
        return LeftOut(reason="too deep", limit=MAX_DEPTH)
    if any(_DEVICE.fullmatch(part) for part in parts):
        return LeftOut(reason="device")
    return None


def display_name(name: str, limit: int = 80) -> str:
    """A name as it may stand in a sentence: nothing that hides, reorders or breaks what is around it."""
    tail = limit * 2 // 5
    cut = name if len(name) <= limit else f"{name[: limit - 1 - tail]}…{name[-tail:]}"
    return "".join(_escape(c) if unicodedata.category(c) in _INVISIBLE else c for c in cut)


def _escape(character: str) -> str:
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"


def printable(name: str) -> str:
    """A name with ``_`` for whatever hides, reorders or breaks what is around it."""
    return "".join("_" if unicodedata.category(c) in _INVISIBLE else c for c in name)


def display_id(name: str) -> str:
    """A name as a submission's id: printable, and short enough to stand in a table."""
    return printable(name[:100])
