"""A row of figures between its control limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playbook.charts.base import GLYPH, TOP, Axis, Box, Chart, Mark, line, spot, text
from playbook.i18n import number, t


@dataclass(frozen=True)
class Level:
    """Mean and limits of the values from `start` up to `stop`, before something changed."""

    start: int
    stop: int
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Control(Chart):
    """A line of values in time with its mean and limits; the indices in `lit` are marked as signals.

    Mean and limits are those of the values from `since` on; what held before a known change is in `earlier`.
    """

    mean: float = 0.0
    lower: float = 0.0
    upper: float = 0.0
    since: int = 0
    earlier: tuple[Level, ...] = ()
    lit: tuple[int, ...] = ()
    write: Callable[[float], str] = number

    @property
    def levels(self) -> tuple[Mark, ...]:
        """The mean, which is the strong one, between its limits; alone where they fall together."""
        mean = Mark(t("charts", "mean {value}", value=self.write(self.mean)), self.mean)
        if not self.lower < self.upper:
            return (mean,)
        lower = Mark(t("charts", "lower limit {value}", value=self.write(self.lower)), self.lower, strong=False)
        upper = Mark(t("charts", "upper limit {value}", value=self.write(self.upper)), self.upper, strong=False)
        return lower, mean, upper

    def _layers(self) -> list[Any]:
        """Limits dashed, signals in the second colour."""
        import altair as alt

        pairs = enumerate(zip(self.labels, self.values, strict=True))
        rows = [{"x": x, "y": y, "signal": index in self.lit} for index, (x, y) in pairs]
        levels = [{"y": level.y, "label": level.label, "mean": level.strong} for level in self.levels]
        points, rules = alt.Chart(alt.Data(values=rows)), alt.Chart(alt.Data(values=levels))
        axes = alt.X("x:O", sort=None, axis=alt.Axis(labelAngle=0)), alt.Y("y:Q", scale=alt.Scale(zero=False))
        dash = alt.condition("datum.mean", alt.value([1, 0]), alt.value([6, 4]))
        colour = alt.condition("datum.signal", alt.value("#c8601a"), alt.value("#0b5a62"))
        return [
            rules.mark_rule(strokeWidth=1.5).encode(y="y:Q", strokeDash=dash),
            rules.mark_text(align="left", dy=-8, x=4).encode(y="y:Q", text="label:N"),
            points.mark_line().encode(*axes),
            points.mark_point(opacity=1).encode(*axes, color=colour),
        ]

    def _axis(self) -> Axis:
        before = (end for one in self.earlier for end in (one.lower, one.upper))
        return Axis.around([*self.values, *(level.y for level in self.levels), *before])

    def _rules(self, box: Box) -> Iterator[str]:
        """Mean and limits as far as they hold, and a line where something changed."""
        edge = box.x(self.since - 0.5) if self.since else box.left
        for level in self.levels:
            yield _rule(edge, box.width, box.y(level.y), strong=level.strong)
        for one in self.earlier:
            left, right = box.x(one.start - 0.5) if one.start else box.left, box.x(one.stop - 0.5)
            for y, strong in ((one.lower, False), (one.mean, True), (one.upper, False)):
                yield _rule(left, right, box.y(y), strong=strong)
            yield line(right, TOP, right, box.foot, "var(--pb-edge)")

    def _shapes(self, box: Box) -> Iterator[str]:
        yield from self._rules(box)
        points = [(box.x(index), box.y(value)) for index, value in enumerate(self.values)]
        path = " ".join(f"{spot(x)},{spot(y)}" for x, y in points)
        yield f'<polyline points="{path}" fill="none" stroke="var(--pb-c1)" stroke-width="2"/>'
        pitch = (box.width - box.left) / max(box.count, 1)
        every = max(1, box.count // 8, math.ceil(GLYPH * (max(map(len, self.labels), default=0) + 1) / pitch))
        for index, ((x, y), label) in enumerate(zip(points, self.labels, strict=True)):
            size, colour = (6, "var(--pb-c2)") if index in self.lit else (3, "var(--pb-c1)")
            yield f'<circle cx="{spot(x)}" cy="{spot(y)}" r="{size}" fill="{colour}"/>'
            if index % every == 0:
                yield text(x, box.foot + 20, label, "middle", "em" if index in self.lit else "tick")
        at = box.x(self.since - 0.5) if self.since * 2 < box.count else box.left
        for level in self.levels:
            yield text(at + 6, box.y(level.y) - 6, level.label, "start", "em")


def _rule(left: float, right: float, y: float, *, strong: bool) -> str:
    return line(left, y, right, y, f"var(--pb-c{1 if strong else 2})", 1.5, dashed=not strong)
