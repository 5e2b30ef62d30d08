"""Which writings of a reason are one: other letters, a slip of the pen, another word for it, or the person's own say.

Only whole reasons are joined, never those that have a word in common: "expensive" is not "expensive after the visit".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from playbook import i18n, texts
from playbook.methods.spelling import slips

How = Literal["same", "letters", "slip", "synonym", "hand"]
KNOWLEDGE = "refusals.toml"
COMPARED = 500
"""So many writings are looked through for slips of the pen; rarer ones stand as they are."""
_ONE_SLIP, _TWO_SLIPS = 5, 10
"""From so many letters on a word may differ by one slip, by two."""
_SIGNS = re.compile(r"[^\w%]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Written:
    """A reason as it was written, how often, what it counts as and why."""

    text: str
    leads: int
    counts_as: str
    how: How


def joined(counts: Mapping[str, int], apart: Iterable[str], together: Mapping[str, str]) -> tuple[Written, ...]:
    """What each writing counts as: the most frequent of those that mean the same, or what the person says.

    Writings of `apart` stand alone; `together` says what a writing counts as.
    """
    alone, by_hand = {plain(text) for text in apart}, {plain(text): into for text, into in together.items()}
    order = sorted((text for text in counts if plain(text)), key=lambda text: (-counts[text], text))
    heads: dict[str, str] = {}
    parted: dict[str, str] = {}
    found: dict[str, tuple[str, How]] = {}
    for place, text in enumerate(order):
        key = plain(text)
        if key in alone:
            head = parted.setdefault(key, text)
            found[text] = head, "same" if head == text else "letters"
        elif key not in by_hand:
            found[text] = _head(text, heads, near=place < COMPARED)
            heads.setdefault(bare(text), found[text][0])
    for text in order:
        if text not in found:
            into = by_hand[plain(text)].strip()
            head = heads.get(bare(into), into)
            found[text] = head, "same" if head == text else "hand"
    return tuple(Written(text, counts[text], *found[text]) for text in order)


def _head(text: str, heads: Mapping[str, str], *, near: bool) -> tuple[str, How]:
    """The more frequent writing that means the same as this one; itself where there is none."""
    key = bare(text)
    if key in heads:
        return heads[key], "letters"
    meaning = phrase_of(key)
    synonym = next((head for other, head in heads.items() if meaning and phrase_of(other) == meaning), None)
    if synonym:
        return synonym, "synonym"
    slip = next((head for other, head in heads.items() if near and _slipped(key, other)), None)
    return (slip, "slip") if slip else (text, "same")


def _slipped(one: str, other: str) -> bool:
    """Whether two writings differ by no more than a slip or two; numbers in them must be the same."""
    length = min(len(one), len(other))
    most = 2 if length >= _TWO_SLIPS else 1 if length >= _ONE_SLIP else 0
    if not most or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    return slips(one, other, most) is not None


@cache
def plain(text: str) -> str:
    """The text without case, signs and the dots of a Russian letter."""
    return " ".join(_SIGNS.sub(" ", text.casefold().replace("ё", "е").replace("%", " % ")).split())


@cache
def bare(text: str) -> str:
    """The same without words that change nothing, unless nothing else is left."""
    words = plain(text).split()
    return " ".join(word for word in words if word not in _fillers()) or " ".join(words)


@cache
def theme_of(text: str) -> str:
    """The id of the theme a reason speaks of, by its whole or by how its words begin; empty where there is none."""
    key = bare(text)
    if whole := phrase_of(key):
        return whole
    found = (theme["id"] for theme in _themes() for word in theme["words"] if f" {plain(word)}" in f" {key}")
    return str(next(found, ""))


def theme(ident: str) -> dict[str, Any]:
    """A theme's title, advice and step in the reader's language."""
    return texts.by_id(KNOWLEDGE, "themes")[ident]


@cache
def phrase_of(key: str) -> str:
    """The theme that has this whole reason among its phrases."""
    return _phrases().get(key, "")


@cache
def _phrases() -> dict[str, str]:
    return {bare(phrase): str(theme["id"]) for theme in _themes() for phrase in theme["phrases"]}


@cache
def _themes() -> Sequence[dict[str, Any]]:
    """The themes of every language, the first of a kind together, in the order of the file."""
    lists = [texts.load(KNOWLEDGE, lang)["themes"] for lang in i18n.LANGUAGES]
    return [theme for same in zip(*lists, strict=True) for theme in same]


@cache
def _fillers() -> frozenset[str]:
    return frozenset(plain(word) for lang in i18n.LANGUAGES for word in texts.load(KNOWLEDGE, lang)["fillers"])
