"""What each action of the queue page does with the orders at hand."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QMenu

from app.commands.contacts import ChaseWorkOrder, CommentWorkOrder
from app.commands.crews import RemoveFromCrew
from app.commands.steps import HoldWorkOrder, ResumeWorkOrder, StepWorkOrder, TakeStep
from app.commands.withdrawals import WithdrawStep
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.domain.errors import OpsError
from app.domain.numbers import short_number
from app.domain.work_orders import Priority, State
from app.store.queries.crews import Stand
from app.store.queries.order import CrewMember, OrderDetail
from app.ui.desk import Desk
from app.ui.pages.work_orders.asking import Asking
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.giving import Giving
from app.ui.pages.work_orders.inline_edit import CellEdit
from app.ui.pages.work_orders.phone_step import PhoneStep, ToldStep
from app.ui.pages.work_orders.possible import NOTHING, Possible, phone_steps, possible
from app.ui.pages.work_orders.reading_pane import ReadingPane
from app.ui.pages.work_orders.subjects import stand_of
from app.ui.translation import say_here, spoken
from app.ui.widgets.table import Table

_DESK_STEPS = (State.TRIAGED, State.VERIFIED, State.CLOSED)
_CORRECTIONS = ("description", "place_label", "category_id")


class Doing(QObject):
    """Turns actions into forms and commands."""

    def __init__(self, desk: Desk, pane: ReadingPane, table: Table, asking: Asking, giving: Giving) -> None:
        super().__init__(pane)
        self._desk, self._pane, self._table = desk, pane, table
        self._asking, self._giving = asking, giving
        self._told_order: OrderDetail | None = None
        self._phone: PhoneStep | None = None

    def can(self) -> Possible:
        """What may be done with the order of the pane."""
        return self.possible_with(self._pane.order)

    def possible_with(self, order: OrderDetail | None) -> Possible:
        """What may be done with an order."""
        return possible(order, self._desk.person.rights) if order is not None else NOTHING

    def _words(self, done: str, order: OrderDetail) -> str:
        return f"{done} {short_number(order.number, self._desk.today().year)}"

    # --------------------------------------------------------------------------------------------------------- steps

    def step(self, *, and_next: bool = False) -> None:
        """Take the next step of the order, or submit the form that is open."""
        form, order, can = self._pane.form, self._pane.order, self.can()
        if isinstance(form, OrderForm):
            form.submit(and_next=and_next)
            return
        if order is None:
            return
        if can.resume:
            self.resume()
        elif can.next is None:
            if can.reopen:
                self._asking.reopen()
            return
        elif can.next in _DESK_STEPS:
            self._desk_step(order, can.next)
        elif can.next is State.DISPATCHED:
            self._asking.assign()
            return
        else:
            self._field_step(order, can)
            return
        if and_next:
            self._table.step(1)

    def _desk_step(self, order: OrderDetail, to: State) -> None:
        command = StepWorkOrder(work_order_id=order.id, from_state=order.state, to=to)  # type: ignore[arg-type]
        words = self._words(say_here(f"line_{to}"), order)
        self._giving.give([stand_of(order)], lambda _stand: command, words)

    def _field_step(self, order: OrderDetail, can: Possible) -> None:
        """A step of the crew: one's own is taken at once, that of somebody else is told on the phone."""
        own = next((one for one in order.crew if one.staff_id == self._desk.person.rights.staff_id), None)
        if not can.is_own or own is None or can.next is None:
            self.phone()
        elif can.next is State.DONE:
            self._asking.finish(order, own, None)
        else:
            self._take(order, own, can.next)

    def _take(self, order: OrderDetail, member: CrewMember, to: State) -> None:
        command = TakeStep(
            work_order_id=order.id,
            from_state=order.state,
            to=to,  # type: ignore[arg-type]
            staff_id=member.staff_id,
            supplier_id=member.supplier_id,
        )
        words = self._words(say_here(f"line_{to}"), order)
        self._giving.give([stand_of(order)], lambda _stand: command, words)

    def resume(self) -> None:
        """Take the order off hold."""
        order = self._pane.order
        if order is not None and self.can().resume:
            command = ResumeWorkOrder(work_order_id=order.id, from_state=order.state)
            words = self._words(say_here("line_resumed"), order)
            self._giving.give([stand_of(order)], lambda _stand: command, words)

    def recall(self) -> None:
        """Call back whoever was sent."""
        order = self._pane.order
        if order is not None and self.can().recall:
            command = StepWorkOrder(work_order_id=order.id, from_state=order.state, to=State.TRIAGED)
            words = self._words(say_here("line_recalled"), order)
            self._giving.give([stand_of(order)], lambda _stand: command, words)

    def withdraw(self) -> None:
        """Take back the last step, if it was one's own."""
        order = self._pane.order
        line = withdrawable(order, self._desk.person.user_id) if order is not None else None
        if order is not None and line is not None:
            command = WithdrawStep(work_order_id=order.id, line_id=line)
            words = self._words(say_here("line_withdrawn"), order)
            self._giving.give([stand_of(order)], lambda _stand: command, words)

    # ---------------------------------------------------------------------------------------------- said on the phone

    def phone(self, member: CrewMember | None = None) -> None:
        """Ask which step somebody of the crew tells on the phone."""
        order = self._pane.order
        if order is None:
            return
        rights = self._desk.person.rights
        able = [one for one in order.crew if phone_steps(order, rights, one)]
        chosen = member or next(iter(able), None)
        if chosen is None or not able:
            return
        if self._phone is None:
            self._phone = PhoneStep(self._desk, self._pane.window(), "T")
            self._phone.entered.connect(self._on_told)
        self._told_order = order
        self._phone.ask(order, chosen, self._anchor(order))

    def _anchor(self, order: OrderDetail) -> QRect:
        anchor = self._table.anchor(order.id)
        if anchor.isNull():
            corner = self._pane.mapTo(self._pane.window(), QPoint(0, 0))
            return QRect(corner, self._pane.size()).adjusted(0, 0, 0, -self._pane.height() + 120)
        return anchor

    def _on_told(self, told: ToldStep) -> None:
        order = self._told_order
        if order is None:
            return
        if told.to is State.DONE and not told.resumes:
            self._asking.finish(order, told.member, told.at)
            return
        command = told_command(order, told)
        code = "line_resumed" if told.resumes else "line_refused" if told.to is State.TRIAGED else f"line_{told.to}"
        reason = say_here(f"hold.{told.reason}") if told.reason else ""
        words = self._words(f"{spoken(told.member.name)} {say_here(code, reason=reason)}", order)
        self._giving.give([stand_of(order)], lambda _stand: command, words)

    # ------------------------------------------------------------------------------------------------- small changes

    def chase(self) -> None:
        """Note that the caller asks again."""
        order = self._pane.order
        if order is not None and self.can().chase:
            words = self._words(say_here("line_chased", count=order.chase_count + 1), order)
            self._giving.give([stand_of(order)], lambda stand: ChaseWorkOrder(work_order_id=stand.id), words)

    def comment(self, text: str) -> None:
        """Add a remark."""
        order = self._pane.order
        if order is not None:
            failed = partial(self._on_not_commented, order.id, text)
            self._desk.do(CommentWorkOrder(work_order_id=order.id, text=text), failed=failed)

    def _on_not_commented(self, order_id: str, text: str, error: OpsError) -> None:
        self._pane.history.give_back(order_id, text)
        self._desk.complain(error)

    def remove(self, member: CrewMember) -> None:
        """Take somebody off."""
        order = self._pane.order
        if order is not None:
            command = RemoveFromCrew(
                work_order_id=order.id,
                staff_id=member.staff_id,
                supplier_id=None if member.staff_id else member.supplier_id,
            )
            words = self._words(say_here("line_removed", names=member.name), order)
            self._giving.give([stand_of(order)], lambda _stand: command, words)

    def priority_menu(self) -> QMenu:
        """The four priorities, chosen by their digit."""
        menu = QMenu(self._table)
        for priority in Priority:
            action = menu.addAction(f"P&{priority[1]}")
            action.triggered.connect(self._priority_setter(priority))
        return menu

    def _priority_setter(self, priority: Priority) -> Callable[[], None]:
        def chosen() -> None:
            self._asking.targets(partial(self._set_priority, priority))

        return chosen

    def _set_priority(self, priority: Priority, found: list[Stand]) -> None:
        def make(stand: Stand) -> EditWorkOrder:
            return EditWorkOrder(id=stand.id, set=WorkOrderFields(priority=priority.value))

        order = self._pane.order
        base = {"priority": order.priority} if order is not None and [order.id] == [one.id for one in found] else None
        words = self.tr("%n order(s) now {priority}", None, len(found)).format(priority=priority.value)
        self._giving.give(found, make, words, base=base)

    def edited(self, made: CellEdit, done: Callable[[], object]) -> None:
        """Keep what was edited in a cell, with what was seen of it; ``done`` is called if it was."""
        fields = WorkOrderFields.model_validate({made.field: made.value})
        command = EditWorkOrder(id=made.order.id, set=fields, is_correction=made.field in _CORRECTIONS)
        words = self._words(self.tr("Changed:"), made.order)
        base = {made.field: made.before}
        self._giving.give([stand_of(made.order)], lambda _stand: command, words, base=base, done=done)


def withdrawable(order: OrderDetail, user_id: str) -> str | None:
    """The line of the last step if this person entered it and it can be taken back."""
    return next((line.id for line in order.lines if line.is_withdrawable and line.user_id == user_id), None)


def told_command(order: OrderDetail, told: ToldStep) -> HoldWorkOrder | ResumeWorkOrder | TakeStep:
    """The command for what was told on the phone."""
    if told.resumes:
        return ResumeWorkOrder(
            work_order_id=order.id,
            from_state=order.state,
            staff_id=told.member.staff_id,
            is_by_phone=True,
            happened_at=told.at,
        )
    if told.reason is not None and told.to is State.ON_HOLD:
        return HoldWorkOrder(
            work_order_id=order.id,
            from_state=order.state,
            reason=told.reason,
            staff_id=told.member.staff_id,
            is_by_phone=True,
            happened_at=told.at,
        )
    return TakeStep(
        work_order_id=order.id,
        from_state=order.state,
        to=told.to,  # type: ignore[arg-type]
        staff_id=told.member.staff_id,
        supplier_id=told.member.supplier_id,
        is_by_phone=True,
        happened_at=told.at,
    )
