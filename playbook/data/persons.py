"""Persons as the tables keep them: a salted hash, the same for the same person of one workspace."""

from __future__ import annotations

import hashlib


def hash_of(person: str, salt: str) -> str:
    """A person's e-mail, phone or id as a salted hash: the same for the same person, and nobody for anyone else.

    Phones are compared by their digits (a Russian 8 for +7 is the same phone), all else without case and outer spaces.
    """
    text = "".join(person.split()).lower()
    if not text.strip("0123456789+-()"):
        text = _phone(text)
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()[:32]


def _phone(text: str) -> str:
    """The digits of a phone; anything too short to be one as it is."""
    digits = "".join(filter(str.isdigit, text))
    if text.startswith("8") and len(digits) == 11:  # noqa: PLR2004 - the trunk prefix and ten digits
        digits = "7" + digits[1:]
    return digits if len(digits) > 6 else text  # noqa: PLR2004 - the shortest phone
