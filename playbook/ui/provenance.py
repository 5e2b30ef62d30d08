"""Where a field's value comes from, in the field's own row: the data's figure, how far a typed one is from it, the way
from one to the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape
from typing import Any

from playbook import addresses
from playbook.display import capital
from playbook.given import Given, written
from playbook.i18n import measured, t, tn
from playbook.steps import STEPS, href
from playbook.ui.form import Field


def link(step: str) -> str:
    """The address of a step's page."""
    return href(STEPS[step].page) if step in STEPS else href(step)


def hint(field: Field) -> str:
    """The line under a field: where its value came from and what else is known of it, else the field's own hint."""
    own = f'<a class="pb-chip" href="{link(field.source_step)}">{escape(field.source)}</a>' if field.source else ""
    if field.given is not None:
        return f"{own} {_of_data(field.given)}" if field.given.kind == "taken" else _of_data(field.given)
    if field.proof is not None and not field.proven:
        return _shown(field)
    return own or escape(field.spec.hint)


def _shown(field: Field) -> str:
    """What the data show of a field, or why they cannot; an answer keeps the hint of its question."""
    proof, asked = field.proof, f"{escape(field.spec.hint)}<br>" if field.proof.answers else ""
    if not proof.text:
        why = t("ui", "Your data cannot tell it. {why}", why=proof.why)
        return f"{asked}{escape(why)} {_chip(t('ui', 'To the data'), place=proof.place)}"
    seen = t("ui", "Your data show: {seen}.", seen=proof.text)
    unsure = f'<span class="pb-apart">{escape(proof.doubt)}</span> ' if proof.doubt else ""
    return f"{asked}{escape(seen)} {unsure}{_chip(proof.chip, proof.note, proof.place, getattr(proof, 'fact', None))}"


def state(field: Field) -> str:
    """What the row is marked by: whose value stands, `data` or `typed`; `same` where both read alike, `apart` else."""
    if field.proof is not None:
        return "" if field.proven or field.proof.evidence is None else "proof"
    if field.given is None:
        return ""
    if field.given.kind == "data":
        return "data apart" if field.given.disagrees or field.given.doubt else "data"
    if field.given.kind == "typed" and not field.given.compared:
        return "same" if field.spec.kind == "number" else "typed"
    return "typed apart" if field.given.disagrees or field.given.doubt else "typed"


def ways(field: Field) -> dict[str, str]:
    """The buttons of a field by what they do: `take` the data's value or words, `keep` what was typed before them."""
    if field.proof is not None and field.proof.evidence is None:
        return {}
    if field.proof is not None:
        return {"take": t("ui", "Take as my answer") if field.proof.answers else t("ui", "Take as evidence")}
    if field.given is None:
        return {}
    found = {"take": t("ui", "Take from your data")}
    if field.given.kind == "data" and field.given.disagrees:
        found["keep"] = t("ui", "Back to {typed}", typed=written(field.given.mine, field.given.spec))
    return found


def lines(fields: Iterable[Field], lent: Collection[str] = ()) -> str:
    """The hints of every field that the data can fill, or another step has `lent` a value, for the page's script: rows
    are not redrawn while one types.
    """
    rows = "".join(
        f'<div data-for="{escape(field.name)}" data-from="{state(field)}">{hint(field)}</div>'
        for field in fields
        if field.given is not None or field.proof is not None or field.name in lent
    )
    return f'<div class="pb-hints" hidden>{rows}</div>' if rows else ""


def _of_data(given: Given) -> str:
    fact, title = given.fact, told(given.fact)
    warned = " ".join(filter(None, (given.apart if given.disagrees else "", given.doubt)))
    apart = f'<span class="pb-apart">{escape(warned)}</span> ' if warned else ""
    if given.kind == "data":
        return apart + _chip(t("ui", "From your data · {source}", source=fact.chip), title, fact=fact)
    if given.spec.kind != "number":
        return _chip(t("ui", "In your data · {source}", source=fact.chip), title, fact=fact)
    if given.kind == "typed" and not given.compared:
        return _chip(t("ui", "As in your data · {source}", source=fact.chip), title, fact=fact)
    said = "" if given.disagrees else escape(t("ui", "Your data say {said}.", said=given.said)) + " "
    return f"{said}{apart}{_chip(fact.chip, title, fact=fact)}"


def section(found: Iterable[Given], beside: Iterable[Any] = ()) -> str:
    """What a step takes from the data: each figure with its definition, systems, days and rows.

    Figures `beside` are those whose rows one would look for here.
    """
    rows = "".join(line(item.label, item.value_text, _source(item.fact)) for item in found)
    rows += "".join(line(fact.label, measured(fact.value, fact.unit), _source(fact)) for fact in beside if opens(fact))
    if not rows:
        return ""
    title = t("ui", "From your data")
    return f'<section class="pb-sec"><h2 class="pb-h3">{title}</h2><ul class="pb-took">{rows}</ul></section>'


def told(fact: Any) -> str:
    """The definition of a figure and what is to be known of it."""
    return f"{fact.definition} {capital(fact.note)}." if fact.note else str(fact.definition)


def line(label: str, value: str, source: str) -> str:
    """One value with its source below; `source` is markup."""
    return f'<li><span>{escape(label)}</span><span class="v">{escape(value)}</span>{source}</li>'


def _source(fact: Any) -> str:
    """Systems, days and rows with the way to the data, and the definition."""
    where = f'<a href="{href("data")}">{escape(fact.source_text)}</a>'
    return f'<span class="src">{where}. {escape(told(fact))}{rows_of(fact)}</span>'


def rows_of(fact: Any) -> str:
    """The way to the rows that a figure was counted on; nothing where nothing is served."""
    if not opens(fact):
        return ""
    from playbook.data.behind_figures import COUNTED

    words = t("ui", "Show its rows")
    if fact.id in COUNTED:
        words = tn("ui", "Show the {n} row", "Show the {n} rows", fact.value)
    return f' <a href="{opening(fact.id)}">{escape(words)}</a>'


def opens(fact: Any) -> bool:
    """Whether the rows of a figure can be opened here."""
    return bool(addresses.place() and getattr(fact, "tables", ()) and fact.value is not None)


def opening(figure: str, period: str = "") -> str:
    """The address of the rows behind a figure; of one week or month, such as `2026-W14`, where it is named."""
    return addresses.to(f"/rows/{figure}?period={period}" if period else f"/rows/{figure}")


def _chip(text: str, title: str = "", place: str = "data", fact: Any = None) -> str:
    """A source in few words, leading to the rows of its figure where they can be opened, else to its place."""
    more = f' title="{escape(title)}"' if title else ""
    leads = opening(fact.id, getattr(fact, "period", "")) if opens(fact) else link(place)
    return f'<a class="pb-chip" href="{leads}"{more}>{escape(text)}</a>'
