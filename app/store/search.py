"""Search over everything: kept in step with the rows in the same transaction, asked through the reader's sessions."""

from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, column, delete, false, select
from sqlalchemy import table as sql_table
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.store.rows import chunks
from app.store.search_documents import MAKERS, Document, Words, dependents
from app.store.search_numbers import free_numbers, is_number_of
from app.store.search_terms import expression, spelling, terms
from app.store.tables import SEARCH_TEXT, SearchDocument

CREATE_TEXT = (
    f"CREATE VIRTUAL TABLE {SEARCH_TEXT} USING fts5 (codes, names, words, tokenize = 'unicode61', columnsize = 0)"
)
"""The full-text table, made by the first migration."""

_TEXT = sql_table(SEARCH_TEXT, column("rowid"), column(SEARCH_TEXT))


class _Tier(NamedTuple):
    """How a term must be found: the best hits come first."""

    columns: str
    is_exact: bool = False
    """The last word must be whole."""
    is_as_typed: bool = False
    """No other way to write it counts: ``3-1104`` is the flat 3 1104 before it is 3 1 104, both ``31104``."""


_TIERS = (
    _Tier("codes", is_exact=True, is_as_typed=True),
    _Tier("codes", is_exact=True),
    _Tier("codes", is_as_typed=True),
    _Tier("codes"),
    _Tier("codes names"),
    _Tier("codes names words"),
)


NAMED = 3
"""The first tier of what is found by words: those above are of numbers and flats."""


class Hit(NamedTuple):
    """Something found."""

    table: str
    row_id: str
    tier: int
    """0: a number or flat exactly so, 1: written otherwise; 2, 3: the beginning of one; 4: a name; 5: another word."""


def search(session: Session, text: str, streams: Collection[str], tables: Sequence[str], limit: int) -> list[Hit]:
    """The rows of ``tables`` that hold every term of ``text``, best and newest first, of the streams one may read."""
    wanted, spelt = terms(text), spelling(text)
    found: dict[tuple[str, str], Hit] = {}
    for place, tier in enumerate(_TIERS):
        if len(found) >= limit or not wanted:
            break
        parts = [_holds(term, spelt, streams, tier) for term in wanted]
        query = (
            parts[0]
            .with_only_columns(SearchDocument.subject_table, SearchDocument.subject_id)
            .where(SearchDocument.subject_table.in_(tables), *_also(parts[1:]))
            .order_by(_TEXT.c.rowid.desc())
            .limit(limit + len(found))
        )
        for table, row_id in session.execute(query):
            found.setdefault((table, row_id), Hit(table, row_id, place))
    return list(found.values())[:limit]


def matching(text: str, table: str, streams: Collection[str]) -> Select[str]:
    """A subquery of the ids of rows of ``table`` that hold every term of ``text``, for use inside another query."""
    wanted, spelt = terms(text), spelling(text)
    if not wanted:
        return select(SearchDocument.subject_id).where(false())
    parts = [_holds(term, spelt, streams, _TIERS[-1]).where(SearchDocument.subject_table == table) for term in wanted]
    return parts[0].where(*_also(parts[1:]))


def _also(parts: Sequence[Select[str]]) -> list[ColumnElement[bool]]:
    """That the same subject holds the other terms too, perhaps in another document of it."""
    return [SearchDocument.subject_id.in_(part) for part in parts]


def _holds(term: str, spelt: str, streams: Collection[str], tier: _Tier) -> Select[str]:
    """The subjects that hold a term, or all that is spelt with it: where each term may stand for all, so may one."""
    asked = expression(term, spelt, is_exact=tier.is_exact, is_as_typed=tier.is_as_typed)
    asked = f"{{{tier.columns}}} : ({asked})"
    return (
        select(SearchDocument.subject_id)
        .select_from(_TEXT.join(SearchDocument, SearchDocument.doc == _TEXT.c.rowid))
        .where(_TEXT.c[SEARCH_TEXT].op("MATCH")(asked), SearchDocument.stream_id.in_(list(streams)))
    )


