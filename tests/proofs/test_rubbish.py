"""Rubbish in any field of any question: an answer without made-up numbers, or what is wrong in the reader's words."""

from __future__ import annotations

import copy
import json
import re
import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import i18n, questions
from playbook.errors import InvalidInput
from playbook.model import Result
from tests.proofs.examples import EXAMPLES

RUBBISH = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.sampled_from(
        [
            0,
            -1,
            1,
            1e-300,
            1e300,
            5e-324,
            "",
            " ",
            "1 234,5",
            "12%",
            "nan",
            "=1+1",
            "<script>",
            "x" * 10_000,
            "\x00",
            "’",
        ]
    ),
    st.text(max_size=20),
    st.lists(st.one_of(st.integers(), st.text(max_size=3), st.none()), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything inside a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, inner in inside for found in [(*path, key), *places(inner, (*path, key))]]


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A sound input with one to three of its values replaced, taken away or put beside something unknown."""
    data = copy.deepcopy(EXAMPLES[name])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(data) or [("x",)]))
        holder: Any = data
        for key in path[:-1]:
            holder = holder[key]
        if isinstance(holder, dict) and draw(st.booleans()) and draw(st.booleans()):
            holder.pop(path[-1], None)
        elif isinstance(holder, dict) and draw(st.integers(0, 9)) == 0:
            holder[draw(st.text(max_size=6))] = draw(RUBBISH)
        elif isinstance(holder, dict) or path[-1] < len(holder):
            holder[path[-1]] = draw(RUBBISH)
    return data


def echoed(data: Any) -> set[str]:
    """Words that a person wrote, which an answer may repeat."""
    inside = [*data, *data.values()] if isinstance(data, dict) else data if isinstance(data, list) else ()
    own = set(data.lower().split()) if isinstance(data, str) else set()
    return own.union(*map(echoed, inside))


def solved(name: str, data: dict[str, Any]) -> Result | InvalidInput:
    """The answer, or what is wrong."""
    try:
        return questions.find(name).read(data).solve()
    except InvalidInput as error:
        return error


def ask(name: str, data: dict[str, Any], language: str) -> None:
    """The answer is whole and its face can be shown; or every fault says what and which field."""
    with i18n.speaking(language, "EUR"), warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)  # of numpy or scipy: nothing that a reader could use
        answer = solved(name, data)
        if isinstance(answer, InvalidInput):
            letters = r"[а-я]" if language == "ru" else r"[a-z]"
            assert all(re.search(letters, problem.what.lower()) for problem in answer.problems)
            return
        json.dumps(answer.to_json(), allow_nan=False)
        shown = " ".join(f"{row.label} {row.value}" for row in answer.rows())
        words = {word for word in shown.replace("(", " ").split() if word.lower() not in echoed(data)}
        assert not words & {"nan", "inf", "-inf", "None"}, shown
        for chart in filter(None, (answer.face().chart, *answer.face().further)):
            assert "nan" in echoed(data) or "nan" not in chart.svg()


def test_every_question_has_an_example() -> None:
    """A question that is added is spoilt too."""
    assert set(questions.NAMES) <= set(EXAMPLES)


@pytest.mark.parametrize("name", questions.NAMES)
def test_example_is_sound(name: str) -> None:
    """What is spoilt below is answered as it stands."""
    answer = questions.find(name).read(EXAMPLES[name]).solve()
    assert answer.rows()


@pytest.mark.parametrize("name", questions.NAMES)
@settings(max_examples=100, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data(), language=st.sampled_from(["en", "ru"]))
def test_hundred_spoilt_inputs(name: str, data: st.DataObject, language: str) -> None:
    """A tenth of the proof below, always the same one."""
    ask(name, data.draw(spoilt(name)), language)


@pytest.mark.prove
@pytest.mark.parametrize("name", questions.NAMES)
@settings(max_examples=1000, suppress_health_check=list(HealthCheck))
@given(data=st.data(), language=st.sampled_from(["en", "ru"]))
def test_thousand_spoilt_inputs(name: str, data: st.DataObject, language: str) -> None:
    """Never inf, nan, a traceback or a fault without words."""
    ask(name, data.draw(spoilt(name)), language)
