"""A fault in a cell of one's own is told in words: what, what we saw, what to do."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

import playbook as pb
from playbook.errors import InvalidInput, WorkspaceMissing
from playbook.i18n import speaking


def test_a_fault_is_told_in_the_readers_language() -> None:
    """What, saw, hint, as the command line prints them."""
    with speaking("ru"), pytest.raises(InvalidInput) as found:
        pb.UnitEconomics(price=100, monthly_retention=80, payback_target_months=3)
    with speaking("ru"):
        assert found.value.lines() == [
            "Ошибка: «monthly_retention» — это доля, она не может быть больше 1.",
            "  получено:  monthly_retention=80",
            "  подсказка: 80\u00a0% запишите как 0.8",
        ]


def test_every_faulty_field_is_told_in_a_notebook() -> None:
    """Where the command line names the first; what has nothing to show shows nothing."""
    with pytest.raises(InvalidInput) as found:
        pb.UnitEconomics(price="much", monthly_retention=0)
    told = found.value._render_traceback_()
    assert [line for line in told if line.startswith("Error: ")] == [
        "Error: 'price' needs a number.",
        "Error: 'payback_target_months' is missing.",
    ]
    assert [line for line in told if line.startswith("  saw: ")] == ["  saw:  price=much"]


def test_ipython_shows_words_in_place_of_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """A workspace that is not there, named in a cell; a person's own mistake in Python shows Python's words."""
    shell = InteractiveShell.instance()
    try:
        assert isinstance(shell.run_cell("import playbook as pb\npb.open('nowhere')").error_in_exec, WorkspaceMissing)
        told = capsys.readouterr().out
        shell.run_cell("1 / 0")
    finally:
        InteractiveShell.clear_instance()
    assert told.startswith("Error: There is no workspace here.\n  saw:  ")
    assert "Traceback" not in told
    assert "ZeroDivisionError" in capsys.readouterr().out
