"""Which engine answers, what its address may say, and every definition in the words of every engine."""

from __future__ import annotations

import importlib
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
import sqlglot

from playbook import i18n
from playbook.data import Facts, NoFact, engines
from playbook.data.engine import VIEWS, definition, definitions
from playbook.data.engines import clickhouse, spark
from playbook.data.engines.address import Address
from playbook.data.engines.errors import EngineError, silent_error
from playbook.data.engines.statement import named
from playbook.data.kinds import KINDS
from playbook.errors import PlaybookError
from playbook.workspace import Workspace
from tests.data import clinic

DAYS = {"since": date(2026, 6, 1), "until": date(2026, 6, 30), "grain": "month"}
EACH = pytest.mark.parametrize("name", definitions())


def own_queries(name: str) -> set[str]:
    """The queries that a definition names itself."""
    return {query.alias for query in sqlglot.parse_one(definition(name), read="duckdb").find_all(sqlglot.exp.CTE)}


def test_engines_are_the_files_of_the_folder() -> None:
    """DuckDB is the first; a file more is an engine more."""
    assert engines.names() == ("duckdb", "clickhouse", "spark")


def test_duckdb_answers_unless_another_is_chosen(workspace: Workspace) -> None:
    """A new workspace names no engine."""
    assert engines.chosen(workspace) == "duckdb"
    assert engines.engine_at("duckdb").version().startswith("DuckDB ")


@EACH
def test_definition_is_whole_in_sparks_words(name: str) -> None:
    """Only tables of ours are read, as files, and the days stand in it."""
    written = spark.translated(name, DAYS, Path("/firm/tables/abc"))
    assert "$" not in written
    tree = sqlglot.parse_one(written, read="spark")
    read = {table.name for table in tree.find_all(sqlglot.exp.Table) if table.db == "parquet"}
    assert read
    assert read <= {f"file:///firm/tables/abc/{kind}.parquet" for kind in KINDS}
    assert not named(tree)


@EACH
def test_definition_is_whole_in_clickhouses_words(name: str) -> None:
    """Only copied tables are read, and letters of every alphabet are made small."""
    written = clickhouse.translated(name, DAYS, "playbook_1_2_")
    assert "$" not in written
    assert "LOWER(" not in written
    read = named(sqlglot.parse_one(written, read="clickhouse"))
    assert read
    assert read <= {f"playbook_1_2_{kind}" for kind in KINDS}


@EACH
def test_definition_gives_its_queries_names_of_their_own(name: str) -> None:
    """Tables and views become named queries on other engines, and Spark puts those of the views beside them."""
    tree = sqlglot.parse_one(definition(name), read="duckdb")
    views = {view for view in VIEWS if named(tree) & set(VIEWS)}
    taken = set(KINDS).union(*(own_queries(f"views/{view}") for view in views))
    assert not own_queries(name) & taken


def test_views_stand_before_what_is_made_over_them() -> None:
    """`sold` is made over `priced_items`, which is made over the items and their costs."""
    tree = sqlglot.parse_one(spark.translated("cohorts", DAYS, Path("/firm")), read="spark")
    assert isinstance(tree, sqlglot.exp.Select)
    names = [query.alias for query in tree.ctes]
    assert [name for name in names if name in VIEWS] == ["priced_items", "sold"]
    assert {"orders", "items", "costs"} < set(names[: names.index("priced_items")])
    assert names[-3:] == ["sold", "bought", "firsts"]


def test_clickhouse_orders_what_was_answered() -> None:
    """The order stands outside: within, `amount` would be a row's and not the sum."""
    written = clickhouse.translated("campaign_spend", DAYS, "t_")
    assert written.startswith("SELECT * FROM (WITH spend AS (SELECT * FROM t_spend) SELECT ")
    assert ") AS answer ORDER BY amount DESC, source, campaign SETTINGS " in written


def test_address_is_read_in_its_parts() -> None:
    """Host, port, user, database and options."""
    found = Address.of(" clickhouse://anna@db.example:8443/firm?secure=1 ")
    assert (found.scheme, found.host, found.port, found.user) == ("clickhouse", "db.example", 8443, "anna")
    assert (found.path, found.options) == ("firm", (("secure", "1"),))


@pytest.mark.parametrize("text", ["mysql://h:1/x", "spark", "spark://", "clickhouse", "address", ""])
def test_unknown_address_is_told_with_those_that_are(text: str) -> None:
    """A scheme without an engine, and an engine without a host."""
    with pytest.raises(PlaybookError, match=r"This is no address of an engine\.") as told:
        engines.engine_at(text)
    assert told.value.exit_code == 2
    assert told.value.hint.endswith("engines here: duckdb, clickhouse, spark")


def test_port_that_is_none_is_told() -> None:
    """What was seen is said."""
    with pytest.raises(PlaybookError) as told:
        engines.engine_at("spark://host:many")
    assert told.value.saw == "spark://host:many"


@pytest.mark.parametrize(
    "address",
    [
        "clickhouse://anna:hunter2@db/firm",
        "clickhouse://anna:hunter2@db:many/firm",
        "clickhouse://anna:hunter2/x@db",
        "clickhouse://anna:hun@ter2@db",
        "anna:hunter2@db",
        "mysql://anna:hunter2@db",
        "clickhouse://anna@db/firm?password=hunter2",
    ],
)
def test_no_fault_repeats_a_password(address: str) -> None:
    """Not with a wrong port, not in an option, not where the scheme is left out, nor a half of it."""
    with pytest.raises(PlaybookError) as told:
        engines.engine_at(address)
    assert "ter2" not in f"{told.value.what}{told.value.saw}{told.value.hint}"


