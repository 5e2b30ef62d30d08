"""The texts that people read: complete, of one structure in both languages, and pointing at things that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from playbook import i18n, paths, steps, texts

NAMES = (
    "cores.toml",
    "experiments.toml",
    "faq.toml",
    "glossary.toml",
    "guides.toml",
    "maturity.toml",
    "metrics.toml",
    "refusals.toml",
    "scenarios.toml",
    "symptoms.toml",
    "ten.toml",
    "thirty_days.toml",
)
STEPS = {
    *("ten", "maturity", "goal", "deal-cycle", "unit-economics", "core", "working-loop", "kpi", "ideas"),
    *("thirty-days", "week", "data"),
}
SEVEN_STEPS = {"goal", "deal-cycle", "unit-economics", "core", "working-loop", "kpi", "ideas"}
CORES = {"performance", "inbound", "retention", "brand", "abm"}
ITEMS = ["goals", "segments", "offer", "funnel", "core", "records", "crm", "dashboard", "experiments", "handover"]
FACTS = {
    *("id", "kind", "step", "item", "aspect", "block", "mark", "error", "row", "clock", "kpi", "faq", "metric"),
    *("group", "unit", "direction", "cadence", "scenarios", "helps", "loop"),
}
"""Keys whose words are names for the code, and so the same in every language."""
FREE = {"also", "fillers", "phrases", "words"}
"""Keys whose lists may differ in length: other names of a term, words that are looked for."""
TERMS = {
    *("ABM", "BI", "CAC", "CDP", "CJM", "CPA", "CPL", "CRM", "CTR", "D2C", "ICP", "KPI", "LSI", "LTV", "MQL", "NPS"),
    *("NRR", "P", "PR", "ROI", "ROMI", "SaaS", "SEO", "SLA", "SQL", "UTM"),
    *("Google", "Search", "Console", "B2B", "B"),
}
"""Latin words that Russian marketing people write as they are."""


def entries(name: str, table: str, lang: str = "en") -> list[dict[str, Any]]:
    return list(texts.by_id(name, table, lang).values())


def leaves(value: Any, key: str = "", place: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every value that is neither a table nor a list, with its key and its place."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, name, f"{place}.{name}")
    elif isinstance(value, list) and key not in FREE:
        for index, part in enumerate(value):
            yield from leaves(part, "" if isinstance(part, dict) else key, f"{place}[{index}]")
    else:
        yield key, place, value


def sentences(lang: str) -> list[tuple[str, str]]:
    """Every text of a language with its place; other names of terms are left out."""
    return [
        (f"{name}{place}", value)
        for name in NAMES
        for key, place, value in leaves(texts.load(name, lang))
        if key not in FACTS | FREE and isinstance(value, str)
    ]


def test_both_languages_have_the_same_files() -> None:
    """What one folder holds the other holds too, the twelve files of this test among them."""
    english, russian = (
        {path.name for path in paths.knowledge(lang, "ten.toml").parent.iterdir()} for lang in ("en", "ru")
    )
    assert english == russian
    assert english >= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_languages_differ_in_text_only(name: str) -> None:
    """The same keys at the same places, and the same ids, numbers and switches."""
    english, russian = (list(leaves(texts.load(name, lang))) for lang in ("en", "ru"))
    assert [(key, place) for key, place, _ in english] == [(key, place) for key, place, _ in russian]
    assert len(english) > 20
    for (key, place, ours), (_, _, theirs) in zip(english, russian, strict=True):
        if key in FACTS or not isinstance(ours, str | list):
            assert ours == theirs, place
        else:
            assert type(ours) is type(theirs), place


def test_no_text_is_empty_or_padded() -> None:
    """Every sentence begins and ends with something to read, in one line."""
    for lang in i18n.LANGUAGES:
        found = sentences(lang)
        assert len(found) > 900
        for place, text in found:
            assert text, place
            assert text == " ".join(text.split(" ")).strip(), place
            assert "\n" not in text, place
            assert "  " not in text, place


def test_no_text_shouts() -> None:
    """The voice is calm: no exclamation mark in either language."""
    assert [place for lang in i18n.LANGUAGES for place, text in sentences(lang) if "!" in text] == []


def test_russian_texts_are_in_russian() -> None:
    """Latin letters occur only in terms that Russians write so, and every other word is Cyrillic."""
    for place, text in sentences("ru"):
        words = re.findall(r"[A-Za-z]+\d?[A-Za-z]*", text)
        assert set(words) <= TERMS, f"{place}: {text}"
        assert re.search("[А-Яа-яЁё]", text) or words, place


def test_russian_texts_use_russian_quotes() -> None:
    """Quotes are «ёлочки», apostrophes do not occur."""
    assert [place for place, text in sentences("ru") if re.search("[\"'“”‘’]", text)] == []


def test_russian_amounts_do_not_break() -> None:
    """A per cent sign or a ruble sign stands behind a no-break space."""
    assert [place for place, text in sentences("ru") if re.search(r"\d ?[%₽]", text)] == []


def test_english_texts_have_no_cyrillic() -> None:
    """Russian names of terms stand in `also` only."""
    assert [place for place, text in sentences("en") if re.search("[А-Яа-яЁё]", text)] == []


def test_ten_questions_stand_in_order() -> None:
    """The ten of the method, first to last."""
    assert list(texts.by_id("ten.toml", "questions", "en")) == [
        *("lead_sources", "cost_per_lead", "lead_to_payment", "average_check", "margin"),
        *("handling_time", "stale_leads", "refusal_reasons", "profitable_segments", "running_tests"),
    ]


def test_ten_questions_ask_for_an_amount() -> None:
    """Each expects a number or a list, and a missing answer leads to one of the seven steps."""
    for entry in entries("ten.toml", "questions"):
        assert entry["kind"] in {"list", "money", "share", "minutes", "count"}, entry["id"]
        assert entry["step"] in SEVEN_STEPS, entry["id"]
        assert entry["question"].endswith("?"), entry["id"]


def test_criteria_ask_twice_about_ten_items() -> None:
    """Ten items of the checklist: is it there, and does it work; twenty in all, in the checklist's order."""
    criteria = entries("maturity.toml", "criteria")
    assert [entry["id"] for entry in criteria] == [
        f"{item}_{aspect}" for item in ITEMS for aspect in ("exists", "works")
    ]
    assert all(entry["id"] == f"{entry['item']}_{entry['aspect']}" for entry in criteria)
    assert list(texts.load("maturity.toml", "en")["items"]) == ITEMS


