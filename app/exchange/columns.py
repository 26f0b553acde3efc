"""A mapping bound to the columns of one table: reads the fields of a row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.domain.errors import InvalidError, Param
from app.exchange.fields import FIELDS, Field, Form
from app.exchange.mapping import FieldMapping, FileMapping
from app.exchange.rows import Cell, Rejection, Row, excerpt
from app.exchange.tables import Table
from app.exchange.values import (
    SourceClock,
    area_of,
    line_of,
    moment_of,
    phones_of,
    text_block_of,
    text_of,
    whole_of,
    without_html,
)

KEY = "key"
"""The field that the key columns make."""

_NOTHING = (None, "", ())


class RowReader:
    """Reads rows of a table as a mapping says."""

    def __init__(self, table: Table, mapping: FileMapping, clock: SourceClock) -> None:
        """Raise ``InvalidError`` if the table lacks a column that the mapping names."""
        self._table = table
        self._mapping = mapping
        self._places = _places(table, mapping)
        fields = dict(FIELDS[mapping.kind])
        mapped = dict(mapping.fields)
        if mapping.key:
            fields[KEY] = Field(Form.LINE, is_required=True)
            mapped[KEY] = FieldMapping(column=mapping.key, join=" / ")
        self._fields = {
            name: _FieldReader(mapped[name], field, self._places, mapping, clock)
            for name, field in fields.items()
            if name in mapped
        }

    def read(self, row: Row) -> dict[str, Any] | Rejection:
        """The fields of a row that are not empty, each in its form; or why the row is not taken."""
        values: dict[str, Any] = {}
        for rule in self._mapping.skip:
            cell = row.cells[self._places[rule.column]]
            if rule.holds(plain(cell, self._mapping.empty)):
                return Rejection(row.line, rule.column, "row_skipped", {"reason": rule.reason}, excerpt([cell]))
        for name, field in self._fields.items():
            try:
                value = field.read(row.cells)
            except InvalidError as fault:
                return self.rejection(row, name, fault.code, fault.params)
            if value not in _NOTHING:
                values[name] = value
            elif field.is_required:
                merged = self._table.merged_from(row.line, field.positions[0]) if field.positions else None
                if merged:
                    return self.rejection(row, name, "cell_merged", {"row": merged})
                return self.rejection(row, name, "cell_missing", {})
        return values

    def rejection(self, row: Row, name: str, code: str, params: Mapping[str, Param]) -> Rejection:
        """A row that is not taken because of one field."""
        positions = self._fields[name].positions if name in self._fields else ()
        filled = [p for p in positions if row.cells[p] != ""] or positions
        column = self._table.columns[filled[0]] if filled else ""
        return Rejection(row.line, column, code, params, excerpt(row.cells[p] for p in filled))


def plain(cell: Cell, empty: Sequence[str]) -> str:
    """What a cell says on one line; ``""`` if it is one of the words that mean so."""
    text = " ".join(str(cell).split())
    return "" if text in empty else text


def _places(table: Table, mapping: FileMapping) -> dict[str, int]:
    """Where each named column stands in a row."""
    for name in sorted(mapping.columns()):
        if table.columns.count(name) > 1:
            raise InvalidError("import_column_double", column=name)
        if name not in table.columns:
            known = ", ".join(filter(None, table.columns))
            raise InvalidError("import_column_missing", column=name, known=known[:1000])
    return {name: table.columns.index(name) for name in mapping.columns()}


class _FieldReader:
    """Reads one field from the cells of a row."""

    def __init__(
        self, how: FieldMapping, field: Field, places: Mapping[str, int], mapping: FileMapping, clock: SourceClock
    ) -> None:
        self.positions = tuple(places[column] for column in how.column)
        self.is_required = field.is_required
        self._how = how
        self._field = field
        self._places = places
        self._empty = mapping.empty
        self._clock = clock

    def read(self, cells: tuple[Cell, ...]) -> Any:
        """The field in its form, or nothing; raises ``InvalidError``."""
        how = self._how
        if how.when is not None and not how.when.holds(plain(cells[self._places[how.when.column]], self._empty)):
            return None
        found = [cells[p] for p in self.positions if plain(cells[p], self._empty)]
        if self._field.form in (Form.MOMENT, Form.DAY):
            found.extend(how.default)
            return self._moment(found[0]) if found else None
        texts = [text for text in map(self._text, found or [""] * bool(how.values)) if text]
        return _READERS[self._field.form](texts or list(how.default), how, self._field)

    def _moment(self, cell: Cell) -> Any:
        formats, is_day = self._how.formats or (), bool(self._how.midnight_is_day)
        if self._field.form is Form.MOMENT:
            return moment_of(cell, formats, self._clock, midnight_is_day=is_day)
        still = SourceClock(self._clock.zone, self._clock.shift * 0)
        return moment_of(cell, formats, still, midnight_is_day=True).at.astimezone(still.zone).date().isoformat()

    def _text(self, cell: Cell) -> str:
        text = without_html(text_of(cell)) if self._how.html else text_of(cell)
        values = self._how.values
        if values is None:
            return text
        word = " ".join(text.split())
        if word in values:
            return values[word]
        if self._how.otherwise is not None:
            return self._how.otherwise
        if word and self._field.choices:
            raise InvalidError("value_unknown", known=", ".join(values))
        return text


def _path(texts: Sequence[str], how: FieldMapping, _field: Field) -> tuple[str, ...]:
    parts = (part for text in texts for part in (text.split(how.split) if how.split else [text]))
    return tuple(filter(None, map(line_of, parts)))


def _choice(texts: Sequence[str], _how: FieldMapping, field: Field) -> str | None:
    word = " ".join(texts[0].split()) if texts else None
    if word is not None and word not in field.choices:
        raise InvalidError("value_unknown", known=", ".join(field.choices))
    return word


_READERS: Mapping[Form, Callable[[Sequence[str], FieldMapping, Field], Any]] = {
    Form.LINE: lambda texts, how, _: line_of((" " if how.join is None else how.join).join(map(str.strip, texts))),
    Form.TEXT: lambda texts, how, _: text_block_of(("\n" if how.join is None else how.join).join(texts)),
    Form.PATH: _path,
    Form.CHOICE: _choice,
    Form.PHONE: lambda texts, _, __: phones_of(texts[0])[0] if texts else None,
    Form.PHONES: lambda texts, _, __: phones_of("\n".join(texts)),
    Form.WHOLE: lambda texts, _, __: whole_of(texts[0]) if texts else None,
    Form.AREA: lambda texts, _, __: area_of(texts[0]) if texts else None,
}
