from __future__ import annotations

import html
import re
from pathlib import Path

from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]  # it ships no types
from pygments.token import Comment, Keyword, Name, String  # type: ignore[import-untyped]

from grader.reporting.highlight import python

REFERENCE = Path(__file__).parents[2] / "reference"


def text_of(highlighted: str) -> str:
    return html.unescape(re.sub(r"</?span[^>]*>", "", highlighted))


def stretches(highlighted: str, css: str) -> str:
    """All that has a class, without white space."""
    found = re.findall(rf"<span class={css}>(.*?)</span>", highlighted)
    return "".join(html.unescape("".join(found)).split())


def test_every_character_is_kept() -> None:
    hostile = "x = '<b>' # \"\"\"\n'''open & \\\n@d\nf\"{a!r}\" 0x1F 1e-5 .5j \\"
    assert text_of(python(hostile)) == hostile


def test_no_span_crosses_a_line() -> None:
    for line in python('def f():\n    """One.\n\n    Two.\n    """\n    return 1').split("\n"):
        assert line.count("<span") == line.count("</span>")


def test_it_agrees_with_pygments_on_the_reference() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted(REFERENCE.glob("*.py"))]
    assert sources
    for source in sources:
        tokens = list(PythonLexer(stripnl=False, ensurenl=False).get_tokens(source))
        ours = python(source)
        comments = "".join("".join(text.split()) for kind, text in tokens if kind in Comment)
        keywords = {text for kind, text in tokens if kind in Keyword}
        docstrings = "".join("".join(text.split()) for kind, text in tokens if kind in String.Doc)
        defined = "".join(text for kind, text in tokens if kind in Name.Function and "__" not in text)
        assert stretches(ours, "c") == comments
        assert all(f"<span class=k>{word}</span>" in ours for word in keywords if word.isalpha())
        assert all(part in stretches(ours, "s") for part in [docstrings[:60], docstrings[-60:]])
        assert all(name in stretches(ours, "f") for name in [defined[:8]])


def test_what_comes_after_the_last_token_is_escaped_too() -> None:
    assert python("x <>&") == "x &lt;&gt;&amp;"


def test_attributes_are_not_builtins() -> None:
    assert python("x.sum(sum)") == "x.sum(<span class=b>sum</span>)"
