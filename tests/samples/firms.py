"""The sample firms' own files as tests read them."""

from __future__ import annotations

import csv
import tomllib
from datetime import date, timedelta
from typing import Any

from playbook import paths

SAMPLES = paths.resource("data_samples")
NAMES = sorted(folder.name for folder in SAMPLES.iterdir() if (folder / "answers.toml").is_file())


def answers(firm: str) -> dict[str, Any]:
    """What the firm answers, in both languages."""
    return toml(firm, "answers.toml")


def truths(firm: str) -> dict[str, Any]:
    """What was planted in its exports, and what was measured on them."""
    return toml(firm, "truths.toml")


def toml(firm: str, name: str) -> dict[str, Any]:
    """One of the firm's own files."""
    return tomllib.loads((SAMPLES / firm / name).read_text(encoding="utf-8"))


def rows(firm: str, name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The lines of a file that has its header on the first line, as the csv module reads them."""
    with (SAMPLES / firm / name).open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def said(value: Any, language: str) -> Any:
    """Answers as a workspace gets them: the texts of one language, dates in place of offsets."""
    if isinstance(value, list):
        return [said(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"en", "ru"}:
        return value[language]
    plain = {}
    for name, item in value.items():
        dated = name.endswith("_offset_days")
        plain[name.removesuffix("_offset_days")] = (
            date(2026, 11, 23) + timedelta(days=item) if dated else said(item, language)
        )
    return plain


def pairs(value: Any) -> list[dict[str, str]]:
    """Every text under a value that is said in a language: `{en, ru}` tables, whole or not."""
    if isinstance(value, dict) and {"en", "ru"} & set(value):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [pair for part in parts for pair in pairs(part)]


def readme_figures(text: str, firm: str) -> dict[str, float]:
    """The figures that a README's table under the firm's heading shows, by key."""
    section = text.split(f"\n## `{firm}`", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
    return {row[1].strip(" `"): float(row[3].strip().replace("\u00a0", "").replace(",", ".")) for row in rows}
