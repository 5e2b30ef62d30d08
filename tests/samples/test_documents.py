"""The documents of every sample firm: filled, and each knows what the others say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from playbook import i18n, samples
from playbook.steps import DOCUMENTS
from playbook.walk import Walk

FIRMS = ("local", "ecommerce", "saas", "b2b")


@pytest.fixture(scope="module", params=[(firm, language) for firm in FIRMS for language in i18n.LANGUAGES])
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """A sample firm in one language."""
    firm, language = request.param
    folder: Path = tmp_path_factory.mktemp(f"{firm}-{language}") / "firm"
    return Walk(samples.create(folder, firm, language, today=date(2026, 11, 23)))


def column(walk: Walk, key: str, rows: str, name: str) -> set[Any]:
    """What stands in one column of a list, where anything does."""
    return {row[name] for row in walk.value(key, rows) or () if row.get(name)}


def test_every_document_is_filled(walk: Walk) -> None:
    """A trainer shows none that is empty."""
    assert [step.key for step in DOCUMENTS if walk.answer(step.key) is None] == []


def test_documents_speak_of_the_same_segments_and_people(walk: Walk) -> None:
    """Interviews, offers and the journey name segments of the ICP, and quotes people who were spoken to."""
    segments = column(walk, "icp", "segments", "name")
    assert segments >= column(walk, "icp", "interviews", "segment") | column(walk, "offer", "offers", "segment")
    assert walk.value("cjm", "segment") in segments
    assert column(walk, "icp", "interviews", "who") >= column(walk, "icp", "quotes", "interview")


def test_proofs_answer_objections_that_were_heard(walk: Walk) -> None:
    """Each of the ICP, word for word: so the sheet of proof knows which are still open."""
    heard = {line for text in column(walk, "icp", "segments", "objections") for line in text.splitlines()}
    assert heard >= column(walk, "offer", "proofs", "objection")
