"""The drawing of a chart."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.charts import Bars, Chart, Columns, Control, Curve, Heat, Mark, Pairs, Waterfall
from playbook.charts.base import FOOT, TOP, Axis, nice_span, nice_top

LOSS = "var(--pb-no)"
FALL = Waterfall(
    "Of 100, 30 are lost", "Money", ("Price", "Goods", "Left"), (100.0, -130.0), texts=("100", "-130", "-30")
)
BARS = Bars("Honest is lower", "Per cent", ("Pretty", "Honest"), (50.0, -25.0), texts=("50%", "-25%"), lit=1)


PAIRS = Pairs(
    "Clinics: half", "Shares", ("Clinics", "Cafes"), (0.5, -0.1), texts=("50%", "-10%"), beside=(0.2, 0.8),
    beside_texts=("20%", "80%"),
)  # fmt: skip


def rects(chart: Chart, size: int = 0) -> list[tuple[float, float, float, float, str]]:
    """x, y, width, height and colour of every bar of one of the two pictures."""
    svg = chart.svg().split("</svg>")[size]
    shapes = re.findall(r'<rect x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)" fill="(.+?)"', svg)
    return [(float(x), float(y), float(width), float(height), colour) for x, y, width, height, colour in shapes]


@pytest.mark.parametrize(("value", "top"), [(1, 1.2), (97, 100), (99, 120), (146.4, 200), (0.05, 0.06)])
def test_axis_ends_at_a_round_number_above_the_value(value: float, top: float) -> None:
    """Two per cent of room at least."""
    assert nice_top(value) == pytest.approx(top)


@pytest.mark.parametrize("value", [0.0, 5e-324, 1e-300, 1e15, 1e300])
def test_axis_of_any_size_has_an_end(value: float) -> None:
    """The smallest number a machine knows cannot be divided by ten."""
    assert nice_top(value) >= value


CONTROL = Control(
    title="1 of 4 values is a signal",
    caption="Values in order of time",
    labels=("1", "2", "3", "4"),
    values=(50.0, 51.0, 49.0, 70.0),
    mean=50,
    lower=45,
    upper=55,
    lit=(3,),
)


def test_control_chart_marks_signals_only() -> None:
    """The one signal is a larger point in the second colour, in both sizes; limits are dashed and the mean is not."""
    drawn = CONTROL.svg()
    assert drawn.count('r="6" fill="var(--pb-c2)"') == 2
    assert drawn.count('r="3"') == 6
    assert drawn.count("stroke-dasharray") == 4
    assert 'aria-label="1 of 4 values is a signal"' in drawn


def test_control_chart_has_everything_on_the_paper() -> None:
    """Values, mean and limits lie between the top of the drawing and its foot."""
    heights = [float(y) for found in re.findall(r'cy="([\d.]+)"|M[\d.]+ ([\d.]+)', CONTROL.svg()) for y in found if y]
    assert len(heights) > 20
    assert all(TOP - 0.1 <= height <= 280 - FOOT + 0.1 for height in heights)


def test_control_chart_in_python_has_the_same_points() -> None:
    """Rules, their labels, the line and its points, with the signal named in the data."""
    made = CONTROL.altair().to_dict()
    assert made["title"]["text"] == CONTROL.title
    rows = made["layer"][2]["data"]["values"]
    assert [row["signal"] for row in rows] == [False, False, False, True]


@given(st.floats(-1e15, 1e15), st.floats(0, 1e15))
def test_span_of_any_size_holds_both_ends(low: float, width: float) -> None:
    """The axis ends below the lowest and above the highest value, and is never empty."""
    bottom, top = nice_span(low, low + width)
    hair = max(abs(low), width) * 1e-12
    assert bottom - hair <= low <= low + width <= top + hair
    assert bottom < top


@pytest.mark.parametrize(
    ("low", "high", "span"),
    [(45.8, 55.8, (45, 57)), (23, 61, (0, 80)), (-3, 5, (-3, 9)), (5, 5, (0, 6)), (0, 0, (0, 1))],
)
def test_span_begins_at_zero_where_zero_is_near(low: float, high: float, span: tuple[float, float]) -> None:
    """A flat line far from 0 is looked at from near; otherwise 0 is the foot."""
    assert nice_span(low, high) == pytest.approx(span)


def test_axis_without_losses_has_four_steps_from_zero() -> None:
    """97 is drawn on 0, 25, 50, 75, 100."""
    assert Axis.over([97, 3]).ticks() == pytest.approx((0, 25, 50, 75, 100))


def test_axis_with_losses_reaches_below_zero() -> None:
    """From -40 to 100 is 140, on steps of 50: 0 is one of them and both ends lie within."""
    assert Axis.over([100, -40]).ticks() == pytest.approx((-50, 0, 50, 100))


@given(st.lists(st.floats(-1e15, 1e15), min_size=1, max_size=12))
def test_axis_holds_every_value_on_few_steps(values: list[float]) -> None:
    """Nothing is drawn outside, 0 is a step, and no more than eight numbers stand beside it."""
    axis = Axis.over(values)
    assert axis.low <= min(0.0, *values) + axis.step * 1e-6
    assert max(0.0, *values) <= axis.high
    assert min(abs(tick) for tick in axis.ticks()) < axis.step * 1e-6
    assert len(axis.ticks()) <= 8


def test_column_of_a_loss_hangs_below_zero() -> None:
    """50 stands on the line of 0 and -50 hangs from it, in the colour of a refusal."""
    up, down = rects(Columns("t", "c", ("a", "b"), (50.0, -50.0)))
    assert up[1] + up[3] == pytest.approx(down[1], abs=0.2)
    assert up[3] == pytest.approx(down[3], abs=0.2)
    assert (up[4], down[4]) == ("var(--pb-c1)", LOSS)


def test_axis_of_shares_ends_at_the_whole() -> None:
    """All of a hundred clients is the end of the drawing; half of them stands as without an end."""
    assert Axis.over((100.0, 40.0), 100).ticks() == (0, 25, 50, 75, 100)
    assert Axis.over((50.0,), 100) == Axis.over((50.0,))


@pytest.mark.parametrize(("values", "step"), [((2.0, 1.0), 1), ((5.0,), 2), ((9.0, 3.0), 3), ((2.5, 1.0), 0.75)])
def test_few_whole_things_are_counted_in_whole_steps(values: tuple[float, ...], step: float) -> None:
    """Two themes stand on an axis of ones; what is no whole number takes its own steps."""
    assert Axis.over(values).step == step


def test_many_numbers_under_columns_leave_each_other_room() -> None:
    """24 periods of two digits do not fit a phone: every second is written, the one the title speaks of among them."""
    numbers = tuple(str(place) for place in range(1, 25))
    narrow = Columns("t", "c", numbers, (1.0,) * 24, lit=3).svg().split("</svg>")[1]
    written = re.findall(r'class="\w+ middle"[^>]*>(\d+)<', narrow)
    assert written == [str(place) for place in range(1, 25, 2)]


def test_names_under_columns_are_all_written() -> None:
    """A number between two others is known; a name is not."""
    names = ("Revenue of the start", "Expansion", "Contraction", "Churn", "Revenue of the end")
    assert all(name in Columns("t", "c", names, (1.0,) * 5).svg().split("</svg>")[1] for name in names)


def test_bar_of_a_loss_lies_left_of_zero() -> None:
    """25 lost is half as long as 50 won, ends where that one begins, and is never cut off."""
    won, lost = rects(BARS)
    assert lost[0] + lost[2] == pytest.approx(won[0], abs=0.2)
    assert won[2] == pytest.approx(2 * lost[2], abs=0.2)
    assert lost[4] == LOSS
    assert lost[0] >= 0


def test_line_of_the_limit_runs_over_the_bars_and_under_the_words() -> None:
    """What is written behind a bar that nearly reaches the limit is not struck through."""
    svg = Bars("t", "c", ("a",), (3.0,), Mark("limit", 3.2), texts=("3 pieces",)).svg().split("</svg>")[0]
    assert svg.index("<rect") < svg.index("var(--pb-c2)") < svg.index("3 pieces")
    assert re.search('class="em"[^>]*>3 pieces', svg)


def test_words_that_the_limit_would_cross_stand_behind_its_line() -> None:
    """A bar that nearly reaches the limit has its number on the other side; one far from it stays beside its bar."""
    svg = Bars("t", "c", ("a", "b"), (3.0, 1.0), Mark("limit", 3.2), texts=("3 pieces", "1")).svg().split("</svg>")[0]
    near, far = (float(x) for x in re.findall(r'<text class="em" x="([\d.]+)"', svg))
    line_at = float(re.findall(r'<path d="M([\d.]+)', svg)[-1])
    assert far < line_at < near


def test_waterfall_step_hangs_where_the_last_one_ended() -> None:
    """130 taken from 100 begin at 100 and end at -30, where the rest ends too."""
    price, goods, rest = FALL.bars()
    assert (price.start, price.end) == (0, 100)
    assert (goods.start, goods.end) == (100, -30)
    assert (rest.start, rest.end, rest.text, rest.colour) == (0, -30, "-30", LOSS)


def test_waterfall_draws_its_loss_to_the_left() -> None:
    """The rest below 0 ends at the line on which the price begins."""
    price, goods, rest = rects(FALL)
    assert goods[0] == pytest.approx(rest[0], abs=0.2)
    assert rest[0] + rest[2] == pytest.approx(price[0], abs=0.2)
    assert goods[0] + goods[2] == pytest.approx(price[0] + price[2], abs=0.2)


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=10))
def test_waterfall_always_ends_at_the_sum(values: list[float]) -> None:
    """Whatever is taken or added, the last bar shows what is left of all of it."""
    labels = tuple("abcdefghijk"[: len(values) + 1])
    bars = Waterfall("t", "c", labels, tuple(values), texts=labels).bars()
    assert bars[-1].end == pytest.approx(sum(values), rel=1e-9, abs=1e-3)
    assert all(after.start == before.end for before, after in pairwise(bars[:-1]))


def test_names_of_two_lines_are_read_whole() -> None:
    """Beside a bar a name that is wider than its place goes on in a second line."""
    wide = Bars("t", "c", ("Share of clients who stay until the next month",), (1.0,), texts=("1",)).svg()
    lines = re.findall('class="name"[^>]*>([^<]+)<', wide.split("</svg>")[0])
    assert " ".join(lines) == "Share of clients who stay until the next month"
    assert len(lines) == 2


def test_long_names_are_cut_where_there_is_no_room() -> None:
    """Sixty letters do not run over the bar beside them, nor off a phone."""
    svg = Bars("t", "c", ("n" * 60,), (1.0,), texts=("1",)).svg()
    longest = max(re.findall("n+…", svg), key=len)
    assert 20 < len(longest) <= 356 / 7
    assert "n" * 60 not in svg


@pytest.mark.parametrize(
    "chart",
    [
        FALL,
        BARS,
        Bars("t", "c", ("a",), (3.0,), Mark("limit <2>", 2.0), texts=("3",)),
        Columns("t", "c", ("a", "b"), (1.0, -2.0), Mark("limit", 1.0), notes=((1, "low", -2.0),)),
        Curve("t", "c", ("a", "b"), (1.0, 2.0), lit=1),
    ],
)
def test_every_chart_is_drawn_for_page_and_python(chart: Chart) -> None:
    """Two well-formed pictures named by the finding, and an Altair chart with the same title and caption."""
    pictures = ET.fromstring(f"<div>{chart.svg()}</div>")  # noqa: S314 - our own drawing
    assert [picture.get("class") for picture in pictures] == ["wid", "nar"]
    assert {picture.get("aria-label") for picture in pictures} == {chart.title}
    drawn = chart.altair().to_dict()
    assert (drawn["title"]["text"], drawn["title"]["subtitle"]) == (chart.title, chart.caption)


def test_altair_shows_the_same_rows() -> None:
    """Names, ends and texts of the bars are the data of the chart."""
    data = FALL.altair().to_dict()["data"]["values"]
    assert [(row["name"], row["from"], row["to"], row["text"]) for row in data] == [
        ("Price", 0, 100, "100"),
        ("Goods", 100, -30, "-130"),
        ("Left", 0, -30, "-30"),
    ]


def test_bars_of_a_pair_stand_together() -> None:
    """What is beside is grey, the value below it in the accent or as a loss; the next pair is further off."""
    (_, one, wide, _, grey), (_, two, _, _, accent), (_, three, _, _, _), (*_, loss) = rects(PAIRS)
    assert (grey, accent, loss) == ("var(--pb-c6)", "var(--pb-c1)", LOSS)
    assert two - one < three - two
    assert wide > 0
    assert [row["name"] for row in PAIRS._rows()] == ["Clinics", "Clinics", "Cafes", "Cafes"]
    assert PAIRS.svg().count(">Clinics<") == 2


def test_dull_bar_is_not_compared() -> None:
    """It is grey whatever it is worth, and a loss stays a loss."""
    bars = Bars("One", "Money", ("known", "unknown"), (1.0, 5.0), texts=("1", "5"), dull=(1,))
    assert [bar.colour for bar in bars.bars()] == ["var(--pb-c1)", "var(--pb-c6)"]


def test_map_with_words_labels_every_column() -> None:
    """A number in each place wide enough for it, and none where nothing was."""
    heat = Heat("Back", "Share", ("+1", "+2"), (0.5, 0.0), rows=("May",), blank=frozenset({1}), texts=("50%", ""))
    drawn = heat.svg()
    assert drawn.count(">50%<") == 2
    assert drawn.count(">+2<") == 2


def test_rings_of_what_was_seen_lie_beside_the_curve() -> None:
    """Two of three places were counted; the axis holds the 12 that lies above the line, in Python too."""
    curve = Curve("Fit", "", ("0", "1", "2"), (10.0, 8.0, 7.0), seen=(10.0, 12.0))
    assert curve.svg().count('fill="var(--pb-paper)"') == 2 * 2
    assert curve._axis().high >= 12
    assert len(curve.altair().to_dict()["layer"]) == 1 + len(
        Curve("Fit", "", ("0",), (1.0,)).altair().to_dict()["layer"]
    )