def test_anchors_of_a_criterion_differ() -> None:
    """0, 1 and 2 of all twenty criteria are sixty different descriptions, in both languages."""
    for lang in i18n.LANGUAGES:
        anchors = [entry[f"a{points}"] for entry in entries("maturity.toml", "criteria", lang) for points in (0, 1, 2)]
        assert len(set(anchors)) == 60


def test_criteria_lie_in_known_blocks() -> None:
    """Every block has a title and holds at least two criteria."""
    blocks = texts.load("maturity.toml", "en")["blocks"]
    count = Counter(entry["block"] for entry in entries("maturity.toml", "criteria"))
    assert list(blocks) == ["goals", "foundation", "market", "channels", "cycle"]
    assert count == {"goals": 2, "foundation": 6, "market": 4, "channels": 2, "cycle": 6}


def test_records_and_offer_weigh_most() -> None:
    """Weights are 1-3, and 3 belongs to records and the offer alone."""
    criteria = entries("maturity.toml", "criteria")
    assert {entry["weight"] for entry in criteria} == {1, 2, 3}
    assert {entry["item"] for entry in criteria if entry["weight"] == 3} == {"records", "offer"}


def test_what_others_stand_on_comes_first() -> None:
    """Each item has its own place 1-10: goals, records, CRM and offer, then segments and funnel, then the core."""
    place = {entry["item"]: entry["order"] for entry in entries("maturity.toml", "criteria")}
    assert sorted(place, key=lambda item: place[item]) == [
        *("goals", "records", "crm", "offer", "segments", "funnel", "core", "handover", "dashboard", "experiments")
    ]
    assert sorted(place.values()) == list(range(1, 11))


def test_glossary_marks_whose_definition_it_is() -> None:
    """Twelve terms are the method's, twenty-five are defined by us, none twice."""
    terms = [(name, entry["mark"]) for name, entry in texts.by_id("glossary.toml", "terms", "en").items()]
    assert Counter(mark for _, mark in terms) == {"article": 12, "ours": 25}
    assert len(texts.load("glossary.toml", "en")["terms"]) == 37


def test_glossary_terms_can_be_found_otherwise() -> None:
    """Every term has another name to search by, none of them empty."""
    for lang in i18n.LANGUAGES:
        for entry in entries("glossary.toml", "terms", lang):
            assert entry["also"], entry["id"]
            assert all(entry["also"]), entry["id"]


