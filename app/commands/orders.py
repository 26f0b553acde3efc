"""What all commands on a work order share: finding it, its streams, its category, who may step it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.command import Command, RowId, require_row
from app.db.companies import AppUser, Category, Staff, Supplier
from app.db.work_orders import Assignment, WorkOrder
from app.domain.errors import Param
from app.domain.ids import COMPANY_STREAM, stream_id
from app.domain.permissions import Rights, StepQuestion
from app.domain.work_orders import ACTIVE_CREW, CrewState, Priority, State, known


class OrderCommand(Command):
    """Something done to one order, within the work stream of its site."""

    work_order_id: RowId

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return order_streams(session, self.work_order_id)


def find_order(session: Session, order_id: str) -> WorkOrder:
    """The order, or ``NotFoundError``."""
    return require_row(session, WorkOrder, order_id, "work_order_gone")


def order_streams(session: Session, order_id: str, *, people: bool = False) -> tuple[str, ...]:
    """The streams of an order's site that a command on it touches."""
    order = find_order(session, order_id)
    return site_streams(order.site_id, people=people)


def site_streams(site_id: str, *, people: bool = False) -> tuple[str, ...]:
    """The work stream of a site, and its people stream where asked for."""
    work = stream_id(site_id, "work")
    return (work, stream_id(site_id, "people")) if people else (work,)


def company_streams() -> tuple[str, ...]:
    """The company's stream alone."""
    return (COMPANY_STREAM,)


def needs_visit(session: Session, order: WorkOrder) -> bool:
    """Whether the order's category asks that somebody goes there."""
    category = session.get(Category, order.category_id) if order.category_id else None
    return category is None or bool(category.needs_visit)


def crew_of(session: Session, order_id: str) -> Sequence[Assignment]:
    """The order's crew, past members included, in the order they were sent."""
    query = select(Assignment).where(Assignment.work_order_id == order_id).order_by(Assignment.sort, Assignment.id)
    return session.scalars(query).all()


def active(crew: Iterable[Assignment]) -> list[Assignment]:
    """The members who are still to come, on the way or at work."""
    return [member for member in crew if member.state in ACTIVE_CREW]


def current(crew: Iterable[Assignment]) -> list[Assignment]:
    """The members who count for the order's state: active ones, and those who have finished."""
    return [member for member in crew if member.state not in (CrewState.REFUSED, CrewState.REMOVED)]


def member_ids(crew: Iterable[Assignment]) -> tuple[str, ...]:
    """Who the members are: staff ids and suppliers' ids."""
    return tuple(sorted(member.staff_id or member.supplier_id or "" for member in crew))


def set_lead(session: Session, order: WorkOrder) -> None:
    """Show the first of the crew on the order itself."""
    first = next(iter(current(crew_of(session, order.id))), None)
    order.lead_staff_id = first.staff_id if first else None
    order.lead_supplier_id = first.supplier_id if first else None


def staff_of_user(session: Session, user_id: str | None) -> str | None:
    """The member of staff that a signed-in person is, if any."""
    user = session.get(AppUser, user_id) if user_id else None
    return user.staff_id if user else None


def name_of(session: Session, staff_id: str | None, supplier_id: str | None = None) -> Param:
    """What an assignee is called in a sentence."""
    if staff_id:
        staff = session.get(Staff, staff_id)
        return staff.name if staff else "?"
    supplier = session.get(Supplier, supplier_id) if supplier_id else None
    return {"zh": supplier.name_zh, "en": supplier.name_en} if supplier else "?"


def question(
    session: Session, order: WorkOrder, rights: Rights, to: State, *, is_for_another: bool = False
) -> StepQuestion:
    """What the table of rights must know about this step."""
    crew = current(crew_of(session, order.id))
    return StepQuestion(
        state=known(State, order.state),
        to=to,
        priority=known(Priority, order.priority),
        is_own=rights.staff_id is not None and any(member.staff_id == rights.staff_id for member in crew),
        is_reporter=order.reported_by_user_id == rights.user_id,
        is_for_another=is_for_another,
        held_from=known(State, order.held_from) if order.held_from else None,
    )
