"""What is written below the fields of a class, read out of the source when somebody asks.

pydantic can do so itself, by its tokenizer, at the birth of every class and for whoever may never ask: a fifth of the
processor's time that a report takes.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise


def of(cls: type) -> Mapping[str, str]:
    """The docstring of every field that has one, those of the bases among them.

    Empty where the source is not at hand, as for a class that was typed into a console.
    """
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if getattr(base, "model_fields", None):
            found |= _written(base.__module__).get(base.__qualname__, {})
    return found


@cache
def _written(module: str) -> Mapping[str, Mapping[str, str]]:
    """The docstrings of a module's fields, by the qualified name of their class."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (KeyError, OSError, TypeError):
        return {}
    return dict(_classes(ast.parse(source), ""))


def _classes(inside: ast.AST, path: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for node in ast.iter_child_nodes(inside):
        if isinstance(node, ast.ClassDef):
            yield path + node.name, dict(_fields(node))
            yield from _classes(node, f"{path}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield from _classes(node, f"{path}{node.name}.<locals>.")
        elif isinstance(node, ast.stmt):
            yield from _classes(node, path)


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(node.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
