"""Exports of deals: every row a lead, every won deal with an amount an order; sums by the csv module."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from playbook import i18n
from playbook.data import Fact, Facts, Importer, NoFact
from playbook.data.behind import Behind
from playbook.data.series import Series, series
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.clinic import bring
from tests.data.helpers import FILES, amount, counts, read, rows, take


def asked(workspace: Workspace, name: str) -> list[str]:
    """The keys of a file's open questions."""
    return [one.key for one in Importer(workspace).preview(FILES / name).questions]


def won(own: list[dict[str, str]], status: str, words: tuple[str, ...], revenue: str) -> dict[str, Any]:
    """What the csv module says of orders: won deals with an amount, as the totals of an import."""
    amounts = [amount(row[revenue]) for row in own if row[status] in words and amount(row[revenue] or "0")]
    total = str(sum(amounts, Decimal(0)).quantize(Decimal("0.01")))
    return {"orders": len(amounts), "paid_orders": len(amounts), "revenue": total, "ordered": total}


def test_amocrm_sums_agree_with_the_csv_module(workspace: Workspace) -> None:
    """Six rows: five leads and one without an ID; of three won deals two have a budget."""
    outcome = take(workspace, "amocrm_deals.csv")
    own = [row for row in read("amocrm_deals.csv") if row["ID"]]
    paid = [row for row in own if row["Этап сделки"] == "Успешно реализовано" and row["Бюджет "] not in ("", "0")]
    revenue = sum(amount(row["Бюджет "], ",") for row in paid)
    assert counts(outcome) == (6, len(own), 0, 0, 1)
    said = outcome.preview.totals
    assert (said["leads"], said["won"], said["lost"], said["orders"]) == (len(own), 3, 1, len(paid))
    assert (said["revenue"], outcome.to_json()["kinds"]) == (str(revenue), ["leads", "orders", "items"])


def test_amocrm_row_without_id_is_rejected_with_its_reason(workspace: Workspace) -> None:
    """It has nothing to be updated by; the note over two lines above it does not move its line."""
    (reject,) = take(workspace, "amocrm_deals.csv").preview.reading.rejects
    assert (reject.line, reject.column) == (7, "ID")
    assert reject.reason == "'ID' is empty, and the row cannot do without it"


def test_order_of_a_deal_has_the_day_it_was_closed(workspace: Workspace) -> None:
    """A won deal of 1 June closed on the 5th is an order of the 5th, with the deal as its lead."""
    take(workspace, "amocrm_deals.csv")
    assert rows(workspace, "orders", "id, lead_id, created_at, paid_day, revenue, stage") == [
        ("101", "101", None, date(2026, 6, 5), Decimal(120000), "paid"),
        ("105", "105", None, date(2026, 6, 20), Decimal("45000.50"), "paid"),
    ]


def test_open_deal_has_no_day_of_closing(workspace: Workspace) -> None:
    """`не закрыта` is no date, and the forecast of an open deal is no closing."""
    take(workspace, "amocrm_deals.csv")
    take(workspace, "bitrix24_screen.csv")
    closed = dict(rows(workspace, "leads", "id, closed_day"))
    assert (closed["104"], closed["13"], closed["14"]) == (None, None, date(2026, 6, 21))


def test_repeated_header_fills_what_the_first_leaves_blank(workspace: Workspace) -> None:
    """The first `Источник` counts; where it is blank the second one, `Звонок`, does."""
    take(workspace, "amocrm_deals.csv")
    assert rows(workspace, "leads", "source") == ["Сайт", "Звонок", "Сайт", "Сайт", "Сайт"]


def test_same_phone_is_the_same_customer(workspace: Workspace) -> None:
    """+7 900... with an apostrophe and 8 900... are one person, of whom the table holds a hash."""
    take(workspace, "amocrm_deals.csv")
    first, second = rows(workspace, "orders", "customer")
    assert first == second
    assert re.fullmatch("[0-9a-f]{32}", first)


def test_unknown_stage_is_asked_and_remembered(workspace: Workspace) -> None:
    """A firm's own stages are questions; answered once, they hold for the next file and make an order."""
    assert asked(workspace, "amocrm_own_stage.csv") == ["stage.Установка оплачена", "stage.Замер"]
    answers = {"stage.Установка оплачена": "won", "stage.Замер": "open"}
    outcome = take(workspace, "amocrm_own_stage.csv", **answers)
    assert (outcome.preview.totals["won"], outcome.preview.totals["revenue"]) == (1, "70000.00")
    assert rows(workspace, "orders", "currency") == ["RUB"]
    assert asked(workspace, "amocrm_own_stage.csv") == []


def test_refusal_says_every_answer_that_is_missing(workspace: Workspace) -> None:
    """The first question with its setting, and the keys of the others."""
    with pytest.raises(PlaybookError, match="What does the status 'Установка оплачена' mean") as caught:
        take(workspace, "amocrm_own_stage.csv")
    assert caught.value.hint == (
        'answer with --set "stage.Установка оплачена=won"; the answers are: won, lost, open; '
        "then the file asks for: stage.Замер"
    )


