"""Faults of a question's field and of the machine in words: what is wrong, what was seen, what to do."""

from __future__ import annotations

import errno
import json
import re
from typing import Any

from playbook import paths
from playbook.errors import Problem
from playbook.i18n import number, share, t, typed_day
from playbook.specs import FieldSpec
from playbook.units import EXAMPLE

LONGEST_SEEN = 80
OUR_OWN = ("day", "series")
"""Kinds of faults that our own types raise, whose message is the hint already."""
BOUNDS = ("greater_than_equal", "greater_than", "less_than_equal", "less_than")
LENGTHS = ("string_too_long", "too_long", "too_short", "string_too_short")


def problem(specs: tuple[FieldSpec, ...], fault: dict[str, Any], *, on_screen: bool) -> Problem:
    """One of pydantic's faults, said by the field's label and in per cent on screen, else by its JSON name."""
    path = ".".join(str(part) for part in fault["loc"])
    spec = _find(specs, fault["loc"])
    name = spec.label if spec and on_screen else path
    what, hint = _explain(fault, spec, name, on_screen) or _unknown(fault, name, specs)
    saw = "" if fault["type"] == "missing" else seen(fault["input"])
    return Problem(path, what, f"{path}={saw}" if saw and not on_screen else saw, hint)


def outside(spec: FieldSpec, value: float, saw: str) -> Problem | None:
    """That a number typed into a field passes its bounds, said as on a screen; None when it does not."""
    low, high = spec.low, spec.high
    if low is not None and (value < low or (spec.above and value == low)):
        kind, limits = ("greater_than", {"gt": low}) if spec.above else ("greater_than_equal", {"ge": low})
    elif high is not None and value > high:
        kind, limits = "less_than_equal", {"le": high}
    else:
        return None
    return problem((spec,), {"type": kind, "loc": (spec.name,), "ctx": limits, "input": saw}, on_screen=True)


