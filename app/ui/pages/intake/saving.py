"""What is done with a call: an order opened or mended, a caller joined to another, a chase."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from app.commands.contacts import ChaseWorkOrder, MergeReport
from app.domain.changes import Changes
from app.domain.errors import OpsError
from app.domain.ids import new_id
from app.domain.numbers import short_number
from app.domain.work_orders import TEXT_LIMIT
from app.store.queries.intake import OpenOrder
from app.store.queries.intake_choices import duplicates_of, report_as_it_stands
from app.store.queries.order_briefs import OrderBrief
from app.store.store import Done
from app.ui.desk import Desk, Said
from app.ui.pages.intake.call import Call
from app.ui.pages.intake.commands import (
    SHORT_TEXT,
    correction_of,
    fields_of,
    report_of,
    reporter_correction_of,
    reporter_of,
)
from app.ui.pages.intake.entry import Entry
from app.ui.translation import say_here

_COMPARED = ("description", "category_id", "priority", "unit_id", "place_id", "asset_id")
"""What tells that the order just saved was changed elsewhere."""


class Saved(NamedTuple):
    """The order that was saved last, as it was taken down."""

    order_id: str
    number: str
    entry: Entry
    fields: dict[str, Any]
    """As the order holds them."""


class Saving(QObject):
    """Gives the commands. What it takes over is cleared from the desk at once and comes back if it is refused."""

    taken = Signal(object)
    """The :class:`Entry` that is being saved: the desk may take the next call."""
    settled = Signal(object)
    """The :class:`Entry` that is done with: its draft can go."""
    came_back = Signal(object)
    """An :class:`Entry` that was refused."""
    incomplete = Signal(object)
    """Fact → what is wrong with it; nothing was done."""
    answer_wanted = Signal()
    """An open order may be the same matter, and nobody has said whether it is."""
    dispatch_wanted = Signal(str)
    """The order is open and somebody is to be sent."""
    saved_changed = Signal()

    def __init__(self, desk: Desk, call: Call, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call = call
        self._asked_for: frozenset[str] = frozenset()
        self._is_looking = False
        self.last: Saved | None = None
        desk.changed.connect(self._on_changed)

    # ------------------------------------------------------------------------------------------------------- orders

    def save(self, *, then_dispatch: bool) -> None:
        """Open the order, or mend the one that this entry corrects; first look once more for its double."""
        call = self._call
        if wrong := self._wrong():
            self.incomplete.emit(wrong)
        elif call.entry.corrects:
            self._correct()
        elif not self._is_looking:
            self._is_looking = True
            entry, category = call.entry, call.advice.category
            category_id = category.id if category else None

            def look(found: Sequence[OrderBrief]) -> None:
                self._is_looking = False
                if entry.id == call.entry.id:
                    call.take_duplicates(found)
                    self._open(then_dispatch=then_dispatch)

            streams = self._desk.person.streams
            self._desk.read(duplicates_of, streams, entry.place, category_id, done=look, failed=self._on_looking_failed)

    def _on_changed(self, changes: Changes) -> None:
        """The order just saved is not to be corrected here once it is closed, or was changed elsewhere or undone."""
        last = self.last
        if last is None or last.order_id not in changes.of("work_order"):
            return

        def compare(found: dict[str, object] | None) -> None:
            is_same = found is not None and all(found[name] == last.fields[name] for name in _COMPARED)
            if self.last is last and not is_same:
                self.last = None
                self.saved_changed.emit()

        self._desk.read(report_as_it_stands, last.order_id, _COMPARED, done=compare, latest="intake.last")

    def _on_looking_failed(self, error: OpsError) -> None:
        self._is_looking = False
        self._desk.complain(error)

    def _open(self, *, then_dispatch: bool) -> None:
        call = self._call
        offered = frozenset(brief.id for brief in call.offered())
        if offered - self._asked_for:
            self._asked_for |= offered
            self.answer_wanted.emit()
            return
        entry, advice, site_id, appointment = call.entry, call.advice, call.site_id(), call.appointment_at()
        order_id = new_id()

        def numbered(number: str) -> None:
            command = report_of(
                entry, advice, order_id=order_id, number=number, site_id=site_id, appointment_at=appointment
            )
            short = short_number(number, self._desk.today().year)
            words = self.tr("{number} is open, {place}").format(number=short, place=entry.place_text.strip())
            saved = Saved(order_id, number, entry, fields_of(entry, advice, appointment))
            self._desk.do(command, words=words, draft_id=entry.id, done=partial(done, saved), failed=failed)

        def done(saved: Saved, _done: Done) -> None:
            self.last = saved
            self.settled.emit(entry)
            self.saved_changed.emit()
            if then_dispatch:
                self.dispatch_wanted.emit(order_id)

        def failed(error: OpsError) -> None:
            self._return(entry, error)

        self.taken.emit(entry)
        self._desk.tasks.run(self._desk.store.reserve_number, self._desk.today(), done=numbered, failed=failed)

    def _correct(self) -> None:
        call, last = self._call, self.last
        entry = call.entry
        if last is None or last.order_id != entry.corrects:
            self._desk.said.emit(Said(self.tr("This order can now be mended in its own pane."), tone="info"))
            return
        after = fields_of(entry, call.advice, call.appointment_at())
        edit = correction_of(last.order_id, last.fields, after)
        reporter = reporter_correction_of(last.order_id, last.entry, entry)
        short = short_number(last.number, self._desk.today().year)
        words = self.tr("{number} is corrected").format(number=short)

        def done(_done: Done) -> None:
            self.last = last._replace(entry=entry, fields=after)
            self.settled.emit(entry)
            self.saved_changed.emit()

        def failed(error: OpsError) -> None:
            self._return(entry, error)

        def rest(_done: Done) -> None:
            if reporter is None:
                done(_done)
            else:
                self._desk.do(reporter, words=words, draft_id=entry.id, done=done, failed=failed)

        self.taken.emit(entry)
        if edit is not None:
            base = {name: last.fields[name] for name in edit.wanted()}
            said, draft_id = ("", None) if reporter else (words, entry.id)
            self._desk.do(edit, base=base, words=said, draft_id=draft_id, done=rest, failed=failed)
        elif reporter is not None:
            self._desk.do(reporter, words=words, draft_id=entry.id, done=done, failed=failed)
        else:
            self.settled.emit(entry)

    def merge(self, brief: OrderBrief) -> None:
        """The caller joins an open order; none is opened."""
        entry = self._call.entry
        if wrong := self._too_long(entry):
            self.incomplete.emit(wrong)
            return
        command = MergeReport(
            work_order_id=brief.id, description=entry.description.strip(), reporter=reporter_of(entry)
        )
        short = short_number(brief.number, self._desk.today().year)
        self._give(command, entry, self.tr("Joined {number}, no new order").format(number=short))

    def chase(self, order: OpenOrder, *, is_supervisor_told: bool) -> None:
        """The caller asks again after their open order."""
        entry, brief = self._call.entry, order.brief
        if len(entry.chase_note) > TEXT_LIMIT:
            self.incomplete.emit({"note": self._long("note", len(entry.chase_note), TEXT_LIMIT)})
            return
        command = ChaseWorkOrder(work_order_id=brief.id, note=entry.chase_note)
        short = short_number(brief.number, self._desk.today().year)
        said = self.tr("{number} chased, number {count}").format(number=short, count=brief.chase_count + 1)
        if is_supervisor_told:
            said += self.tr(", the supervisor is told")
        self._give(command, entry, said)

    def _give(self, command: ChaseWorkOrder | MergeReport, entry: Entry, words: str) -> None:
        def done(_done: Done) -> None:
            self.settled.emit(entry)
            self._desk.said.emit(Said(words))

        def failed(error: OpsError) -> None:
            self._return(entry, error)

        self.taken.emit(entry)
        self._desk.do(command, draft_id=entry.id, done=done, failed=failed)

    def _return(self, entry: Entry, error: OpsError) -> None:
        self.came_back.emit(entry)
        self._desk.complain(error)

    # ------------------------------------------------------------------------------------------------- what is wrong

    def _wrong(self) -> Mapping[str, str]:
        call, entry = self._call, self._call.entry
        wrong = dict(self._too_long(entry))
        if not call.site_id():
            wrong["site"] = self.tr("Choose the site.")
        if not entry.place_text.strip():
            wrong["place"] = say_here("text_missing", field="@field.place")
        if not entry.description.strip():
            wrong["description"] = say_here("text_missing", field="@field.description")
        if entry.appointment.strip() and call.appointment_at() is None:
            wrong["appointment"] = self.tr("This is no time that can be read.")
        return wrong

    def _too_long(self, entry: Entry) -> Mapping[str, str]:
        wrong = {}
        if len(entry.place_note) > SHORT_TEXT:
            wrong["place"] = self._long("place", len(entry.place_note), SHORT_TEXT)
        if len(entry.description) > TEXT_LIMIT:
            wrong["description"] = self._long("description", len(entry.description), TEXT_LIMIT)
        return wrong

    def _long(self, field: str, length: int, limit: int) -> str:
        return say_here("text_too_long", field=f"@field.{field}", length=length, limit=limit)