def test_note_says_where_first_contact_comes_from(workspace: Workspace) -> None:
    """The export of each CRM lacks it; the remedy is that CRM's own, in the reader's language."""
    with i18n.speaking("ru"):
        notes = Importer(workspace).preview(FILES / "amocrm_deals.csv").notes
    assert notes[0].endswith(
        "В amoCRM заведите в сделке поле даты «Первый контакт» и выгружайте его вместе с остальными."
    )
    assert notes[2] == "1 выигранная сделка без суммы: она учтена как заявка, но не как заказ."


def test_bitrix_screen_export_counts_a_deal_once(workspace: Workspace) -> None:
    """Two products of one deal are two rows, one lead, one order of its whole sum and two items."""
    outcome = take(workspace, "bitrix24_screen.csv")
    own = list(read("bitrix24_screen.csv", encoding="utf-8-sig", delimiter=";"))
    deals = list({row["ID"]: row for row in own}.values())
    assert counts(outcome) == (len(own), len(deals), len(own) - len(deals), 0, 0)
    expected = won(deals, "Стадия сделки", ("Сделка успешна",), "Сумма")
    assert expected.items() <= outcome.preview.totals.items()
    assert rows(workspace, "items", "order_id, product, quantity") == [
        ("11", "Станок", 1),
        ("11", "Монтаж", 2),
        ("14", "Пресс", 1),
    ]


def test_bitrix_currency_is_a_word(workspace: Workspace) -> None:
    """`Рубль` is RUB, though the workspace counts in dollars."""
    take(workspace, "bitrix24_screen.csv")
    assert set(rows(workspace, "orders", "currency")) == {"RUB"}


def test_bitrix_rest_sums_agree_with_the_csv_module(workspace: Workspace) -> None:
    """A stage with its pipeline before it is known; a closed deal of an own stage is asked, an open one is not."""
    assert asked(workspace, "bitrix24_rest.csv") == ["stage.Выдано"]
    outcome = take(workspace, "bitrix24_rest.csv", **{"stage.Выдано": "won"})
    own = list(read("bitrix24_rest.csv"))
    assert counts(outcome) == (len(own), len(own), 0, 0, 0)
    assert won(own, "STAGE_ID", ("C6:WON", "Выдано"), "OPPORTUNITY").items() <= outcome.preview.totals.items()
    assert rows(workspace, "leads", "stage") == ["won", "lost", "won", "open", "open", "won"]


def test_bitrix_lost_deal_is_closed_and_no_order(workspace: Workspace) -> None:
    """CLOSED = Y stands beside lost deals too: 700 000 is no revenue."""
    take(workspace, "bitrix24_rest.csv", **{"stage.Выдано": "lost"})
    assert rows(workspace, "orders", "id") == ["21", "26"]


def test_id_zero_is_nobody(workspace: Workspace) -> None:
    """COMPANY_ID = 0 means a private person: the contact is the customer, and two deals are two customers."""
    take(workspace, "bitrix24_rest.csv", **{"stage.Выдано": "lost"})
    assert len(set(rows(workspace, "orders", "customer"))) == 2


def test_local_day_of_a_deal_is_kept(workspace: Workspace) -> None:
    """23:30 in Moscow is 20:30 UTC of the same local day."""
    take(workspace, "bitrix24_rest.csv", **{"stage.Выдано": "won"})
    created, day = rows(workspace, "leads", "CAST(created_at AS VARCHAR), created_day")[0]
    assert (created, day) == ("2026-06-01 20:30:00", date(2026, 6, 1))


def test_hubspot_flags_settle_own_stages(workspace: Workspace) -> None:
    """`Live` with Is Closed Won is won and `Security review` that is not closed is open: nothing is asked."""
    outcome = take(workspace, "hubspot_deals.csv")
    own = list(read("hubspot_deals.csv"))
    assert counts(outcome) == (5, 5, 0, 0, 0)
    assert won(own, "Is Closed Won", ("true",), "Amount").items() <= outcome.preview.totals.items()
    assert rows(workspace, "leads", "stage") == ["won", "lost", "open", "open", "won"]


def test_hubspot_without_flags_asks(workspace: Workspace) -> None:
    """A stage of the firm's own may mean anything."""
    assert asked(workspace, "hubspot_own_stage.csv") == ["stage.Live", "stage.Nurturing"]


def test_hubspot_deal_of_two_contacts_has_one_customer(workspace: Workspace) -> None:
    """The first of its companies is the customer: deals of 701 and of `701;702` are one customer's."""
    take(workspace, "hubspot_deals.csv")
    assert len(set(rows(workspace, "orders", "customer"))) == 1


