"""Charts a reader takes in at a glance: columns, a curve, a line between its limits. The title states the finding.

`svg()` draws with the page's own colours (CSS variables), in a wide and a narrow size, for the screen and the report:
a chart costs two kilobytes and no library. `altair()` gives the same chart, with the same theme, in Python.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from playbook.i18n import number, t

if TYPE_CHECKING:
    import altair as alt

HALO = "paint-order:stroke;stroke:var(--pb-paper);stroke-width:5px;stroke-linejoin:round"
"""Keeps a label readable over a column."""
TOP, FOOT, LEFT = 14.0, 44.0, 52.0
TINY = 1e-9
"""What is smaller is drawn as nothing: an axis cannot be divided any further."""


@dataclass(frozen=True)
class Mark:
    """A labelled level (`y`) or place (`x`) drawn over a chart; `strong` marks the one the verdict speaks of."""

    label: str
    y: float
    strong: bool = True


@dataclass(frozen=True)
class Chart:
    """What every chart has: the finding as its title, a line that says what is drawn, labels and values."""

    title: str
    caption: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    limit: Mark | None = None

    def svg(self) -> str:
        """The chart as two inline SVG pictures, one for wide and one for narrow screens."""
        return self._draw(620, 270, "wid") + self._draw(356, 280, "nar")

    def altair(self) -> alt.LayerChart:
        """The same chart for Python."""
        import altair as alt

        data = alt.Data(values=[{"x": x, "y": y} for x, y in zip(self.labels, self.values, strict=True)])
        axes = alt.X("x:O", sort=None, axis=alt.Axis(labelAngle=0)), alt.Y("y:Q")
        layers: list[Any] = [self._mark(alt.Chart(data)).encode(*axes)]
        if self.limit:
            rule = alt.Data(values=[{"y": self.limit.y, "label": self.limit.label}])
            layers.append(alt.Chart(rule).mark_rule().encode(y="y:Q"))
            layers.append(alt.Chart(rule).mark_text(align="left", dy=-8, x=4).encode(y="y:Q", text="label:N"))
        title = alt.TitleParams(text=self.title, subtitle=self.caption)
        drawn: alt.LayerChart = alt.layer(*layers).properties(title=title, width=560, height=240).configure(**theme())
        return drawn

    def _mark(self, chart: alt.Chart) -> alt.Chart:
        raise NotImplementedError

    def _shapes(self, box: Box) -> Iterator[str]:
        raise NotImplementedError

    def _box(self, width: float, height: float) -> Box:
        top = max([*self.values, self.limit.y if self.limit else 0.0, 0.0]) or 1.0
        return Box(width, height, nice_top(top), len(self.values))

    def _draw(self, width: float, height: float, size: str) -> str:
        box = self._box(width, height)
        parts = [*box.grid(), *self._shapes(box)]
        if self.limit:
            y = box.y(self.limit.y)
            parts.append(
                f'<line x1="{LEFT}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--pb-c2)" stroke-width="2.5"/>'
            )
            parts.append(_text(LEFT + 6, y - 8, self.limit.label, "start", "em", f"fill:var(--pb-signal);{HALO}"))
        head = f'<svg class="{size}" viewBox="0 0 {width:g} {height:g}" role="img"'
        return f'{head} aria-label="{escape(self.title)}">{"".join(parts)}</svg>'


@dataclass(frozen=True)
class Box:
    """The drawing area: where a value and a place stand on it."""

    width: float
    height: float
    top: float
    count: int
    bottom: float = 0.0

    def y(self, value: float) -> float:
        """The height of a value."""
        foot = self.height - FOOT
        return foot - (foot - TOP) * (value - self.bottom) / (self.top - self.bottom)

    def x(self, index: float) -> float:
        """The middle of the place at `index`."""
        return LEFT + (self.width - LEFT) * (index + 0.5) / max(self.count, 1)

    def grid(self) -> Iterator[str]:
        """Four steps of lines with their numbers."""
        for step in range(5):
            value = self.bottom + (self.top - self.bottom) * step / 4
            y = self.y(value)
            yield f'<line x1="{LEFT}" x2="{self.width:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--pb-line)"/>'
            yield _text(LEFT - 8, y + 4, number(value), "end", "tick")


@dataclass(frozen=True)
class Columns(Chart):
    """Columns, those up to `lit` in the accent; `notes` stand over single columns."""

    lit: int = 0
    notes: tuple[tuple[int, str, float], ...] = ()
    """Index of the column, the text, and the value at whose height it stands."""

    def _mark(self, chart: alt.Chart) -> alt.Chart:
        bars: alt.Chart = chart.mark_bar()
        return bars

    def _shapes(self, box: Box) -> Iterator[str]:
        wide = min(52.0, (box.width - LEFT) / max(box.count, 1) * 0.6)
        for index, (label, value) in enumerate(zip(self.labels, self.values, strict=True)):
            x, y = box.x(index), box.y(max(value, 0.0))
            colour = "var(--pb-c1)" if index < (self.lit or box.count) else "var(--pb-band)"
            place = f'x="{x - wide / 2:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{max(box.y(0) - y, 0):.1f}"'
            yield f'<rect {place} rx="2" fill="{colour}"/>'
            yield _text(x, box.y(0) + 20, label, "middle", "em" if index + 1 == self.lit else "tick")
        for index, text, value in self.notes:
            anchor = "end" if index * 2 >= box.count else "start"
            yield _text(
                box.x(index) + (wide / 2 if anchor == "end" else -wide / 2), box.y(value) - 8, text, anchor, "em", HALO
            )


@dataclass(frozen=True)
class Curve(Chart):
    """A line through the values; `lit` is the index of the point the title speaks of, where there is one."""

    lit: int | None = None

    def _mark(self, chart: alt.Chart) -> alt.Chart:
        line: alt.Chart = chart.mark_line(point=True)
        return line

    def _shapes(self, box: Box) -> Iterator[str]:
        points = [(box.x(index), box.y(value)) for index, value in enumerate(self.values)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{line}" fill="none" stroke="var(--pb-c1)" stroke-width="2"/>'
        every = max(1, box.count // 8)
        for index, ((x, y), label) in enumerate(zip(points, self.labels, strict=True)):
            if index == self.lit:
                yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="var(--pb-c1)"/>'
            if index % every == 0 or index == self.lit:
                yield _text(x, box.y(0) + 20, label, "middle", "em" if index == self.lit else "tick")


@dataclass(frozen=True)
class Control(Chart):
    """A line of values in time with its mean and limits; the indices in `lit` are marked as signals."""

    mean: float = 0.0
    lower: float = 0.0
    upper: float = 0.0
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

    def altair(self) -> alt.LayerChart:
        """The same chart for Python: limits dashed, signals in the second colour."""
        import altair as alt

        pairs = enumerate(zip(self.labels, self.values, strict=True))
        rows = [{"x": x, "y": y, "signal": index in self.lit} for index, (x, y) in pairs]
        levels = [{"y": level.y, "label": level.label, "mean": level.strong} for level in self.levels]
        line, rules = alt.Chart(alt.Data(values=rows)), alt.Chart(alt.Data(values=levels))
        axes = alt.X("x:O", sort=None, axis=alt.Axis(labelAngle=0)), alt.Y("y:Q", scale=alt.Scale(zero=False))
        dash = alt.condition("datum.mean", alt.value([1, 0]), alt.value([6, 4]))
        colour = alt.condition("datum.signal", alt.value("#c8601a"), alt.value("#0b5a62"))
        layers = (
            rules.mark_rule(strokeWidth=1.5).encode(y="y:Q", strokeDash=dash),
            rules.mark_text(align="left", dy=-8, x=4).encode(y="y:Q", text="label:N"),
            line.mark_line().encode(*axes),
            line.mark_point(opacity=1).encode(*axes, color=colour),
        )
        title = alt.TitleParams(text=self.title, subtitle=self.caption)
        drawn: alt.LayerChart = alt.layer(*layers).properties(title=title, width=560, height=240).configure(**theme())
        return drawn

    def _box(self, width: float, height: float) -> Box:
        found = [*self.values, *(level.y for level in self.levels)]
        bottom, top = nice_span(min(found), max(found))
        return Box(width, height, top, len(self.values), bottom)

    def _shapes(self, box: Box) -> Iterator[str]:
        for level in self.levels:
            y, dash = box.y(level.y), "" if level.strong else ' stroke-dasharray="6 4"'
            colour = "var(--pb-c1)" if level.strong else "var(--pb-c2)"
            place = f'x1="{LEFT}" x2="{box.width:g}" y1="{y:.1f}" y2="{y:.1f}"'
            yield f'<line {place} stroke="{colour}" stroke-width="1.5"{dash}/>'
        points = [(box.x(index), box.y(value)) for index, value in enumerate(self.values)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{line}" fill="none" stroke="var(--pb-c1)" stroke-width="2"/>'
        every = max(1, box.count // 8)
        for index, ((x, y), label) in enumerate(zip(points, self.labels, strict=True)):
            size, colour = (6, "var(--pb-c2)") if index in self.lit else (3, "var(--pb-c1)")
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{colour}"/>'
            if index % every == 0:
                yield _text(x, box.height - FOOT + 20, label, "middle", "em" if index in self.lit else "tick")
        for level in self.levels:
            yield _text(LEFT + 6, box.y(level.y) - 6, level.label, "start", "em", HALO)


def nice_span(low: float, high: float) -> tuple[float, float]:
    """Round ends around `low` and `high`, four equal steps apart; 0 is one where it is near or both are alike."""
    if low == high:
        return min(low * 1.2, 0.0), max(high * 1.2, 0.0) or 1.0
    if 0 <= low < (high - low) * 2:
        return 0.0, nice_top(high)
    step = nice_top((high - low) / 4)
    while (bottom := math.floor(low / step) * step) + 4 * step < high:
        step = nice_top(step)
    return bottom, bottom + 4 * step


def nice_top(value: float) -> float:
    """The smallest round number that leaves room above `value` and divides well by four."""
    value, step = max(value, TINY), 1.0
    while step * 10 <= value:
        step *= 10
    while step > value:
        step /= 10
    return next(step * factor for factor in (1, 1.2, 2, 3, 4, 6, 8, 10, 12) if step * factor >= value * 1.02)


def _text(x: float, y: float, text: str, anchor: str, kind: str, style: str = "") -> str:
    look = f' style="{style}"' if style else ""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{look}>{escape(text)}</text>'


@cache
def theme() -> dict[str, Any]:
    """The one chart theme, as an Altair configuration."""
    font = "Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"
    return {
        "background": "transparent",
        "font": font,
        "view": {"stroke": None},
        "legend": {"disable": True},
        "range": {"category": ["#0b5a62", "#c8601a", "#4a86b8", "#7c5ba6", "#9a7b00", "#77837f"]},
        "axis": {
            "domain": False,
            "ticks": False,
            "gridColor": "#d7dfdc",
            "labelColor": "#5c6966",
            "labelFontSize": 13,
            "title": None,
        },
        "axisX": {"grid": False},
        "title": {"anchor": "start", "fontSize": 16, "fontWeight": 600, "color": "#14201e", "subtitleColor": "#43514d"},
        "bar": {"color": "#0b5a62", "cornerRadiusEnd": 2},
        "line": {"color": "#0b5a62", "strokeWidth": 2},
        "point": {"color": "#0b5a62", "filled": True, "size": 46},
        "rule": {"color": "#c8601a", "strokeWidth": 2.5},
        "text": {"color": "#14201e", "fontSize": 13, "fontWeight": 600},
    }
