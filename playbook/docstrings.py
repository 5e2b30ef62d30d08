"""What is written below the fields of a class, read out of the source when somebody asks.

pydantic can do so itself, by its tokenizer, at the birth of every class and for whoever may never ask: a fifth of the
processor's time that a report takes.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

_BODIES = re.compile(r"^( *)(?:@|def |async def )[^\n]*\n(?:(?:\1[ )][^\n]*|)\n)*", re.MULTILINE)
"""Functions as they stand in a formatted source; no field is in them, and without them a source is read in a tenth."""


def of(cls: type) -> Mapping[str, str]:
    """The docstring of every field that has one, those of the bases among them.

    Empty where the source is not at hand, as for a class that was typed into a console.
    """
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if getattr(base, "model_fields", None):
            inside = "<locals>" in base.__qualname__
            found |= _written(base.__module__, inside_functions=inside).get(base.__qualname__, {})
    return found


@cache
def _written(module: str, *, inside_functions: bool) -> Mapping[str, Mapping[str, str]]:
    """The docstrings of a module's fields, by the qualified name of their class."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (KeyError, OSError, TypeError):
        return {}
    tree = ast.parse(source) if inside_functions else _parsed(source)
    return dict(_classes(tree, ""))


def _parsed(source: str) -> ast.Module:
    """A source without its functions, or whole where it is written in a way of its own."""
    try:
        return ast.parse(_BODIES.sub("", source))
    except SyntaxError:
        return ast.parse(source)


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
