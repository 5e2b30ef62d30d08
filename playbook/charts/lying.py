"""Charts whose bars lie, one a row, so that names of any length can be read: bars, and a waterfall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, ClassVar

from playbook.charts.base import GLYPH, TINY, Axis, Chart, Mark, line, rect, text

ROW, TALL_ROW = 34.0, 46.0
"""The height of a row: with the name before the bar, and on a narrow screen above it."""
BAR, PAIR = 18.0, 3.0
"""The width of a bar, and the gap between the two of a pair."""
NAME_MOST, GAP, HEAD, LINE = 200.0, 20.0, 24.0, 15.0
ACCENT, QUIET, LOSS = "var(--pb-c1)", "var(--pb-c6)", "var(--pb-no)"
HEX = {ACCENT: "#0b5a62", QUIET: "#77837f", LOSS: "#96320f"}
"""The same colours where there is no page to lend its own."""


@dataclass(frozen=True)
class Bar:
    """One row: its name, from where to where it reaches, what stands behind it, and its colour."""

    name: str
    start: float
    end: float
    text: str
    colour: str


@dataclass(frozen=True)
class Bars(Chart):
    """Bars from 0, the one at `lit` in the accent and losses to the left of 0; `texts` stand behind them."""

    texts: tuple[str, ...] = ()
    lit: int | None = None
    dull: tuple[int, ...] = ()
    """Places of bars that are not compared with the others."""
    chained: ClassVar[bool] = False
    paired: ClassVar[bool] = False

    def svg(self) -> str:
        """The chart as two inline SVG pictures; on a narrow screen a name stands above its bar."""
        return self._lying(620, "wid", narrow=False) + self._lying(356, "nar", narrow=True)

    def bars(self) -> tuple[Bar, ...]:
        """Every row, from top to bottom."""
        rows = zip(self.labels, self.values, self.texts, strict=True)
        return tuple(
            Bar(name, 0.0, value, words, self._colour(place, value)) for place, (name, value, words) in enumerate(rows)
        )

    def _colour(self, place: int, value: float) -> str:
        if value < 0:
            return LOSS
        if place in self.dull:
            return QUIET
        return ACCENT if self.lit is None or place == self.lit else QUIET

    def _lying(self, width: float, size: str, *, narrow: bool) -> str:
        bars = self.bars()
        rows = Rows.of(bars, self.limit, width, narrow=narrow, paired=self.paired)
        parts = [line(rows.x(0), rows.head, rows.x(0), rows.height, "var(--pb-edge)")]
        if self.chained:
            parts += [rows.link(place, bar.end) for place, bar in enumerate(bars[:-1])]
        parts += [rows.shape(place, bar) for place, bar in enumerate(bars)]
        if self.limit:
            at = rows.x(self.limit.y)
            anchor = "end" if at > width / 2 else "start"
            parts.append(line(at, rows.head - 6, at, rows.height, "var(--pb-c2)", 2.5))
            parts.append(text(at, rows.head - 11, self.limit.label, anchor, "em lim"))
        parts += [words for place, bar in enumerate(bars) for words in rows.words(place, bar)]
        return self._framed(width, rows.height, size, parts)

    def _height(self, usual: float) -> float:
        return max(usual / 4, ROW * len(self.bars()))

    def _rows(self) -> list[dict[str, Any]]:
        """The bars as rows for Altair."""
        return [
            {"name": bar.name, "from": bar.start, "to": bar.end, "text": bar.text, "colour": HEX[bar.colour]}
            | {"at": max(bar.start, bar.end)}
            for bar in self.bars()
        ]

    def _layers(self) -> list[Any]:
        import altair as alt

        base = alt.Chart(alt.Data(values=self._rows())).encode(alt.Y("name:N", sort=None))
        base = base.encode(yOffset=alt.YOffset("side:O")) if self.paired else base
        ends = alt.X("from:Q", axis=None), alt.X2("to:Q"), alt.Color("colour:N", scale=None)
        texts = base.mark_text(align="left", dx=6).encode(alt.X("at:Q", axis=None), alt.Text("text:N"))
        layers: list[Any] = [base.mark_bar(size=BAR / 2 if self.paired else BAR).encode(*ends), texts]
        if self.limit:
            rule = alt.Data(values=[{"x": self.limit.y, "label": self.limit.label}])
            layers.append(alt.Chart(rule).mark_rule().encode(x="x:Q"))
            layers.append(alt.Chart(rule).mark_text(align="left", dx=4, y=-8).encode(x="x:Q", text="label:N"))
        return layers


@dataclass(frozen=True)
class Swings(Bars):
    """Bars from `starts` to `values`, one for each input that is moved; the limit marks where things stand now."""

    starts: tuple[float, ...] = ()

    def bars(self) -> tuple[Bar, ...]:
        """Every row, from its low to its high end."""
        rows = zip(self.labels, self.starts, self.values, self.texts, strict=True)
        return tuple(
            Bar(name, low, high, words, ACCENT if place == self.lit else QUIET)
            for place, (name, low, high, words) in enumerate(rows)
        )


@dataclass(frozen=True)
class Pairs(Bars):
    """Two bars for each name: what stands against it, quiet, and the value below."""

    paired: ClassVar[bool] = True
    beside: tuple[float, ...] = ()
    beside_texts: tuple[str, ...] = ()

    def bars(self) -> tuple[Bar, ...]:
        """Both bars of every name, from top to bottom; the name stands at the first."""
        firsts = (
            Bar(name, 0.0, value, words, QUIET)
            for name, value, words in zip(self.labels, self.beside, self.beside_texts, strict=True)
        )
        seconds = (
            Bar("", 0.0, value, words, LOSS if value < 0 else ACCENT)
            for value, words in zip(self.values, self.texts, strict=True)
        )
        return tuple(chain.from_iterable(zip(firsts, seconds, strict=True)))

    def _rows(self) -> list[dict[str, Any]]:
        """The bars of a name bear it both, so that a second one has its own place beside the first."""
        rows = super()._rows()
        return [row | {"name": rows[place - place % 2]["name"], "side": place % 2} for place, row in enumerate(rows)]


@dataclass(frozen=True)
class Waterfall(Bars):
    """What is taken from a sum, step by step: each bar hangs where the last one ended, the final one shows the rest.

    `values` are the signed changes, the first of them the sum itself; `labels` and `texts` have one more for the rest.
    """

    chained: ClassVar[bool] = True

    def bars(self) -> tuple[Bar, ...]:
        """The sum, each change from where the last one ended, and what is left, below 0 too."""
        ends = tuple(accumulate(self.values))
        rows = zip(self.labels[:-1], (0.0, *ends[:-1]), ends, self.texts[:-1], strict=True)
        steps = (
            Bar(name, start, end, words, QUIET if place else ACCENT)
            for place, (name, start, end, words) in enumerate(rows)
        )
        rest = Bar(self.labels[-1], 0.0, ends[-1], self.texts[-1], LOSS if ends[-1] < 0 else ACCENT)
        return *steps, rest


@dataclass(frozen=True)
class Rows:
    """The drawing area of lying bars: where a value and a row stand on it."""

    width: float
    left: float
    right: float
    head: float
    axis: Axis
    count: int
    narrow: bool
    paired: bool = False
    limit: Mark | None = None

    @classmethod
    def of(cls, bars: tuple[Bar, ...], limit: Mark | None, width: float, *, narrow: bool, paired: bool = False) -> Rows:
        """Room for the longest name and for the longest text; the bars share what is between them."""
        name, words = (
            max(map(len, texts), default=0) for texts in ([bar.name for bar in bars], [bar.text for bar in bars])
        )
        ends = [0.0, *(end for bar in bars for end in (bar.start, bar.end)), *([limit.y] if limit else [])]
        low, high = min(ends), max(ends)
        axis = Axis(low, high, high - low) if high - low > TINY else Axis(0.0, 1.0, 1.0)
        left = 1.0 if narrow else min(NAME_MOST, GLYPH * name + GAP)
        return cls(width, left, GAP + GLYPH * words, HEAD if limit else 0.0, axis, len(bars), narrow, paired, limit)

    @property
    def row(self) -> float:
        """The height of one row."""
        return TALL_ROW if self.narrow else ROW

    @property
    def height(self) -> float:
        """The height of all of them."""
        return self.head + self.row * self.count

    def x(self, value: float) -> float:
        """The place of a value."""
        return self.left + max(self.width - self.left - self.right, 1.0) * self.axis.part(value)

    def y(self, place: int) -> float:
        """The middle of the bar at `place`."""
        middle = self.head + self.row * (place + 1) - BAR / 2 - (2 if self.narrow else (ROW - BAR) / 2)
        return middle - (self.row - BAR - PAIR) * (place % 2) * self.paired

    def shape(self, place: int, bar: Bar) -> str:
        """A bar without words: the line of the limit may cross it."""
        begin, end = sorted((self.x(bar.start), self.x(bar.end)))
        return rect(begin, self.y(place) - BAR / 2, max(end - begin, 1.0), BAR, bar.colour)

    def words(self, place: int, bar: Bar) -> Iterator[str]:
        """The text behind a bar and its name; a text that the line of the limit would cross stands behind that line."""
        y, at = self.y(place), max(self.x(bar.start), self.x(bar.end)) + 6
        line_at = self.x(self.limit.y) if self.limit else at
        at = line_at + 6 if at < line_at < at + GLYPH * len(bar.text) else at
        yield text(at, y + 4, bar.text, "start", "em")
        if self.narrow:
            yield text(0, y - BAR / 2 - 6, _cut(bar.name, self.width), "start", "name")
            return
        lines = _lines(bar.name, self.left - GAP)
        for row, words in enumerate(lines):
            yield text(0, y + 4 + LINE * (row - (len(lines) - 1) / 2), words, "start", "name")

    def link(self, place: int, value: float) -> str:
        """A thin line from the end of a bar down to the next one."""
        return line(
            self.x(value), self.y(place) + BAR / 2, self.x(value), self.y(place + 1) - BAR / 2, "var(--pb-edge)"
        )


def _lines(name: str, width: float) -> tuple[str, ...]:
    """The name in one line, or in two where it is wider than its place."""
    most = max(1, int(width / GLYPH))
    if len(name) <= most or " " not in name[:most]:
        return (_cut(name, width),)
    first = name[: most + 1].rpartition(" ")[0]
    return first, _cut(name[len(first) + 1 :], width)


def _cut(name: str, width: float) -> str:
    """The name, shortened where it is wider than its place."""
    most = max(1, int(width / GLYPH))
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
