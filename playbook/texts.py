"""The long texts of `knowledge/`: TOML files of one name and structure in every language."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from playbook import i18n, paths


def load(name: str, lang: str | None = None) -> dict[str, Any]:
    """A file of `knowledge/`, such as `load("glossary.toml")`, in `lang` or in the context's language.

    The answer is shared by all who ask for it, so it is read and never changed.

    >>> load("maturity.toml", "en")["blocks"]["cycle"]
    'Control cycle'
    """
    return _read(lang or i18n.language(), name)


def by_id(name: str, table: str, lang: str | None = None) -> dict[str, dict[str, Any]]:
    """The entries of one table of a file by their ids, in the file's order.

    >>> by_id("metrics.toml", "metrics", "en")["leads"]["unit"]
    'count'
    """
    return {entry["id"]: entry for entry in load(name, lang)[table]}


@cache
def _read(lang: str, name: str) -> dict[str, Any]:
    return tomllib.loads(paths.knowledge(lang, name).read_text(encoding="utf-8"))
