"""What our tables and their fields are called, in the reader's language."""

from __future__ import annotations

from playbook.i18n import t

KIND_NAMES = {
    "spend": "spend on advertising",
    "touches": "visits",
    "leads": "leads and deals",
    "orders": "orders and payments",
    "items": "goods of orders",
    "costs": "costs of goods",
}
FIELD_NAMES = {
    "account": "account",
    "ad": "ad",
    "ad_group": "ad group",
    "amount": "spend",
    "campaign": "campaign",
    "channel": "channel",
    "clicks": "clicks",
    "closed": "closed, yes or no",
    "closed_at": "day it was closed",
    "created_at": "day it came in",
    "currency": "currency",
    "customer": "who bought",
    "day": "day",
    "deal_amount": "amount of the deal",
    "direct_costs": "direct costs",
    "discount": "discount",
    "first_contact_at": "first contact",
    "id": "number",
    "impressions": "impressions",
    "lead_id": "number of the lead",
    "order_id": "number of the order",
    "paid_at": "day of payment",
    "price": "price",
    "product": "product",
    "product_group": "product group",
    "quantity": "quantity",
    "refund": "refund",
    "refusal_reason": "reason of refusal",
    "revenue": "revenue",
    "segment": "segment",
    "sku": "article number",
    "source": "source",
    "status": "status",
    "touched_at": "last touch",
    "unit_cost": "cost of one",
    "until": "last day of the period",
    "utm_campaign": "utm_campaign",
    "utm_content": "utm_content",
    "utm_medium": "utm_medium",
    "utm_source": "utm_source",
    "utm_term": "utm_term",
    "visit_id": "number of the visit",
    "visited_at": "time of the visit",
    "visitor": "visitor",
    "visits": "visits",
    "won": "won, yes or no",
}


def kind_name(kind: str) -> str:
    """What a table holds."""
    return t("field", KIND_NAMES[kind])


def field_name(field: str) -> str:
    """What a field says."""
    return t("field", FIELD_NAMES[field])
