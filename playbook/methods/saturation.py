"""Whether new interviews still say anything new."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet


def newly_heard(interviews: Sequence[AbstractSet[str]]) -> list[int]:
    """How many themes each interview brought that none before it had.

    >>> newly_heard([{"price", "term"}, {"price"}, {"trust"}])
    [2, 0, 1]
    """
    known: set[str] = set()
    found = []
    for themes in interviews:
        found.append(len(themes - known))
        known |= themes
    return found


def share_of_new(interviews: Sequence[AbstractSet[str]], base: int, run: int) -> float | None:
    """The themes that the last `run` interviews were the first to bring, as a share of those of the first `base`.

    None while there are fewer than `base + run` interviews, or while the first ones brought no theme. Saturation is
    reached where the share is small. Guest, Namey, Chen, "A simple method to assess and report thematic saturation in
    qualitative research", PLoS ONE 15(5), 2020.

    >>> share_of_new([{"a", "b"}, {"b", "c"}, {"d"}, {"a"}, {"b"}, {"e"}], base=4, run=2)
    0.25
    """
    if len(interviews) < base + run:
        return None
    first = set().union(*interviews[:base])
    new = newly_heard(interviews)
    return sum(new[-run:]) / len(first) if first else None
