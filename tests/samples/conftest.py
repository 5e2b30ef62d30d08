"""The sample firms, made once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from playbook import samples
from playbook.walk import Walk

Look = Callable[[str], Walk]


@pytest.fixture(scope="session")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """A firm as a person gets it on the day after the half-year, made when it is first asked for."""

    @cache
    def made(firm: str) -> Walk:
        folder = tmp_path_factory.mktemp("truths") / firm
        return Walk(samples.create(folder, firm, "en", today=date(2026, 11, 23)))

    return made
