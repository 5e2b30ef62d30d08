"""Our own tables: what each kind of data holds, how a cell is read into it, and what makes two rows the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

TYPES = {
    "text": "VARCHAR",
    "id": "VARCHAR",
    "listed": "VARCHAR",
    "person": "VARCHAR",
    "currency": "VARCHAR",
    "status": "VARCHAR",
    "day": "DATE",
    "time": "TIMESTAMP",
    "money": "DECIMAL(18,4)",
    "quantity": "DECIMAL(18,4)",
    "count": "BIGINT",
    "flag": "BOOLEAN",
}
"""How a cell is read, and the column's type in Parquet. A `person` (e-mail, phone, id) is stored as a salted hash;
of a `listed` id (`['17', '18']`) the first one."""


@dataclass(frozen=True)
class Kind:
    """One table.

    `needs` are groups of fields: of each group at least one is filled in every row. `key` tells rows of one file apart
    (without it every row stands for itself). A newer import replaces what has the same `replaces`.
    """

    name: str
    fields: dict[str, str]
    needs: tuple[tuple[str, ...], ...]
    key: tuple[str, ...]
    replaces: tuple[str, ...]
    amount: str = ""
    """The field that a row of totals sums."""
    given: tuple[str, ...] = ()
    """Text columns that come from the import and not from a cell."""
    clocked: tuple[str, ...] = ()
    """Times whose hour of the week is kept beside them, where the cell had a time of day."""
    waits: tuple[tuple[str, str, str], ...] = ()
    """Columns with the seconds from one of these times to another."""

    @cached_property
    def columns(self) -> dict[str, str]:
        """The table's columns and their types, in order. A time has its local day beside it, and the row its zone."""
        columns = {"system": "VARCHAR"}
        for name, reader in self.fields.items():
            columns[name] = TYPES[reader]
            if reader == "time":
                columns[local_day(name)] = "DATE"
        columns |= {week_hour(name): "BIGINT" for name in self.clocked}
        columns |= {name: "BIGINT" for name, _, _ in self.waits}
        columns |= dict.fromkeys(self.given, "VARCHAR")
        if "time" in self.fields.values():
            columns["zone"] = "VARCHAR"
        return columns | {"file": "VARCHAR", "line": "BIGINT"}


def local_day(field: str) -> str:
    """The name of the column with the local day of a time: `paid_at` -> `paid_day`."""
    return field.removesuffix("_at") + "_day"


def week_hour(field: str) -> str:
    """The column with the local hour of the week, 0 to 167 from Monday on: `created_at` -> `created_hour`."""
    return field.removesuffix("_at") + "_hour"


_UTM = dict.fromkeys(("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"), "text")

_ALL = (
    Kind(
        name="spend",
        fields={
            "day": "day",
            "until": "day",
            "source": "text",
            "account": "text",
            "campaign": "text",
            "ad_group": "text",
            "ad": "text",
            "amount": "money",
            "currency": "currency",
            "clicks": "count",
            "impressions": "count",
        },
        needs=(("day",), ("amount",)),
        key=(),
        replaces=("system", "source", "account", "day", "until", "campaign"),
        amount="amount",
        given=("vat",),
    ),
    Kind(
        name="touches",
        fields={
            "visit_id": "id",
            "visitor": "person",
            "visited_at": "time",
            "channel": "text",
            **_UTM,
            "visits": "count",
            "order_id": "listed",
        },
        needs=(("visited_at",), ("channel", "utm_source")),
        key=("visit_id",),
        replaces=("system", "visit_id", "visitor", "visited_at", "channel", "utm_source", "utm_medium", "utm_campaign"),
    ),
    Kind(
        name="leads",
        fields={
            "id": "id",
            "created_at": "time",
            "first_contact_at": "time",
            "touched_at": "time",
            "closed_at": "time",
            "status": "status",
            "closed": "flag",
            "won": "flag",
            "refusal_reason": "text",
            "source": "text",
            "segment": "text",
            "deal_amount": "money",
            "currency": "currency",
            **_UTM,
        },
        needs=(("id",), ("created_at",)),
        key=("id",),
        replaces=("system", "id"),
        given=("stage",),
        clocked=("created_at", "first_contact_at"),
        waits=(("waited_seconds", "created_at", "first_contact_at"),),
    ),
    Kind(
        name="orders",
        fields={
            "id": "id",
            "customer": "person",
            "created_at": "time",
            "paid_at": "time",
            "status": "status",
            "revenue": "money",
            "direct_costs": "money",
            "refund": "money",
            "discount": "money",
            "currency": "currency",
            "lead_id": "id",
            "segment": "text",
        },
        needs=(("id",), ("created_at", "paid_at"), ("revenue",)),
        key=("id",),
        replaces=("system", "id"),
        amount="revenue",
        given=("stage", "basis"),
    ),
    Kind(
        name="items",
        fields={"order_id": "id", "product": "text", "sku": "id", "quantity": "quantity", "price": "money"},
        needs=(("order_id",), ("product", "sku")),
        key=(),
        replaces=("system", "order_id"),
    ),
    Kind(
        name="costs",
        fields={
            "product": "text",
            "sku": "id",
            "product_group": "text",
            "unit_cost": "money",
            "currency": "currency",
        },
        needs=(("product", "sku"), ("unit_cost",)),
        key=("sku", "product"),
        replaces=("sku", "product"),
    ),
)

KINDS = {kind.name: kind for kind in _ALL}

COMPANION = {"orders": "items"}
"""A kind whose rows may hold a second table's rows beside it."""
