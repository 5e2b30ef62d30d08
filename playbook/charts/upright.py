"""Charts whose values stand up: columns against a limit, and a curve."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playbook.charts.base import GLYPH, Axis, Box, Chart, rect, spot, text

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True)
class Columns(Chart):
    """Columns, those from `first` up to `lit` in the accent, losses hanging below 0; `notes` stand over single ones."""

    lit: int = 0
    first: int = 0
    notes: tuple[tuple[int, str, float], ...] = ()
    """Index of the column, the text, and the value at whose height it stands."""

    def _mark(self, chart: alt.Chart) -> alt.Chart:
        bars: alt.Chart = chart.mark_bar()
        return bars

    def _shapes(self, box: Box) -> Iterator[str]:
        pitch = (box.width - box.left) / max(box.count, 1)
        wide, every = min(52.0, pitch * 0.6), self._every(pitch)
        spoken = self.first or self.lit - 1
        for index, (label, value) in enumerate(zip(self.labels, self.values, strict=True)):
            x, high, low = box.x(index), box.y(max(value, 0.0)), box.y(min(value, 0.0))
            colour = "var(--pb-c1)" if self.first <= index < (self.lit or box.count) else "var(--pb-band)"
            yield rect(x - wide / 2, high, wide, low - high, "var(--pb-no)" if value < 0 else colour)
            if (index - spoken) % every == 0:
                yield text(x, box.foot + 20, label, "middle", "em" if index == spoken else "tick")
        for index, words, value in self.notes:
            anchor = "end" if index * 2 >= box.count else "start"
            x = box.x(index) + (wide / 2 if anchor == "end" else -wide / 2)
            yield text(x, box.y(value) + (-8 if value >= 0 else 18), words, anchor, "em")

    def _every(self, pitch: float) -> int:
        """Every nth number has room, that of the column the title speaks of among them; names are all written."""
        if not all(label[:1].isdigit() for label in self.labels):
            return 1
        return max(1, math.ceil((GLYPH * max(map(len, self.labels), default=0) + GLYPH) / pitch))


@dataclass(frozen=True)
class Curve(Chart):
    """A line through the values; `lit` is the index of the point the title speaks of, where there is one.

    `seen` are values that were counted, from the first label on, drawn as rings beside the line.
    """

    lit: int | None = None
    seen: tuple[float, ...] = ()

    def _axis(self) -> Axis:
        return Axis.over((*self.values, *self.seen, self.limit.y if self.limit else 0.0), self.most)

    def _layers(self) -> list[Any]:
        import altair as alt

        rings = [{"x": x, "y": y} for x, y in zip(self.labels, self.seen, strict=False)]
        drawn = alt.Chart(alt.Data(values=rings)).mark_point(size=80, filled=False)
        more = [drawn.encode(alt.X("x:O", sort=None), alt.Y("y:Q"))] if rings else []
        return [*super()._layers(), *more]

    def _mark(self, chart: alt.Chart) -> alt.Chart:
        drawn: alt.Chart = chart.mark_line(point=True)
        return drawn

    def _shapes(self, box: Box) -> Iterator[str]:
        points = [(box.x(index), box.y(value)) for index, value in enumerate(self.values)]
        path = " ".join(f"{spot(x)},{spot(y)}" for x, y in points)
        yield f'<polyline points="{path}" fill="none" stroke="var(--pb-c1)" stroke-width="2"/>'
        for index, value in enumerate(self.seen):
            ring = 'r="5" fill="var(--pb-paper)" stroke="var(--pb-ink)" stroke-width="1.5"'
            yield f'<circle cx="{spot(box.x(index))}" cy="{spot(box.y(value))}" {ring}/>'
        every = max(1, box.count // 8)
        for index, ((x, y), label) in enumerate(zip(points, self.labels, strict=True)):
            if index == self.lit:
                yield f'<circle cx="{spot(x)}" cy="{spot(y)}" r="5" fill="var(--pb-c1)"/>'
            if index % every == 0 or index == self.lit:
                yield text(x, box.foot + 20, label, "middle", "em" if index == self.lit else "tick")
