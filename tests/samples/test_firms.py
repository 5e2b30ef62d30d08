"""Every sample firm: the script makes its exports again, its texts speak both languages, its answers fit the steps."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from playbook import samples
from playbook.model import check
from playbook.steps import PATH, Step
from playbook.walk import Walk
from tests.samples import firms

EXPORTS = {firm: [entry["file"] for entry in firms.answers(firm)["imports"]] for firm in firms.NAMES}


def test_all_firms_are_found() -> None:
    """The shop is there, and each firm imports something."""
    assert "ecommerce" in firms.NAMES
    assert all(len(files) >= 3 for files in EXPORTS.values())


@pytest.mark.parametrize("firm", firms.NAMES)
def test_committed_files_equal_a_fresh_run(firm: str, tmp_path: Path) -> None:
    """Running the script again gives the same bytes, twice, and every export that the firm imports."""
    for run in ("one", "two"):
        import_module(f"data_samples.make.{firm}").make(tmp_path / run)
        assert sorted(path.name for path in (tmp_path / run).iterdir()) == sorted(EXPORTS[firm])
        for name in EXPORTS[firm]:
            assert (tmp_path / run / name).read_bytes() == (firms.SAMPLES / firm / name).read_bytes(), name


@pytest.mark.parametrize("firm", firms.NAMES)
def test_a_firm_is_small_enough_to_ship(firm: str) -> None:
    """All files of the firm together stay under 1.5 MB."""
    assert sum(path.stat().st_size for path in (firms.SAMPLES / firm).iterdir()) < 1_500_000


@pytest.mark.parametrize("name", ["README.md", "README.ru.md"])
@pytest.mark.parametrize("firm", firms.NAMES)
def test_readme_shows_the_measured_figures(firm: str, name: str) -> None:
    """Both READMEs carry every measured figure in the firm's table."""
    text = (firms.SAMPLES / name).read_text(encoding="utf-8")
    assert firms.readme_figures(text, firm) == firms.truths(firm)["measured"]


@pytest.mark.parametrize("firm", firms.NAMES)
def test_truths_and_answers_speak_both_languages(firm: str) -> None:
    """Every text has its English and its Russian, and a truth says what to ask and what the answer is."""
    told = firms.truths(firm)["truths"]
    texts = firms.pairs(told) + firms.pairs(firms.answers(firm))
    assert len(told) >= 5
    assert len(texts) > 60
    assert [pair for pair in texts if set(pair) != {"en", "ru"} or not all(pair.values())] == []
    assert all({"ask", "answer", "title"} <= set(truth) for truth in told)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("step", PATH, ids=lambda step: step.key)
@pytest.mark.parametrize("firm", firms.NAMES)
def test_answers_fit_the_fields_of_their_step(firm: str, step: Step, language: str) -> None:
    """Every step has answers, under names and with values that its question takes."""
    answers = firms.said(firms.answers(firm)[step.key], language)
    assert answers
    assert set(answers) <= set(step.asks.model_fields)
    assert [fault for name, value in answers.items() if (fault := check(step.asks, name, value))] == []


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("firm", firms.NAMES)
def test_every_step_of_the_walk_is_answered(firm: str, language: str, tmp_path: Path) -> None:
    """A workspace filled with the firm has an answer at each step."""
    look = Walk(samples.create(tmp_path / "firm", firm, language))
    assert [(step.key, look.problems(step.key)) for step in PATH if look.answer(step.key) is None] == []
