"""The same inputs have the same answer: whoever looks along the path, it is solved once and worded once a language.

A look is taken anew after every change (`walk`), by several cells of a page and by its frame; what the change did not
reach is found here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from playbook import i18n
from playbook.display import Face
from playbook.model import Inputs, Result

KEPT = 256
"""More than the path and its calculators of four firms together."""


@dataclass(frozen=True)
class Asked:
    """A question with its inputs, in a language and a currency."""

    question: type[Inputs]
    told: str
    """The inputs in full, by which two askings are the same."""
    language: str
    currency: str
    inputs: Mapping[str, Any] = field(compare=False, repr=False)

    @classmethod
    def of(cls, question: type[Inputs], inputs: Mapping[str, Any]) -> Asked:
        """The question as the running context would ask it."""
        return cls(question, repr(inputs), i18n.language(), i18n.currency(), inputs)


@lru_cache(KEPT)
def answer(asked: Asked) -> Result:
    """The answer.

    Raises:
        InvalidInput: with every faulty field, in the reader's language.
    """
    return asked.question.read(asked.inputs).solve()


@lru_cache(KEPT)
def face(asked: Asked) -> Face:
    """What every face of the product shows of the answer."""
    return answer(asked).face()
