"""The mapping file: which column of somebody's table fills which field, and how its cells are to be read.

The language is described in ``docs/import.md``.
"""

import re
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic import Field as Setting
from pydantic_core import ErrorDetails, PydanticCustomError

from app.domain.errors import InvalidError, NotFoundError, Param, StorageError
from app.exchange.fields import FIELDS, SHIFT_LIMIT_HOURS, Field, Form, Kind
from app.exchange.tables import TableForm

_MOMENTS = frozenset({Form.MOMENT, Form.DAY})
_TEXTS = frozenset({Form.LINE, Form.TEXT})
_OPTIONS: dict[str, frozenset[Form]] = {
    "formats": _MOMENTS,
    "midnight_is_day": frozenset({Form.MOMENT}),
    "join": _TEXTS,
    "html": _TEXTS,
    "split": frozenset({Form.PATH}),
    "values": frozenset(Form) - _MOMENTS,
    "otherwise": frozenset(Form) - _MOMENTS,
}
"""What may be said of fields of some forms only."""


def _tuple(value: object) -> object:
    """One text stands for a list of one."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("mapping_zone_unknown", "no such time zone", {"value": name}) from error
    return name


def _format(form: str) -> str:
    """A time format is right if the day of a moment comes back from it."""
    moment = datetime(2024, 12, 31, 13, 59, 58, tzinfo=UTC)
    try:
        day = datetime.strptime(moment.strftime(form), form).date()  # noqa: DTZ007
    except ValueError:
        day = None
    if day != moment.date():
        raise PydanticCustomError("mapping_format_wrong", "no time format", {"value": form})
    return form


def _pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise PydanticCustomError("mapping_pattern_wrong", "no pattern", {"value": pattern}) from error
    return pattern


Names = Annotated[tuple[str, ...], BeforeValidator(_tuple)]
Formats = Annotated[tuple[Annotated[str, AfterValidator(_format)], ...], BeforeValidator(_tuple)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Condition(_Part):
    """What a cell must be: one of ``equals``, ``empty`` or not, or like the pattern ``matches`` somewhere in it."""

    column: str
    equals: Names | None = None
    empty: bool | None = None
    matches: Annotated[str, AfterValidator(_pattern)] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(test is not None for test in (self.equals, self.empty, self.matches)) != 1:
            raise PydanticCustomError("mapping_condition_wrong", "one test", {})
        return self

    def holds(self, text: str) -> bool:
        """Whether a cell that says ``text`` is so."""
        if self.equals is not None:
            return text in self.equals
        if self.empty is not None:
            return (text == "") == self.empty
        return re.search(self.matches or "", text) is not None


class Skip(Condition):
    """Rows that are left out, and why."""

    reason: str = Setting(min_length=1, max_length=200)


class FieldMapping(_Part):
    """Where a field comes from and how it is read; with no column it is always ``default``."""

    column: Names = ()
    default: Names = ()
    join: str | None = None
    split: str | None = Setting(default=None, min_length=1)
    html: bool | None = None
    values: dict[str, str] | None = None
    otherwise: str | None = None
    formats: Formats | None = None
    midnight_is_day: bool | None = None
    when: Condition | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_columns(cls, value: object) -> object:
        return {"column": value} if isinstance(value, (str, list)) else value


class FileMapping(_Part):
    """A whole mapping file."""

    kind: Kind = Setting(strict=False)
    source: str = Setting(min_length=1, max_length=200)
    """What the rows' ids are made from, with the key: the same for every file of the same system."""
    key: Names = ()
    """The columns that tell one row from every other."""
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    """Of the times in the file; ``None``: that of the site."""
    shift_hours: float = Setting(default=0, ge=-SHIFT_LIMIT_HOURS, le=SHIFT_LIMIT_HOURS)
    """What the clock of the source was slow."""
    empty: Names = ()
    """Words that mean that a cell is empty."""
    file: TableForm = TableForm()
    fields: dict[str, FieldMapping]
    skip: Annotated[tuple[Skip, ...], BeforeValidator(_tuple)] = ()

    def columns(self) -> set[str]:
        """Every column that is named."""
        fields = self.fields.values()
        conditions: list[Condition] = [*self.skip, *(field.when for field in fields if field.when)]
        return {*self.key, *(c for field in fields for c in field.column), *(c.column for c in conditions)}


