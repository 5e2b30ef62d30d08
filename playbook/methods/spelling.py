"""How far two words are apart, counted in slips of the pen."""

from __future__ import annotations

from collections import Counter


def slips(one: str, other: str, most: int) -> int | None:
    """Letters added, left out, changed or swapped with their neighbour, as few as possible; None above `most`.

    Damerau 1964 (optimal string alignment).

    >>> slips("expensive", "expenisve", 2), slips("price", "place", 1)
    (1, None)
    """
    if abs(len(one) - len(other)) > most or _strangers(one, other) > most:
        return None
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1] if last[-1] <= most else None


def _strangers(one: str, other: str) -> int:
    """Letters of the one that the other lacks, or the other way round: never more than the slips."""
    first, second = Counter(one), Counter(other)
    return max((first - second).total(), (second - first).total())
