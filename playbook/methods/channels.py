"""What analytics and people call their channels: a visit without a source, and a campaign of one's own name."""

from __future__ import annotations

import re
from collections.abc import Iterable

DIRECT = frozenset(
    {
        "direct",
        "(direct)",
        "direct traffic",
        "direct / none",
        "(direct) / (none)",
        "direct visits",
        "прямой",
        "прямые",
        "прямой заход",
        "прямые заходы",
        "прямые визиты",
        "прямой трафик",
    }
)
"""What analytics call a visit without a source."""
BRAND = frozenset({"brand", "branded", "brend", "brendovye", "бренд", "брендовая", "брендовые", "бренда", "брендовый"})
"""What people call a campaign that is shown to those who look for the firm by its name."""
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 4


def names_brand(campaign: str, names: Iterable[str] = ()) -> bool:
    """Whether a campaign says that it is one of the firm's own name; `non-brand` and `не бренд` say that it is not.

    `names` are the firm's own; a whole name counts, as single words of it may be anyone's.

    >>> names_brand("HL_Search_Brand"), names_brand("search non-brand"), names_brand("Дом и лён: поиск", ["Дом и лён"])
    (True, False, True)
    """
    words = _WORD.findall(campaign.casefold())
    said = any(
        word in BRAND and before not in ("non", "no", "не") for before, word in zip(("", *words), words, strict=False)
    )
    own = (_WORD.findall(name.casefold()) for name in names)
    return said or any(" ".join(name) in " ".join(words) for name in own if len("".join(name)) >= _SHORTEST)
