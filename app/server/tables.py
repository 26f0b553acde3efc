"""Tables that only the server has: who may sign in, which consoles there are, and what became of every command."""

from sqlalchemy import ForeignKey, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.db.base import NAMING, Id, LongText, Moment, Number
from app.domain.ids import named_id


class ServerBase(DeclarativeBase):
    """The tables of the server alone."""

    metadata = MetaData(naming_convention=NAMING)


SERVER_CONSOLE = named_id("console of the server")
"""What the server's own commands are sent from."""
SERVER_DESK = "00"
AUTOMATION_USER = named_id("automation")
"""Who the author of the server's own commands is."""


class ServerIdentity(ServerBase):
    """What server this is: one row."""

    __tablename__ = "server_identity"
    server_id: Mapped[Id] = mapped_column(primary_key=True)
    epoch: Mapped[Number] = mapped_column(default=1)
    company: Mapped[str] = mapped_column(default="")


class Account(ServerBase):
    """A person's way in; what others see of them is the synced ``app_user`` of the same id."""

    __tablename__ = "account"
    user_id: Mapped[Id] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    """Case-folded."""
    password_hash: Mapped[str | None]
    """``NULL``: nobody signs in with it (automation)."""
    is_active: Mapped[bool] = mapped_column(default=True)
    scope_version: Mapped[Number] = mapped_column(default=1)
    """Rises with every change of the person's grants."""


class Grant(ServerBase):
    """A role that a person holds at a site; ``""`` is every site."""

    __tablename__ = "grant"
    user_id: Mapped[Id] = mapped_column(ForeignKey("account.user_id"), primary_key=True)
    site_id: Mapped[Id] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class Attempt(ServerBase):
    """Failed sign-ins as somebody, or from somewhere; whether that somebody exists makes no difference."""

    __tablename__ = "attempt"
    subject: Mapped[str] = mapped_column(primary_key=True)
    """``login:…`` or ``address:…``."""
    failed_count: Mapped[Number] = mapped_column(default=0)
    since_at: Mapped[Moment]
    locked_until: Mapped[Moment | None]


class Console(ServerBase):
    """One installation of the program, by its cache folder."""

    __tablename__ = "console"
    id: Mapped[Id] = mapped_column(primary_key=True)
    number_prefix: Mapped[str | None] = mapped_column(unique=True)
    """The desk number; ``NULL`` for a script that opens no orders."""
    machine: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    lease: Mapped[str]
    previous_lease: Mapped[str | None]
    last_sequence: Mapped[Number] = mapped_column(default=0)
    last_recorded_at: Mapped[Moment | None]
    """The time of its latest command: the next one is never earlier."""
    minute_at: Mapped[Moment | None]
    """The beginning of the minute in which its pushes are counted."""
    minute_pushes: Mapped[Number] = mapped_column(default=0)
    is_revoked: Mapped[bool] = mapped_column(default=False)
    enrolled_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]


class ConsoleUser(ServerBase):
    """That a person has signed in at a console while the server was there."""

    __tablename__ = "console_user"
    console_id: Mapped[Id] = mapped_column(ForeignKey("console.id"), primary_key=True)
    user_id: Mapped[Id] = mapped_column(ForeignKey("account.user_id"), primary_key=True)
    last_online_at: Mapped[Moment]


class TokenPair(ServerBase):
    """An access and a refresh token, as their SHA-256; the pairs of one sign-in are a family."""

    __tablename__ = "session"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    refresh_hash: Mapped[str] = mapped_column(unique=True)
    family: Mapped[Id] = mapped_column(index=True)
    user_id: Mapped[Id] = mapped_column(ForeignKey("account.user_id"), index=True)
    console_id: Mapped[Id] = mapped_column(ForeignKey("console.id"), index=True)
    predecessor: Mapped[str | None]
    """The ``token_hash`` of the pair this one replaces, until this one is first used."""
    is_retired: Mapped[bool] = mapped_column(default=False)
    """A successor was used: whoever shows this pair's refresh token again has stolen it, or was stolen from."""
    token_expires_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    """The end of the refresh token."""


class Stream(ServerBase):
    """The unit of read permission and of order; its row is locked by whoever changes what it carries."""

    __tablename__ = "stream"
    id: Mapped[Id] = mapped_column(primary_key=True)
    site_id: Mapped[Id | None] = mapped_column(index=True)
    """``NULL``: the company's."""
    stream_class: Mapped[str]
    seq: Mapped[Number] = mapped_column(default=0)
    floor_seq: Mapped[Number] = mapped_column(default=0)
    """Removals up to here are forgotten: an older cursor must fetch the stream again."""


class Change(ServerBase):
    """The latest change of a row in a stream: one entry a row, moved forward each time."""

    __tablename__ = "change"
    stream_id: Mapped[Id] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[Id] = mapped_column(primary_key=True)
    seq: Mapped[Number]
    tx: Mapped[Number]
    """The last ``seq`` of its transaction: a page is cut only where this changes."""
    op: Mapped[str]
    """``put`` or ``remove``."""
    version: Mapped[Number]
    """The row's version after the change."""
    removed_at: Mapped[Moment | None]
    """When a removal came, so that it can be forgotten in time; ``NULL`` for ``put``."""

    __table_args__ = (UniqueConstraint("stream_id", "seq", name="uq_change_stream_id_seq"),)


class Handled(ServerBase):
    """What became of a command, so that sending it again has no second effect."""

    __tablename__ = "handled"
    command_id: Mapped[Id] = mapped_column(primary_key=True)
    console_id: Mapped[Id] = mapped_column(ForeignKey("console.id"))
    sequence: Mapped[Number]
    user_id: Mapped[Id]
    kind: Mapped[str]
    status: Mapped[str]
    reply: Mapped[LongText]
    """The result as JSON."""
    handled_at: Mapped[Moment] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("console_id", "sequence", name="uq_handled_console_id_sequence"),)


class Audit(ServerBase):
    """Who did what and who sent it; kept when the command's result is long forgotten."""

    __tablename__ = "audit"
    id: Mapped[Id] = mapped_column(primary_key=True)
    at: Mapped[Moment] = mapped_column(index=True)
    author_id: Mapped[Id | None]
    sender_id: Mapped[Id | None]
    """Whose token the message came under."""
    console_id: Mapped[Id | None]
    kind: Mapped[str]
    command_id: Mapped[Id | None] = mapped_column(index=True)
    detail: Mapped[LongText] = mapped_column(default="{}")
    """What became of it, as JSON."""


class Lease(ServerBase):
    """A task that one process at a time may do, and how far it has come."""

    __tablename__ = "lease"
    task: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(default="")
    until_at: Mapped[Moment]
    cursor: Mapped[Number] = mapped_column(default=0)
