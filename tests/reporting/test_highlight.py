from __future__ import annotations

import html
import re
from pathlib import Path

from grader.reporting.pages.highlight import python

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


def test_kinds_of_token_are_told_apart() -> None:
    found = python('@cached\ndef layer(x):\n    """What."""\n    return len(x) + 1e-5  # why')
    assert [stretches(found, css) for css in "dfsknbc"] == [
        "@cached",
        "layer",
        '"""What."""',
        "defreturn",
        "1e-5",
        "len",
        "#why",
    ]


def test_the_reference_is_coloured_and_kept() -> None:
    for path in sorted(REFERENCE.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        assert text_of(python(source)) == source
        assert "<span class=s>" in python(source)


def test_what_comes_after_the_last_token_is_escaped_too() -> None:
    assert python("x <>&") == "x &lt;&gt;&amp;"


def test_attributes_are_not_builtins() -> None:
    assert python("x.sum(sum)") == "x.sum(<span class=b>sum</span>)"
