"""Who is here: the people of a served playbook, each with a workspace and a language of their own."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from playbook import paths, recent

KEY_FILE = "cookie.key"
KEY_BYTES = 32


def _machine_key() -> bytes:
    """The key of this machine, so that an open page outlives a restart; a fresh one where none can be kept."""
    file = paths.state_dir() / KEY_FILE
    try:
        if file.is_file() and len(kept := file.read_bytes()) >= KEY_BYTES:
            return kept
        fresh = secrets.token_bytes(KEY_BYTES)
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(fresh)
    except OSError:
        return secrets.token_bytes(KEY_BYTES)
    return fresh


@dataclass
class Person:
    """Someone with a valid cookie, for as long as the server runs."""

    id: str
    workspace: Path
    """The one opened last; an open page goes on with its own."""
    language: str
    greeted: bool = False
    """Whether the first visit was already led to the ten questions."""

    def user(self, place: str = "", workspace: Path | None = None) -> dict[str, str]:
        """What a notebook reads as `mo.app_meta().request.user`, on a page of `workspace` that lies under `place`."""
        opened = str(workspace or self.workspace)
        return {"id": self.id, "workspace": opened, "language": self.language, "place": place}


@dataclass
class Desk:
    """The door's book: the token of this start, the key that signs cookies, and everyone who came in."""

    workspace: Path
    language: str
    guessed: bool = False
    """Whether the language was guessed from this machine: the first browser that comes knows better."""
    cookie: str = "playbook"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    key: bytes = field(default_factory=_machine_key)
    people: dict[str, Person] = field(default_factory=dict)
    firms: dict[str, Path] = field(default_factory=dict)
    """Workspaces whose pages were asked for, by their marks: also those that are off this machine's list by now."""

    def fits(self, token: str) -> bool:
        """Whether this is the token of this start."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def new_pass(self) -> str:
        """A cookie for someone new: an id and its signature."""
        name = secrets.token_hex(8)
        return f"{name}.{self._signature(name)}"

    def holder(self, held: str) -> Person | None:
        """The person whose cookie this is; None when it was not signed here."""
        name, _, signature = held.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(name).encode()):
            return None
        return self.people.setdefault(name, Person(name, self.workspace, self.language))

    def asking(self, user: Mapping[str, str]) -> Person:
        """Who asks, to note something about them."""
        return self.people[user["id"]]

    def inside(self, user: Mapping[str, str]) -> Person:
        """Who asks, before the firm in whose address they do."""
        return replace(self.asking(user), workspace=Path(user["workspace"]))

    def firm(self, mark: str, person: Person) -> Path | None:
        """The workspace that an address names, of those opened on this machine."""
        if mark not in self.firms:
            known = {recent.mark(path): path for path in (self.workspace, person.workspace)}
            found = known.get(mark) or recent.marked(mark)
            if found is None:
                return None
            self.firms[mark] = found
        return self.firms[mark]

    def _signature(self, name: str) -> str:
        return hmac.new(self.key, name.encode(), hashlib.sha256).hexdigest()
