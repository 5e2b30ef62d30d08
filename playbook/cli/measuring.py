"""`metrics`, `ten` and `rows`: what the imported data say, each figure with its passport and what it was counted on."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from playbook.cli.options import AsJson, Folder, Lang, app, opened
from playbook.cli.speech import print_json
from playbook.errors import PlaybookError
from playbook.i18n import t


@app.command(help="Show every metric that the imported data give, and why the others are not told.")
def metrics(
    workspace: Folder,
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, such as 2026-06-01.")] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day.")] = "",
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Print each metric of the catalogue with its passport, or the named reason why there is no number."""
    from playbook.data.passports import passports
    from playbook.data.sums import ALWAYS

    asked = opened(workspace, lang)
    found = passports(asked, (_day(since, "from", ALWAYS[0]), _day(until, "to", ALWAYS[1])))
    if as_json:
        print_json([one.to_json() for one in found])
    else:
        typer.echo("\n".join(one.line() for one in found))


@app.command(help="Answer the ten questions from the imported data, each with its source or with why it cannot be.")
def ten(workspace: Folder, as_json: AsJson = False, lang: Lang = "") -> None:
    """Print the ten questions with what the data answer and on what days, or why they cannot."""
    from playbook import ten_from_data
    from playbook.walk import Walk

    found = ten_from_data.answers(Walk(opened(workspace, lang)))
    if as_json:
        print_json([one.to_json() for one in found])
    else:
        typer.echo("\n".join([ten_from_data.count(found), "", *(one.line() for one in found)]))


@app.command(help="Print the rows behind a figure of the data as CSV: its leads, orders, visits or lines of spend.")
def rows(
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help="The figure, such as stale_leads or cac.")],
    workspace: Folder,
    of: Annotated[list[str] | None, typer.Option("--of", metavar="LINE", help="One of its lines only.")] = None,
    table: Annotated[str, typer.Option("--table", metavar="NAME", help="Another table that it was counted on.")] = "",
    week: Annotated[str, typer.Option("--week", metavar="WEEK", help="One week only, such as 2026-W14.")] = "",
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help="One month only, such as 2026-04.")] = "",
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Print what a figure was counted on, the newest first; nothing personal is in it."""
    from playbook.data.behind import EVERY_ROW, Behind

    if week and month:
        raise PlaybookError(t("cli", "A week or a month, not both."), saw=f"{week}, {month}", field="week")
    behind = Behind(opened(workspace, lang), figure, week or month)
    if as_json:
        print_json(behind.look(table, of or (), most=EVERY_ROW).to_json())
    else:
        typer.echo(behind.csv(table, of or ()), nl=False)


def _day(typed: str, option: str, default: date) -> date:
    """The day of an option; the default where it was left out."""
    from playbook.units import read_day

    try:
        return date.fromisoformat(str(read_day(typed))) if typed else default
    except ValueError as error:
        raise PlaybookError(t("cli", "This is not a date."), saw=typed, hint=str(error), field=option) from None
