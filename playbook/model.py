"""A question is a frozen model of what is asked; solving it gives a frozen answer.

A field's docstring is its label (first line) and its hint (the rest) in every form, in the command line's help and in
the JSON schema; its type carries the unit and the bounds. Everything a reader sees of an answer is its `face()`.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from inspect import signature
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, ErrorDetails, PydanticKnownError

from playbook import docstrings, faults
from playbook.display import Face, Row
from playbook.errors import InvalidInput, Problem
from playbook.i18n import language, t
from playbook.specs import FieldSpec, Kind

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Part(BaseModel):
    """A row inside a question, such as one metric of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name_of_question: ClassVar[str] = ""
    labels: ClassVar[Mapping[str, str]] = {}
    """English labels of the values of choice fields."""

    @classmethod
    def fields(cls) -> tuple[FieldSpec, ...]:
        """What a form has to know of every field, in the order of the class."""
        return _specs(cls, language())

    @classmethod
    def value_names(cls, name: str) -> Mapping[str, str]:  # noqa: ARG003 - a question overrides it
        """What the values of a field are called where a catalogue names them; nothing where `labels` do."""
        return {}

    @classmethod
    def inner(cls, name: str) -> type[Part] | None:
        """The rows or the part that a field holds; None for a plain field."""
        return _part_type(_bare(cls.model_fields[name].annotation))

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        shown = handler(core)
        own = handler.resolve_ref_schema(shown)
        for name, text in docstrings.of(cls).items():
            own["properties"][name].setdefault("description", text)
        return shown

    @field_validator("*", mode="before")
    @classmethod
    def _no_flag_for_a_number(cls, value: Any, info: ValidationInfo) -> Any:
        """`true` is no 1, though Python says so."""
        if isinstance(value, bool) and _bare(cls.model_fields[str(info.field_name)].annotation) in (int, float):
            raise PydanticKnownError("float_type")
        return value


@dataclass(frozen=True)
class Shorthand:
    """A shorter way in which JSON may write a field of rows: its schema, shown beside the rows in `solve --schema`."""

    schema: Mapping[str, Any]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [dict(self.schema), handler(core)]}


class Inputs(Part):
    """A question. Subclasses name it, declare its fields and answer it in `solve`."""

    name: ClassVar[str]
    """The name of `playbook solve`, such as `unit-economics`."""
    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    """Form order: a title in English and its fields, those that move the verdict most first."""
    seldom: ClassVar[tuple[str, ...]] = ()
    """Titles of groups that most people leave empty: a form folds them until something stands there."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name_of_question = cls.__dict__.get("name", cls.name_of_question)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        asked = signature(cls)
        plain = [each.replace(annotation=_plain(each.annotation)) for each in asked.parameters.values()]
        cls.__signature__ = asked.replace(parameters=plain)

    def __init__(self, **data: Any) -> None:
        """Ask; what is given is checked at once.

        Raises:
            InvalidInput: with every faulty field, in the reader's language.
        """
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise InvalidInput(problems(type(self), error)) from None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The question asked by a JSON object.

        Raises:
            InvalidInput: with every faulty field, in the reader's language.
        """
        return cls(**{str(key): value for key, value in data.items()})

    @classmethod
    def holds(cls, name: str, value: float) -> bool:
        """Whether a field could hold this number, so that it may be named as a way out."""
        spec = next(spec for spec in cls.fields() if spec.name == name)
        low, high = (-math.inf if spec.low is None else spec.low), (math.inf if spec.high is None else spec.high)
        return math.isfinite(value) and low <= value <= high

    def solve(self) -> Result:
        """The answer."""
        raise NotImplementedError

    @classmethod
    def getdoc(cls) -> str:
        """What IPython shows for `pb.Goal?`: every field with its unit and bounds, in the reader's words."""
        from playbook import manual  # only a reader asks for it

        return manual.question(cls.__doc__, cls.fields(), t("model", "What cannot be used is told as InvalidInput."))


class Result(BaseModel):
    """An answer: plain values, and one `face()` that every face of the product shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def face(self) -> Face:
        """Verdict, numbers, chart and tables in the reader's language."""
        raise NotImplementedError

    def rows(self) -> list[Row]:
        """The numbers and tables as label, value and definition."""
        return self.face().rows()

    def frame(self) -> pd.DataFrame:
        """The same rows as a pandas frame."""
        from playbook.frames import Lines

        return Lines(
            [(row.label, row.value, row.definition) for row in self.rows()], columns=["label", "value", "definition"]
        )

    def chart(self) -> alt.Chart | alt.LayerChart | None:
        """The answer's chart as Altair, where it has one."""
        charts = self.face().charts
        return charts[0].altair() if charts else None

    def charts(self) -> list[alt.Chart | alt.LayerChart]:
        """Every chart of the answer as Altair, the main one first."""
        return [chart.altair() for chart in self.face().charts]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """How a cell of Jupyter shows the answer: with the words and drawings of every other face."""
        from playbook import faces  # a command that prints JSON draws nothing

        face = self.face()
        return {"text/html": faces.cell(faces.face(face)), "text/plain": "\n".join(face.lines())}

    def getdoc(self) -> str:
        """What IPython shows for `answer?`: each figure and how it is defined, in the reader's language."""
        from playbook import manual  # only a reader asks for it

        return manual.answer(type(self).__doc__, self.rows())

    def to_json(self) -> dict[str, Any]:
        """The answer as a JSON object: the names of the contract, without what was not asked."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return {key: value for key, value in data.items() if value is not None}


class NonAnswer(BaseModel):
    """What stands in place of a number that does not exist, with the reason and what to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Literal["never", "undefined", "unreachable", "not_yet"]
    reason: str
    hint: str = ""


