"""What others have published comes out of the product too."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.published.__main__ import ALL, README, table
from tests.published.case import SOURCES, Value

LEAST, MOST_OF_ONE = 60, 5
QUESTIONS = {
    *("goal", "chance", "unit-economics", "lead-sources", "ideas", "sample-size", "ab-test", "srm", "many-tests"),
    *("peeking", "xmr", "kpi-tree", "contract-retention", "repeat-purchases"),
}


@pytest.mark.published
@pytest.mark.parametrize("value", ALL, ids=lambda value: f"{value.question}: {value.source}: {value.says}")
def test_published_value_is_found(value: Value) -> None:
    """As exactly as it was rounded there."""
    assert value.found() == pytest.approx(value.published, abs=value.within, rel=0)


def test_sixty_values_and_at_most_five_of_one_source() -> None:
    """Every source is named in full, and none is named in vain."""
    used = Counter(value.source for value in ALL)
    assert len(ALL) >= LEAST
    assert max(used.values()) <= MOST_OF_ONE
    assert set(used) == set(SOURCES)


def test_every_question_of_numbers_has_a_published_value() -> None:
    """None of those that compute is left to its own word."""
    assert {value.question for value in ALL} >= QUESTIONS


def test_nothing_is_counted_twice() -> None:
    """The same question, source and words would be one value."""
    assert len({(value.question, value.source, value.says) for value in ALL}) == len(ALL)


def test_table_is_fresh() -> None:
    """`python -m tests.published --write` has been run since the last change."""
    assert README.read_text(encoding="utf-8") == table()
