"""The people whom a field names: one of them answers, so several are told apart from one."""

from __future__ import annotations

import re

BETWEEN = r"[,;/&+]|\band\b|\bи\b"
"""What stands between two names, as a pattern."""
_SEVERAL = re.compile(rf"\s*(?:{BETWEEN})\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")


def people(said: str) -> list[str]:
    """Everyone who is named, once each; what stands in brackets is no one.

    >>> people("Anna, Ira and Anna"), people("Anna (head of sales, acting)")
    (['Anna', 'Ira'], ['Anna'])
    """
    return list(dict.fromkeys(filter(None, _SEVERAL.split(_ASIDE.sub("", said).strip()))))
