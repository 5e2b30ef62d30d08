"""A workspace in the hands of someone who writes Python: what its imported files say, as pandas frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from playbook.data import tables
from playbook.data.behind import EVERY_ROW, Behind
from playbook.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd


class Opened(Workspace):
    """A workspace with its tables; a frame is empty, with its columns, where no file gave such rows.

    Times are UTC, amounts are in the `currency` of their row, persons are salted hashes.
    """

    def spend(self) -> pd.DataFrame:
        """What was spent: a row for each day, source and campaign, with clicks and impressions."""
        return tables.frame(self, "spend")

    def touches(self) -> pd.DataFrame:
        """Visits: who came when, through which channel and by which UTM tags."""
        return tables.frame(self, "touches")

    def leads(self) -> pd.DataFrame:
        """Leads: when each was made and first answered, its status, source and reason of refusal."""
        return tables.frame(self, "leads")

    def orders(self) -> pd.DataFrame:
        """Orders: who paid when, revenue, direct costs, refund, and the lead each came from."""
        return tables.frame(self, "orders")

    def behind(self, figure: str, *, of: Sequence[str] = (), table: str = "", period: str = "") -> pd.DataFrame:
        """The rows behind a figure, such as `stale_leads`, the newest first, under their columns' own names.

        `of` chooses some of its lines, such as reasons of refusal; `table` another table that it was counted on;
        `period` one week or month, such as `2026-W14` or `2026-04`.

        Raises:
            PlaybookError: there is no such figure or period, the data do not tell it, or it was not counted on this
                table.
        """
        import pandas as pd

        found = Behind(self, figure, period).look(table, of, most=EVERY_ROW)
        return pd.DataFrame.from_records(list(found.rows), columns=list(found.columns))
