"""Step 3 tried against a blow at a press: the whole answer as it would be then, while one's own numbers stand.

What is tried is a window's own and is saved nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playbook.display import Face, capital
from playbook.i18n import t
from playbook.questions.unit_economics import Economics
from playbook.questions.unit_economics.stress import Blow, blows, table
from playbook.walk import Walk

STEP = "unit-economics"
BACK = ""
"""The name of the button that leads back to one's own numbers: nothing is tried then."""


def buttons(walk: Walk, tried: str) -> dict[str, str]:
    """The blows by name with the words of their buttons; while one is tried, the way back comes first."""
    back = {BACK: t("ui", "Back to my own numbers")} if tried else {}
    return back | {blow.name: t("ui", "Try: {blow}", blow=blow.words) for blow in _blows(walk) if blow.name != tried}


def face(walk: Walk, tried: str) -> Face:
    """The answer after the blow, which says so first; the step's own where there is no such blow any more."""
    blow = next((one for one in _blows(walk) if one.name == tried), None)
    if blow is None:
        return walk.face(STEP)
    answer = blow.after.solve()
    found = answer.face()
    sections = tuple(one for one in found.sections if one != table(answer))  # blows are told of one's own numbers
    word = t("ui", "A trial: {verdict}", verdict=found.verdict.word)
    told = t("ui", "{blow}. Your own numbers stand as they are.", blow=capital(blow.words))
    verdict = replace(found.verdict, word=word, because=f"{told} {found.verdict.because}")
    return replace(found, verdict=verdict, sections=sections)


def _blows(walk: Walk) -> Iterator[Blow]:
    """The blows to a sound answer; a client's cost or a margin that is not known cannot get worse."""
    found = walk.answer(STEP)
    if isinstance(found, Economics) and found.asked.cac is not None:
        yield from blows(found.asked)