@pytest.mark.parametrize("option", ["spark.jars", "spark.driver.extraJavaOptions", "spark.hadoop.fs.s3a.access.key"])
def test_spark_takes_sizes_and_places_only(option: str) -> None:
    """An address may come with somebody's workspace: it loads no program and reads no file."""
    with pytest.raises(PlaybookError, match="an option that is not taken") as told:
        engines.engine_at(f"spark://host?spark.executor.memory=4g&{option}=x")
    assert told.value.saw == option
    assert "spark.executor.memory" in told.value.hint


def test_password_is_refused_with_the_place_for_it() -> None:
    """A workspace is copied and mailed: its settings hold no secret."""
    with pytest.raises(PlaybookError) as told:
        engines.engine_at("clickhouse://anna:hunter2@db/firm")
    assert told.value.saw == "clickhouse://anna:***@db/firm"
    assert told.value.hint == "leave it out and set the variable PLAYBOOK_CLICKHOUSE_PASSWORD"


def test_address_where_nobody_listens_is_said_in_words() -> None:
    """A port of this machine that nothing has taken."""
    address = Address.of("spark://127.0.0.1:9")
    with pytest.raises(ConnectionRefusedError) as refused:
        address.knock(7077)
    told = silent_error(address, refused.value)
    assert (told.what, told.saw) == (
        "The engine spark://127.0.0.1:9 gave no answer. Figures you typed stand.",
        "nobody listens at this address",
    )


def test_missing_packages_are_named_with_the_command() -> None:
    """The tests' environment holds none of them, as a person's does not."""
    with pytest.raises(EngineError, match=r"The packages for spark are not installed\.") as told:
        engines.engine_at("spark://127.0.0.1:7077")
    assert told.value.saw == "pyspark"
    assert told.value.exit_code == 1
    assert told.value.hint.startswith(f"install them: {sys.executable} -m pip install pyspark; or go back: ")


THIRD = """
from playbook.data import engine
from playbook.data.engines.errors import DownError, silent_error

PACKAGES = ("duckdb",)
OPTIONS = frozenset()
asked = []


class Third:
    def __init__(self, address):
        self._address = address

    def rows(self, folder, name, values):
        asked.append(name)
        if self._address.host == "down":
            raise silent_error(self._address, "nobody listens", DownError)
        return engine.query(folder, name, values)

    def version(self):
        return "Third 1"


open_engine = Third
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A third engine, one file in the folder of engines; the definitions that it was asked for."""
    (tmp_path / "third.py").write_text(THIRD, "utf-8")
    monkeypatch.setattr(engines, "__path__", [*engines.__path__, str(tmp_path)])
    monkeypatch.setattr(engines, "_down", {})
    monkeypatch.delitem(sys.modules, "playbook.data.engines.third", raising=False)
    found: list[str] = importlib.import_module("playbook.data.engines.third").asked
    return found


def test_third_engine_is_one_file(workspace: Workspace, asked: list[str]) -> None:
    """It is named among the engines, and the workspace's figures come from it."""
    clinic.bring_all(workspace)
    ours = Facts(workspace).get("orders")
    assert engines.names() == ("duckdb", "clickhouse", "spark", "third")
    assert engines.use(workspace, "third://host") == "Third 1"
    assert Facts(workspace).get("orders") == ours
    assert "orders" in asked


@pytest.mark.usefixtures("asked")
def test_copied_folder_asks_no_engine(workspace: Workspace, tmp_path: Path) -> None:
    """The copy names the engine; that its tables may go there was said of the other folder, on this machine."""
    engines.use(workspace, "third://host")
    workspace.close()
    copy = Workspace.open(shutil.copytree(workspace.path, tmp_path / "copy"))
    assert (engines.named(copy), engines.chosen(copy)) == ("third://host", "duckdb")
    assert engines.chosen(workspace) == "third://host"
    assert "third" in engines.unasked(engines.named(copy))


@pytest.mark.usefixtures("asked")
def test_folder_in_the_place_of_another_asks_nobody_new(workspace: Workspace) -> None:
    """The same path with another address is another choice, which nobody made here."""
    engines.use(workspace, "third://host")
    workspace.set_setting("engine", "third://elsewhere")
    assert engines.chosen(workspace) == "duckdb"


@pytest.mark.usefixtures("asked")
def test_machine_that_keeps_no_notes_changes_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the choice cannot be noted it is not made."""
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("PLAYBOOK_STATE", str(tmp_path / "file" / "state"))
    with pytest.raises(PlaybookError, match="could not be noted on this machine"):
        engines.use(workspace, "third://host")
    assert engines.named(workspace) == "duckdb"


def test_engine_that_is_down_is_waited_for_once(workspace: Workspace, asked: list[str]) -> None:
    """Every figure says so, and only the first one knocked."""
    clinic.bring_all(workspace)
    engines.settle(workspace, "third://down")
    reasons = {fact.reason for fact in Facts(workspace).all().values() if isinstance(fact, NoFact)}
    assert reasons == {"The engine third://down gave no answer. Figures you typed stand."}
    assert len(asked) == 1


def test_figures_say_which_engine_is_missing_and_come_back(workspace: Workspace) -> None:
    """No page breaks: each figure is a reason in words; with DuckDB again it is a number again."""
    clinic.bring_all(workspace)
    engines.settle(workspace, "clickhouse://127.0.0.1:9/x")
    missing = Facts(workspace).get("orders")
    assert isinstance(missing, NoFact)
    assert missing.reason == "The packages for clickhouse are not installed."
    i18n.use("ru")
    in_russian = Facts(workspace).get("orders")
    assert isinstance(in_russian, NoFact)
    assert in_russian.reason == "Пакеты для clickhouse не установлены."
    i18n.use("en")
    engines.settle(workspace, "duckdb")
    assert not isinstance(Facts(workspace).get("orders"), NoFact)
