"""Opening, correcting, moving and crewing orders, and what is said about them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command, Context
from app.commands.contacts import AnswerWorkOrder, ChaseWorkOrder, CommentWorkOrder, MergeReport, ReadNotice
from app.commands.crews import AddToCrew, AssignWorkOrder, RemoveFromCrew
from app.commands.steps import CancelWorkOrder, HoldWorkOrder, ReopenWorkOrder, ResumeWorkOrder, StepWorkOrder
from app.commands.work_orders import EditReporter, EditWorkOrder, MoveWorkOrder, Reporter, WorkOrderFields
from app.db.residents import OrderReporter
from app.db.work_orders import Assignment, DataError, Notice, Timeline, WorkOrder
from app.domain.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, RefusedError
from app.domain.ids import new_id, stream_id
from app.domain.permissions import Rights, Role
from app.domain.work_orders import CancelReason, HoldReason, State
from tests.factories import (
    BUILDING,
    CLERK,
    HE,
    LIFT,
    LIFT_FIRM,
    NOON,
    OTHER_SITE,
    OTHER_UNIT,
    PLACE,
    SITE,
    SUN,
    SUPERVISOR,
    UNIT,
    a_context,
    a_report,
    a_step,
    an_assignment,
    an_id,
    do,
    rights,
)

MINUTE = timedelta(minutes=1)


def reported(session: Session, **values: Any) -> WorkOrder:
    report = a_report(**values)
    do(session, report)
    return session.get_one(WorkOrder, report.id)


def undo(session: Session, command: Command, at: Context | None = None) -> None:
    """Do a command, then its inverse as computed before it."""
    context = at or a_context(NOON + 2 * MINUTE)
    inverse = command.inverse(session, context)
    do(session, command, context)
    for step in inverse:
        do(session, step, a_context(context.recorded_at + MINUTE))


# ----------------------------------------------------------------------------------------------------------- reporting


@pytest.mark.parametrize(
    ("where", "label", "building"),
    [
        ({"unit_id": UNIT}, "3 幢 1502", BUILDING),
        ({"unit_id": UNIT, "place_note": "厨房"}, "3 幢 1502 厨房", BUILDING),
        ({"unit_id": None, "place_id": PLACE}, "地库 B1", None),
        ({"unit_id": None, "asset_id": LIFT}, "3-1-1# 客梯", BUILDING),
        ({"unit_id": None, "building_id": BUILDING}, "3 幢", BUILDING),
        ({"unit_id": None, "place_note": "东门外"}, "东门外", None),
    ],
)
def test_an_order_is_called_after_the_narrowest_place_it_names(
    session: Session, where: dict[str, Any], label: str, building: str | None
) -> None:
    order = reported(session, **where)
    assert (order.place_label, order.building_id) == (label, building)


def test_who_reported_is_kept_in_the_people_stream_under_the_order_s_own_id(session: Session) -> None:
    order = reported(session, reporter=Reporter(name="吴桂芳", phone="138-0013-2046"), asked_again=("phone",))
    row = session.get_one(OrderReporter, order.id)
    assert (row.name, row.phone, row.stream_id) == ("吴桂芳", "13800132046", stream_id(SITE, "people"))
    assert [(error.field, error.kind) for error in session.scalars(select(DataError))] == [("phone", "asked_again")]
    assert session.get(OrderReporter, reported(session, number="260916-07-002").id) is None


def test_an_order_that_names_a_place_of_another_site_or_nothing_known_is_refused(session: Session) -> None:
    for values, code in (
        ({"site_id": OTHER_SITE}, "place_of_other_site"),
        ({"asset_id": an_id("no asset")}, "place_of_other_site"),
        ({"category_id": an_id("no category")}, "category_gone"),
        ({"description": "\u202e "}, "text_missing"),
    ):
        with pytest.raises((InvalidError, NotFoundError), match=code):
            a_report(**values).apply(session, a_context())
    order = reported(session)
    with pytest.raises(ConflictError, match="id_taken"):
        a_report(id=order.id).apply(session, a_context())


def test_a_report_needs_the_right_at_its_site_and_names_both_streams(session: Session) -> None:
    report = a_report(happened_at=NOON)
    report.authorize(session, rights())
    with pytest.raises(ForbiddenError, match="no_right"):
        report.authorize(session, rights(site_id=OTHER_SITE))
    assert set(report.streams(session)) == {stream_id(SITE, "work"), stream_id(SITE, "people")}
    assert report.happened() == NOON


# ------------------------------------------------------------------------------------------------------------- editing


def test_an_edit_writes_one_line_counts_a_correction_once_and_can_be_undone(session: Session) -> None:
    order = reported(session)
    edit = EditWorkOrder(
        id=order.id, set=WorkOrderFields(unit_id=OTHER_UNIT, place_label="3 幢 0902"), is_correction=True
    )
    inverse = edit.inverse(session, a_context())
    do(session, edit, a_context(NOON + MINUTE))
    do(session, edit, a_context(NOON + 2 * MINUTE))
    assert [(error.field, error.kind) for error in session.scalars(select(DataError))] == [("place", "corrected")]
    assert len(session.scalars(select(Timeline).where(Timeline.kind == "edited")).all()) == 1
    for command in inverse:
        do(session, command, a_context(NOON + 3 * MINUTE))
    assert (order.unit_id, order.place_label) == (UNIT, "3 幢 1502")


def test_a_closed_order_only_takes_what_may_follow_later(session: Session) -> None:
    order = reported(session)
    do(session, StepWorkOrder(work_order_id=order.id, from_state=State.REPORTED, to=State.CLOSED))
    do(session, EditWorkOrder(id=order.id, set=WorkOrderFields(result="电话里解释清楚了", minutes=5)))
    assert order.minutes == 5
    with pytest.raises(RefusedError, match="order_is_closed"):
        EditWorkOrder(id=order.id, set=WorkOrderFields(description="别的事")).apply(session, a_context())


def test_priority_is_the_desk_s_while_it_triages_and_the_supervisor_s_after(session: Session) -> None:
    order = reported(session)
    edit = EditWorkOrder(id=order.id, set=WorkOrderFields(priority="P2"))
    edit.authorize(session, rights())
    order.state = State.DISPATCHED
    with pytest.raises(ForbiddenError):
        edit.authorize(session, rights())
    edit.authorize(session, rights(SUPERVISOR, Role.SUPERVISOR))
    assert edit.reads() == (("work_order", order.id),)
    with pytest.raises(NotFoundError, match="work_order_gone"):
        list(EditWorkOrder(id=new_id(), set=WorkOrderFields(priority="P2")).streams(session))


def test_an_edit_checks_text_places_and_category(session: Session) -> None:
    order = reported(session)
    for fields, code in (
        (WorkOrderFields(description=" "), "text_missing"),
        (WorkOrderFields(unit_id=an_id("nowhere")), "place_of_other_site"),
        (WorkOrderFields(category_id=an_id("nothing")), "category_gone"),
    ):
        with pytest.raises((InvalidError, NotFoundError), match=code):
            EditWorkOrder(id=order.id, set=fields).apply(session, a_context())


def test_a_wrong_reporter_is_mended_and_put_back(session: Session) -> None:
    order = reported(session, reporter=Reporter(name="无名", phone="1"))
    edit = EditReporter(work_order_id=order.id, reporter=Reporter(name="吴桂芳", phone="13800132046"))
    edit.authorize(session, rights())
    assert stream_id(SITE, "people") in edit.streams(session)
    undo(session, edit)
    assert session.get_one(OrderReporter, order.id).name == "无名"
    unknown = reported(session, number="260916-07-002")
    add = EditReporter(work_order_id=unknown.id, reporter=Reporter(name="新来的"), is_correction=False)
    assert add.inverse(session, a_context()) == ()
    do(session, add)
    assert session.get_one(OrderReporter, unknown.id).name == "新来的"


def test_a_reporter_whom_somebody_else_has_mended_meanwhile_is_left_alone(session: Session) -> None:
    wrong, mine, theirs = (Reporter(name=name, phone="138 0013 2046") for name in ("无名", "吴桂芳", "吴贵芳"))
    order = reported(session, reporter=wrong)
    edit = EditReporter(work_order_id=order.id, reporter=mine, seen=wrong)
    (back,) = edit.inverse(session, a_context())
    do(session, edit)
    do(session, edit)  # as its author wants it already
    do(session, EditReporter(work_order_id=order.id, reporter=theirs, seen=mine))
    for late in (edit, back):
        with pytest.raises(ConflictError, match="field_changed_meanwhile"):
            late.apply(session, a_context())
    assert session.get_one(OrderReporter, order.id).name == "吴贵芳"


def test_an_order_moves_to_another_site_with_all_that_belongs_to_it(session: Session) -> None:
    order = reported(session, reporter=Reporter(name="吴桂芳", phone="13800132046"))
    do(session, an_assignment(order.id), a_context(NOON + MINUTE))
    move = MoveWorkOrder(work_order_id=order.id, from_site_id=SITE, to_site_id=OTHER_SITE, place_label="大堂")
    both = Rights(SUPERVISOR, None, {SITE: frozenset({Role.SUPERVISOR}), OTHER_SITE: frozenset({Role.SUPERVISOR})})
    move.authorize(session, both)
    with pytest.raises(ForbiddenError):
        move.authorize(session, rights(SUPERVISOR, Role.SUPERVISOR))
    assert len(set(move.streams(session))) == 4
    assert move.reads() == (("work_order", order.id),)
    do(session, move, a_context(NOON + 2 * MINUTE))
    assert (order.site_id, order.unit_id, order.place_label) == (OTHER_SITE, None, "大堂")
    work, people = stream_id(OTHER_SITE, "work"), stream_id(OTHER_SITE, "people")
    assert {line.stream_id for line in session.scalars(select(Timeline))} == {work}
    assert {row.stream_id for row in session.scalars(select(Assignment))} == {work}
    assert session.get_one(OrderReporter, order.id).stream_id == people
    with pytest.raises(ConflictError, match="work_order_gone"):
        move.apply(session, a_context())


# --------------------------------------------------------------------------------------------------------------- crews


def test_an_outside_firm_and_its_man_can_be_sent_together(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN, supplier_id=LIFT_FIRM), a_context(NOON + MINUTE))
    assert order.lead_staff_id == SUN
    (sent,) = session.scalars(select(Timeline.params).where(Timeline.code == "line_dispatched"))
    assert json.loads(sent)["names"] == {"zh": "孙志远、澜捷电梯维保", "en": "孙志远, Lanjie Lift Service"}
    firm = a_step(
        order.id, State.ACCEPTED, staff_id=None, supplier_id=LIFT_FIRM, is_by_phone=True, happened_at=NOON + MINUTE
    )
    do(session, firm, a_context(NOON + 3 * MINUTE, happened_at=NOON + 2 * MINUTE))
    assert order.state == "accepted"
    do(session, RemoveFromCrew(work_order_id=order.id, staff_id=SUN), a_context(NOON + 4 * MINUTE))
    leads = session.execute(select(WorkOrder.lead_staff_id, WorkOrder.lead_supplier_id)).one()
    assert tuple(leads) == (None, LIFT_FIRM)


def test_nobody_somebody_unknown_or_somebody_who_left_cannot_be_sent(session: Session) -> None:
    order = reported(session)
    nobody = AssignWorkOrder(work_order_id=order.id, seen_crew=())
    with pytest.raises(InvalidError, match="assignee_missing"):
        nobody.apply(session, a_context())
    with pytest.raises(NotFoundError, match="staff_gone"):
        an_assignment(order.id, an_id("stranger")).apply(session, a_context())
    with pytest.raises(NotFoundError, match="staff_gone"):
        AssignWorkOrder(work_order_id=order.id, supplier_id=an_id("no firm"), seen_crew=()).apply(session, a_context())
    order.state = State.CLOSED
    with pytest.raises(RefusedError, match="step_not_allowed"):
        an_assignment(order.id).apply(session, a_context())


def test_one_is_added_and_taken_off_again_and_each_can_be_undone(session: Session) -> None:
    order = reported(session)
    add = AddToCrew(work_order_id=order.id, staff_id=HE)
    with pytest.raises(RefusedError, match="step_not_allowed"):
        add.apply(session, a_context())
    do(session, an_assignment(order.id), a_context(NOON + MINUTE))
    for command in (add, RemoveFromCrew(work_order_id=order.id, staff_id=SUN)):
        command.authorize(session, rights())
        assert set(command.streams(session)) == {stream_id(SITE, "work")}
    undo(session, add, a_context(NOON + 2 * MINUTE))
    assert (order.state, order.lead_staff_id) == ("dispatched", SUN)
    undo(session, RemoveFromCrew(work_order_id=order.id, staff_id=SUN), a_context(NOON + 5 * MINUTE))
    assert (order.state, order.lead_staff_id) == ("dispatched", SUN)
    with pytest.raises(RefusedError, match="already_in_crew"):
        AddToCrew(work_order_id=order.id, staff_id=SUN).apply(session, a_context())
    with pytest.raises(ConflictError, match="not_in_crew"):
        RemoveFromCrew(work_order_id=order.id, staff_id=HE).apply(session, a_context())


def test_taking_off_the_last_who_has_not_finished_ends_the_order(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN, HE), a_context(NOON + MINUTE))
    do(session, a_step(order.id, State.ON_SITE), a_context(NOON + 2 * MINUTE))
    do(session, a_step(order.id, State.DONE), a_context(NOON + 3 * MINUTE))
    do(session, RemoveFromCrew(work_order_id=order.id, staff_id=HE), a_context(NOON + 4 * MINUTE))
    assert (order.state, order.done_at) == ("done", NOON + 4 * MINUTE)


def test_sending_needs_the_right_to_triage_where_nobody_has(session: Session) -> None:
    order = reported(session)
    an_assignment(order.id).authorize(session, rights())
    with pytest.raises(ForbiddenError):
        an_assignment(order.id).authorize(session, rights("", Role.MANAGER))
    assert an_assignment(order.id).reads() == (("work_order", order.id),)
    assert an_assignment(order.id, happened_at=NOON).happened() == NOON


# ------------------------------------------------------------------------------------------------------- steps by desk


def test_every_step_names_its_stream_what_it_read_and_when_it_happened(session: Session) -> None:
    order = reported(session)
    step = StepWorkOrder(work_order_id=order.id, from_state=State.REPORTED, to=State.TRIAGED, happened_at=NOON)
    assert list(step.streams(session)) == [stream_id(SITE, "work")]
    assert step.reads() == (("work_order", order.id),)
    assert step.happened() == NOON
    undo(session, step)
    assert order.state == "reported"


def test_a_step_on_a_state_that_others_have_left_is_a_conflict(session: Session) -> None:
    order = reported(session)
    step = StepWorkOrder(work_order_id=order.id, from_state=State.REPORTED, to=State.TRIAGED)
    do(session, step, a_context(NOON + MINUTE))
    with pytest.raises(ConflictError, match="state_changed_meanwhile"):
        step.apply(session, a_context(NOON + 2 * MINUTE))
    with pytest.raises(ConflictError, match="state_changed_meanwhile"):
        a_step(order.id, State.ACCEPTED).apply(session, a_context(NOON + 2 * MINUTE))


def test_recalling_takes_off_the_crew_and_each_right_is_asked(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id), a_context(NOON + MINUTE))
    recall = StepWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, to=State.TRIAGED)
    hold = HoldWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, reason=HoldReason.PARTS)
    cancel = CancelWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, reason=CancelReason.OTHER)
    for command in (recall, hold, cancel):
        command.authorize(session, rights())
        with pytest.raises(ForbiddenError):
            command.authorize(session, rights("", Role.MANAGER))
    do(session, recall, a_context(NOON + 2 * MINUTE))
    assert (order.state, order.lead_staff_id) == ("triaged", None)
    line = session.scalars(select(Timeline).where(Timeline.code == "line_recalled")).one()
    assert line.state == "triaged"


def test_holding_and_resuming_by_phone_keep_to_the_time_told(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id), a_context(NOON + 5 * MINUTE))
    hold = HoldWorkOrder(
        work_order_id=order.id, from_state=State.DISPATCHED, reason=HoldReason.ACCESS, staff_id=SUN, is_by_phone=True
    )
    with pytest.raises(RefusedError, match="step_out_of_time"):
        hold.apply(session, a_context(NOON + 20 * MINUTE, happened_at=NOON + MINUTE))
    do(session, hold, a_context(NOON + 20 * MINUTE, happened_at=NOON + 10 * MINUTE))
    assert order.paused_since == NOON + 10 * MINUTE
    resume = ResumeWorkOrder(work_order_id=order.id, from_state=State.ON_HOLD, staff_id=SUN, is_by_phone=True)
    resume.authorize(session, rights())
    do(session, resume, a_context(NOON + 40 * MINUTE, happened_at=NOON + 30 * MINUTE))
    assert (order.state, order.due_at) == ("dispatched", NOON + 80 * MINUTE)
    with pytest.raises(RefusedError, match="step_not_allowed"):
        ResumeWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED).apply(session, a_context())


def test_a_double_is_cancelled_into_the_order_it_repeats(session: Session) -> None:
    kept, double = reported(session), reported(session, number="260916-07-002")
    cancel = CancelWorkOrder(
        work_order_id=double.id, from_state=State.REPORTED, reason=CancelReason.DUPLICATE, duplicate_of_id=kept.id
    )
    do(session, cancel, a_context(NOON + MINUTE))
    assert (double.state, double.duplicate_of_id) == ("cancelled", kept.id)
    assert session.scalars(select(Timeline).where(Timeline.code == "line_merged_in")).one().work_order_id == kept.id
    itself = cancel.model_copy(update={"work_order_id": kept.id, "duplicate_of_id": kept.id})
    with pytest.raises(InvalidError, match="duplicate_of_itself"):
        itself.apply(session, a_context())
    elsewhere = reported(session, number="260916-07-003", site_id=OTHER_SITE, unit_id=None)
    with pytest.raises(RefusedError, match="duplicate_other_place"):
        cancel.model_copy(update={"work_order_id": kept.id, "duplicate_of_id": elsewhere.id}).apply(
            session, a_context()
        )


def test_finishing_keeps_result_cause_and_minutes_and_checks_them(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id), a_context(NOON + MINUTE))
    do(session, a_step(order.id, State.ON_SITE), a_context(NOON + 2 * MINUTE))
    with pytest.raises(InvalidError, match="minutes_invalid"), session.begin_nested():
        a_step(order.id, State.DONE, minutes=-1).apply(session, a_context(NOON + 3 * MINUTE))
    with pytest.raises(NotFoundError, match="row_gone"), session.begin_nested():
        a_step(order.id, State.DONE, cause_id=an_id("no cause")).apply(session, a_context(NOON + 3 * MINUTE))
    with pytest.raises(RefusedError, match="step_not_allowed"):
        a_step(order.id, State.TRIAGED).apply(session, a_context(NOON + 3 * MINUTE))


def test_reopening_needs_its_right_and_can_be_withdrawn(session: Session) -> None:
    order = reported(session)
    do(session, StepWorkOrder(work_order_id=order.id, from_state=State.REPORTED, to=State.CLOSED))
    reopen = ReopenWorkOrder(work_order_id=order.id, from_state=State.CLOSED)
    reopen.authorize(session, rights("", Role.MANAGER))
    with pytest.raises(ForbiddenError):
        reopen.authorize(session, rights("", Role.TECHNICIAN))
    undo(session, reopen)
    assert (order.state, order.round, order.closed_at) == ("closed", 0, NOON)


def test_somebody_signed_in_takes_their_own_step_without_naming_themselves(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id), a_context(NOON + MINUTE))
    own = a_step(order.id, State.ACCEPTED, staff_id=None)
    do(session, own, a_context(NOON + 2 * MINUTE, actor=an_id("technician")))
    assert order.state == "accepted"
    with pytest.raises(ConflictError, match="not_in_crew"):
        a_step(order.id, State.ON_SITE, staff_id=None).apply(session, a_context(NOON + 3 * MINUTE, actor=CLERK))


# ------------------------------------------------------------------------------------------------------------ contacts


def test_comments_answers_chases_and_merged_callers_each_ask_for_their_right(session: Session) -> None:
    order = reported(session)
    comment = CommentWorkOrder(work_order_id=order.id, text="住户下午在家", happened_at=NOON)
    comment.authorize(session, rights("", Role.TECHNICIAN))
    assert comment.happened() == NOON
    assert stream_id(SITE, "people") not in comment.streams(session)
    do(session, comment, a_context(NOON + MINUTE))
    for command in (
        ChaseWorkOrder(work_order_id=order.id),
        AnswerWorkOrder(work_order_id=order.id),
        MergeReport(work_order_id=order.id, reporter=Reporter(name="贺远航")),
    ):
        command.authorize(session, rights())
        with pytest.raises(ForbiddenError):
            command.authorize(session, rights("", Role.MANAGER))
        do(session, command, a_context(NOON + 2 * MINUTE))
    assert [row.name for row in session.scalars(select(OrderReporter))] == ["贺远航"]
    assert not any("贺远航" in params for params in session.scalars(select(Timeline.params)))
    do(session, StepWorkOrder(work_order_id=order.id, from_state=State.REPORTED, to=State.CLOSED))
    for command in (
        ChaseWorkOrder(work_order_id=order.id),
        AnswerWorkOrder(work_order_id=order.id),
        MergeReport(work_order_id=order.id, reporter=Reporter(name="某人")),
    ):
        with pytest.raises(RefusedError, match="order_is_closed"):
            command.apply(session, a_context())
    with pytest.raises(InvalidError, match="text_missing"):
        CommentWorkOrder(work_order_id=order.id, text=" ").apply(session, a_context())


def test_a_notice_is_read_once_by_somebody_it_is_for(session: Session) -> None:
    order = reported(session)
    for at in (1, 2):
        do(session, ChaseWorkOrder(work_order_id=order.id), a_context(NOON + at * MINUTE))
    notice = session.scalars(select(Notice)).one()
    read = ReadNotice(notice_id=notice.id, work_order_id=order.id)
    assert list(read.streams(session)) == [stream_id(SITE, "work")]
    with pytest.raises(RefusedError, match="row_gone"):
        read.authorize(session, rights())
    read.authorize(session, rights(SUPERVISOR, Role.SUPERVISOR))
    do(session, read, a_context(NOON + 3 * MINUTE, actor=SUPERVISOR))
    do(session, read, a_context(NOON + 4 * MINUTE, actor=CLERK))
    assert (notice.read_by_user_id, notice.read_at) == (SUPERVISOR, NOON + 3 * MINUTE)