def refresh(session: Session, changes: Changes) -> None:
    """Write the documents of rows that changed, and of those whose documents speak of them."""
    wanted = {table: set(changes.of(table)) for table in MAKERS}
    for table in MAKERS:
        for chunk in chunks(sorted(changes.of(table))):
            for other, ids in dependents(session, table, chunk):
                wanted[other].update(ids)
    for table, row_ids in wanted.items():
        for chunk in chunks(sorted(row_ids)):
            _write(session, table, chunk)


def forget_all(connection: Connection) -> None:
    """Delete every document, and leave none of their words behind."""
    connection.execute(_TEXT.delete())
    connection.execute(delete(SearchDocument))
    _sweep(connection)


def forget_streams(connection: Connection, streams: Iterable[str]) -> None:
    """Delete every document of these streams, and leave none of their words behind."""
    for stream in streams:
        documents = select(SearchDocument.doc).where(SearchDocument.stream_id == stream)
        connection.execute(_TEXT.delete().where(_TEXT.c.rowid.in_(documents)))
        connection.execute(delete(SearchDocument).where(SearchDocument.stream_id == stream))
    _sweep(connection)


def _sweep(connection: Connection) -> None:
    """Write the index anew: what was deleted stands in it until then."""
    connection.execute(_TEXT.insert().values({SEARCH_TEXT: "optimize"}))


def _write(session: Session, table: str, ids: Sequence[str]) -> None:
    """Bring the documents of these rows up to date; one that stands as it should is left alone."""
    connection = session.connection()
    documents = {document.row_id: document for document in MAKERS[table](session, ids)}
    stands = _standing(connection, table, ids)
    for row_id in [row_id for row_id, held in stands.items() if _is_current(held, documents.get(row_id))]:
        del stands[row_id], documents[row_id]
    _delete(connection, [held.doc for held in stands.values()])
    _insert(connection, table, list(documents.values()))


class _Held(NamedTuple):
    """A document as it stands in the index."""

    doc: int
    stream_id: str
    subject_id: str
    words: Words


def _standing(connection: Connection, table: str, ids: Sequence[str]) -> dict[str, _Held]:
    """Row → its document, of those that have one."""
    marks = ", ".join("?" * len(ids))
    rows = connection.exec_driver_sql(
        f"SELECT row_id, doc, stream_id, subject_id, codes, names, words FROM search_document "  # noqa: S608
        f"JOIN {SEARCH_TEXT} ON {SEARCH_TEXT}.rowid = doc WHERE table_name = ? AND row_id IN ({marks})",
        (table, *ids),
    )
    return {row_id: _Held(doc, stream, subject, Words(*words)) for row_id, doc, stream, subject, *words in rows}


def _is_current(held: _Held, document: Document | None) -> bool:
    return (
        document is not None
        and held[1:] == (document.stream_id, document.subject_id, document.words)
        and is_number_of(held.doc, document.at)
    )


def _delete(connection: Connection, docs: Sequence[int]) -> None:
    if values := [(doc,) for doc in docs]:
        connection.exec_driver_sql(f"DELETE FROM {SEARCH_TEXT} WHERE rowid = ?", values)  # noqa: S608  # ours
        connection.exec_driver_sql("DELETE FROM search_document WHERE doc = ?", values)


def _insert(connection: Connection, table: str, documents: Sequence[Document]) -> None:
    numbers = free_numbers(connection, [document.at for document in documents])
    numbered = sorted(zip(numbers, documents, strict=True), key=itemgetter(0))
    if numbered:
        connection.exec_driver_sql(
            "INSERT INTO search_document (doc, table_name, row_id, stream_id, subject_table, subject_id) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(number, table, *document[:4]) for number, document in numbered],
        )
        connection.exec_driver_sql(
            f"INSERT INTO {SEARCH_TEXT} (rowid, codes, names, words) VALUES (?, ?, ?, ?)",  # noqa: S608  # ours
            [(number, *document.words) for number, document in numbered],
        )
