"""What our tables and their fields are called, in the reader's language."""

from __future__ import annotations

from playbook.display import capital
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

COLUMN_NAMES = {
    "closed_day": "day it was closed",
    "cost": "direct costs",
    "file": "file",
    "line": "line of the file",
    "reason": "reason of refusal",
    "stage": "what became of it",
    "system": "system",
    "turn": "which order of the client",
    "untouched_days": "days untouched",
    "vat": "VAT",
    "waited_minutes": "minutes to the first contact",
}
"""Columns of rows that are shown one by one, beside the fields."""
STAGES = {"won": "won", "lost": "lost", "open": "open", "paid": "paid", "cancelled": "cancelled"}

CHANNELS = {
    "ad": "advertising",
    "direct": "direct visits",
    "email": "mailings",
    "facebook": "Facebook",
    "google": "Google",
    "instagram": "Instagram",
    "internal": "the site itself",
    "messenger": "messengers",
    "organic": "search engines",
    "recommend": "recommendation feeds",
    "referral": "links on other sites",
    "saved": "saved pages",
    "social": "social networks",
    "telegram": "Telegram",
    "vk": "VK",
    "yandex": "Yandex",
}
"""Channels as site analytics write them, and the commonest values of utm_source."""


def kind_name(kind: str) -> str:
    """What a table holds."""
    return t("field", KIND_NAMES[kind])


def field_name(field: str) -> str:
    """What a field says."""
    return t("field", FIELD_NAMES[field])


def column_name(column: str) -> str:
    """What a column of shown rows says, with a capital letter."""
    return capital(t("field", COLUMN_NAMES.get(column) or FIELD_NAMES[column]))


def channel_word(channel: str) -> str:
    """A channel as a reader calls it; one of the firm's own as it stands."""
    known = CHANNELS.get(channel.strip().lower())
    return t("field", known) if known else channel


def word(stage: str) -> str:
    """What became of a lead or an order."""
    return t("field", STAGES[stage]) if stage in STAGES else stage
