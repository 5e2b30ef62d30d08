"""An answer's face as HTML: the same markup for the pages and for the report.

Texts come escaped and with the no-break spaces their language asks for. The looks of this markup lie beside it, in
`tokens.css` and `faces.css`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from playbook import addresses
from playbook.charts import Chart
from playbook.display import Face, Number, Point, Points, Ranking, Ruler, Section, Table, Verdict, capital
from playbook.faces.glyphs import glyph
from playbook.faces.typeset import bound, prose, quoted, strong
from playbook.i18n import t
from playbook.rules import Check

if TYPE_CHECKING:
    from jinja2 import Environment, Template

__all__ = [
    "Place",
    "bound",
    "cell",
    "chart",
    "css",
    "environment",
    "face",
    "glyph",
    "numbers",
    "prose",
    "rules",
    "rules_note",
    "section",
    "verdict",
]

HERE = Path(__file__).resolve().parent
PAPER = (
    "box-sizing: border-box; max-width: 720px; padding: 16px; border-radius: 10px; background: var(--pb-paper);"
    " color: var(--pb-ink); font: 400 16px/1.5 var(--pb-sans);"
)
"""The ground that a page lays under an answer and a cell of Jupyter does not."""
CELL = {
    ':root[data-theme="dark"]:not([data-paper]), body.dark, .dark': 'body[data-jp-theme-light="false"] &',
    ':root:not([data-theme="light"], [data-paper])': "body:not([data-jp-theme-light]) &",
    ":root": "&",
}
"""Selectors of a page's root and what stands for them in a cell."""
WIDE = 4
"""A table of so many columns becomes a list of cards on a phone."""


@dataclass(frozen=True)
class Place:
    """Where a step is found, and its name."""

    href: str
    title: str


Link = Callable[[str], Place | str | None]
"""The place of a step by its key: a `Place`, a bare address, or nothing where there is none."""


def verdict(shown: Verdict, link: Link | None = None, *, live: bool = False) -> Markup:
    """The verdict card; `live` announces a changed verdict to a screen reader."""
    ruler = _bar(shown.ruler) if shown.ruler else None
    place = _place(link(shown.step), t("faces", "Open it")) if link and shown.step else None
    return _render("verdict", verdict=shown, ruler=ruler, live=live, place=place)


def numbers(shown: Iterable[Number], *, paper: bool = False) -> Markup:
    """The figures with their definitions, folded; on `paper` they are written out."""
    found = tuple(shown)
    how = t("faces", "how it is counted")
    return _render("numbers", numbers=found, paper=paper, how=how) if found else Markup("")


def chart(shown: Chart | None) -> Markup:
    """The chart under its finding."""
    return _render("chart", chart=shown, drawing=Markup(shown.svg())) if shown else Markup("")  # noqa: S704 - svg() escapes


def section(shown: Section, link: Link | None = None, *, level: int = 3, leads: Sequence[Sequence[str]] = ()) -> Markup:
    """A table, a ranking or a list of findings under its title.

    `leads` are the addresses to which the cells of a table lead, row by row, empty where to none.
    """
    if isinstance(shown, Table):
        places = [[*row, *[""] * (len(shown.columns) - len(row))] for row in leads or [()] * len(shown.rows)]
        return _render("table", table=shown, level=level, stack=len(shown.columns) >= WIDE, places=places)
    if isinstance(shown, Ranking):
        return _render("ranking", ranking=shown, level=level, words=_ranking_words())
    return _render("points", points=shown, places=_places(shown, link), level=level)


def _opened(shown: Section) -> list[list[str]]:
    """The addresses of the rows behind a table's cells; none where nothing is served."""
    if not isinstance(shown, Table) or not addresses.place():
        return []
    return [[addresses.to(f"/rows/{each}") if each else "" for each in row] for row in shown.opens]


def rules(checks: Iterable[Check], *, level: int = 3, paper: bool = False) -> Markup:
    """The rules of thumb that the plan was held against, each with a glyph and a word.

    What such a rule is worth is said below them; on `paper` it is said once, where the sheet names its sources.
    """
    found = [(_met(check), check) for check in checks]
    if not found:
        return Markup("")
    title, note = t("faces", "Rules of thumb"), "" if paper else rules_note()
    return _render("rules", rules=found, level=level, title=title, words=_rule_words(), note=note)


