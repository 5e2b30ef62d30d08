"""The rows behind a figure: exactly those it counts, by its lines, in its days, with nothing personal in them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from playbook import i18n
from playbook.data.behind import Behind
from playbook.data.behind_figures import COUNTED, NOT_TOLD, PARTS
from playbook.data.facts import EVERY, Fact
from playbook.data.opened import Opened
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data.clinic import bring

LEADS = """id,created,status,first_contact,reason,source
1,2026-06-01 10:00,lost,2026-06-01 10:20,Too dear,ads
2,2026-06-08 10:00,lost,2026-06-09 10:00,=too dear,ads
3,2026-06-10 10:00,won,2026-06-10 10:05,,maps
4,2026-06-14 10:00,open,,,
5,2026-06-30 10:00,open,,,ads
"""
ORDERS = """order_id,customer,date,revenue,refund
1,ann@example.com,2026-06-01,100,
2,bob@example.com,2026-06-02,50,5
3,ann@example.com,2026-06-03,70,
"""


@pytest.fixture
def firm(workspace: Workspace) -> Workspace:
    """Five leads and three orders of two clients."""
    bring(workspace, "leads.csv", LEADS)
    bring(workspace, "orders.csv", ORDERS)
    return workspace


def column(firm: Workspace, figure: str, name: str, of: tuple[str, ...] = (), table: str = "") -> list[object]:
    """One column of the rows behind a figure."""
    found = Behind(firm, figure).look(table, of)
    return [row[found.columns.index(name)] for row in found.rows]


def test_every_condition_is_of_a_figure() -> None:
    """A figure that is renamed takes its rows along."""
    assert set(PARTS) | COUNTED <= set(EVERY)


def test_stale_leads_are_those_nobody_touched(firm: Workspace) -> None:
    """Of two open leads without a first contact one is of the last day, the other 16 days old."""
    assert column(firm, "stale_leads", "id") == ["4"]
    assert column(firm, "stale_leads", "untouched_days") == [16]


def test_leads_in_work_are_the_other_open_ones(firm: Workspace) -> None:
    """The one of the last day; with the stale one they are all that is open."""
    assert len(column(firm, "worked_leads", "id")) == 1


def test_lines_of_a_figure_choose_its_rows(firm: Workspace) -> None:
    """Three leads came by ads; one says no source, and can be asked for as well."""
    found = Behind(firm, "leads").look()
    assert found.lines == (("ads", 3), ("maps", 1), (NOT_TOLD, 1))
    assert column(firm, "leads", "id", ("ADS",)) == ["5", "2", "1"]
    assert column(firm, "leads", "id", (NOT_TOLD, "maps")) == ["4", "3"]


def test_rows_come_by_pages_the_newest_first(firm: Workspace) -> None:
    """Two at a time of five."""
    found = Behind(firm, "leads").look(start=2, most=2)
    assert (found.count, [row[0] for row in found.rows]) == (5, ["3", "2"])


def test_coverage_opens_what_is_missing(firm: Workspace) -> None:
    """Four of five leads say their source: the rows are the fifth."""
    assert column(firm, "source_coverage", "id") == ["4"]


def test_figure_of_two_tables_opens_both(firm: Workspace) -> None:
    """New clients are first orders; what they cost stands in the lines of spend."""
    bring(firm, "spend.csv", "day,source,campaign,amount\n2026-06-01,ads,spring,30\n2026-06-03,ads,spring,10\n")
    assert column(firm, "cac", "id") == ["2", "1"]
    assert [float(str(one)) for one in column(firm, "cac", "amount", table="spend")] == [10, 30]
    with pytest.raises(PlaybookError) as told:
        Behind(firm, "cac").look("touches")
    assert told.value.hint == "one of: orders, spend"


def test_row_names_its_file_and_line_and_no_person(firm: Workspace) -> None:
    """The e-mail stays in the file; here the client is a hash, the same for both orders."""
    found = Behind(firm, "paid_orders").look()
    assert column(firm, "paid_orders", "file") == ["orders.csv"] * 3
    assert column(firm, "paid_orders", "line") == [4, 3, 2]
    ann, bob, again = column(firm, "paid_orders", "customer")
    assert ann == again != bob
    assert "@" not in str(found.rows)


def test_file_of_rows_is_safe_for_a_spreadsheet(firm: Workspace) -> None:
    """All rows under their columns' names; a reason that begins like a formula is text."""
    rows = list(csv.DictReader(io.StringIO(Behind(firm, "refusals_by_reason").csv())))
    assert [row["Reason of refusal"] for row in rows] == ["'=too dear", "Too dear"]
    assert [row["Day"] for row in rows] == ["2026-06-08", "2026-06-01"]


