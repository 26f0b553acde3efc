"""What is said about an order: chases, comments, first answers, callers merged into it, notices read."""

from collections.abc import Iterable

from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import refresh_clocks
from app.commands.command import Command, Context, LongText, Moment, RowId, require_row
from app.commands.lines import Line, add_line, dump
from app.commands.orders import OrderCommand, active, crew_of, find_order, order_streams
from app.commands.work_orders import Reporter, add_reporter
from app.db.work_orders import Notice, WorkOrder
from app.domain.clock import cut_to_minute
from app.domain.errors import Param, RefusedError
from app.domain.permissions import Right, Rights, Role
from app.domain.work_orders import CHASES_TO_SUPERVISOR, CLOSED_STATES, check_text


class OrderContact(OrderCommand):
    """What these share: the order, and the right that is asked."""

    happened_at: Moment | None = None

    @override
    def happened(self) -> Moment | None:
        return self.happened_at

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(self._right(), find_order(session, self.work_order_id).site_id)

    def _right(self) -> Right:
        return Right.COMMENT


class ChaseWorkOrder(OrderContact):
    """The caller asks again: counted, the assignee marked; from the second chase, or once late, the supervisor told."""

    note: LongText = ""

    @override
    def _right(self) -> Right:
        return Right.CHASE

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        if order.state in CLOSED_STATES:
            raise RefusedError("order_is_closed")
        order.chase_count += 1
        order.chased_at = context.happened_at
        for member in active(crew_of(session, order.id)):
            member.chased_at = context.happened_at
        params: dict[str, Param] = {"count": order.chase_count, "note": check_text("note", self.note)}
        add_line(session, order, context, Line("chased", "line_chased", params))
        is_late = order.due_at is not None and order.due_at < cut_to_minute(context.happened_at)
        if order.chase_count >= CHASES_TO_SUPERVISOR or is_late:
            code = "notice_chased_late" if is_late else "notice_chased"
            _tell(session, order, context, Role.SUPERVISOR, code)


class CommentWorkOrder(OrderContact):
    """A remark on an order; may be added however it stands."""

    text: LongText

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        text = check_text("note", self.text, required=True)
        add_line(session, order, context, Line("comment", "line_comment", {"note": text}))


class AnswerWorkOrder(OrderContact):
    """The first answer to somebody who complained or gave an opinion: it ends the response clock."""

    text: LongText = ""

    @override
    def _right(self) -> Right:
        return Right.EDIT_ORDER

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        if order.state in CLOSED_STATES:
            raise RefusedError("order_is_closed")
        add_line(session, order, context, Line("answer", "line_answer", {"note": check_text("note", self.text)}))
        refresh_clocks(session, order)


class MergeReport(OrderContact):
    """Another caller reports what an open order is about already: they join it, and no order is opened.

    Who it was stands in the people stream alone; the line of the order names nobody.
    """

    description: LongText = ""
    reporter: Reporter

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return order_streams(session, self.work_order_id, people=True)

    @override
    def _right(self) -> Right:
        return Right.REPORT

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        if order.state in CLOSED_STATES:
            raise RefusedError("order_is_closed")
        add_reporter(session, order, self.reporter, context.row_id("reporter"))
        params = {"note": check_text("description", self.description)}
        add_line(session, order, context, Line("merged", "line_merged_caller", params))


class ReadNotice(OrderCommand):
    """Somebody has seen a notice; for a role, the first to see it has."""

    notice_id: RowId

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        notice = require_row(session, Notice, self.notice_id, "row_gone")
        is_theirs = notice.user_id == rights.user_id or (
            notice.role is not None and Role(notice.role) in rights.at(notice.site_id)
        )
        if not is_theirs:
            raise RefusedError("row_gone")

    @override
    def apply(self, session: Session, context: Context) -> None:
        notice = require_row(session, Notice, self.notice_id, "row_gone")
        if notice.read_at is None:
            notice.read_at, notice.read_by_user_id = context.happened_at, context.actor


def _tell(session: Session, order: WorkOrder, context: Context, role: Role, code: str) -> None:
    session.add(
        Notice(
            id=context.row_id("notice"),
            stream_id=order.stream_id,
            work_order_id=order.id,
            site_id=order.site_id,
            role=role,
            code=code,
            params=dump({"number": order.number, "count": order.chase_count, "place": order.place_label}),
            made_at=context.recorded_at,
        )
    )


KINDS: tuple[type[Command], ...] = (ChaseWorkOrder, CommentWorkOrder, AnswerWorkOrder, MergeReport, ReadNotice)
