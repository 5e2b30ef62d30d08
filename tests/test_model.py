"""Questions as models: labels, bounds and faults in the reader's language."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import Field

from playbook import units
from playbook.charts import Columns
from playbook.display import Face, Number, Verdict
from playbook.errors import InvalidInput
from playbook.i18n import speaking
from playbook.model import Inputs, NonAnswer, Part, Provisional, Result, known


class Line(Part):
    """A row."""

    name_of_question = "trial"

    owner: units.Name = ""
    """Owner"""


class Trial(Inputs):
    """A question of every kind of field."""

    name = "trial"
    labels: ClassVar = {"a": "First", "b": "Second"}

    margin: units.Share
    """Margin

    Of the price."""
    kind: Literal["a", "b"] = "a"
    """Kind"""
    count: units.Count | None = None
    """Count"""
    lines: tuple[Line, ...] = ()
    """Lines"""

    def solve(self) -> Answer:
        """The margin itself."""
        return Answer(asked=self.margin, margin=self.margin)


class Answer(Result):
    """An answer."""

    asked: float
    margin: float | NonAnswer | Provisional
    none: float | None = None

    def face(self) -> Face:
        """One number."""
        return Face(Verdict("yes", "Do it", "Fine."), (Number("Margin", "31%"),))


def test_share_above_one_is_explained_word_for_word() -> None:
    """What, saw, hint."""
    with pytest.raises(InvalidInput) as caught:
        Trial.read({"margin": 80.0})
    assert caught.value.what == "'margin' is a share, so it cannot be above 1."
    assert caught.value.saw == "margin=80.0"
    assert caught.value.hint == "write 80% as 0.8"


def test_every_faulty_field_is_named_at_once() -> None:
    """A second fault does not wait for the first to be mended."""
    with pytest.raises(InvalidInput) as caught:
        Trial.read({"margin": 2, "kind": "c", "count": 1.5, "extra": 1})
    assert [problem.field for problem in caught.value.problems] == ["margin", "kind", "count", "extra"]


def test_faults_speak_russian_to_a_russian_reader() -> None:
    """No English sentence in the error."""
    with speaking("ru"), pytest.raises(InvalidInput) as caught:
        Trial.read({"margin": 80.0})
    assert not any(word in caught.value.what for word in ("share", "cannot"))


def test_not_a_number_is_never_accepted() -> None:
    """`nan` and `inf` are refused like words."""
    for value in (float("nan"), float("inf"), "abc", None):
        with pytest.raises(InvalidInput):
            Trial.read({"margin": value})


def test_docstring_is_label_and_hint() -> None:
    """First line and rest; the unit and the bounds come from the type."""
    margin = Trial.fields()[0]
    assert (margin.label, margin.hint, margin.unit, margin.low, margin.high) == (
        "Margin",
        "Of the price.",
        "share",
        0,
        1,
    )


def test_optional_fields_keep_their_bounds() -> None:
    """`Count | None` is a number from 0 up that may be left out."""
    count = next(spec for spec in Trial.fields() if spec.name == "count")
    assert (count.kind, count.low, count.optional) == ("number", 0, True)


def test_rows_know_their_own_fields() -> None:
    """A list of parts is a field of rows."""
    lines = next(spec for spec in Trial.fields() if spec.name == "lines")
    assert (lines.kind, [spec.name for spec in lines.rows]) == ("rows", ["owner"])


@pytest.mark.parametrize(
    ("name", "value", "held"),
    [
        ("margin", 1.0, True),
        ("margin", 1.01, False),
        ("count", 1e12, True),
        ("count", 1e13, False),
        ("count", -1, False),
    ],
)
def test_field_knows_what_it_could_hold(name: str, value: float, held: bool) -> None:
    """What lies outside the bounds is no way out, and neither is what is no number."""
    assert Trial.holds(name, value) is held
    assert not Trial.holds(name, float("inf"))


def test_faulty_row_is_not_also_called_missing() -> None:
    """One row with one fault is one fault, not two."""

    class Rows(Inputs):
        name = "rows"
        lines: Annotated[tuple[Line, ...], Field(min_length=1)]

    with pytest.raises(InvalidInput) as caught:
        Rows.read({"lines": [{"owner": 5}]})
    assert [problem.field for problem in caught.value.problems] == ["lines.0.owner"]
    with pytest.raises(InvalidInput) as caught:
        Rows.read({"lines": []})
    assert [problem.field for problem in caught.value.problems] == ["lines"]


def test_question_and_answer_are_frozen() -> None:
    """Nothing mutates."""
    trial = Trial(margin=0.5)
    with pytest.raises(ValueError, match="frozen"):
        trial.margin = 0.6  # type: ignore[misc]


def test_json_leaves_out_what_was_not_asked() -> None:
    """Optional outputs are absent, not null."""
    assert Trial(margin=0.5).solve().to_json() == {"asked": 0.5, "margin": 0.5}


def test_json_of_a_non_answer_is_an_object() -> None:
    """It stands in place of the number."""
    answer = Answer(asked=1, margin=NonAnswer(status="never", reason="r", hint="h"))
    assert json.loads(json.dumps(answer.to_json()))["margin"] == {"status": "never", "reason": "r", "hint": "h"}


def test_known_reads_numbers_and_provisional_ones() -> None:
    """A non-answer has no number inside."""
    assert known(2) == 2
    assert known(Provisional(value=3, reason="")) == 3
    assert known(NonAnswer(status="never", reason="")) is None


def test_frame_holds_the_face_in_rows() -> None:
    """Verdict first, then the numbers."""
    frame = Trial(margin=0.5).solve().frame()
    assert list(frame["label"]) == ["Do it", "Margin"]


def test_answer_gives_its_charts_as_altair() -> None:
    """None without a chart; with two, the main one is `chart()` and comes first in `charts()`."""

    class Drawn(Answer):
        def face(self) -> Face:
            bar = Columns("One", "c", ("a",), (1.0,))
            return Face(Verdict("yes", "Do it", "Fine."), chart=bar, further=(replace(bar, title="Two"),))

    plain, drawn = Answer(asked=1, margin=1), Drawn(asked=1, margin=1)
    assert (plain.chart(), plain.charts()) == (None, [])
    assert [chart.to_dict()["title"]["text"] for chart in drawn.charts()] == ["One", "Two"]
    first = drawn.chart()
    assert first is not None
    assert first.to_dict()["title"]["text"] == "One"


def test_a_field_is_told_by_the_docstring_below_it() -> None:
    """Of the class and of its base, without the indentation; a comment or nothing leaves the name."""

    class Base(Part):
        price: float
        """What a client pays

        Per month."""

    class Asked(Base):
        goods: float
        # no docstring
        other: float = 0
        """Everything else"""

    told = [(field.label, field.hint) for field in Asked.fields()]
    assert told == [("What a client pays", "Per month."), ("goods", ""), ("Everything else", "")]
    shown = Asked.model_json_schema()["properties"]
    assert shown["price"]["description"] == "What a client pays\n\nPer month."
    assert "description" not in shown["goods"]


def test_a_field_of_a_class_without_source_is_told_by_its_name() -> None:
    """As of one that was typed into a console."""
    made: dict[str, type[Part]] = {}
    exec('class Typed(Part):\n    price: float\n    """Unseen"""\n', {"Part": Part, "__name__": "nowhere"}, made)  # noqa: S102 - ours
    assert [field.label for field in made["Typed"].fields()] == ["price"]
