"""A definition as one statement of another engine: its views and tables stand before it as named queries.

sqlglot writes it in the engine's own words, so that a definition is kept once. What an engine still reads otherwise is
mended in the engine's file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlglot
from sqlglot import exp

from playbook.data.engine import VIEWS, definition
from playbook.data.kinds import KINDS

OURS = "duckdb"
"""The dialect that definitions are written in."""


def statement(name: str, values: Mapping[str, Any], source: Callable[[str], exp.Expr]) -> exp.Expr:
    """`sql/NAME.sql` with `values` for its `$names`; `source` gives the query that reads a table."""
    tree = _parsed(name)
    needs, parts = named(tree), dict[str, exp.Expr]()
    for view in reversed(VIEWS):
        if view in needs:
            parts = {view: _parsed(f"views/{view}"), **parts}
            needs |= named(parts[view])
    parts = {kind: source(kind) for kind in KINDS if kind in needs} | parts
    for one in (tree, *parts.values()):
        _fill(one, values)
    _before(tree, parts)
    return tree


def named(tree: exp.Expr) -> set[str]:
    """The tables and views that a query reads, without the queries that it names itself."""
    own = {query.alias for query in tree.find_all(exp.CTE)}
    return {table.name for table in tree.find_all(exp.Table) if not table.db} - own


def _parsed(name: str) -> exp.Expr:
    return sqlglot.parse_one(definition(name), read=OURS)


def _fill(tree: exp.Expr, values: Mapping[str, Any]) -> None:
    for place in list(tree.find_all(exp.Parameter, exp.Placeholder)):
        place.replace(exp.Literal.string(str(values[place.name])))


def _before(tree: exp.Expr, parts: Mapping[str, exp.Expr]) -> None:
    """Put named queries before those that the statement has."""
    first = [exp.CTE(this=query, alias=exp.TableAlias(this=exp.to_identifier(name))) for name, query in parts.items()]
    own = tree.args.get("with_")
    tree.set("with_", exp.With(expressions=first + (own.expressions if own else [])))
