"""Answers as pandas frames, which a cell of Jupyter shows in words."""

from __future__ import annotations

import pandas as pd


class Lines(pd.DataFrame):  # type: ignore[misc] # pandas has no types
    """A frame in which two amounts in dollars are not set as a formula; what is made of it is a plain frame."""

    def _repr_html_(self) -> str | None:
        with pd.option_context("display.html.use_mathjax", False):
            shown: str | None = super()._repr_html_()
        return shown