def load_mapping(path: Path) -> FileMapping:
    """Read a mapping file; raise an ``OpsError`` that names the line and the key of the first fault."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError("import_file_missing", file=str(path)) from error
    except OSError as error:
        raise StorageError("import_file_unreadable", file=str(path), detail=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InvalidError("mapping_not_utf8", file=path.name) from error
    return parse_mapping(text)


def parse_mapping(text: str) -> FileMapping:
    """Read the text of a mapping file; raise ``InvalidError`` as ``load_mapping`` does."""
    try:
        mapping = FileMapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise InvalidError("mapping_not_toml", line=line, detail=str(error)) from error
    except ValidationError as error:
        raise _said(text, error.errors()[0]) from error
    _check_fields(text, mapping)
    return mapping


def _check_fields(text: str, mapping: FileMapping) -> None:
    known = FIELDS[mapping.kind]
    for name, field in mapping.fields.items():
        if name not in known:
            raise _fault(text, ("fields", name), "mapping_field_unknown", known=", ".join(known))
        _check_field(text, name, field, known[name])
    for name, field_known in known.items():
        if field_known.is_required and name not in mapping.fields:
            raise _fault(text, ("fields",), "mapping_field_missing", field=name)
    if not mapping.key and mapping.kind in {Kind.ORDERS, Kind.RESIDENTS}:
        raise _fault(text, (), "mapping_key_missing", field="key")


def _check_field(text: str, name: str, field: FieldMapping, known: Field) -> None:
    if not field.column and not field.default:
        raise _fault(text, ("fields", name), "mapping_field_from_nowhere")
    for option, forms in _OPTIONS.items():
        if getattr(field, option) is not None and known.form not in forms:
            raise _fault(text, ("fields", name, option), "mapping_option_misplaced")
    if known.choices:
        for meant in (*(field.values or {}).values(), field.otherwise, *field.default):
            if meant and meant not in known.choices:
                place = ("fields", name)
                raise _fault(text, place, "mapping_choice_unknown", value=meant, known=", ".join(known.choices))
    if len(field.default) > 1 and known.form is not Form.PATH:
        raise _fault(text, ("fields", name, "default"), "mapping_value_wrong", expected="@mapping_type.text")


_TYPES = {"string": "text", "bool": "bool", "int": "number", "float": "number", "tuple": "list", "dict": "table"}
"""What pydantic calls a type, and the sentence that names it."""


def _said(text: str, error: ErrorDetails) -> InvalidError:
    """A fault that pydantic found, in our words."""
    place, kind, context = tuple(error["loc"]), error["type"], error.get("ctx", {})
    if kind.startswith("mapping_"):
        return _fault(text, place, kind, **context)
    if kind == "missing":
        return _fault(text, place[:-1], "mapping_key_missing", field=str(place[-1]))
    if kind == "extra_forbidden":
        return _fault(text, place, "mapping_key_unknown")
    if kind == "enum":
        return _fault(text, place, "mapping_choice_unknown", value=str(error["input"]), known=", ".join(Kind))
    expected = next((name for prefix, name in _TYPES.items() if kind == f"{prefix}_type"), "fitting")
    if kind in {"model_type", "model_attributes_type"}:
        expected = "table"
    return _fault(text, place, "mapping_value_wrong", expected=f"@mapping_type.{expected}")


def _fault(text: str, place: Sequence[str | int], code: str, **params: Param) -> InvalidError:
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)
    return InvalidError(code, line=_line_of(text, place), key=key, **params)


def _line_of(text: str, place: Sequence[str | int]) -> int:
    """The line where a key stands: found by looking for each part of its name behind the one before."""
    position = 0
    for part in place:
        if isinstance(part, int):
            for _ in range(part):
                position = max(position, text.find("[[", position + 2))
        elif found := re.compile(rf"""(?<![\w-])["']?{re.escape(part)}["']?\s*[=\].]""").search(text, position):
            position = found.start()
    return text.count("\n", 0, position) + 1
