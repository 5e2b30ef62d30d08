"""The few signs that stand beside words, drawn as inline SVG in the colour of the text."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

_SHAPES = {
    "yes": '<circle cx="12" cy="12" r="9.2"/><path d="M7.8 12.3l2.9 2.9 5.6-6"/>',
    "no": '<path d="M8.2 2.8h7.6l5.4 5.4v7.6l-5.4 5.4H8.2l-5.4-5.4V8.2z"/><path d="M8.2 12h7.6"/>',
    "wait": '<circle cx="12" cy="12" r="9.2" stroke-dasharray="3.9 2.7"/><path d="M12 7.2V12l3.2 2.3"/>',
    "check": '<path d="M4.8 12.8l4.7 4.5 9.7-10.6"/>',
    "cross": '<path d="M6.2 6.2l11.6 11.6m0-11.6L6.2 17.8"/>',
    "ring": '<circle cx="12" cy="12" r="7.4"/>',
    "arrow": '<path d="M4.6 12h14.2m-5.6-5.7 5.7 5.7-5.7 5.7"/>',
    "back": '<path d="M19.4 12H5.2m5.6-5.7L5.1 12l5.7 5.7"/>',
    "down": '<path d="M6.2 9.3l5.8 5.6 5.8-5.6"/>',
    "again": '<path d="M18.6 8.4a7.6 7.6 0 1 0 1 3.6"/><path d="M19.6 3.8v5h-5"/>',
    "theme": '<circle cx="12" cy="12" r="8.2"/><path d="M12 3.8a8.2 8.2 0 0 1 0 16.4z" fill="currentColor"/>',
}
NAMES = tuple(_SHAPES)


@cache
def glyph(name: str) -> Markup:
    """The sign `name`, hidden from screen readers: a word always stands beside it.

    Raises:
        KeyError: for a name that is not in `NAMES`.
    """
    svg = f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{_SHAPES[name]}</svg>'
    return Markup(svg)  # noqa: S704 - our own drawing
