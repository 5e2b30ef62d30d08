"""The looks of a sheet of paper, shared by the report and the documents."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from playbook import faces, i18n

LAYOUT = Path(__file__).resolve().parent / "layout"
_BLOCK = "p|div|ul|ol|table|section|details|figure|h[1-6]"
_NEEDLESS = re.compile(
    r"</(?:td|th)>\s*(?=<(?:td|th|/tr)\b)"
    r"|</tr>\s*(?=<(?:tr|/tbody|/thead|/table)\b)"
    r"|</li>\s*(?=<(?:li|/ul|/ol)\b)"
    rf"|</p>(?=\s*<(?:{_BLOCK}|/(?:div|section|li|details))\b)"
)
"""End tags which the next tag implies, in the order in which a page nests them."""


def page(name: str, *, footer: str, style: str = "", **values: Any) -> str:
    """The template `name` on paper: one HTML file with its looks inside, `footer` below every printed page.

    `style` names one more style sheet for it.
    """
    template = faces.environment(LAYOUT).get_template(f"{name}.html")
    return template.render(language=i18n.language(), css=css(style), footer=footer, **values)


@cache
def css(more: str = "") -> str:
    """The style sheet of a page that is read on a screen and printed on A4, with one `more` of its own."""
    names = filter(None, ("report.css", "print.css", more))
    ours = ((LAYOUT / name).read_text(encoding="utf-8") for name in names)
    return closely("".join((faces.css(), *ours)))


def closely(css: str) -> str:
    """A style sheet without the room and the words that only its writers need.

    >>> closely("/* all */ p { margin: 0;  color: red; }")
    'p{margin:0;color:red}'
    """
    bare = " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split())
    return re.sub(r" ?([{};,]) ?|(?<=[\w-])(:) ", r"\1\2", bare).replace(";}", "}")


def sparely(html: str) -> str:
    """The same page without the end tags that a browser puts there itself: WHATWG HTML, "Optional tags".

    >>> sparely("<ul><li><p>One</p></li> <li>Two</li></ul>")
    '<ul><li><p>One<li>Two</ul>'
    """
    return _NEEDLESS.sub("", html)
