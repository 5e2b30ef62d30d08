"""The KPI sheet: how many metrics, whose, and whether money is among them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n, metrics
from playbook.questions.kpi import Kpi

TWELVE = (
    "leads",
    "cost_per_lead",
    "lead_to_sale",
    "cac",
    "revenue",
    "gross_profit",
    "repeat_share",
    "nps",
    "first_contact_time",
    "off_target_share",
    "ctr",
    "churn",
)


def sheet(*names: str, **common: Any) -> Kpi:
    """Metrics with an owner each."""
    return Kpi.read({"chosen": [{"metric": name, "owner": "Anna", **common} for name in names]})


@pytest.mark.parametrize("count", [5, 8, 12])
def test_five_to_twelve_metrics_are_accepted(count: int) -> None:
    """Both ends belong to the range."""
    answer = sheet(*TWELVE[:count]).solve()
    assert answer.to_json() == {"accepted": True, "warnings": [], "count": count, "own": []}
    assert answer.face().verdict.kind == "yes"


def test_the_example_of_ten_is_accepted() -> None:
    """The set of ten that the method gives as its example raises no warning."""
    assert sheet(*TWELVE[:10]).solve().accepted


def test_four_metrics_are_too_few() -> None:
    """Below the range, in words."""
    answer = sheet(*TWELVE[:4]).solve()
    assert not answer.accepted
    assert answer.warnings == ("4 metrics: below 5–12. Add what is missing between a lead and profit.",)


def test_thirteen_metrics_are_too_many() -> None:
    """Above the range, in words; nothing is thrown away."""
    answer = sheet(*TWELVE, "ltv").solve()
    assert answer.warnings == ("13 metrics: above 5–12. Keep those that lead to a decision.",)
    assert answer.count == 13


def test_a_sheet_without_money_is_warned_about() -> None:
    """Five metrics and none in money."""
    answer = sheet("leads", "lead_to_sale", "nps", "ctr", "churn").solve()
    assert answer.warnings == ("No metric counts money: add CAC, gross profit or revenue.",)
    assert answer.face().verdict.say == "5 metrics, and none counts money."


def test_metrics_without_an_owner_are_named() -> None:
    """Spaces are no owner."""
    rows = [{"metric": name, "owner": "Anna"} for name in TWELVE[:5]] + [{"metric": "nps", "owner": " "}]
    answer = Kpi.read({"chosen": rows}).solve()
    assert answer.warnings == ("No owner: NPS.",)
    assert answer.face().verdict.say == "Metrics without an owner: 1 of 6."


def test_the_same_metric_twice_is_seen_under_both_names() -> None:
    """`cac` and CAC are one metric, in either language."""
    assert "Chosen more than once: CAC." in sheet("cac", "CAC", *TWELVE[:3]).solve().warnings
    assert "Chosen more than once: Leads." in sheet("leads", "Заявки", *TWELVE[1:5]).solve().warnings


def test_an_unknown_metric_is_taken_as_ones_own() -> None:
    """It counts, it is no warning, and it is said."""
    answer = sheet("Calls from the gate", *TWELVE[:5]).solve()
    assert (answer.accepted, answer.own) == (True, ("Calls from the gate",))
    assert answer.face().notes == ("Taken as your own metrics: Calls from the gate.",)


def test_ones_own_metric_may_count_money() -> None:
    """The firm says so itself; a listed metric cannot be talked into it."""
    rest = [{"metric": name, "owner": "Anna"} for name in ("leads", "nps", "ctr", "churn")]
    assert Kpi.read({"chosen": [*rest, {"metric": "Profit by shift", "owner": "Anna", "money": True}]}).solve().accepted
    assert (
        not Kpi.read({"chosen": [*rest, {"metric": "lead_to_sale", "owner": "Anna", "money": True}]}).solve().accepted
    )


def test_no_metrics_is_no_verdict_yet() -> None:
    """An empty sheet says how to begin."""
    face = Kpi.read({"chosen": []}).solve().face()
    assert (face.verdict.kind, face.verdict.say) == ("wait", "No metric is chosen yet; 5–12 are enough.")


def test_a_row_without_a_metric_is_not_counted() -> None:
    """A row begun and left empty is no metric."""
    assert Kpi.read({"chosen": [{"metric": " "}, {"metric": "cac"}]}).solve().count == 1


def test_targets_are_written_by_the_unit_of_the_metric() -> None:
    """A share in per cent, money with its sign, text as typed, a dash for none."""
    rows = [
        {"metric": "lead_to_sale", "target": 0.31},
        {"metric": "cac", "target": 6230},
        {"metric": "nps", "target": "no lower"},
        {"metric": "leads"},
    ]
    with i18n.speaking("en", "RUB"):
        table = Kpi.read({"chosen": rows}).solve().face().sections[0]
    assert [row[1] for row in table.rows] == ["31%", "₽6,230", "no lower", "—"]


def test_russian_names_the_metrics() -> None:
    """The sheet in Russian, in the words of a marketer."""
    with i18n.speaking("ru"):
        verdict = sheet("leads", "nps").solve().face().verdict
        assert metrics.find("lead_to_sale").name == "Заявка → оплата"
    assert verdict.say == "2 показателя: меньше нормы 5–12."
    assert verdict.word == "Ещё не готово"


ROW = st.fixed_dictionaries(
    {"metric": st.sampled_from((*TWELVE, "", "Свой", "{x}"))},
    optional={
        "owner": st.text(max_size=9),
        "target": st.floats(-1e15, 1e15) | st.text(max_size=9),
        "source": st.text(max_size=9),
    },
)


@given(rows=st.lists(ROW, max_size=20), lang=st.sampled_from(i18n.LANGUAGES))
def test_every_sheet_has_an_answer(rows: list[dict[str, Any]], lang: str) -> None:
    """Accepted exactly without warnings, and the verdict agrees."""
    with i18n.speaking(lang):
        answer = Kpi.read({"chosen": rows}).solve()
        assert answer.accepted == (not answer.warnings)
        assert (answer.face().verdict.kind == "yes") == answer.accepted
        assert answer.rows()


def test_target_below_the_goal_is_told() -> None:
    """40 leads a week where the goal needs 54.9, and a CAC at the limit; what comes up to it is not named."""
    demands = [{"metric": "leads", "least": 54.9}, {"metric": "sales", "least": 22}, {"metric": "cac", "below": 2500}]
    rows = [{"metric": name, "owner": "Anna"} for name in TWELVE[:6]]
    rows[0]["target"], rows[3]["target"] = 40, 2500
    found = Kpi.read({"chosen": [*rows, {"metric": "sales", "owner": "Anna", "target": 22}], "demands": demands})
    assert found.solve().face().verdict.because == (
        "Targets that disagree with steps 1 and 3: Leads 40 (about 54.9 a week are needed); "
        "CAC $2,500 (less than $2,500 is admissible)."
    )


def test_target_rounded_from_the_goal_agrees_with_it() -> None:
    """54.5 for 54.9 is rounded; the reason is the usual one then."""
    rows = [{"metric": name, "owner": "Anna", "target": 54.5} for name in TWELVE[:6]]
    found = Kpi.read({"chosen": rows, "demands": [{"metric": "leads", "least": 54.9}]}).solve()
    assert found.face().verdict.because.startswith("Every metric has an owner")
