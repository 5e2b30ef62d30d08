"""Direct and branded visits out of small exports, counted by hand."""

from __future__ import annotations

import pytest

from playbook.data import Fact, Facts, NoFact
from playbook.data.series import Series, series
from playbook.methods.channels import names_brand
from playbook.walk import Walk
from playbook.workspace import Workspace
from tests.data.clinic import bring

VISITS = "visit_id,user,at,channel,utm_campaign\n" + "".join(
    f"v{day}-{n},u{n},2026-06-{day:02} 10:00:00,{'direct' if n == 1 else 'ad'},{'Brand search' if n == 2 else ''}\n"
    for day in range(1, 29)
    for n in range(1, 5)
)
SPEND = "day,source,campaign,amount,clicks\n" + "".join(
    f"2026-06-{day:02},ads,Search brand,2,1\n2026-06-{day:02},ads,Non-brand,8,3\n" for day in range(1, 29)
)


def value(firm: Workspace, name: str) -> float:
    """One figure."""
    fact = Facts(firm).get(name)
    assert isinstance(fact, Fact), fact
    return fact.value


def test_visits_are_direct_or_branded(workspace: Workspace) -> None:
    """Of four visits a day one is direct and one came by the campaign of the name."""
    bring(workspace, "visits.csv", VISITS)
    assert (value(workspace, "direct_share"), value(workspace, "branded_share")) == (0.25, 0.25)


def test_clicks_stand_for_visits_that_nobody_counted(workspace: Workspace) -> None:
    """One click of four is of the campaign that says brand; `Non-brand` says that it is none."""
    bring(workspace, "spend.csv", SPEND)
    assert value(workspace, "branded_share") == 0.25
    missing = Facts(workspace).get("direct_share")
    assert isinstance(missing, NoFact)
    assert missing.reason == "no visits are imported"


def test_direct_share_is_told_by_week(workspace: Workspace) -> None:
    """7 of 28 visits a week; in the last one the direct ones of four days are called by their letters: 3 of 28."""
    last = VISITS
    for day in range(22, 26):
        last = last.replace(f"v{day}-1,u1,2026-06-{day} 10:00:00,direct", f"v{day}-1,u1,2026-06-{day} 10:00:00,email")
    bring(workspace, "visits.csv", last)
    found = series(Facts(workspace).data, "direct_share")
    assert isinstance(found, Series)
    assert [point.value for point in found.whole] == [0.25, 0.25, 0.25, pytest.approx(3 / 28, abs=1e-6)]


def test_board_has_a_row_a_week(workspace: Workspace) -> None:
    """June 1 was a Monday: four whole weeks of 28 visits, 7 direct and 7 branded ones, and 70 of spend."""
    bring(workspace, "visits.csv", VISITS)
    bring(workspace, "spend.csv", SPEND)
    found = Facts(workspace).get("demand_by_week")
    assert isinstance(found, Fact)
    periods = found.gives["periods"]
    assert [one["visits"] for one in periods] == [28] * 4
    assert {one["direct"] for one in periods} == {one["branded"] for one in periods} == {7}
    assert {one["spend"] for one in periods} == {70}
    assert Walk(workspace).outcome("brand-demand", "told") == "same"


def test_clicks_of_many_weeks_go_before_visits_of_one(workspace: Workspace) -> None:
    """One week of visits is no comparison; four of clicks are."""
    head, *rows = VISITS.splitlines()
    bring(workspace, "visits.csv", "\n".join([head, *rows[:28], ""]))
    bring(workspace, "spend.csv", SPEND)
    found = Facts(workspace).get("demand_by_week")
    assert isinstance(found, Fact)
    assert [(one["visits"], one["branded"], "direct" in one) for one in found.gives["periods"]] == [(28, 7, False)] * 4


def test_campaign_of_no_name_is_no_answer(workspace: Workspace) -> None:
    """Nothing is taken for 0."""
    bring(workspace, "spend.csv", SPEND.replace("Search brand", "Search"))
    missing = Facts(workspace).get("demand_by_week")
    assert isinstance(missing, NoFact)
    assert missing.hint.startswith("write “brand” into the name of the campaign")


@pytest.mark.parametrize(
    ("campaign", "own"),
    [
        ("poisk_brend", True),
        ("Бренд | Поиск", True),
        ("не бренд", False),
        ("Rebranding", False),
        ("Дом и лён 2026", True),
    ],
)
def test_campaign_says_whether_it_is_of_the_name(campaign: str, own: bool) -> None:
    """In both alphabets, also by what the firm is called."""
    assert names_brand(campaign, ["Дом и лён"]) is own