class Provisional(BaseModel):
    """A number that may be read only with its warning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Literal["provisional"] = "provisional"
    value: float
    reason: str
    hint: str = ""


class Flip(Result):
    """An input and the value at which the verdict turns over."""

    field: str
    at: float


type_of_number = float | NonAnswer | Provisional


def known(value: object) -> float | None:
    """The number inside an answer's value; None for a non-answer."""
    if isinstance(value, Provisional):
        return value.value
    return float(value) if isinstance(value, int | float) else None


def check(part: type[Part], name: str, value: Any) -> Problem | None:
    """What is wrong with one field's value on its own, said as on a screen; None when nothing is."""
    try:
        _adapter(part, name).validate_python(value)
    except ValidationError as error:
        fault = {**error.errors(include_url=False)[0], "loc": (name,)}
        return faults.problem(part.fields(), fault, on_screen=True)
    return None


@cache
def _adapter(part: type[Part], name: str) -> TypeAdapter[Any]:
    info = part.model_fields[name]
    annotated: Any = Annotated[info.annotation, info]
    return TypeAdapter(annotated)


def problems(question: type[Part], error: ValidationError, *, on_screen: bool = False) -> list[Problem]:
    """Every fault that pydantic found, in the reader's language; on screen by labels, else by JSON names."""
    specs, found = question.fields(), error.errors(include_url=False)
    return [faults.problem(specs, dict(fault), on_screen=on_screen) for fault in found if not _echo(dict(fault), found)]


def _echo(fault: dict[str, Any], found: list[ErrorDetails]) -> bool:
    """Whether a list is called too short only because its one row is faulty itself."""
    place = fault["loc"]
    return fault["type"] == "too_short" and any(other["loc"][:-1][: len(place)] == place for other in found)


@cache
def _specs(cls: type[Part], _language: str) -> tuple[FieldSpec, ...]:
    told = docstrings.of(cls)
    return tuple(_spec(cls, name, info, told.get(name, name)) for name, info in cls.model_fields.items())


def _spec(cls: type[Part], name: str, info: FieldInfo, told: str) -> FieldSpec:
    unit = _unit(info)
    label, _, hint = told.partition("\n")
    context = cls.name_of_question
    annotation = _bare(info.annotation)
    rows = _part_type(annotation)
    return FieldSpec(
        name=name,
        label=t(context, label.strip().rstrip(".")),
        hint=t(context, " ".join(hint.split())) if hint.strip() else "",
        kind=_kind(annotation, unit),
        unit=unit,
        low=_bound(info, ("ge", "gt")),
        high=_bound(info, ("le", "lt")),
        choices=tuple(cls.value_names(name).items())
        or tuple((value, t(context, cls.labels.get(value, value))) for value in _literals(_of_list(annotation))),
        optional=not info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        rows=rows.fields() if rows else (),
        above=_bound(info, ("gt",)) is not None,
    )


def _bare(annotation: Any) -> Any:
    """The annotation without `| None` and `Annotated`."""
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation


def _plain(annotation: Any) -> Any:
    """The type alone, as a signature is read: units and bounds stand in the fields."""
    if get_origin(annotation) in (Union, types.UnionType):
        return Union[tuple(_plain(part) for part in get_args(annotation))]  # noqa: UP007 - a union of what was found
    if (listed := get_origin(annotation)) in (tuple, dict):
        return types.GenericAlias(listed, tuple(_plain(part) for part in get_args(annotation)))
    return _plain(get_args(annotation)[0]) if hasattr(annotation, "__metadata__") else annotation


def _kind(annotation: Any, unit: str) -> Kind:
    if _literals(annotation):
        return "choice"
    if annotation is bool:
        return "flag"
    if annotation in (int, float):
        return "number"
    if annotation is str or unit in ("series", "numbers", "path"):
        return "note" if unit in ("note", "series") else "text"
    if annotation is date:
        return "date"
    part = _part_type(annotation)
    return "data" if part is None else "part" if part is annotation else "rows"


def _of_list(annotation: Any) -> Any:
    """What a list is of; anything else as it is."""
    return _bare(get_args(annotation)[0]) if get_origin(annotation) is tuple else annotation


def _literals(annotation: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in get_args(annotation)) if get_origin(annotation) is Literal else ()


@cache
def _part_type(annotation: Any) -> type[Part] | None:
    """The `Part` of a nested field (`Part`) or of a list field (`tuple[Part, ...]`)."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, Part):
            return part
    return None


def _bound(info: FieldInfo, names: tuple[str, ...]) -> float | None:
    for item in _metadata(info):
        for name in names:
            if (value := getattr(item, name, None)) is not None:
                return float(value)
    return None


def _unit(info: FieldInfo) -> str:
    """The unit of the field's type, that of `X | None` too."""
    nested = (item for part in get_args(info.annotation) for item in getattr(part, "__metadata__", ()))
    for item in (info, *nested):
        extra = getattr(item, "json_schema_extra", None)
        if isinstance(extra, dict) and "unit" in extra:
            return str(extra["unit"])
    return ""


def _metadata(info: FieldInfo) -> list[Any]:
    """Constraints of the field, those inside `X | None` too."""
    found = list(info.metadata)
    for part in get_args(info.annotation):
        for item in getattr(part, "__metadata__", ()):
            found += item.metadata if isinstance(item, FieldInfo) else [item]
    return found
