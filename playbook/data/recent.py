"""What the last days of the data gave, to stand beside a goal: new customers, revenue, gross profit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from playbook import i18n, rules
from playbook.data.figures import FIGURES, Figure, Found
from playbook.data.funnel import FUNNEL
from playbook.data.sums import Data, MissingError
from playbook.i18n import t

RULE = "baseline_days"


def _lately(figure: Figure) -> Callable[[Data], Found]:
    """The figure over the last days that the orders cover."""

    def find(data: Data) -> Found:
        orders, days = data.orders(), round(rules.get(RULE).number)
        since = orders.last - timedelta(days=days - 1)
        if orders.first > since:
            raise MissingError(
                t("import", "the orders cover less than {days}", days=i18n.quantity(days, "day")),
                t("import", "import at least {days} of orders", days=i18n.quantity(days, "day")),
            )
        found = figure.find(data.between((since, orders.last)))
        return replace(found, window=(since, orders.last))

    return find


RECENT = {
    "recent_customers": Figure(
        "count",
        "New customers lately",
        "Customers whose first paid order in the data falls in its last days.",
        _lately(FIGURES["new_customers"]),
    ),
    "recent_revenue": Figure(
        "money",
        "Revenue lately",
        "Paid orders of the last days of the data, less what was refunded.",
        _lately(FIGURES["revenue_net"]),
    ),
    "recent_gross_profit": Figure(
        "money",
        "Gross profit lately",
        "Revenue after refunds of the last days, times the gross margin of the orders whose cost is known.",
        _lately(FUNNEL["gross_profit"]),
    ),
}
