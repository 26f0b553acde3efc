"""Turns the rows of a table into rows of an import, or says of each why not."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.commands.imported_rows import CategoryRow, ImportedRow, OrderRow, PlaceRow, ResidentRow, TimeName, WhereRow
from app.domain.errors import InvalidError, Param
from app.domain.work_orders import CLOSED_STATES, State
from app.exchange.columns import KEY, RowReader
from app.exchange.fields import Kind
from app.exchange.mapping import FileMapping
from app.exchange.rows import Rejection
from app.exchange.tables import Table
from app.exchange.values import LINE_LIMIT, Moment, SourceClock

Values = Mapping[str, Any]
_TIMES: tuple[TimeName, ...] = ("reported_at", "closed_at", "answered_at")


class Record(NamedTuple):
    """A row that can be taken, and the line it came from."""

    line: int
    row: ImportedRow


def read_records(
    table: Table, mapping: FileMapping, *, timezone: str, now: datetime, shift_hours: float | None = None
) -> Iterator[Record | Rejection]:
    """Read every row below the header, in order: each becomes one ``Record`` or one ``Rejection``.

    ``timezone`` is the site's, for a mapping that names none; ``shift_hours`` overrules the mapping's. Raises an
    ``OpsError`` at once if the table lacks a column that the mapping names, later if the file cannot be read on.
    """
    shift = timedelta(hours=mapping.shift_hours if shift_hours is None else shift_hours)
    clock = SourceClock(ZoneInfo(mapping.timezone or timezone), shift)
    return _records(table, RowReader(table, mapping, clock), _RowMaker(mapping.kind, clock.zone, now))


def _records(table: Table, reader: RowReader, maker: "_RowMaker") -> Iterator[Record | Rejection]:
    lines: dict[str, int] = {}
    for row in table:
        if isinstance(row, Rejection):
            yield row
            continue
        values = reader.read(row)
        if isinstance(values, Rejection):
            yield values
            continue
        try:
            made = maker.make(values)
        except _FieldError as fault:
            yield reader.rejection(row, fault.name, fault.code, fault.params)
            continue
        first = lines.setdefault(made.key, row.line)
        if first == row.line:
            yield Record(row.line, made)
        else:
            yield reader.rejection(row, KEY, "key_repeated", {"key": made.key, "first": first})


class _FieldError(InvalidError):
    """A field that is well by itself but does not go with the rest of its row."""

    def __init__(self, code: str, name: str, **params: Param) -> None:
        super().__init__(code, **params)
        self.name = name


class _RowMaker:
    """Makes the row of an import from the fields of a row of the table; raises ``_FieldError``."""

    def __init__(self, kind: Kind, zone: ZoneInfo, now: datetime) -> None:
        makers: Mapping[Kind, Callable[[Values], ImportedRow]] = {
            Kind.ORDERS: self._order,
            Kind.RESIDENTS: self._resident,
            Kind.PLACES: self._place,
            Kind.CATEGORIES: self._category,
        }
        self.make = makers[kind]
        self._zone = zone
        self._now = now

    def _order(self, values: Values) -> OrderRow:
        state = values["state"]
        reported: Moment = values["reported_at"]
        self._check_past("reported_at", reported)
        closed_at = self._after(reported, values, "closed_at", "closed_before_reported")
        answered_at = self._after(reported, values, "answered_at", "answered_before_reported")
        if state in CLOSED_STATES and closed_at is None:
            raise _FieldError("closed_time_missing", "closed_at", state=f"@state.{state}")
        if state not in CLOSED_STATES and closed_at is not None:
            raise _FieldError("closed_time_of_open", "closed_at", state=f"@state.{state}")
        if "answer" in values and answered_at is None and closed_at is None:
            raise _FieldError("answer_time_missing", "answered_at")
        return OrderRow(
            key=values[KEY],
            number=values.get("number", values[KEY]),
            category=values.get("category", ()),
            description=values["description"],
            reported_at=reported.at,
            closed_at=closed_at,
            state=state,
            cancel_reason=values.get("cancel_reason") if state == State.CANCELLED else None,
            priority=values.get("priority"),
            where=_where(values),
            reporter_name=values.get("reporter_name", ""),
            reporter_phone=values.get("reporter_phone", ""),
            answer=values.get("answer", ""),
            answered_at=answered_at,
            days=tuple(name for name in _TIMES if name in values and values[name].is_day),
        )

    def _resident(self, values: Values) -> ResidentRow:
        return ResidentRow(
            key=values[KEY],
            name=values["name"],
            phones=values.get("phones", ()),
            where=_where(values),
            relation=values.get("relation", "owner"),
            since=values.get("since"),
            note=values.get("note", ""),
        )

    def _place(self, values: Values) -> PlaceRow:
        where = _where(values)
        if not where.building and not where.place:
            raise _FieldError("place_nowhere", "building")
        parts = (where.building, where.entrance, where.unit or where.place)
        return PlaceRow(
            key=_key(values, "building", parts),
            where=where,
            area_dm2=values.get("area"),
            layout=values.get("layout", ""),
        )

    def _category(self, values: Values) -> CategoryRow:
        path, path_en = values["path"], values.get("path_en", ())
        if path_en and len(path_en) != len(path):
            raise _FieldError("path_en_differs", "path_en", levels=len(path), levels_en=len(path_en))
        return CategoryRow(
            key=_key(values, "path", path),
            path=path,
            path_en=path_en,
            priority=values.get("priority"),
            keywords=values.get("keywords", ""),
        )

    def _check_past(self, name: str, moment: Moment) -> None:
        if moment.at > self._now:
            raise _FieldError("time_in_future", name)

    def _after(self, reported: Moment, values: Values, name: str, code: str) -> datetime | None:
        """A time that cannot be before the report; a day without a time may be the day of the report."""
        moment: Moment | None = values.get(name)
        if moment is None:
            return None
        self._check_past(name, moment)
        day, reported_day = (m.at.astimezone(self._zone).date() for m in (moment, reported))
        if day < reported_day or (moment.at < reported.at and not moment.is_day):
            params = {"reported": self._said(reported), "then": self._said(moment)}
            raise _FieldError(code, name, **params)
        return max(moment.at, reported.at)

    def _said(self, moment: Moment) -> str:
        """A time as the file has it, corrected by the shift."""
        return f"{moment.at.astimezone(self._zone):%Y-%m-%d{'' if moment.is_day else ' %H:%M'}}"


def _where(values: Values) -> WhereRow:
    if "unit" in values and "building" not in values:
        raise _FieldError("unit_without_building", "unit")
    return WhereRow(
        building=values.get("building", ""),
        entrance=values.get("entrance", ""),
        floor=values.get("floor"),
        unit=values.get("unit", ""),
        place=values.get("place", ""),
        label=values.get("place_label", ""),
    )


def _key(values: Values, name: str, parts: tuple[str, ...]) -> str:
    """The key columns, or what the row is called where there are none."""
    key: str = values.get(KEY) or " / ".join(filter(None, parts))
    if len(key) > LINE_LIMIT:
        raise _FieldError("cell_text_too_long", name, length=len(key), limit=LINE_LIMIT)
    return key
