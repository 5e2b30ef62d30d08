"""Which rows a figure tells of, where they are not simply all those of its tables in its days."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = {
    "leads": (
        *("id", "day", "stage", "status", "reason", "source", "campaign", "segment", "deal_amount", "currency"),
        *("waited_minutes", "untouched_days", "closed_day", "system", "file", "line"),
    ),
    "orders": (
        *("id", "day", "stage", "customer", "segment", "channel", "lead_id", "revenue", "discount", "refund", "cost"),
        *("currency", "turn", "system", "file", "line"),
    ),
    "spend": (
        *("source", "account", "day", "until", "campaign", "ad_group", "ad", "amount", "currency", "vat"),
        *("clicks", "impressions", "file", "line"),
    ),
    "touches": (
        *("id", "day", "visitor", "channel", "utm_source", "utm_medium", "campaign", "visits", "order_id"),
        *("system", "file", "line"),
    ),
    "items": (
        *("order_id", "day", "product_group", "product", "sku", "quantity", "price", "cost", "currency"),
        *("system", "file", "line"),
    ),
    "costs": ("product", "sku", "product_group", "unit_cost", "currency", "file", "line"),
}
"""The tables whose rows are shown, and the columns of each that a reader sees; the others serve conditions."""
NOT_TOLD = "∅"
"""Stands for rows that say nothing in the column by which the lines of a figure are told apart."""
DAYLESS = ("costs",)
"""Tables whose rows are of no day."""


@dataclass(frozen=True)
class Part:
    """Rows of one table: those for which `where` holds, between two days of `day`."""

    table: str
    where: str = "TRUE"
    by: str = ""
    """The column by which the figure's lines are told apart."""
    day: str = "day"
    lacking: bool = False
    """Whether these are the rows that the figure misses."""


_PAID = "stage = 'paid'"
_CLOSED = "stage IN ('won', 'lost')"
_LEADS_BY_SOURCE = (Part("leads", by="source"),)
_SALES = (Part("orders", _PAID),)
_NEW = (Part("orders", "turn = 1"),)

PARTS: dict[str, tuple[Part, ...]] = {
    # leads
    "leads": _LEADS_BY_SOURCE,
    "lead_to_sale": (Part("leads", _CLOSED, by="stage"),),
    "closed_leads": (Part("leads", _CLOSED, by="stage"),),
    "won_leads": (Part("leads", "stage = 'won'", by="source"),),
    "average_deal": (Part("leads", "stage = 'won'"),),
    "worked_leads": (
        Part("leads", "stage = 'open' AND (untouched_days IS NULL OR untouched_days <= $stale)", by="source"),
    ),
    "stale_leads": (Part("leads", "untouched_days > $stale", by="status"),),
    "off_target_share": (Part("leads", "off_target = 1", by="source"),),
    "first_contact_minutes": (Part("leads", "waited_minutes IS NOT NULL"),),
    "leads_by_wait": (Part("leads", by="stage"),),
    "first_contact_share": (Part("leads", "contacted = 1", by="source"),),
    "refusals_by_reason": (Part("leads", "stage = 'lost'", by="reason"),),
    "recent_sources": _LEADS_BY_SOURCE,
    "largest_source_share": _LEADS_BY_SOURCE,
    "leads_by_campaign": (Part("leads", "campaign IS NOT NULL", by="campaign"), Part("spend", by="campaign")),
    "funnel_by_source": _LEADS_BY_SOURCE,
    "funnel_by_segment": (Part("leads", by="segment"),),
    "win_rate": (Part("leads", _CLOSED, by="stage", day="closed_day"),),
    "deal_cycle": (Part("leads", by="stage"),),
    "pipeline": (Part("leads", "stage = 'open' OR closed_day > CAST($until AS DATE)", by="status"),),
    # what the records leave out is what can be mended
    "source_coverage": (Part("leads", "source IS NULL", lacking=True),),
    "status_coverage": (Part("leads", "status IS NULL", lacking=True),),
    "reason_coverage": (Part("leads", "stage = 'lost' AND reason IS NULL", by="source", lacking=True),),
    "amount_coverage": (Part("leads", "stage = 'won' AND (deal_amount IS NULL OR deal_amount = 0)", lacking=True),),
    "cost_coverage": (Part("orders", f"{_PAID} AND cost IS NULL", lacking=True), Part("costs")),
    # orders
    "orders": (Part("orders", by="stage"),),
    **dict.fromkeys(("paid_orders", "revenue", "revenue_net", "average_order_value"), _SALES),
    **dict.fromkeys(("average_order_before_discount", "cost_per_sale", "gross_profit", "recent_revenue"), _SALES),
    **dict.fromkeys(("revenue_before_discounts", "recent_gross_profit", "gross_profit_beside_spend"), _SALES),
    "discount_share": (Part("orders", f"{_PAID} AND discount > 0"),),
    "discounts": (Part("orders", f"{_PAID} AND discount > 0"),),
    "refund_rate": (Part("orders", f"{_PAID} AND refund > 0"),),
    "refunds": (Part("orders", f"{_PAID} AND refund > 0"),),
    **dict.fromkeys(
        ("cogs_per_order", "gross_margin", "cost_of_goods"), (Part("orders", f"{_PAID} AND cost IS NOT NULL"),)
    ),
    **dict.fromkeys(("new_customers", "recent_customers", "customers_won", "cac"), _NEW),
    **dict.fromkeys(("repeat_purchases", "repeat_share", "repeat_purchases_per_month"), (Part("orders", "turn > 1"),)),
    "profit_by_segment": (Part("orders", _PAID, by="segment"),),
    "profit_by_product": (Part("items", by="product_group"), *_SALES),
    "profit_by_channel": (Part("orders", _PAID, by="channel"), Part("spend", by="campaign")),
    "channels_to_lose": (Part("orders", _PAID, by="channel"), Part("leads", by="source")),
    "honest_romi": (*_SALES, Part("spend", by="source")),
    **dict.fromkeys(
        ("cohorts_of_clients", "retention", "churn", "ltv"), (Part("orders", f"{_PAID} AND customer IS NOT NULL"),)
    ),
    "cac_payback": (*_NEW, Part("spend", by="source")),
    # spend and visits
    "spend_by_system": (Part("spend", by="source"),),
    "spend": (Part("spend", by="source"),),
    "sold_journeys": (Part("touches", "visitor IS NOT NULL", by="channel"),),
    "visits": (Part("touches", by="channel"),),
    "direct_share": (Part("touches", by="channel"),),
    **dict.fromkeys(
        ("branded_share", "demand_by_week"), (Part("touches", by="campaign"), Part("spend", by="campaign"))
    ),
}
COUNTED = frozenset(
    {"leads", "closed_leads", "won_leads", "worked_leads", "stale_leads", "orders", "paid_orders", "new_customers"}
    | {"recent_customers", "customers_won", "repeat_purchases"}
)
"""Figures that are the number of these very rows."""
