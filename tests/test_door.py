"""`import playbook as pb`: a light door, answers that show themselves in a notebook, and a workspace's tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

import playbook as pb
from playbook import questions, samples, steps
from playbook.errors import WorkspaceMissing
from playbook.model import Result
from playbook.walk import Walk
from playbook.workspace import Workspace

ASKED = {"price": 100, "cogs": 40, "monthly_retention": 0.8, "payback_target_months": 3, "cac": 120}
HEAVY = ("pydantic", "babel", "duckdb", "jinja2", "numpy", "scipy", "pandas", "altair", "marimo", "ipywidgets")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop with its imports."""
    return samples.create(tmp_path_factory.mktemp("door") / "shop", "ecommerce", "en").path


@pytest.fixture(scope="module")
def answers(shop: Path) -> list[Result]:
    """The shop's answers."""
    walk = Walk(Workspace.open(shop))
    return [answer for key in steps.STEPS if (answer := walk.answer(key)) is not None]


def loaded(program: str) -> set[str]:
    """Which heavy packages a program has loaded when it ends."""
    tail = f"; import sys, json; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", program + tail], capture_output=True, encoding="utf-8", check=True)
    return set(json.loads(run.stdout))


def test_the_door_alone_loads_nothing_heavy() -> None:
    """Questions are loaded when they are first named."""
    assert loaded("import playbook") == set()


def test_an_answer_loads_no_frames_and_no_charts() -> None:
    """pandas, Altair and the notebooks come only when asked for; showing an answer asks for none of them."""
    program = f"import playbook as pb; pb.UnitEconomics(**{ASKED!r}).solve()._repr_mimebundle_()"
    assert loaded(program) <= {"pydantic", "babel", "jinja2", "numpy", "scipy"}


def test_the_path_loads_no_numbers_library() -> None:
    """A cold start shows its first answer before anything of frames, draws, charts and data is loaded."""
    assert loaded("import playbook.walk") <= {"pydantic", "babel", "jinja2"}


def test_an_answer_shows_itself_in_a_cell() -> None:
    """In HTML with its drawing and in plain text, both with the verdict first and the admissible CAC of 60 x 2.44."""
    bundle = pb.UnitEconomics(**ASKED).solve()._repr_mimebundle_()
    assert sorted(bundle) == ["text/html", "text/plain"]
    assert "<svg" in bundle["text/html"]
    assert "$146" in bundle["text/html"].replace("\u00a0", " ")
    assert bundle["text/plain"].startswith("Do it. ")


def test_two_amounts_are_no_formula() -> None:
    """Jupyter sets what stands between two dollar signs as mathematics, except where it is told to leave it."""
    answer = pb.UnitEconomics(**ASKED).solve()
    assert answer._repr_mimebundle_()["text/html"].startswith('<div class="pb-cell mathjax_ignore tex2jax_ignore">')
    assert "mathjax_ignore" in answer.frame()._repr_html_()
    assert type(answer.frame().head()) is pd.DataFrame


def test_a_chart_is_drawn_without_the_network() -> None:
    """As SVG under its finding while nobody has chosen a renderer; also when it was changed; else in theirs."""
    chart = pb.UnitEconomics(**ASKED).solve().chart()
    for shown in (chart, chart.properties(width=300), chart.properties(title="Mine")):
        bundle = shown._repr_mimebundle_()
        assert sorted(bundle) == ["image/svg+xml", "text/plain"]
        assert bundle["image/svg+xml"].startswith("<svg")
    assert chart._repr_mimebundle_()["text/plain"].startswith("The money is back in month 3\n")
    with alt.renderers.enable("mimetype"):
        assert "image/svg+xml" not in chart._repr_mimebundle_()[0]


def test_an_answer_shows_itself_in_the_language_chosen() -> None:
    """The words and the money are Russian, to the last one."""
    answer = pb.UnitEconomics(**ASKED).solve()
    with pb.speaking("ru", "RUB"):
        text = pb.UnitEconomics(**ASKED).solve()._repr_mimebundle_()["text/plain"]
    assert "₽" in text
    assert text != answer._repr_mimebundle_()["text/plain"]


def test_every_answer_shows_itself(answers: list[Result]) -> None:
    """Every step, calculator and document that the shop has an answer for."""
    assert len(answers) >= 20
    for answer in answers:
        bundle = answer._repr_mimebundle_()
        assert bundle["text/plain"].splitlines()[0].endswith(answer.face().verdict.say)
        assert bundle["text/html"].count("pb-verdict") > 1  # in the looks and in the answer


def test_the_looks_of_a_cell_stay_in_it() -> None:
    """No rule of ours stands outside the cell's own block, and none names the page's root."""
    html = pb.UnitEconomics(**ASKED).solve()._repr_mimebundle_()["text/html"]
    looks = html.partition("<style>")[2].partition("</style>")[0]
    assert ":root" not in looks
    assert 'body[data-jp-theme-light="false"] & {' in looks  # JupyterLab's dark theme, whatever the system's is
    assert "body.dark" not in looks
    assert looks.startswith(".pb-cell {")
    assert looks.count("{") == looks.count("}")


@pytest.mark.parametrize("kind", ["spend", "touches", "leads", "orders"])
def test_a_workspace_gives_its_tables_as_frames(shop: Path, kind: str) -> None:
    """As many rows as the table holds, and its columns even where there is none."""
    frame = getattr(pb.open(shop), kind)()
    assert {"spend": "amount", "touches": "visited_at", "leads": "id", "orders": "revenue"}[kind] in frame.columns
    if kind in ("spend", "orders"):
        assert len(frame) > 100


def test_a_workspace_without_data_gives_empty_frames(tmp_path: Path) -> None:
    """An empty table is a table."""
    Workspace.create(tmp_path / "firm")
    frame = pb.open(tmp_path / "firm").orders()
    assert len(frame) == 0
    assert "revenue" in frame.columns


def test_a_broken_table_is_made_again(shop: Path) -> None:
    """The frame comes out of the originals all the same."""
    before = len(pb.open(shop).orders())
    for file in (shop / "tables").glob("*/orders.parquet"):
        file.write_bytes(b"rubbish")
    assert len(pb.open(shop).orders()) == before > 0


def test_a_workspace_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Words and no traceback of SQLite."""
    with pytest.raises(WorkspaceMissing):
        pb.open(tmp_path / "nowhere")


def test_the_door_lists_every_name() -> None:
    """What completion offers is there, and nothing else."""
    assert dir(pb) == sorted(pb.__all__)
    assert [name for name in pb.__all__ if getattr(pb, name, None) is None] == []


def test_every_question_stands_at_the_door() -> None:
    """What `playbook solve` asks, Python asks by the class's name."""
    assert {found.partition(":")[2] for found in questions.NAMES.values()} <= set(pb.__all__)
