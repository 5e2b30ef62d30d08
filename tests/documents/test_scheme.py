"""The system on one page: the chain, the other parts, what was agreed, and what is launched."""

from __future__ import annotations

from typing import Any

import pytest

from playbook import i18n, rules
from playbook.documents.scheme import OnePage, Scheme

CHAIN = ("Segments", "Value", "Offer", "Proof", "Conversion", "Economics and budget")
PARTS = ("Funnel stages", "Channels", "Content", "Metrics", "Roles")
AGREED = ("Result", "Period", "Metrics that count")
WARM = [{"name": f"Scenario {n}", "owner": "Anna"} for n in range(3)]


def rows(names: tuple[str, ...], empty: str = "") -> list[dict[str, str]]:
    """Places of the scheme, one of which may be empty."""
    return [{"what": name, "says": "" if name == empty else "stands", "step": "icp"} for name in names]


def page(**changes: Any) -> OnePage:
    """A scheme in which nothing is missing, but for the changes."""
    places = {"chain": rows(CHAIN), "parts": rows(PARTS), "agreed": rows(AGREED)}
    launch = {"main_channel": "Search", "main_offer": "Hosts", "scenarios": WARM, "agreed_by": "Anna, Marat"}
    return Scheme.read({**places, **launch, **changes}).solve()


def test_nothing_missing_can_be_launched() -> None:
    """Six links, five parts beside segments and offers, three agreements, one channel, one offer, three scenarios."""
    found = page()
    assert found.whole
    face = found.face()
    assert face.verdict.kind == "yes"
    assert face.verdict.say == "The system fits on one page: Search with one offer, “Hosts”."
    assert [one.value for one in face.numbers] == ["6", "5", "3", "3"]
    assert all(check.met for check in face.rules)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"chain": rows(CHAIN, "Proof"), "agreed": rows(AGREED, "Period")}, "Still missing: Proof."),
        ({"agreed": rows(AGREED, "Period"), "parts": rows(PARTS, "Content")}, "Still missing: Period."),
        ({"parts": rows(PARTS, "Content"), "main_channel": ""}, "Still missing: Content."),
        ({"main_channel": ""}, "The main channel is not named."),
        ({"main_channel": "Search and VK"}, "Main channels named: 2."),
        ({"main_offer": " "}, "The main offer is not chosen."),
        ({"scenarios": WARM[:2]}, "Scenarios: 2, and 3–7 are needed."),
        ({"scenarios": [*WARM * 2, *WARM[:2]]}, "Scenarios: 8, and 3–7 are needed."),
        ({"scenarios": [*WARM, {"name": "Cart"}]}, "Scenarios without an owner: Cart."),
        ({"agreed_by": ""}, "It is not written who agreed on it."),
    ],
)
def test_first_gap_is_said(changes: dict[str, Any], said: str) -> None:
    """Each thing that is missing is named, in the order of the work."""
    assert page(**changes).face().verdict.say == said


def test_gap_leads_to_the_page_that_fills_it() -> None:
    """The verdict names it, and so does the list of what is missing."""
    face = page(chain=rows(CHAIN, "Proof")).face()
    assert face.verdict.step == "icp"
    missing = next(section for section in face.sections if section.title == "What is missing")
    assert [(point.title, point.step) for point in missing.items] == [("Proof", "icp")]  # type: ignore[union-attr]


def test_sheet_has_the_links_parts_and_agreements_of_the_rules() -> None:
    """Six links; seven parts, two of which, segments and offers, are links of the chain; three agreements."""
    counted = {name: len(named) for name, named in Scheme.blank.items() if isinstance(named, tuple)}
    asked = [rules.get(f"{name}").number for name in ("product_chain_links", "architecture_parts")]
    assert [counted["chain"], counted["parts"] + 2] == asked
    assert counted["agreed"] == rules.get("architecture_agreements").number


def test_three_and_seven_scenarios_are_within() -> None:
    """Both ends belong to the range."""
    assert page(scenarios=WARM).whole
    assert page(scenarios=[*WARM * 2, WARM[0]]).whole


def test_usual_scenarios_are_named_while_few_are_written() -> None:
    """Those of the kind of business; with three of one's own nobody needs them."""
    told = [section.title for section in page(scenarios=WARM[:1], ideas=["Abandoned cart"]).face().sections]
    assert "Scenarios usual for your kind of business" in told
    told = [section.title for section in page(ideas=["Abandoned cart"]).face().sections]
    assert "Scenarios usual for your kind of business" not in told


def test_face_speaks_russian() -> None:
    """The first gap in Russian."""
    with i18n.speaking("ru"):
        assert page(main_channel="").face().verdict.say == "Главный канал не назван."
