"""How a sentence is set: what must not be parted by the end of a line, and which figures speak louder."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from playbook.i18n import NBSP, language

JOINER = "\u2060"
"""Nothing to be seen, where a line must not end."""
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_UNIT = re.compile(r"(?<=\d) (?=[^\W\d_]|[%₽$€£₸])")
_MINUS = re.compile(r"−(?=[₽$€£₸])")
_DASH = re.compile(r" (?=[—–] )")
_SHORT = re.compile(
    r"(?<![\w-])(в|во|и|к|ко|с|со|у|о|об|обо|от|до|из|за|на|по|не|ни|а|но|да|или|для|без|под|над|при|про) ",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[₽$€£₸]?\d(?:[\d\u00a0.,]*\d)?(?:\u00a0?[%₽$€£₸])?")

_RANGE = re.compile(r"\d[\d\u00a0.,]{0,15}–\d(?:[\d\u00a0.,]{0,15}\d)?(?:\u00a0?%)?")


def bound(text: object) -> str:
    """The text with no-break spaces inside numbers, before their units and dashes and after short Russian words.

    >>> bound("5 weeks of data").replace(chr(160), "~")
    '5~weeks of data'
    """
    found = _UNIT.sub(NBSP, _THOUSANDS.sub(NBSP, str(text)))
    found = _DASH.sub(NBSP, _MINUS.sub(f"−{JOINER}", found))
    return _SHORT.sub(rf"\1{NBSP}", found) if language() == "ru" else found


def strong(text: object) -> Markup:
    """The text, escaped and bound, with its figures set bold."""
    return _marked(text, _FIGURE, Markup("<b>{}</b>"))


def prose(text: object) -> Markup:
    """The text, escaped and bound, with its ranges (`5–12`) kept on one line.

    >>> prose("within 5–12")
    Markup('within <span class="pb-n">5–12</span>')
    """
    return _marked(text, _RANGE, Markup('<span class="pb-n">{}</span>'))


def _marked(text: object, pattern: re.Pattern[str], tag: Markup) -> Markup:
    """The text with every match inside the tag, everything escaped."""
    plain, parts, end = bound(text), [], 0
    for match in pattern.finditer(plain):
        parts += [escape(plain[end : match.start()]), tag.format(match.group())]
        end = match.end()
    return Markup("").join([*parts, escape(plain[end:])])


def quoted(text: str) -> Markup:
    """A text between CSS quotes; what is no letter or figure is written by its number, so nothing can end the sheet."""
    safe = "".join(one if one.isalnum() else f"\\{ord(one):x} " for one in text)
    return Markup(f"'{safe}'")  # noqa: S704 - escaped above
