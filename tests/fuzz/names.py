"""Names of files and folders, as bytes: what students, platforms and systems make of them, and worse."""

from __future__ import annotations

from random import Random

from tests.fuzz.fragments import TAG

_TAG = TAG.encode()

STEMS: tuple[bytes, ...] = (
    b"con", b"NUL", b"aux.x", b"com1", b"lpt9 ", b"prn", b"index.html", b"grades.csv", b"grades.csv.partial",
    b"run.json",
    b"students", b".grader-output", b"feedback.html", b"report.json", b"class_entry", b"signal", b"os",
    b"numpy", b"random",
    b"json", b"layers", b"grader", b"reference", b"conftest", b"__init__", b"__main__", b"setup",
    b"sitecustomize", b"-rf", b"--out",
    b"-", b"~", b"~$x", b"$HOME", b"`id`", b"%s%n", b"{0}", b"{{7*7}}", b"a;b", b"a&b", b"a|b", b"a\nb",
    b"a\rb", b"a\tb", b"a\\b",
    b"..\\..\\x", b"C:\\x", b"a:b", b"a\"b'c", b"a,b", b"=1+1", b"@x", b"+x", b"a ", b" a", b"a.", b"a..",
    b"...", b"a. .", b"a.ipynb",
    b"a.zip", b"a.tar", b"a.PY", b"ANN", b"ann", b"Ann", "é".encode(), "e\u0301".encode(), "ﬁ".encode(),
    "ﬀ".encode(), "İ".encode(),
    "ß".encode(), b"ss", "\u202egpj".encode(), "\u200b".encode(), "\u2066x\u2069".encode(),
    "\ufeffx".encode(), "😀".encode(),
    "\u0301".encode(), "１".encode(), "ＣＯＮ".encode(), "ａnn".encode(), b"\xff", b"\xed\xa0\x80", b"\xc3",
    b"\x80ann", b"a\x1b[31mb",
    b"\x01", b"\x7f", b"x" * 220, "é".encode() * 110, b"a" * 100, b"a" * 101, b"a" * 99 + b" ",
    b"." * 3 + b"x", b"__x", b"build", b"venv",
    b"__MACOSX", b"__pycache__", b"datasets", b"control", b"right", b"1", b"01", b"1e5", b"None", b"null",
    b"true",
    b"Ann Lee_1234_assignsubmission_file_", b"ann_late_123_456_hw1-2", b"ann (1)", b"Copy of ann",
    b"ann - Copie", _TAG.replace(b"/", b""),
)  # fmt: skip

ENDINGS: tuple[bytes, ...] = (
    b".ipynb", b".py", b".zip", b".tar", b".tar.gz", b".tgz", b"", b".IPYNB", b".Py", b".ZIP", b".ipynb.txt",
    b".pyw", b".rar", b".7z",
    b".tar.xz", b".gz", b".pdf", b".ipynb ", b".ipynb.", b".py~", b".partial.py", b".ipynb.zip", b".zip.py",
    b".r", b".html", b".txt",
)  # fmt: skip


def name(random: Random, ending: bytes) -> bytes:
    """A name of at most 255 bytes, mostly with the ending that its content should have."""
    stem = random.choice(STEMS)
    if random.random() < 0.2:
        stem += random.choice(STEMS)
    if random.random() < 0.2:
        ending = random.choice(ENDINGS)
    whole = stem[: 255 - len(ending)] + ending
    return whole.replace(b"/", b"_").replace(b"\0", b"_") if whole not in (b".", b"..", b"") else b"_" + whole


def plain(random: Random, ending: bytes) -> bytes:
    """A name as most students choose one."""
    return b"%s%d%s" % (
        random.choice((b"ann", b"bob", b"Hw ", b"student_", b"s")),
        random.randrange(10**6),
        ending,
    )


def inner(random: Random) -> bytes:
    """A name inside a tree or an archive, with folders; there it may lead anywhere."""
    parts = [name(random, random.choice(ENDINGS[:4])) for _ in range(random.choice((1, 1, 2, 3)))]
    if random.random() < 0.3:
        parts.insert(
            random.randrange(len(parts) + 1), random.choice((b"..", b".", b"cs231n", b"a" * 200, b"__MACOSX"))
        )
    if random.random() < 0.1:
        parts = [b"d"] * random.choice((19, 20, 21, 60)) + parts
    return random.choice((b"", b"", b"", b"/", b"./", b"../../", b"C:/")) + b"/".join(parts)
