"""What a client costs by the plan, by the data and as typed, side by side: the same word for three different counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook.display import Table, word
from playbook.i18n import money, t
from playbook.model import known

if TYPE_CHECKING:
    from playbook.questions.unit_economics import Economics, UnitEconomics

CONTEXT = "unit-economics"


def table(found: Economics) -> Table | None:
    """Each cost with what is in it and the answer it would give; None where all that are known say the same."""
    costs = list(_costs(found.asked))
    if len({money(cost) for _, cost, _ in costs}) <= 1:
        return None
    limit = known(found.admissible_cac)
    columns = (
        t(CONTEXT, "Counted by"),
        t(CONTEXT, "A client costs"),
        t(CONTEXT, "What is in it"),
        t(CONTEXT, "Verdict"),
    )
    rows = tuple(
        (name, money(cost), means, word("yes" if limit is not None and cost < limit else "no"))
        for name, cost, means in costs
    )
    note = t(CONTEXT, "The answer above is counted by {cost}.", cost=money(found.asked.cac or 0.0))
    return Table(t(CONTEXT, "One word, different costs of a client"), columns, rows, note, numeric=(1,))


def _costs(asked: UnitEconomics) -> Iterator[tuple[str, float, str]]:
    if asked.planned_cac is not None:
        means = t(CONTEXT, "only the visits that are bought: price of a visit ÷ both conversions")
        yield t(CONTEXT, "the plan of step 1"), asked.planned_cac, means
    if asked.measured_cac is not None:
        means = t(CONTEXT, "spend of the advertising systems ÷ new clients of the same time")
        yield t(CONTEXT, "your data"), asked.measured_cac, means
    if asked.cac is not None and asked.cac not in (asked.planned_cac, asked.measured_cac):
        means = t(CONTEXT, "what you put in: all advertising and the people who run it")
        yield t(CONTEXT, "your own figure here"), asked.cac, means
