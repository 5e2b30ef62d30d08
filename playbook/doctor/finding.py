"""One finding of an examination."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from playbook.i18n import t

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, what was seen, and what to do where it is not well."""

    check: str
    """Its name in JSON, the same in every language."""
    state: State
    name: str
    saw: str
    hint: str = ""

    def to_json(self) -> dict[str, str]:
        """The object that the command prints under `--json`."""
        return asdict(self)

    def line(self) -> str:
        """The finding as one line."""
        words = {"ok": t("doctor", "ok"), "warning": t("doctor", "warning"), "fault": t("doctor", "fault")}
        width = max(map(len, words.values())) + 2
        said = f"{words[self.state]:{width}}{self.name}: {self.saw}"
        return f"{said} — {self.hint}" if self.hint else said
