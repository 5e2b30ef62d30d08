"""A workspace, and the report on a path made by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from playbook import i18n, report
from playbook.walk import Walked
from playbook.workspace import Workspace
from tests.report.firm import NOW, path_with


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "firm", name="Smile Clinic", language="en")


@pytest.fixture
def page(workspace: Workspace) -> Callable[..., str]:
    def render(path: list[Walked] | None = None, language: str = "en") -> str:
        with i18n.speaking(language, "USD"):
            return report._page(workspace, path if path is not None else path_with(), NOW)

    return render
