"""Tables that only the console has: what waits to be sent, what the server last said, drafts, search, who signed in."""

from typing import Any

from sqlalchemy import JSON, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.db.base import NAMING, Id, LongText, Moment, Number

_JSON = JSON(none_as_null=True)


class LocalBase(DeclarativeBase):
    """The tables of this PC alone; nothing here is ever sent as a row."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: _JSON, list[str]: _JSON, list[dict[str, Any]]: _JSON}  # noqa: RUF012


class Outbox(LocalBase):
    """A command somebody gave, from the moment it was typed until it is done or discarded."""

    __tablename__ = "outbox"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    """The order in which commands were given here."""
    command_id: Mapped[Id] = mapped_column(unique=True)
    sequence: Mapped[Number | None] = mapped_column(unique=True)
    """The number it was sent under; ``NULL`` before the first sending."""
    kind: Mapped[str]
    version: Mapped[Number]
    body: Mapped[dict[str, Any]]
    base: Mapped[dict[str, Any]]
    """What the author saw of the fields that the body sets."""
    reads: Mapped[list[dict[str, Any]]]
    """``{"table", "id", "version"}`` of the rows the author relied on."""
    stream_ids: Mapped[list[str]]
    user_id: Mapped[Id]
    made_at: Mapped[Moment]
    """By this PC's own clock, uncorrected."""
    clock_offset_ms: Mapped[Number] = mapped_column(default=0)
    is_offline: Mapped[Number] = mapped_column(default=0)
    depends_on: Mapped[list[str]]
    undoes: Mapped[Id | None]
    replaces: Mapped[Id | None]
    inverse: Mapped[list[dict[str, Any]]]
    """``{"kind", "version", "body"}`` of the commands that would undo it, as of its last application."""
    status: Mapped[str] = mapped_column(default="pending", index=True)
    context: Mapped[dict[str, Any] | None]
    """The times the server took; until then they follow from ``made_at``."""
    seqs: Mapped[dict[str, Any] | None]
    """Stream → the counter at which its effect can be seen."""
    renumbered: Mapped[str | None]
    error: Mapped[dict[str, Any] | None]
    """Why the server refused it: ``{"code", "params", "is_conflict", "resolve"}``."""
    by: Mapped[Id | None]
    """The refused command that blocked this one."""
    is_unsure: Mapped[Number] = mapped_column(default=0)
    """1 while it cannot be applied to the rows as they are now; only the server refuses."""
    settled_at: Mapped[Moment | None]


class MadeRow(LocalBase):
    """A row that a command not yet settled made, or stepped as a whole: what later commands depend on."""

    __tablename__ = "made_row"
    row_id: Mapped[Id] = mapped_column(primary_key=True)
    command_id: Mapped[Id] = mapped_column(primary_key=True, index=True)


class BaseRow(LocalBase):
    """The server's image of a row that pending commands changed; ``NULL`` where it had none."""

    __tablename__ = "base_row"
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[Id] = mapped_column(primary_key=True)
    image: Mapped[LongText | None]


class Cursor(LocalBase):
    """How far a stream has been read; a stream without one is not followed yet."""

    __tablename__ = "cursor"
    stream_id: Mapped[Id] = mapped_column(primary_key=True)
    seq: Mapped[Number]


class Fetch(LocalBase):
    """A first fetch under way: which table is asked for next, after which row."""

    __tablename__ = "fetch"
    stream_id: Mapped[Id] = mapped_column(primary_key=True)
    stream_class: Mapped[str]
    table_name: Mapped[str]
    after: Mapped[str | None]
    head: Mapped[Number | None]
    """The stream's counter at the first page; the pull that follows starts there."""
    is_again: Mapped[Number] = mapped_column(default=0)
    """1 for a stream fetched anew: its rows stay, and those not met are swept at the end."""


class MetRow(LocalBase):
    """A row met while its stream is fetched anew."""

    __tablename__ = "met_row"
    stream_id: Mapped[Id] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[Id] = mapped_column(primary_key=True)


class Draft(LocalBase):
    """Something half-typed, kept as it is typed."""

    __tablename__ = "draft"
    id: Mapped[Id] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="intake")
    user_id: Mapped[Id] = mapped_column(index=True)
    """Whose it is now."""
    author_id: Mapped[Id]
    author_name: Mapped[str] = mapped_column(default="")
    """Who began it."""
    caller: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    first_words: Mapped[str] = mapped_column(default="")
    body: Mapped[dict[str, Any]]
    made_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    parked_at: Mapped[Moment | None]
    """``NULL`` while somebody is typing it."""
    handed_to_id: Mapped[Id | None]
    handed_by_id: Mapped[Id | None]
    handed_at: Mapped[Moment | None]


class SearchDocument(LocalBase):
    """A row that can be found; its words stand in the full-text table under the same number."""

    __tablename__ = "search_document"
    doc: Mapped[int] = mapped_column(primary_key=True)
    """Rises with the time of the subject, so that the newest are found first without sorting."""
    table_name: Mapped[str]
    row_id: Mapped[Id]
    stream_id: Mapped[Id]
    """Not indexed: a search must never begin from all documents of a stream."""
    subject_table: Mapped[str]
    """What a hit leads to: a caller's line leads to its order, a telephone number to the resident."""
    subject_id: Mapped[Id] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("table_name", "row_id"),)


SEARCH_TEXT = "search_text"
"""The full-text table, which no ORM class stands for: ``doc`` → codes, names, words."""


class LocalUser(LocalBase):
    """A person who has signed in here while the server was in reach."""

    __tablename__ = "local_user"
    user_id: Mapped[Id] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title_zh: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    staff_id: Mapped[Id | None]
    verifier: Mapped[str | None]
    """Argon2 hash of the password; ``NULL`` once the right to sign in offline is lost."""
    roles: Mapped[dict[str, Any]]
    """Site → roles; under ``""`` those held everywhere."""
    streams: Mapped[list[dict[str, Any]]]
    """``{"stream_id", "site_id", "stream_class"}`` of what the person may read."""
    scope_version: Mapped[Number] = mapped_column(default=0)
    last_online_at: Mapped[Moment]
    offline_until: Mapped[Moment]
    failed_count: Mapped[Number] = mapped_column(default=0)
    locked_until: Mapped[Moment | None]


class SavedFilter(LocalBase):
    """A filter of a list that a person keeps under a name."""

    __tablename__ = "saved_filter"
    id: Mapped[Id] = mapped_column(primary_key=True)
    user_id: Mapped[Id] = mapped_column(index=True)
    page: Mapped[str]
    name: Mapped[str]
    body: Mapped[dict[str, Any]]
    is_starred: Mapped[Number] = mapped_column(default=0)
    sort: Mapped[Number] = mapped_column(default=0)


class Meta(LocalBase):
    """What this console is: its id, desk number, lease, the server it belongs to."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Counter(LocalBase):
    """The last order number given here on a local day (``YYYY-MM-DD``)."""

    __tablename__ = "counter"
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[Number]
