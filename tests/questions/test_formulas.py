"""What is written under a figure can be read by a person who knows no formulas."""

import re

from playbook import questions
from playbook.i18n import speaking
from tests.proofs.examples import EXAMPLES

LETTER = re.compile(r"(?<![a-zа-яё])[a-zа-яёα-ω](?![a-zа-яё])", re.IGNORECASE)
"""A letter that stands alone."""


def test_no_formula_has_a_letter_that_nobody_explains() -> None:
    """A formula is written with its numbers or in words; a letter in it stands in the words above it, too."""
    found = []
    with speaking("ru", "RUB"):
        for name, asked in EXAMPLES.items():
            for figure in questions.find(name).read(asked).solve().face().numbers:
                letters = set(LETTER.findall(figure.formula)) - set(LETTER.findall(figure.definition))
                found.append((name, figure.formula, letters))
    assert [one for one in found if one[2]] == []
    assert sum(bool(formula) for _, formula, _ in found) > 10