def face(shown: Face, link: Link | None = None, *, level: int = 3, paper: bool = False, live: bool = False) -> Markup:
    """Everything a reader sees of an answer; `level` is the level of its headings.

    `paper` is for what is printed: nothing folded, nothing repeated. `live` announces a changed verdict.
    """
    parts = [verdict(shown.verdict, None if paper else link, live=live), numbers(shown.numbers, paper=paper)]
    if shown.notes:
        parts.append(_render("notes", notes=shown.notes))
    parts += [chart(each) for each in shown.charts]
    parts += [section(each, link, level=level, leads=() if paper else _opened(each)) for each in shown.sections]
    parts.append(rules(shown.rules, level=level, paper=paper))
    return Markup("\n").join(part for part in parts if part)


def cell(markup: str) -> str:
    """Markup for a cell of Jupyter, with its looks, which reach no further than the cell.

    Two amounts in dollars are no formula: Jupyter sets what stands between two `$` as one unless it is told.
    """
    inside = f'<style>{_cell_css()}</style><div class="pb">{markup}</div>'
    return f'<div class="pb-cell mathjax_ignore tex2jax_ignore">{inside}</div>'


def rules_note() -> str:
    """What a rule of thumb is worth."""
    return t("faces", "The author's rules of thumb, without statistics behind them. Not a ban, a reason to think.")


@cache
def css() -> str:
    """The tokens and the looks of everything here."""
    return "".join((HERE / name).read_text(encoding="utf-8") for name in ("tokens.css", "faces.css"))


@cache
def _cell_css() -> str:
    """The looks inside a cell: dark where JupyterLab is, elsewhere with the system."""
    looks = css()
    for page, cell in CELL.items():
        looks = looks.replace(page, cell)
    return f".pb-cell {{ {PAPER}\n{looks} }}"


@cache
def environment(folder: Path = HERE) -> Environment:
    """Jinja2 over the templates of `folder`: escaping always, with the filters and glyphs that every room uses."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(bound=bound, capital=capital, prose=prose, quoted=quoted, strong=strong)
    made.globals["glyph"] = glyph
    return made


@cache
def _template(name: str) -> Template:
    return environment().get_template(f"{name}.html")


def _render(name: str, **values: Any) -> Markup:
    return Markup(_template(name).render(values))  # noqa: S704 - the environment escapes


@dataclass(frozen=True)
class Bar:
    """A ruler ready to draw: places in per cent, the captions in the order in which they stand on the bar."""

    at: float
    limit: float
    left: tuple[str, bool]
    right: tuple[str, bool]

    @property
    def pad(self) -> float:
        """What is left free after the right caption, so that it ends at its mark."""
        return round(100 - max(self.at, self.limit), 1)


def _bar(ruler: Ruler) -> Bar:
    """The captions with whether they name the limit; the limit speaks louder."""
    at, limit = (min(max(place, 0.0), 100.0) for place in (ruler.at, ruler.lim))
    value, most = (ruler.value_text, False), (ruler.limit_text, True)
    return Bar(at, limit, value, most) if at <= limit else Bar(at, limit, most, value)


def _met(check: Check) -> Literal["met", "broken", "open"]:
    if check.met:
        return "met"
    return "open" if check.status == "below" and "A83" in check.rule.mission else "broken"


def _rule_words() -> dict[str, str]:
    return {
        "met": t("faces", "met"),
        "broken": t("faces", "not yet"),
        "open": t("faces", "too early"),
        "ours": t("faces", "our own threshold"),
    }


def _ranking_words() -> dict[str, str]:
    return {"pro": t("faces", "for: "), "con": t("faces", "against: ")}


def _places(points: Points, link: Link | None) -> list[tuple[Point, Place | None]]:
    return [(point, _place(link(point.step)) if link and point.step else None) for point in points.items]


def _place(found: Place | str | None, words: str = "") -> Place | None:
    if isinstance(found, str):
        return Place(found, words or t("faces", "To the step")) if found else None
    return found