def seen(value: object) -> str:
    """A value as it was seen, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_SEEN else f"{text[:60]}… ({len(text)})"


def reason(error: OSError | UnicodeError) -> str:
    """Why a file could not be used, in the reader's words; the machine's own where there are none."""
    if isinstance(error, UnicodeDecodeError):
        return t("model", "byte {place} is not UTF-8", place=error.start)
    words = {
        errno.ENOENT: t("model", "it is not there"),
        errno.EACCES: t("model", "no right to use it"),
        errno.EPERM: t("model", "no right to use it"),
        errno.EROFS: t("model", "the disk may only be read"),
        errno.ENOSPC: t("model", "the disk is full"),
        errno.EISDIR: t("model", "it is a folder"),
        errno.ENOTDIR: t("model", "a part of the path is a file"),
        errno.EEXIST: t("model", "it is there already"),
        errno.ENAMETOOLONG: t("model", "the name is too long"),
        errno.EADDRINUSE: t("model", "another program uses it"),
        errno.EADDRNOTAVAIL: t("model", "this computer has no such address"),
    }
    return words.get(getattr(error, "errno", None) or 0, getattr(error, "strerror", None) or str(error))


def _explain(fault: dict[str, Any], spec: FieldSpec | None, name: str, on_screen: bool) -> tuple[str, str] | None:
    """What is wrong and what to do, for the kinds of fault that concern the value itself."""
    kind, limits = fault["type"], fault.get("ctx", {})
    if kind in BOUNDS:
        return _out_of_bounds(kind, limits, spec, name, on_screen)
    if kind in LENGTHS:
        return _wrong_length(kind, limits, name)
    if kind == "literal_error":
        listed = [value for value, _ in spec.choices] if spec else []
        options = ", ".join(listed or re.findall(r"'([^']*)'", str(limits.get("expected", ""))))
        what = t("model", "'{name}' has a value that is not on its list.", name=name)
        return what, t("model", "one of: {options}", options=options)
    if kind.startswith(("int", "float", "finite")):
        return _no_number(name, whole=kind.startswith("int"))
    return None


def _unknown(fault: dict[str, Any], name: str, specs: tuple[FieldSpec, ...]) -> tuple[str, str]:
    """What is wrong with a field that is missing, not known, or of another kind altogether."""
    if fault["type"] == "missing":
        return t("model", "'{name}' is missing.", name=name), t("model", "fill it in")
    if fault["type"] == "extra_forbidden":
        names = ", ".join(spec.name for spec in specs)
        return t("model", "There is no field '{name}'.", name=name), t("model", "the fields are: {names}", names=names)
    said = str(fault["msg"]) if fault["type"] in OUR_OWN else _shape(fault["type"])
    return t("model", "'{name}' cannot be read.", name=name), said


def _wrong_length(kind: str, limits: dict[str, Any], name: str) -> tuple[str, str]:
    most = limits.get("max_length", limits.get("min_length"))
    if kind.endswith("long"):
        return t("model", "'{name}' is too long: at most {most}.", name=name, most=most), t("model", "shorten it")
    return t("model", "'{name}' needs at least {most}.", name=name, most=most), t("model", "add what is missing")


def _no_number(name: str, *, whole: bool) -> tuple[str, str]:
    if whole:
        return t("model", "'{name}' needs a whole number.", name=name), t("model", "for example {example}", example=12)
    return t("model", "'{name}' needs a number.", name=name), t("model", "for example {example}", example=12.5)


def _shape(kind: str) -> str:
    """What is expected where a value of another kind was given."""
    word = kind.partition("_")[0]
    return {
        "bool": t("model", "true or false"),
        "string": t("model", "a text in quotes"),
        "tuple": t("model", "a list in square brackets"),
        "list": t("model", "a list in square brackets"),
        "dict": t("model", "an object in braces"),
        "model": t("model", "an object in braces"),
        "date": t("model", "a date such as {example}", example=typed_day(EXAMPLE)),
    }.get(word, t("model", "see: {playbook} solve --schema", playbook=paths.COMMAND))


def _out_of_bounds(
    kind: str, limits: dict[str, Any], spec: FieldSpec | None, name: str, on_screen: bool
) -> tuple[str, str]:
    bound = float(next(limits[name] for name in ("le", "lt", "ge", "gt") if name in limits))
    of_whole = spec is not None and spec.unit == "share"
    limit = share(bound) if of_whole and on_screen else number(bound)
    words = {
        "greater_than_equal": t("model", "'{name}' cannot be below {limit}.", name=name, limit=limit),
        "greater_than": t("model", "'{name}' must be above {limit}.", name=name, limit=limit),
        "less_than_equal": t("model", "'{name}' cannot be above {limit}.", name=name, limit=limit),
        "less_than": t("model", "'{name}' must be below {limit}.", name=name, limit=limit),
    }
    if not of_whole:
        return words[kind], _range_hint(spec)
    ends = {("greater_than_equal", 0.0), ("less_than_equal", 1.0)} | (
        {("greater_than", 0.0)} if not on_screen else set()
    )
    what = _no_share(kind, name, on_screen) if (kind, bound) in ends else words[kind]
    return what, t("model", "the number was kept as you typed it") if on_screen else t("model", "write 80% as 0.8")


def _no_share(kind: str, name: str, on_screen: bool) -> str:
    """That a share passes an end of the whole."""
    if on_screen:
        return t("model", "'{name}' is a share: from 0 to 100%.", name=name)
    return {
        "less_than_equal": t("model", "'{name}' is a share, so it cannot be above 1.", name=name),
        "greater_than": t("model", "'{name}' is a share, so it cannot be 0 or less.", name=name),
        "greater_than_equal": t("model", "'{name}' is a share, so it cannot be below 0.", name=name),
    }[kind]


def _range_hint(spec: FieldSpec | None) -> str:
    if spec is None or spec.low is None or spec.high is None or spec.high > 10**6:
        return t("model", "check the number and its unit")
    ends = {"low": number(spec.low), "high": number(spec.high)}
    return t("model", "above {low}, up to {high}", **ends) if spec.above else t("model", "from {low} to {high}", **ends)


def _find(specs: tuple[FieldSpec, ...], path: tuple[Any, ...]) -> FieldSpec | None:
    """The field a fault is in; rows are entered by name, their numbers skipped."""
    found: FieldSpec | None = None
    for part in path:
        match = next((spec for spec in specs if spec.name == part), None)
        if match is not None:
            found, specs = match, match.rows
    return found
