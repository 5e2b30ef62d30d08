"""A map of two directions, such as the hours of a week: the darker a place, the more there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playbook.charts.base import GLYPH, Chart, rect, text

ROW, HEAD, GAP = 26.0, 22.0, 2.0
FAINT = 0.12
"""The least that is seen of a colour."""
LEGIBLE = 0.4
"""The most of a colour on which words can be read."""
EVERY = 3
"""One label of a column in so many."""


@dataclass(frozen=True)
class Heat(Chart):
    """`values` row by row: a row for each of `rows`, a column for each label; places of `blank` had nothing at all."""

    rows: tuple[str, ...] = ()
    blank: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    """What stands in the places, where they are wide enough for it."""
    good: bool = False
    """Whether more is better: drawn in the accent then."""

    def svg(self) -> str:
        """The map in a wide and a narrow size."""
        return self._map(620, "wid") + self._map(356, "nar")

    def _map(self, width: float, size: str) -> str:
        return self._framed(width, HEAD + ROW * len(self.rows), size, self._places(width))

    def _places(self, width: float) -> Iterator[str]:
        left = GLYPH * max(map(len, self.rows), default=0) + 10
        pitch, most = (width - left) / max(len(self.labels), 1), max(self.values, default=0)
        for place, label in enumerate(self.labels):
            if self.texts or place % EVERY == 0:
                middle = (pitch - GAP) / 2 if self.texts else 0
                yield text(left + pitch * place + middle, HEAD - 8, label, "middle" if self.texts else "start", "tick")
        for row, name in enumerate(self.rows):
            top = HEAD + ROW * row
            yield text(0, top + ROW / 2 + 4, name, "start", "")
            for column in range(len(self.labels)):
                index = row * len(self.labels) + column
                if index not in self.blank:
                    x, share = left + pitch * column, self.values[index] / most if most else 0.0
                    yield rect(x, top + GAP / 2, pitch - GAP, ROW - GAP, "var(--pb-band)")
                    strength = share * (LEGIBLE if self.texts else 1.0)
                    colour = "var(--pb-c1)" if self.good else "var(--pb-c2)"
                    yield _shade(rect(x, top + GAP / 2, pitch - GAP, ROW - GAP, colour), strength)
                    if self.texts and pitch >= GLYPH * len(self.texts[index]):
                        yield text(x + (pitch - GAP) / 2, top + ROW / 2 + 4, self.texts[index], "middle", "em")

    def _height(self, usual: float) -> float:
        return ROW * len(self.rows) if self.rows else usual

    def _layers(self) -> list[Any]:
        import altair as alt

        width = len(self.labels)
        data = [
            {"x": label, "row": name, "value": self.values[index]}
            for row, name in enumerate(self.rows)
            for column, label in enumerate(self.labels)
            if (index := row * width + column) not in self.blank
        ]
        axes = alt.X("x:O", sort=None, axis=alt.Axis(labelAngle=0)), alt.Y("row:N", sort=None)
        colour = alt.Color("value:Q", scale=alt.Scale(range=["#e3eae8", "#0b5a62" if self.good else "#c8601a"]))
        return [alt.Chart(alt.Data(values=data)).mark_rect().encode(*axes, color=colour)]


def _shade(shape: str, share: float) -> str:
    """A shape as strong as its share of the most; nothing where there is none."""
    return shape.replace("<rect ", f'<rect opacity="{FAINT + (1 - FAINT) * share:.2f}" ', 1) if share else ""
