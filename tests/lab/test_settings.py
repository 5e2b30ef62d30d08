"""What JupyterLab is told of each language of ours."""

from __future__ import annotations

import json

from playbook.i18n import LANGUAGES
from playbook.lab import HERE


def test_languages_differ_in_the_words_alone() -> None:
    """Nobody outside is asked in any of them."""
    told = {
        language: json.loads((HERE / "settings" / language / "overrides.json").read_text("utf-8"))
        for language in LANGUAGES
    }
    assert told["ru"].pop("@jupyterlab/translation-extension:plugin") == {"locale": "ru_RU"}
    assert told["ru"] == told["en"]