def test_symptoms_lead_to_errors() -> None:
    """Six symptoms point at five errors, and each error is behind at least one symptom."""
    symptoms, errors = entries("symptoms.toml", "symptoms"), entries("symptoms.toml", "errors")
    assert len(symptoms) == 6
    assert [entry["number"] for entry in errors] == [1, 2, 3, 4, 5]
    assert {entry["error"] for entry in symptoms} == {entry["id"] for entry in errors}


def test_stagnation_clock_is_a_rule() -> None:
    """The weeks of the fifth error live in the rules of thumb: amber from 4, red from 12."""
    from playbook import rules

    rule = rules.get(texts.by_id("symptoms.toml", "errors", "en")["no_cycle"]["clock"])
    assert (rule.low, rule.high) == (4, 12)


def test_scenarios_have_five_elements() -> None:
    """Four presets with five elements, three channels, three retention scenarios and four weeks each."""
    scenarios = texts.by_id("scenarios.toml", "scenarios", "en")
    assert list(scenarios) == ["local", "ecommerce", "saas", "b2b"]
    for name, entry in scenarios.items():
        parts = ("elements", "main_channels", "retention_scenarios", "plan_focus")
        assert [len(entry[part]) for part in parts] == [5, 3, 3, 4], name


def test_scenarios_choose_metrics_that_exist() -> None:
    """Each preset has 6-9 known metrics, money among them, none twice."""
    metrics = texts.by_id("metrics.toml", "metrics", "en")
    for entry in entries("scenarios.toml", "scenarios"):
        chosen = entry["kpi"]
        assert 6 <= len(chosen) == len(set(chosen)) <= 9, entry["id"]
        assert any(metrics[name]["money"] for name in chosen), entry["id"]


def test_scenarios_lean_to_their_cores() -> None:
    """Fit is 0-1 for all five cores, and each scenario's first core is the one that the method names for it."""
    best = {}
    for name, entry in texts.by_id("scenarios.toml", "scenarios", "en").items():
        assert set(entry["fit"]) == CORES, name
        assert all(0 <= fit <= 1 for fit in entry["fit"].values()), name
        best[name] = {core for core, fit in entry["fit"].items() if fit == max(entry["fit"].values())}
    assert best == {
        "local": {"performance", "retention"},
        "ecommerce": {"performance"},
        "saas": {"inbound"},
        "b2b": {"abm"},
    }