def test_columns_speak_the_readers_language(firm: Workspace) -> None:
    """In Russian no English name of ours is left."""
    with i18n.speaking("ru"):
        found = Behind(firm, "refusals_by_reason").look()
        assert found.names[:5] == ("Номер", "День", "Чем кончилось", "Статус", "Причина отказа")
        assert found.rows[0][2] == "отказ"


def test_channels_have_names_and_addresses_keep_those_of_the_file(workspace: Workspace) -> None:
    """A source is Яндекс in Russian; the line by which its rows are asked for is still the one of the file."""
    bring(workspace, "leads.csv", "id,created,status,source\n1,2026-06-01,won,yandex\n2,2026-06-02,won,Friends\n")
    with i18n.speaking("ru"):
        found = Behind(workspace, "won_leads").look()
        assert found.lines == (("Friends", 1), ("yandex", 1))
        assert column(workspace, "won_leads", "source") == ["Friends", "Яндекс"]
        assert column(workspace, "won_leads", "id", ("yandex",)) == ["1"]


def test_week_and_month_open_their_own_rows(workspace: Workspace) -> None:
    """One lead of the week of 8 June is won or lost by its end; the month has all of June."""
    days = "".join(
        f"{day},2026-{month:02}-{day:02},{'won' if day % 2 else 'open'}\n" for month in (6, 7) for day in range(1, 31)
    )
    bring(
        workspace,
        "leads.csv",
        "id,created,status\n" + "".join(f"{n}{row[row.index(',') :]}\n" for n, row in enumerate(days.split())),
    )
    week, month = Behind(workspace, "leads", "2026-W24"), Behind(workspace, "leads", "2026-06")
    assert isinstance(week.fact, Fact)
    assert (week.fact.value, week.look().count, week.look().rows[0][1]) == (7, 7, date(2026, 6, 14))
    assert month.look().count == 30
    assert Behind(workspace, "won_leads", "2026-W24").look().count == 3


@pytest.mark.parametrize("period", ["2026-W60", "2026-13", "June", "2026-W24-1", "0000-01"])
def test_what_is_no_week_and_no_month_is_told(firm: Workspace, period: str) -> None:
    """How one is written stands beside it."""
    with pytest.raises(PlaybookError, match="neither a week nor a month") as told:
        Behind(firm, "leads", period)
    assert told.value.hint == "a week is written as 2026-W14, a month as 2026-04"


def test_period_that_the_files_do_not_cover_is_told(firm: Workspace) -> None:
    """The leads end on Tuesday 30 June: that week is not over, and June is whole."""
    with pytest.raises(PlaybookError, match=r"the files do not cover all of 29.June.– 5.July 2026") as told:
        Behind(firm, "leads", "2026-W27").look()
    assert told.value.hint == "from 2026-W23 to 2026-W26"


def test_figure_that_the_data_do_not_tell_says_why(firm: Workspace) -> None:
    """There is no spend; and no figure has a name nobody gave."""
    with pytest.raises(PlaybookError, match="no advertising spend is imported"):
        Behind(firm, "cac").look()
    with pytest.raises(PlaybookError, match=r"There is no figure of this name\."):
        Behind(firm, "cack")


def test_rows_are_a_frame_in_python(firm: Workspace) -> None:
    """Under the columns' own names, all of them."""
    firm.close()
    frame = Opened.open(firm.path).behind("refusals_by_reason", of=["Too dear"])
    assert list(frame["id"]) == ["1"]
    assert frame.loc[0, "waited_minutes"] == 20
