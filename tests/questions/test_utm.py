"""Links with their tags: written one way, and what is wrong is told."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n
from playbook.questions.utm import TAGS, Utm

WHOLE = {"address": "https://a.io/p", "source": "vk", "medium": "cpc", "campaign": "spring"}


def made(**fields: str) -> tuple[str, tuple[str, ...]]:
    """The link of one row and what is said of it."""
    (one,) = Utm.read({"links": [WHOLE | fields]}).solve().links
    return one.link, one.remarks


def test_tags_are_written_one_way() -> None:
    """Small letters, no spaces, and the reader is told what became of what was typed."""
    link, remarks = made(source=" VK ", campaign="New  year")
    assert link == "https://a.io/p?utm_source=vk&utm_medium=cpc&utm_campaign=new_year"
    assert remarks == ("Source, utm_source is written as vk", "Campaign, utm_campaign is written as new_year")


def test_tags_stand_before_the_anchor_and_after_what_was_there() -> None:
    """Older tags give way, other parameters stay as they were."""
    link, remarks = made(address="https://a.io/p?id=7&utm_source=old&q=a%20b#prices")
    assert link == "https://a.io/p?id=7&q=a%20b&utm_source=vk&utm_medium=cpc&utm_campaign=spring#prices"
    assert remarks == ("tags that stood in the address are replaced",)


def test_placeholders_of_an_advertising_system_stay() -> None:
    """It fills them in itself, letter by letter."""
    link, remarks = made(campaign="{campaign_id}", content="{Phrase_ID}")
    assert link.endswith("&utm_campaign={campaign_id}&utm_content={Phrase_ID}")
    assert remarks == ()


def test_long_number_of_a_campaign_is_no_telephone() -> None:
    """Advertising systems give their campaigns fifteen digits and more."""
    assert made(campaign="120210000000001")[0].endswith("utm_campaign=120210000000001")


def test_cyrillic_is_kept_and_told() -> None:
    """The link works; Latin letters are the better choice."""
    link, remarks = made(source="директ")
    assert dict(parse_qsl(urlsplit(link).query))["utm_source"] == "директ"
    assert remarks == ("Source, utm_source: Latin letters, digits, - and _ are read by every report",)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "a.io/p"}, "missing or not right: Page it leads to"),
        ({"address": "javascript:alert(1)"}, "missing or not right: Page it leads to"),
        ({"address": "https://[a"}, "missing or not right: Page it leads to"),
        ({"medium": " "}, "missing or not right: Kind of traffic, utm_medium"),
        ({"term": "me@a.io"}, "an e-mail address or a telephone does not belong into a link"),
        ({"term": "+7 912 345-67-89"}, "an e-mail address or a telephone does not belong into a link"),
    ],
)
def test_what_cannot_be_a_link_is_none(fields: dict[str, str], said: str) -> None:
    """And it says why."""
    link, remarks = made(**fields)
    assert link == ""
    assert said in remarks


def test_equal_links_are_told_apart_no_more() -> None:
    """Two advertisements under one link are one line in every report."""
    answer = Utm.read({"links": [WHOLE, WHOLE | {"source": "VK"}]}).solve()
    assert answer.twice == (answer.links[0].link,)
    assert answer.face().verdict.kind == "wait"
    assert Utm.read({"links": [WHOLE, WHOLE | {"content": "b"}]}).solve().face().verdict.kind == "yes"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_links_are_counted_in_words(language: str) -> None:
    """A row in which nothing stands is none."""
    rows = [WHOLE, WHOLE | {"content": "b"}, {}, {"address": "a.io"}]
    with i18n.speaking(language):
        verdict = Utm.read({"links": rows}).solve().face().verdict
    assert verdict.say == {"en": "2 of 3 links can be made.", "ru": "Готово ссылок: 2 из 3."}[language]


@given(st.fixed_dictionaries({name: st.text(max_size=40) for name in ("address", *TAGS)}))
def test_any_words_are_a_link_or_a_reason(fields: dict[str, str]) -> None:
    """A link that is made reads back as its tags."""
    for one, link in zip(
        Utm.read({"links": [fields]}).solve().links, Utm.read({"links": [fields]}).links, strict=False
    ):
        assert one.link or one.remarks
        if one.link:
            told = dict(parse_qsl(urlsplit(one.link).query))
            assert {tag: told[f"utm_{tag}"] for tag in link.written()} == link.written()
