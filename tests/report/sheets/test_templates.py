"""The sheets that lie in `templates/`: those of the product, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playbook import i18n, paths
from playbook.report import sheets

ENDINGS = ("html", "md")
STYLE = re.compile(rb"<style>.*?</style>", re.DOTALL)
"""Looks may change without a sheet asking anything else."""


def sheet(language: str, key: str, ending: str) -> Path:
    """Where a sheet lies."""
    return paths.resource("templates") / language / f"{key}.{ending}"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("key", sheets.ALL)
@pytest.mark.parametrize("ending", ENDINGS)
def test_template_is_what_the_product_makes(language: str, key: str, ending: str) -> None:
    """`playbook document KEY --blank --lang LANGUAGE -o FILE` writes the same words."""
    with i18n.speaking(language):
        made = sheets.write(sheets.blank(key), ending)
    assert STYLE.sub(b"", sheet(language, key, ending).read_bytes()) == STYLE.sub(b"", made)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_other_sheet_lies_there(language: str) -> None:
    """A sheet of a document that is gone would never be made again."""
    found = {file.name for file in (paths.resource("templates") / language).iterdir()}
    assert found == {f"{key}.{ending}" for key in sheets.ALL for ending in ENDINGS}
