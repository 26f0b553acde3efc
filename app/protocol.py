"""The messages between console and server, as they stand on the wire."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from app.commands.command import Moment, RowId

PROTOCOL_MIN = 1
PROTOCOL_MAX = 1
BATCH_LIMIT = 50
"""Commands a push (PostgreSQL caches 64 subtransactions)."""
BATCH_BYTES = 1024 * 1024
PAGE_ROWS = 5_000
PAGE_ROWS_ON_SCREEN = 1_000
"""Rows a page of a pull while a window is open."""
PASSWORD_LIMIT = 1_000
MARKER = "steward/1"
"""Stands in every reply: a reply without it came from something else, or was cut short."""

HEADER_CONSOLE = "X-Steward-Console"
HEADER_PROTOCOL = "X-Steward-Protocol"
HEADER_REQUEST = "X-Request-Id"
HEADER_LENGTH = "X-Steward-Length"
"""Bytes of the reply's body before compression: ``requests`` hands on a reply cut in its headers as 200 and empty."""

Json = dict[str, Any]


def _is_text(text: str) -> str:
    text.encode()  # raises for half a sign, which JSON can hold
    if "\x00" in text:
        raise ValueError("a zero byte is no text")
    return text


Text = Annotated[str, AfterValidator(_is_text)]
"""Text that every database can hold."""


class Message(BaseModel):
    """Base of all messages: unknown fields of a newer peer are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Read(Message):
    """A row the author relied on, and the version of it they saw."""

    table: str
    id: RowId
    version: int


class Envelope(Message):
    """A command on its way, with all that the server needs to judge and apply it."""

    command_id: RowId
    sequence: int = Field(ge=1)
    kind: str = Field(pattern=r"^[A-Za-z]{1,64}$")
    version: int = Field(ge=1)
    stream_ids: tuple[RowId, ...]
    user_id: RowId
    made_at: AwareDatetime
    clock_offset_ms: int = 0
    offline: bool = False
    depends_on: tuple[RowId, ...] = ()
    undoes: RowId | None = None
    replaces: RowId | None = None
    reads: tuple[Read, ...] = ()
    base: Json = Field(default_factory=dict)
    body: Json


class AppliedContext(Message):
    """The times the server took, after clamping; the console applies with these from then on."""

    happened_at: Moment
    recorded_at: Moment


class Refusal(Message):
    """Why a command had no effect, as a sentence, and what its author may do."""

    code: str
    params: Json = Field(default_factory=dict)
    is_conflict: bool = False
    resolve: tuple[Literal["edit", "retry", "discard"], ...] = ("edit", "retry", "discard")


Status = Literal["accepted", "merged", "rejected", "blocked", "unsupported"]


class Result(Message):
    """What became of one command."""

    command_id: str
    status: Status
    replayed: bool = False
    seqs: dict[str, int] = Field(default_factory=dict)
    renumbered: str | None = None
    """The number a new order got instead of the one it came with."""
    context: AppliedContext | None = None
    body: Json | None = None
    by: str | None = None
    """The refused command that this one depends on."""
    error: Refusal | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    """What an import did: rows ``added`` and ``kept``."""


class PushRequest(Message):
    """Commands in the order of one console."""

    batch: tuple[Envelope, ...] = Field(max_length=BATCH_LIMIT)


class Reply(Message):
    """What every reply carries."""

    marker: str = MARKER
    server_time: Moment
    epoch: int


class PushReply(Reply):
    """A result for every command of the batch, in order."""

    last_sequence: int
    results: tuple[Result, ...]


class StreamScope(Message):
    """A stream that a person may read."""

    stream_id: str
    site_id: str | None
    """``None``: the company's."""
    stream_class: str


class Scope(Message):
    """What a person may read and do, as of ``version``."""

    version: int
    streams: tuple[StreamScope, ...]
    roles: dict[str, tuple[str, ...]]
    """Site id → roles; under ``""`` those held at every site."""


class SignInRequest(Message):
    """A person at a console."""

    login: Text = Field(max_length=100)
    password: Text = Field(max_length=PASSWORD_LIMIT)
    console_id: Text | None = None
    machine: Text = Field(default="", max_length=200)
    """Hash of the machine's own id, and …"""
    name: Text = Field(default="", max_length=200)
    """… what people call it."""
    enrol: bool = True
    """Ask for a desk number; scripts that only import need none of their own."""


class SignInReply(Reply):
    """Who that is, and the tokens for what follows."""

    user_id: str
    name: str
    login: str
    staff_id: str | None
    title_zh: str = ""
    title_en: str = ""
    token: str
    refresh_token: str
    token_expires_at: AwareDatetime
    console_id: str
    """Another than was asked with: this console must enrol anew, and has just done so."""
    number_prefix: str
    """The desk number; ``""`` without one."""
    lease: str
    """Of a console that has just enrolled; ``""`` for one that has its own already."""
    offline_days: int
    scope: Scope


class RefreshRequest(Message):
    """Asks for a new pair of tokens."""

    refresh_token: Text


class RefreshReply(Reply):
    """The new pair; the old refresh token stays valid until this one has been used."""

    token: str
    refresh_token: str
    token_expires_at: AwareDatetime


class PasswordRequest(Message):
    """The signed-in person's own new password."""

    old: Text = Field(max_length=PASSWORD_LIMIT)
    new: Text = Field(max_length=PASSWORD_LIMIT)


class HandshakeRequest(Message):
    """Says what this console is and speaks."""

    lease: Text
    app_version: str
    command_versions: dict[str, int]
    schema_revision: str = ""


class HandshakeReply(Reply):
    """Says what the server is and speaks."""

    server_id: str
    lease: str
    protocol_min: int
    protocol_max: int
    command_versions: dict[str, int]
    last_sequence: int
    scope: Scope
    addresses: tuple[str, ...] = ()
    offline_until: Moment


class PullRequest(Message):
    """Asks for what changed since the cursor of each stream."""

    epoch: int
    scope_version: int
    cursor: dict[str, int]
    limit: int = Field(default=PAGE_ROWS, ge=1, le=PAGE_ROWS)


class StreamPage(Message):
    """How far one stream was read."""

    next: int
    head: int
    more: bool = False
    reset: bool = False
    """The cursor is older than what the server remembers of removals: fetch this stream again."""


class TablePage(Message):
    """Rows of one table: columns once, values in their order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class PullReply(Reply):
    """What changed: rows to put, ids to remove as ``(id, stream_id, version)``."""

    scope: Scope | None = None
    streams: dict[str, StreamPage]
    tables: dict[str, TablePage] = Field(default_factory=dict)
    removed: dict[str, tuple[tuple[str, str, int], ...]] = Field(default_factory=dict)


class SnapshotReply(Reply):
    """One page of a first fetch of one table of one stream."""

    stream_id: str
    head: int
    """The stream's counter when this page was read; a pull from the *first* page's head follows the fetch."""
    table: str
    page: TablePage
    after: str | None
    """Ask with this for the next page; ``None`` when the table is whole."""


class ErrorReply(Reply):
    """A request that could not be done at all."""

    code: str
    params: Json = Field(default_factory=dict)
    last_sequence: int | None = None


class HealthReply(Reply):
    """Answers anyone: what server this is."""

    server_id: str
    company: str
    app_version: str
    protocol_min: int
    protocol_max: int
