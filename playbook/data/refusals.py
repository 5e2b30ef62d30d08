"""Why leads were lost, as the CRM has it written, and the money that went with them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from playbook import i18n
from playbook.data.figures import Figure, Found
from playbook.data.sums import Data, MissingError
from playbook.i18n import t

MOST_REASONS = 2000
"""The question of refusals takes so many writings; the rarest are told together."""


def _reasons(data: Data) -> Found:
    """Lost leads by what is written as their reason; money only where all of it is in the firm's own currency."""
    sums, rows = data.leads(), data.rows("refusals")
    if not rows:
        raise MissingError(
            t("import", "no lead is lost yet"), t("import", "import leads with their status, lost ones too")
        )
    counts: dict[str, int] = defaultdict(int)
    money: dict[str, Decimal] = defaultdict(Decimal)
    codes = {str(row["currency"] or "") for row in rows if int(row["with_amount"])}
    own = codes == {data.currency}
    for row in rows:
        name = str(row["reason"] or "")
        counts[name] += int(row["leads"])
        money[name] += Decimal(row["amount"] or 0)
    named = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    listed = [name for name in (*named[: MOST_REASONS - 1], "") if name in counts]
    gives: dict[str, Any] = {"reasons": [_row(name, counts[name], money[name] if own else None) for name in listed]}
    return Found(
        len(listed),
        (sums,),
        ("leads",),
        data.currency if own else "",
        "; ".join(filter(None, (_rare(counts, named), "" if own or not codes else _foreign(codes)))),
        gives=gives | {"since": sums.first, "until": sums.last},
        seen=sums.whole("lost"),
    )


def _row(name: str, leads: int, amount: Decimal | None) -> dict[str, Any]:
    return {"reason": name, "leads": leads} | ({} if amount is None else {"amount": float(amount)})


def _rare(counts: dict[str, int], named: list[str]) -> str:
    left = sum(counts[name] for name in named[MOST_REASONS - 1 :])
    return t("import", "rare reasons are left out: {n} leads", n=i18n.number(left)) if left else ""


def _foreign(codes: set[str]) -> str:
    return t("import", "amounts are left out, as they are in {codes}", codes=", ".join(sorted(codes)))


REFUSALS = {
    "refusals_by_reason": Figure(
        "count",
        "Refusals by reason",
        "Lost leads by the reason that is written in the CRM, with the money of their deals where there is any.",
        _reasons,
    )
}
