"""What all charts share: the title with the finding, both sizes, round axes that may reach below 0, the theme."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from playbook.i18n import number

if TYPE_CHECKING:
    import altair as alt

TOP, FOOT, LEFT = 14.0, 44.0, 52.0
GLYPH = 7.0
"""A letter of a label is about so wide."""
FEW = 20
"""Whole numbers below it have an axis in whole steps."""
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
    most: float | None = None
    """What no value can pass, such as 100 %: the axis ends there."""

    def svg(self) -> str:
        """The chart as two inline SVG pictures, one for wide and one for narrow screens."""
        return self._draw(620, 270, "wid") + self._draw(356, 280, "nar")

    def altair(self) -> alt.LayerChart:
        """The same chart for Python."""
        import altair as alt

        from playbook.charts.drawing import Drawing

        title = alt.TitleParams(text=self.title, subtitle=self.caption)
        height = self._height(240)
        drawn = Drawing(layer=self._layers()).properties(title=title, width=560, height=height)
        themed: alt.LayerChart = drawn.configure(**theme())
        return themed

    def _axis(self) -> Axis:
        return Axis.over((*self.values, self.limit.y if self.limit else 0.0), self.most)

    def _height(self, usual: float) -> float:
        return usual

    def _layers(self) -> list[Any]:
        import altair as alt

        data = alt.Data(values=[{"x": x, "y": y} for x, y in zip(self.labels, self.values, strict=True)])
        axes = alt.X("x:O", sort=None, axis=alt.Axis(labelAngle=0)), alt.Y("y:Q")
        layers: list[Any] = [self._mark(alt.Chart(data)).encode(*axes)]
        if self.limit:
            rule = alt.Data(values=[{"y": self.limit.y, "label": self.limit.label}])
            layers.append(alt.Chart(rule).mark_rule().encode(y="y:Q"))
            layers.append(alt.Chart(rule).mark_text(align="left", dy=-8, x=4).encode(y="y:Q", text="label:N"))
        return layers

    def _mark(self, chart: alt.Chart) -> alt.Chart:
        raise NotImplementedError

    def _shapes(self, box: Box) -> Iterator[str]:
        raise NotImplementedError

    def _draw(self, width: float, height: float, size: str) -> str:
        box = Box(width, height, self._axis(), len(self.values))
        parts = [*box.grid(), *self._shapes(box)]
        if self.limit:
            y = box.y(self.limit.y)
            parts.append(line(box.left, y, width, y, "var(--pb-c2)", 2.5))
            parts.append(text(box.left + 6, y - 8, self.limit.label, "start", "em lim"))
        return self._framed(width, height, size, parts)

    def _framed(self, width: float, height: float, size: str, parts: Iterable[str]) -> str:
        head = f'<svg class="{size}" viewBox="0 0 {width:g} {height:g}" role="img"'
        return f'{head} aria-label="{escape(self.title)}">{"".join(parts)}</svg>'


@dataclass(frozen=True)
class Axis:
    """The values that an axis runs over, in even steps of a round size."""

    low: float
    high: float
    step: float

    @classmethod
    def over(cls, values: Iterable[float], most: float | None = None) -> Axis:
        """The axis that holds 0 and every value: four steps above 0, or as many to both sides as the losses take.

        It does not run past `most`, where that is as much as there can be.
        """
        found = (0.0, *values)
        low, high = min(found), max(found)
        if low >= -TINY * max(high, 1.0):
            top = min(nice_top(high or 1.0), math.inf if most is None else max(most, high))
            if top < FEW and all(float(value).is_integer() for value in found):  # no two and a half themes
                top = 4.0 * math.ceil(top / 4)
            return cls(0.0, top, top / 4)
        step = nice_top(high - low) / 4
        return cls(math.floor(low / step) * step, math.ceil(high / step) * step, step)

    @classmethod
    def around(cls, values: Iterable[float]) -> Axis:
        """The axis that looks at values from near: 0 is one of its ends only where it is near."""
        found = tuple(values)
        low, high = nice_span(min(found), max(found))
        return cls(low, high, (high - low) / 4)

    def ticks(self) -> tuple[float, ...]:
        """Every step from the low end to the high one."""
        return tuple(self.low + self.step * place for place in range(round((self.high - self.low) / self.step) + 1))

    def part(self, value: float) -> float:
        """Where a value lies on the axis, from 0 at its low end to 1 at its high one."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Box:
    """The drawing area: where a value and a place stand on it."""

    width: float
    height: float
    axis: Axis
    count: int

    @cached_property
    def left(self) -> float:
        """Where the drawing begins, after the longest number of the axis."""
        return max(LEFT, 10 + GLYPH * max(len(number(tick)) for tick in self.axis.ticks()))

    @property
    def foot(self) -> float:
        """The height of the lowest line."""
        return self.height - FOOT

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.foot - (self.foot - TOP) * self.axis.part(value)

    def x(self, index: float) -> float:
        """The middle of the place at `index`."""
        return self.left + (self.width - self.left) * (index + 0.5) / max(self.count, 1)

    def grid(self) -> Iterator[str]:
        """A line with its number at each step; where there are losses, the line of 0 is the darker one."""
        ticks = self.axis.ticks()
        across = "".join(f"M{spot(self.left)} {spot(self.y(tick))}H{spot(self.width)}" for tick in ticks)
        yield f'<path d="{across}" stroke="var(--pb-line)"/>'
        if self.axis.low < 0:
            yield line(self.left, self.y(0), self.width, self.y(0), "var(--pb-edge)")
        for tick in ticks:
            yield text(self.left - 8, self.y(tick) + 4, number(tick), "end", "tick")


def nice_top(value: float) -> float:
    """The smallest round number that leaves room above `value` and divides well by four."""
    value, step = max(value, TINY), 1.0
    while step * 10 <= value:
        step *= 10
    while step > value:
        step /= 10
    return next(step * factor for factor in (1, 1.2, 2, 3, 4, 6, 8, 10, 12) if step * factor >= value * 1.02)


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


def spot(place: float) -> str:
    """A place or a length to a tenth of a pixel, in as few characters as it takes: a report is to stay small."""
    return f"{place:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, anchor: str, kind: str) -> str:
    """Words at a place, escaped; `kind` and `anchor` (start, middle, end) are looks of the style sheet."""
    look = " ".join(filter(None, (kind, "" if anchor == "start" else anchor)))
    return f'<text class="{look}" x="{spot(x)}" y="{spot(y)}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, *, dashed: bool = False) -> str:
    """A straight line."""
    look = (f' stroke-width="{width:g}"' if width != 1 else "") + (' stroke-dasharray="6 4"' if dashed else "")
    return f'<path d="M{spot(x1)} {spot(y1)}L{spot(x2)} {spot(y2)}" stroke="{colour}"{look}/>'


def rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled bar or column."""
    places = f'x="{spot(x)}" y="{spot(y)}" width="{spot(max(width, 0))}" height="{spot(max(height, 0))}"'
    return f'<rect {places} fill="{colour}"/>'


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
