"""Markdown from a student → HTML: no raw HTML, no links but to the web, no pictures, formulas as MathML."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from grader.reporting.invisible_characters import visible
from grader.reporting.pages.caches import TextCache

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_LONGEST_FORMULA = 2000
_ATTRIBUTES = frozenset(
    "accent columnalign columnlines columnspacing depth display displaystyle fence form height linethickness "
    "lspace mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel "
    "separator stretchy symmetric voffset width".split()
)
"""Attributes kept in MathML: what lays a formula out. Not ``href``, ``style``, ``class``, colours."""
_LONGEST_LENGTH = 20.0
"""In whatever unit: a formula may move and stretch things, but not by a page."""
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_TAG = re.compile(r"m[a-z]+")
_WEB = re.compile(r"https?://", re.IGNORECASE)


_texts = TextCache(1_000_000)
_formulas = TextCache(500_000)


def markdown(source: str) -> Markup:
    """The text as HTML. How long a text may be is the caller's to say: see ``budget``."""
    return _texts.get(source, lambda: _render(source))


def formula(tex: str, display: bool = False) -> Markup:
    """TeX as MathML, or the TeX itself where it cannot be converted."""
    return _formulas.get(tex, lambda: _convert(tex, display), display)


def _render(source: str) -> Markup:
    try:
        return Markup(_parser().render(visible(source)))
    except RecursionError:  # a text nested on purpose
        return Markup("<pre>{}</pre>").format(visible(source))


def _convert(tex: str, display: bool) -> Markup:
    from latex2mathml.converter import convert_to_element

    block = "block" if display else "inline"
    try:
        if len(tex) > _LONGEST_FORMULA:
            raise ValueError("too long to be a formula")
        return Markup(_serialise(convert_to_element(tex, display=block)))
    except Exception:  # the converter raises whatever its stack meets: any failure shows the TeX
        fence = "$$" if display else "$"
        return Markup("<code class=tex>{}</code>").format(visible(f"{fence}{tex}{fence}"))


def _serialise(element: Any) -> str:
    """An element as text, with few attributes. The converter's own serialiser leaves text unescaped."""
    if not _TAG.fullmatch(element.tag):
        raise ValueError(f"not MathML: {element.tag}")
    kept = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES and _is_small(value)}
    attributes = "".join(f' {name}="{escape(visible(value))}"' for name, value in kept.items())
    text = str(escape(visible(html.unescape(element.text or ""))))
    inner = "".join(_serialise(child) + str(escape(visible(child.tail or ""))) for child in element)
    return f"<{element.tag}{attributes}>{text}{inner}</{element.tag}>"


def _is_small(value: str) -> bool:
    return all(float(number) <= _LONGEST_LENGTH for number in _NUMBER.findall(value))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_labels=False, double_inline=True, renderer=_math)
    # Every address parses, so that a picture's text can be shown; the rules below write none but http(s).
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.add_render_rule("math_inline_double", _inline_display)
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("image", _picture)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", lambda self, tokens, index, options, env: "</p>\n")
    return parser


def _math(tex: str, options: dict[str, Any]) -> str:
    return str(formula(tex, bool(options.get("display_mode"))))


def _inline_display(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """``$$…$$`` within a paragraph: the plugin would put a div there, which would end the paragraph."""
    return str(formula(str(tokens[index].content).strip(), display=True))


def _link(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    address = str(tokens[index].attrGet("href") or "")
    if not _WEB.match(address):
        return "<a>"
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">'


def _picture(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """The words in place of a picture: nothing is fetched."""
    words = self.renderInlineAsText(tokens[index].children or [], options, env) or "no description"
    return f"<span class=picture>picture: {escape(words)}</span>"


def _heading(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """A heading of the student's is not one of the page's: it looks like one and stays out of the outline."""
    return f"<p class=heading data-level={tokens[index].tag[1:]}>"
