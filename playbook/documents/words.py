"""Words of a sentence, compared whatever their endings: what was said, and what came back of it."""

from __future__ import annotations

import re
from itertools import takewhile

from playbook import texts

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LEAST = 4
"""Shorter words are prepositions and the like; figures count at any length."""


def content(text: str) -> list[str]:
    """The words that carry a text, in its order, once each, without those that only hold it together.

    >>> content("A crown in 5 days, in one visit")
    ['crown', '5', 'days', 'visit']
    """
    idle = texts.load("documents.toml")["idle"]["words"]
    words = (word.casefold() for word in _WORD.findall(text) if len(word) >= _LEAST or word.isdigit())
    return list(dict.fromkeys(word for word in words if word not in idle))


def alike(one: str, other: str) -> bool:
    """Whether two words may be forms of one: they begin with the same two thirds. Figures must be the same.

    >>> alike("посетителей", "посетители"), alike("crown", "crowns"), alike("10", "100"), alike("план", "плата")
    (True, True, False, False)
    """
    one, other = (word.casefold().replace("ё", "е") for word in (one, other))
    if one.isdigit() or other.isdigit():
        return one == other
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return 3 * shared >= 2 * max(len(one), len(other))


def lost(said: str, heard: str) -> tuple[str, ...]:
    """The words of what was `said` that did not come back in what was `heard`.

    >>> lost("A crown in one visit", "crowns, quickly")
    ('visit',)
    """
    back = content(heard)
    return tuple(word for word in content(said) if not any(alike(word, other) for other in back))


def share_word(one: str, other: str) -> bool:
    """Whether two texts speak of one thing: some word of the one comes back in the other."""
    return len(lost(one, other)) < len(content(one))