def test_hubspot_properties_of_the_firm_are_read(workspace: Workspace) -> None:
    """Tags and segments that a firm adds to deals; where its segment is blank the type of the deal stands in."""
    assert take(workspace, "hubspot_own_properties.csv").preview.kinds == ("leads",)
    assert rows(workspace, "leads", "utm_source, utm_medium, utm_campaign, segment") == [
        ("google", "cpc", "spring", "Clinics"),
        (None, None, None, "newbusiness"),
    ]


def test_deals_again_change_nothing(workspace: Workspace) -> None:
    """A lead and its order are one thing each: the second time nothing is added."""
    take(workspace, "amocrm_deals.csv")
    before = rows(workspace, "leads"), rows(workspace, "orders")
    assert take(workspace, "amocrm_deals.csv").batch == 1
    assert (rows(workspace, "leads"), rows(workspace, "orders")) == before


def test_american_dates_of_deals_are_asked(workspace: Workspace) -> None:
    """No number of any date is above 12: with months first the deal was closed on 2 June in the afternoon."""
    assert asked(workspace, "hubspot_us_dates.csv") == ["dates"]
    take(workspace, "hubspot_us_dates.csv", dates="mdy")
    assert rows(workspace, "orders", "CAST(paid_at AS VARCHAR), revenue") == [("2026-06-02 16:00:00", 1200)]


def test_kommo_is_amocrm_in_english(workspace: Workspace) -> None:
    """Its own headers and stages; nothing is asked."""
    take(workspace, "amocrm_kommo.csv")
    assert rows(workspace, "leads", "stage, closed_day") == [("won", date(2026, 5, 15)), ("open", None)]


def test_won_deal_without_a_day_is_rejected_whole(workspace: Workspace) -> None:
    """An order of no day fits no week: the row waits in the rejects, and its lead with it."""
    outcome = take(workspace, "bitrix24_won_undated.csv")
    (reject,) = outcome.preview.reading.rejects
    assert (reject.line, reject.column) == (2, "Дата завершения")
    assert (counts(outcome), rows(workspace, "leads", "id")) == ((2, 1, 0, 0, 1), ["32"])


def test_currency_of_a_crm_is_remembered(workspace: Workspace) -> None:
    """A person's word goes before the workspace's dollars, for the next export too."""
    take(workspace, "amocrm_deals.csv", currency="KZT")
    assert set(rows(workspace, "orders", "currency")) == {"KZT"}
    assert Importer(workspace).preview(FILES / "amocrm_kommo.csv").totals["currency"] == "KZT"


def test_workspace_currency_is_said(workspace: Workspace) -> None:
    """An export without a currency is taken to be in the workspace's, and the preview says so."""
    notes = Importer(workspace).preview(FILES / "amocrm_deals.csv").notes
    assert notes[1] == "Amounts without a currency are taken to be in USD, the workspace's own."


@pytest.fixture
def pipeline(workspace: Workspace) -> Workspace:
    """Three open deals, of which one has no amount, and two that were over on the 10th and the 20th of June."""
    lines = ("1,2026-06-01,,open,100", "2,2026-06-02,2026-06-10,won,50", "3,2026-06-09,,open,")
    lines += ("4,2026-06-09,2026-06-20,lost,30", "5,2026-06-28,,open,7")
    bring(workspace, "leads.csv", "\n".join(("id,created,closed,status,budget", *lines)))
    return workspace


def test_pipeline_is_the_money_of_open_deals(pipeline: Workspace) -> None:
    """100 and 7 today; on 9 June also the 50 and the 30 of deals that were over later."""
    today = Facts(pipeline).get("pipeline")
    assert isinstance(today, Fact)
    assert (today.value, today.note) == (107, "1 of 3 open deals have no amount")
    earlier = Facts(pipeline, (date(2026, 6, 1), date(2026, 6, 9))).get("pipeline")
    assert isinstance(earlier, Fact)
    assert earlier.value == 180


def test_pipeline_of_a_week_is_that_of_its_last_day(pipeline: Workspace) -> None:
    """The second week ends without the deal won in it, and its rows are the three that were open then."""
    found = series(Facts(pipeline).data, "pipeline")
    assert isinstance(found, Series)
    assert [point.value for point in found.points] == [150, 130, 100, 107]
    looked = Behind(pipeline, "pipeline", "2026-W24").look()
    assert sorted(row[looked.columns.index("id")] for row in looked.rows) == ["1", "3", "4"]


def test_pipeline_without_amounts_is_refused(workspace: Workspace) -> None:
    """Deals that nobody has priced are not worth nothing."""
    bring(workspace, "leads.csv", "id,created,closed,status,budget\n1,2026-06-01,,open,\n2,2026-06-02,,open,0")
    found = Facts(workspace).get("pipeline")
    assert isinstance(found, NoFact)
    assert found.reason == "no open deal has an amount"