def test_metrics_hold_the_twenty() -> None:
    """Places 1-20 are all there, five in a group."""
    groups = ["demand", "acquisition", "economics", "retention"]
    places = {(entry["place"], entry["group"]) for entry in entries("metrics.toml", "metrics") if entry["place"]}
    assert sorted(places) == [(place, groups[(place - 1) // 5]) for place in range(1, 21)]
    assert list(texts.load("metrics.toml", "en")["groups"]) == groups


def test_metrics_hold_the_example_of_ten() -> None:
    """The ten metrics of the method's example can be chosen."""
    assert set(texts.by_id("metrics.toml", "metrics", "en")) >= {
        *("leads", "cost_per_lead", "lead_to_sale", "cac", "revenue", "gross_profit", "repeat_share", "nps"),
        *("first_contact_time", "off_target_share"),
    }


def test_metrics_have_names_of_their_own() -> None:
    """A name typed in either language means one metric."""
    for lang in i18n.LANGUAGES:
        metrics = entries("metrics.toml", "metrics", lang)
        assert len({entry["name"].casefold() for entry in metrics}) == len(metrics)


def test_metrics_speak_known_words() -> None:
    """Units, directions and cadences come from short lists."""
    for entry in entries("metrics.toml", "metrics"):
        assert entry["unit"] in {"count", "money", "share", "minutes", "score", "days", "months", "ratio"}, entry["id"]
        assert entry["direction"] in {"up", "down"}, entry["id"]
        assert entry["cadence"] in {"weekly", "monthly"}, entry["id"]


def test_every_step_has_a_guide() -> None:
    """Twelve guides with three to five ways, two or three mistakes and answers that exist."""
    guides, answers = texts.load("guides.toml", "en"), texts.by_id("faq.toml", "faq", "en")
    assert set(guides) == STEPS
    for step, guide in guides.items():
        assert 3 <= len(guide["how"]) <= 5, step
        assert 2 <= len(guide["mistakes"]) <= 3, step
        assert set(guide["faq"]) <= set(answers), step


def test_every_answer_is_reachable_at_its_step() -> None:
    """The twenty answers F01-F20 each stand in the guide of the step they name."""
    guides, answers = texts.load("guides.toml", "en"), texts.by_id("faq.toml", "faq", "en")
    assert list(answers) == [f"F{number:02}" for number in range(1, 21)]
    for name, entry in answers.items():
        assert name in guides[entry["step"]]["faq"], name


def test_answers_are_two_to_four_sentences() -> None:
    """An answer is short enough to be read beside a form."""
    for lang in i18n.LANGUAGES:
        for entry in entries("faq.toml", "faq", lang):
            count = len(re.findall(r"[.?](?:\s|$)", entry["answer"]))
            assert 2 <= count <= 4, (lang, entry["id"], count)


def test_every_pillar_has_nine_common_tasks() -> None:
    """The four weeks have a title and an outcome, and at least nine tasks that suit every business."""
    assert [pillar["week"] for pillar in texts.load("thirty_days.toml", "en")["pillars"]] == [1, 2, 3, 4]
    count = Counter(task["week"] for task in entries("thirty_days.toml", "tasks") if task["scenarios"] == ["all"])
    assert set(count) == {1, 2, 3, 4}
    assert min(count.values()) >= 9


def test_every_scenario_has_tasks_of_its_own() -> None:
    """Local services, shops, SaaS and B2B have at least three specific tasks each."""
    own = Counter(name for task in entries("thirty_days.toml", "tasks") for name in task["scenarios"])
    assert set(own) == {"all", "local", "ecommerce", "saas", "b2b"}
    assert min(own.values()) >= 3


def test_tasks_are_ordered_inside_their_week() -> None:
    """Order runs 1, 2, 3 in each week, ids are met once, a task takes 15-90 minutes."""
    tasks = texts.load("thirty_days.toml", "en")["tasks"]
    assert len({task["id"] for task in tasks}) == len(tasks)
    assert all(15 <= task["minutes"] <= 90 for task in tasks)
    for week in (1, 2, 3, 4):
        order = [task["order"] for task in tasks if task["week"] == week]
        assert order == list(range(1, len(order) + 1))


def test_must_tasks_fit_three_hours_a_week() -> None:
    """A founder with 180 minutes a week can do what each week cannot go without."""
    minutes: Counter[int] = Counter()
    for task in entries("thirty_days.toml", "tasks"):
        minutes[task["week"]] += task["minutes"] * task["must"]
    assert minutes == {1: 180, 2: 165, 3: 170, 4: 165}


def test_tasks_build_the_whole_loop() -> None:
    """Each of the six parts of the minimal contour is made by one task, and every business gets it."""
    makers = [task for task in entries("thirty_days.toml", "tasks") if "loop" in task]
    parts = ["analytics", "crm", "landing", "lead_rule", "main_channel", "offer"]
    assert sorted(task["loop"] for task in makers) == parts
    assert all(task["must"] and task["scenarios"] == ["all"] for task in makers)


def test_tasks_can_raise_every_item() -> None:
    """Each item of the diagnosis is helped by at least one task for every business, and no unknown one is named."""
    helped = {
        item for task in entries("thirty_days.toml", "tasks") if task["scenarios"] == ["all"] for item in task["helps"]
    }
    assert helped == set(ITEMS)
    assert {item for task in entries("thirty_days.toml", "tasks") for item in task["helps"]} == set(ITEMS)


def test_steps_named_anywhere_exist() -> None:
    """Every `step` of every file is a page of the playbook, in more than a hundred places."""
    named = [value for name in NAMES for key, _, value in leaves(texts.load(name, "en")) if key == "step"]
    assert set(named) <= STEPS | {step.key for step in (*steps.CALCULATORS, *steps.DOCUMENTS)}
    assert len(named) > 100


def test_cores_are_the_five() -> None:
    """Performance, inbound, retention, brand and ABM, each with three first steps."""
    cores = texts.by_id("cores.toml", "cores", "en")
    assert list(cores) == ["performance", "inbound", "retention", "brand", "abm"]
    assert all(len(entry["first_steps"]) == 3 and entry["needs"] for entry in cores.values())


def test_tests_come_in_six_kinds() -> None:
    """Six kinds, each with a metric that exists."""
    kinds = texts.by_id("experiments.toml", "kinds", "en")
    assert list(kinds) == ["creative", "segment", "offer", "landing", "message", "script"]
    assert {entry["metric"] for entry in kinds.values()} <= set(texts.by_id("metrics.toml", "metrics", "en"))


def test_texts_follow_the_language_of_the_context() -> None:
    """The same call answers in the reader's language."""
    with i18n.speaking("ru"):
        assert texts.by_id("cores.toml", "cores")["retention"]["name"] == "Удержание"
    with i18n.speaking("en"):
        assert texts.by_id("cores.toml", "cores")["retention"]["name"] == "Retention"
