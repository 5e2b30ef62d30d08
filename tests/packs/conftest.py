"""A workspace with a history, and a pack of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from playbook.data import Importer
from playbook.packs import pack
from playbook.packs.manifest import NAME
from playbook.workspace import FILE, Workspace

CUSTOMER = "anna.petrova@example.com"
ORDERS = f"""order_id,customer,paid_at,revenue,currency
1,{CUSTOMER},2026-06-01,100,RUB
2,boris@example.com,2026-06-02,50,RUB
3,{CUSTOMER},2026-06-09,25,RUB
4,,not a day,1,RUB
"""

Forge = Callable[..., Path]


def lines(workspace: Workspace) -> list[str]:
    """Everything in a workspace's database, as SQL."""
    with closing(sqlite3.connect(workspace.path / FILE)) as db:
        return list(db.iterdump())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A firm with answers, a draft, an undo, a decision, a dated result, an import and one switched off."""
    made = Workspace.create(tmp_path / "home" / "firm", name="Студия «Лён»", language="ru", currency="RUB")
    for value in (100, 120):
        made.save("unit-economics", "price", value)
    made.save("unit-economics", "cogs", "4o", draft=True)
    made.undo("unit-economics")
    made.save("core", "decision", "Платим за клиента не больше 50", author="Анна")
    made.record("ten", {"answered": 6})
    for number, text in enumerate((ORDERS, ORDERS.replace("100", "70"))):
        importer = Importer(made)
        importer.run(importer.preview(text.encode(), f"orders{number}.csv"))
    made.switch_batch(2, active=False)
    (made.path / "reports" / "report-2026-06-30.html").write_text("<p>отчёт", encoding="utf-8")
    return made


@pytest.fixture
def packed(workspace: Workspace, tmp_path: Path) -> Path:
    """The pack of that workspace."""
    pack(workspace, tmp_path / "firm.playbook")
    return tmp_path / "firm.playbook"


@pytest.fixture
def forge(packed: Path, tmp_path: Path) -> Forge:
    """Makes a pack with other files in it, whose list tells the truth about them unless told otherwise."""
    numbers = count()

    def made(changed: dict[str, bytes | None], said: dict[str, object] | None = None, *, listed: bool = True) -> Path:
        forged = tmp_path / f"forged{next(numbers)}.playbook"
        with zipfile.ZipFile(packed) as old:
            manifest = json.loads(old.read(NAME))
            files: dict[str, bytes] = {name: old.read(name) for name in old.namelist() if name != NAME}
        for name, content in changed.items():
            files.pop(name, None)
            manifest["files"].pop(name, None) if listed else None
            if content is not None:
                files[name] = content
                if listed:
                    sha = hashlib.sha256(content).hexdigest()
                    manifest["files"][name] = {"bytes": len(content), "sha256": sha}
        with zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as new:
            for name, content in files.items():
                new.writestr(name, content)
            new.writestr(NAME, json.dumps(manifest | (said or {})))
        return forged

    return made
