"""The sample firms: a workspace filled with a firm's answers, decisions and exports."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from playbook import calendars, i18n, paths
from playbook.errors import PlaybookError
from playbook.i18n import t
from playbook.specs import FieldSpec
from playbook.steps import CALCULATORS, DOCUMENTS, PATH, STEPS, Step
from playbook.workspace import Workspace

OFFSET = "_offset_days"
DECISION = {
    "what": "decision",
    "owner": "decision_owner",
    "review": "decision_review",
    "core": "decision_core",
}
"""A part of a step's decision, and the field that keeps it; `core` is the person's own choice in step 4."""


def names() -> tuple[str, ...]:
    """The sample firms that the product carries."""
    return tuple(
        sorted(
            folder.name for folder in paths.resource("data_samples").iterdir() if (folder / "answers.toml").is_file()
        )
    )


def title(name: str, language: str) -> tuple[str, str]:
    """A sample firm's name and what it is."""
    settings = _plain(_answers(name)["settings"], language, date.min)
    return str(settings["name"]), str(settings["about"])


def create(path: Path | str, name: str, language: str, *, today: date | None = None) -> Workspace:
    """Make a workspace of the sample firm at `path`, dated as if filled `today`.

    Raises:
        PlaybookError: when there is no such firm, or the place is taken.
    """
    if name not in names():
        raise PlaybookError(
            t("cli", "There is no sample firm '{name}'.", name=name),
            saw=name,
            hint=t("cli", "the sample firms are: {names}", names=", ".join(names())),
            field="sample",
        )
    answers = _plain(_answers(name), language, today or calendars.today())
    stood = Path(path).exists()
    try:
        return _made(path, name, language, answers)
    except BaseException:
        if not stood:  # a half-filled firm is no firm
            shutil.rmtree(path, ignore_errors=True)
        raise


def _made(path: Path | str, name: str, language: str, answers: dict[str, Any]) -> Workspace:
    settings = answers["settings"]
    workspace = Workspace.create(path, name=settings.pop("name"), language=language, currency=settings.pop("currency"))
    for key, value in settings.items():
        workspace.set_setting(key, value)
    workspace.set_setting("sample", name)
    late = answers.get("typed_last", {})
    for step in (*PATH, *CALCULATORS, *DOCUMENTS):
        _fill(workspace, step, answers.get(step.key, {}), without=late.get(step.key, ()))
    for key, decision in answers.get("decisions", {}).items():
        for part, value in decision.items():
            workspace.save(key, DECISION[part], value)
    _weeks(workspace, answers.get("weeks", []), answers.get("this_week", {}))
    _load(workspace, name, answers.get("imports", []))
    for key, fields in late.items():  # the newer of typing and data wins
        _fill(workspace, STEPS[key], {field: answers[key][field] for field in fields})
    return workspace


def _fill(workspace: Workspace, step: Step, values: dict[str, Any], *, without: Sequence[str] = ()) -> None:
    """Save a step's answers the way its page does, but for what the step takes over from another one."""
    taken = {take.field for take in step.takes if not take.suggestion}
    for spec in step.asks.fields():
        if spec.name in values and spec.name not in taken | set(without):
            _save(workspace, step.key, spec, values[spec.name])


def _save(workspace: Workspace, key: str, spec: FieldSpec, value: Any) -> None:
    if spec.kind == "rows":
        for row in value:
            workspace.add_row(key, spec.name, row)
    elif isinstance(value, dict):
        for name, inner in value.items():
            workspace.save(key, f"{spec.name}/{name}", inner)
    elif key == "maturity":
        from playbook import texts

        for entry, points in zip(texts.load("maturity.toml")["criteria"], value, strict=True):
            workspace.save(key, f"{spec.name}/{entry['id']}", points)
    else:
        workspace.save(key, spec.name, value)


def _weeks(workspace: Workspace, past: list[dict[str, Any]], now: dict[str, float]) -> None:
    """Weeks that were closed, as `presets.close_week` keeps them, and this week's values beside the chosen metrics."""
    for week in past:
        workspace.record("week", {"date": week["date"], "decisions": [], "values": week["values"], "answer": None})
    rows = {fields["metric"].value: row for row, fields in workspace.rows("kpi", "chosen").items()}
    for metric, value in now.items():
        workspace.save("week", f"values/{rows[metric]}", value)


def _load(workspace: Workspace, name: str, imports: list[dict[str, Any]]) -> None:
    from playbook.data.commands import import_files

    folder = paths.resource("data_samples") / name
    for entry in imports:
        results = import_files(workspace, [folder / entry["file"]], source=entry["source"], settings=entry["set"])
        for result in results:
            if result.error is not None:
                raise result.error


def _plain(value: Any, language: str, today: date) -> Any:
    """The same answers in one language, with offsets turned into dates."""
    if isinstance(value, list):
        return [_plain(item, language, today) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == set(i18n.LANGUAGES):
        return value[language]
    found = {}
    for key, inner in value.items():
        if key.endswith(OFFSET):
            found[key.removesuffix(OFFSET)] = (today + timedelta(days=inner)).isoformat() if today > date.min else ""
        else:
            found[key] = _plain(inner, language, today)
    return found


@cache
def _answers(name: str) -> dict[str, Any]:
    """What the firm answers, and what it has written into its documents."""
    found: dict[str, Any] = {}
    for file in ("answers.toml", "documents.toml"):
        place = paths.resource("data_samples") / name / file
        if place.is_file():
            found |= tomllib.loads(place.read_text(encoding="utf-8"))
    return found
