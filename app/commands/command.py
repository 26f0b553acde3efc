"""What a command is: a frozen value that says what somebody wants done, and how it is done to the tables."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError
from sqlalchemy.orm import Session
from typing_extensions import override

from app.db.base import Synced
from app.domain.errors import ConflictError, NotFoundError
from app.domain.ids import derived_id
from app.domain.permissions import Rights
from app.domain.work_orders import LINE_LIMIT, TEXT_LIMIT, without_marks

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
RowId = Annotated[str, StringConstraints(pattern=_UUID)]
_YEARS = range(1900, 2200)
"""Years in which anything may happen: a time near the ends of the calendar could be written, but never read again."""


def _real_day(day: str) -> str:
    if date.fromisoformat(day).year not in _YEARS:
        raise ValueError("no day in living memory")
    return day


def _in_utc(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise ValueError("no time in living memory")
    return moment.astimezone(UTC)


Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real_day)]
ShortText = Annotated[str, StringConstraints(max_length=LINE_LIMIT), AfterValidator(without_marks)]
LongText = Annotated[str, StringConstraints(max_length=TEXT_LIMIT), AfterValidator(without_marks)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
OrderNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[0-9]{2,4}-[0-9]{3,9}$")]


@dataclass(frozen=True, slots=True)
class Context:
    """Who did it, when and from where: all from the envelope, so that every replay makes the same rows."""

    command_id: str
    actor: str | None
    """The ``app_user`` who did it; ``None`` for automation."""
    happened_at: datetime
    recorded_at: datetime
    is_offline: bool
    origin: str
    """The desk number of the console."""

    def row_id(self, part: object) -> str:
        """The id of a row that this command makes beside those named in its body."""
        return derived_id(self.command_id, part)


class Command(BaseModel):
    """The common form of every command; its kind is the name of its class.

    ``apply`` reads no clock, no randomness, no locale and no setting that is not a synced row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    version: ClassVar[int] = 1
    merge: ClassVar[Literal["fields", "atomic"]] = "atomic"
    size_limit: ClassVar[int] = 64 * 1024
    """Bytes of the body as JSON."""

    @abstractmethod
    def streams(self, session: Session) -> Iterable[str]:
        """Every stream whose rows ``apply`` may read for a rule or change; the server locks these first."""

    @abstractmethod
    def authorize(self, session: Session, rights: Rights) -> None:
        """Raise ``ForbiddenError`` unless a person with ``rights`` may do this to the rows as they are."""

    @abstractmethod
    def apply(self, session: Session, context: Context) -> None:
        """Do it. Raises a child of ``OpsError`` when a rule forbids it; the caller then rolls back."""

    def inverse(self, session: Session, context: Context) -> tuple["Command", ...]:  # noqa: ARG002
        """What would undo it, computed on the rows before ``apply``; empty when it cannot be undone."""
        return ()

    def reads(self) -> tuple[tuple[str, str], ...]:
        """``(table, id)`` of the rows whose versions the author saw and relied on."""
        return ()

    def happened(self) -> datetime | None:
        """When it happened, if that is told apart from when it was entered."""
        return None


class FieldsCommand(Command):
    """A command that sets fields of one row, merged field by field.

    Subclasses say which fields; the envelope carries as ``base`` what the author saw.
    """

    merge: ClassVar[Literal["fields", "atomic"]] = "fields"
    set: BaseModel
    """The values, only of the fields that the author set."""

    @abstractmethod
    def target(self, session: Session) -> Synced:
        """The row whose fields are set. Raises ``NotFoundError``."""

    def wanted(self) -> dict[str, Any]:
        """Field → value, only those that the author set."""
        return self.set.model_dump(exclude_unset=True)

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        row = self.target(session)
        try:
            before = type(self.set)(**{field: getattr(row, field) for field in self.wanted()})
        except ValidationError:  # what a newer program wrote cannot be put back by this one
            return ()
        return (self.model_copy(update={"set": before}),)


Row = TypeVar("Row", bound=Synced)


def require_row(session: Session, table: type[Row], row_id: str, code: str) -> Row:
    """The row, or ``NotFoundError(code)``."""
    row = session.get(table, row_id)
    if row is None:
        raise NotFoundError(code)
    return row


def require_row_of(session: Session, table: type[Row], row_id: str, stream: str, code: str) -> Row:
    """The row, if it is of ``stream``: a right at one site is none at another. Raises ``NotFoundError(code)``."""
    row = require_row(session, table, row_id, code)
    if row.stream_id != stream:
        raise NotFoundError(code)
    return row


def require_free(session: Session, table: type[Synced], row_id: str) -> None:
    """Raise ``ConflictError`` when there is such a row already."""
    if session.get(table, row_id) is not None:
        raise ConflictError("id_taken")
