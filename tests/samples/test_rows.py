"""Figures of the sample firms open the rows that they count."""

from __future__ import annotations

import pytest

from playbook.data.behind import Behind
from playbook.data.behind_figures import COUNTED
from playbook.data.facts import EVERY, Fact
from tests.samples.conftest import Look


@pytest.mark.parametrize("firm", ["local", "ecommerce"])
def test_figures_open_as_many_rows_as_they_count(firm: str, look: Look) -> None:
    """A count of rows and the rows themselves agree, and every figure of the firm opens without a fault."""
    opened = [Behind(look(firm).workspace, figure) for figure in EVERY]
    told = {one.figure: one.fact.value for one in opened if isinstance(one.fact, Fact)}
    counts = {one.figure: one.look(most=1).count for one in opened if one.figure in told}
    assert len(counts) > 20
    counted = counts.keys() & COUNTED
    assert {figure: counts[figure] for figure in counted} == {figure: told[figure] for figure in counted}
    for one in opened:
        for point in one.series("week")[-1:] + one.series("month")[-1:] if one.figure in counted else ():
            behind = Behind(look(firm).workspace, one.figure, point.period.text)
            assert behind.look(most=1).count == point.value, f"{one.figure} {point.period.text}"
