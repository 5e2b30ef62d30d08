"""A chart of ours for Python: Altair's own object, which a cell of Jupyter shows without asking anyone outside."""

from __future__ import annotations

from io import StringIO
from typing import Any

import altair as alt

PAPER = "white"
"""The ground under the drawing, whose words are dark: a cell of JupyterLab may be dark, too."""


class Drawing(alt.LayerChart):
    """Drawn on this machine as SVG while nobody has chosen a renderer; Altair's default one asks a server outside."""

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:
        if alt.renderers.active != "default":
            return super()._repr_mimebundle_(*args, **kwargs)
        drawn = StringIO()
        self.properties(background=PAPER, padding=12).save(drawn, format="svg")
        return {"image/svg+xml": drawn.getvalue(), "text/plain": self._named()}

    def _named(self) -> str:
        """The finding and what is drawn, for where no picture is shown."""
        head = self.title
        return f"{head.text}\n{head.subtitle}" if isinstance(head, alt.TitleParams) else str(head)
