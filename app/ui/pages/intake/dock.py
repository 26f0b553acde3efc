"""The intake dock: a call is taken here while the pages stay as they are.

Which facts count as said again although on record: the caller's home, when it stood there and was cleared and chosen
anew; and any fact whose field has the focus when the key for it is pressed, which is marked beside its label.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.domain.numbers import short_number
from app.domain.permissions import Right
from app.ui.desk import Desk
from app.ui.pages.intake import keys
from app.ui.pages.intake.abilities import may, possible
from app.ui.pages.intake.call import Call
from app.ui.pages.intake.call_page import CallPage
from app.ui.pages.intake.caller_panel import CallerGiven
from app.ui.pages.intake.draft_words import Why
from app.ui.pages.intake.drafting import Drafting
from app.ui.pages.intake.drafts_page import DraftsPage
from app.ui.pages.intake.entry import Entry, new_entry
from app.ui.pages.intake.frame import DockFooter, DockHeader
from app.ui.pages.intake.handed import HandedNotice
from app.ui.pages.intake.keeper import DraftKeeper
from app.ui.pages.intake.recording import Recording
from app.ui.pages.intake.saving import Saving
from app.ui.theme.layouts import column
from app.ui.theme.style import current_theme
from app.ui.widgets.grounds import Ground

WIDTH, NARROW_WIDTH, NARROW_WINDOW = 480, 440, 1400
"""px at 100 %: the dock, and the dock in a window that is not as wide."""
_SAID = 24
"""Signs of an order's text that say which one it is."""


class IntakeDock(Ground):
    """Stands at the right of the window. :meth:`open` begins a call; the window shows and hides the dock."""

    show_requested = Signal()
    """It has something to show: the drafts, or a call taken up again."""
    close_requested = Signal()
    """A person folds it away; what was typed stays."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface_sunken", lines="left", parent=parent)
        self._desk = desk
        self._is_folded = True
        self._saved_at: datetime | None = None
        self.call = Call(desk, self)
        self.saving = Saving(desk, self.call, self)
        self.keeper = DraftKeeper(desk, self)
        self._recording = Recording(desk, self.call, self)
        self._drafting = Drafting(desk, self.call, self.keeper, self._begin, self)
        self._register()
        self.page = CallPage(desk, self.call)
        self.drafts = DraftsPage(desk)
        self.header, self.footer = DockHeader(desk.actions.key), DockFooter(desk.actions.key)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self.drafts)
        column(self.header, (self._pages, 1), self.footer, gap=0, margins=(1, 0, 0, 0), parent=self)
        self.setAccessibleName(self.tr("Phone intake"))
        self._connect()
        self._handed = HandedNotice(desk, self.open_drafts, self._drafting.take_left_over, self)
        self._fit_width()
        self._show_frame()

    def _register(self) -> None:
        slots = {
            "open": lambda: self._desk.asked_for_intake.emit(""),
            "drafts": self.open_drafts,
            "save": lambda: self._save(then_dispatch=False),
            "dispatch": lambda: self._save(then_dispatch=True),
            "merge": self._merge,
            "not_same": self._not_same,
            "chase": self._chase,
            "open_order": self._open_order,
            "new_matter": self._new_matter,
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "record": self._record,
            "mend": lambda: self.page.open_caller(is_mending=self._has_record()),
            "again": lambda: self.call.toggle_again(self.page.fact_in_focus()),
            "more": self._open_more,
            "correct": self._correct,
            "hand_over": self._hand_over,
            "call_back": self._call_back,
            "close": self.close_step,
        }
        keys.register(self._desk.actions, self, slots)

    def _connect(self) -> None:
        page, drafts, saving, drafting, run = (
            self.page,
            self.drafts,
            self.saving,
            self._drafting,
            self._desk.actions.run,
        )
        self.call.typed.connect(self._on_typed)
        self.call.changed.connect(self._show_frame)
        page.caller_wanted.connect(lambda: page.open_caller(is_mending=False))
        page.another_wanted.connect(drafting.pass_over)
        page.unknown_number.first.clicked.connect(self._record)
        page.unknown_number.second.clicked.connect(lambda: page.open_caller(is_mending=True))
        page.caller.toggled.connect(self._show_frame)
        page.caller.taken.connect(self._on_caller_taken)
        page.caller.recorded.connect(self._on_caller_recorded)
        page.last.first.clicked.connect(self._correct)
        page.order.chased.connect(self._chase)
        page.order.opened.connect(self._open_order)
        page.duplicates.merged.connect(self._merge)
        page.duplicates.dismissed.connect(self._not_same)
        page.duplicates.opened.connect(self._open_order)
        drafts.resumed.connect(drafting.resume)
        drafts.called_back.connect(drafting.call_back)
        drafts.discarded.connect(drafting.discard)
        drafts.handed.connect(drafting.hand_over)
        drafts.counted.connect(self._show_frame)
        saving.taken.connect(drafting.let_go)
        saving.settled.connect(drafting.settle)
        saving.came_back.connect(drafting.take_back)
        saving.incomplete.connect(page.show_wrong)
        saving.answer_wanted.connect(page.duplicates.ask_for_answer)
        saving.saved_changed.connect(self._show_frame)
        saving.dispatch_wanted.connect(self._on_dispatch_wanted)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.failed.connect(self._on_not_kept)
        self.header.drafts.clicked.connect(self.open_drafts)
        self.header.fold.clicked.connect(self.fold)
        for name, button in self.footer.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: run(f"intake.{name}"))
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.keep_now)

    # ------------------------------------------------------------------------------------------------- open and close

    def open(self, text: str = "") -> None:
        """Take a call, with ``text`` looked for at once.

        What is half-typed is put by for it; except that folded away it is shown again, when nobody is looked for: Enter
        goes on with it, and who is typed is another caller, for whom it gives way.
        """
        self._pages.setCurrentWidget(self.page)
        was_folded, self._is_folded = self._is_folded, False
        if was_folded and not text and not self.call.entry.is_empty:
            self.call.is_shown_again = True
        elif was_folded:
            self._drafting.pass_over()
        else:
            self._drafting.put_by(Why.NEXT_CALL)
        if text:
            self.page.look_for(text)
        self.page.take_focus()
        self._show_frame()

    def open_drafts(self) -> None:
        """Show the drafts of this PC, what is half-typed among them and chosen."""
        if not self.call.entry.is_empty:
            self.drafts.list.choose(self.call.entry.id)
        self._drafting.put_by(Why.SET_ASIDE)
        self._is_folded = False
        self._pages.setCurrentWidget(self.drafts)
        self.drafts.refresh()
        self.drafts.take_focus()
        self._show_frame()
        self.show_requested.emit()

    def close_step(self) -> None:
        """Esc: put away what lies over the call, then fold; nothing typed is lost."""
        if not self._is_call() or not self.page.close_rows():
            self.fold()

    def fold(self) -> None:
        """Fold away; the call is there again at the next opening."""
        self.keeper.keep(self.call.entry)
        self._is_folded = True
        self.close_requested.emit()

    def keep_now(self) -> None:
        """Write all that was typed before this returns."""
        self.keeper.keep_now()

    def _is_call(self) -> bool:
        return self._pages.currentWidget() is self.page

    def _begin(self, entry: Entry) -> None:
        self._saved_at = None
        self._pages.setCurrentWidget(self.page)
        self.call.begin(entry)
        self.page.reset()
        self.drafts.hide_one(entry.id)
        if not self._is_folded:
            self.page.take_focus()
        self._show_frame()

    # --------------------------------------------------------------------------------------------------- the caller

    def _has_record(self) -> bool:
        return self.call.card is not None and bool(self.call.card.resident_id)

    def _record(self) -> None:
        """Write down whoever calls: the panel's person, the unknown number, or begin to."""
        if not self.page.caller.isHidden():
            self.page.caller.record()
        elif digits := self.call.unknown_number():
            self._recording.add_phone(digits)
        else:
            self.page.open_caller(is_mending=self._has_record())

    def _on_caller_taken(self, given: CallerGiven) -> None:
        if self.page.caller.is_mending:
            self._recording.mend(given)
        else:
            self.call.give_caller(given.name, given.phone, given.unit)
        self.page.close_caller()

    def _on_caller_recorded(self, given: CallerGiven) -> None:
        if self.page.caller.is_mending:
            self._recording.add_phone(given.phone)
        elif site_id := given.unit.site_id if given.unit else self.call.site_id():
            self._recording.add_resident(given, site_id)
        else:
            self.page.caller.complain(self.tr("Choose their home, or the site in the bar at the top, first."))
            return
        self.page.close_caller()

    # ---------------------------------------------------------------------------------------------------- the order

    def _save(self, *, then_dispatch: bool) -> None:
        if self._is_call() and not self.call.has_open_order():
            self.saving.save(then_dispatch=then_dispatch)

    def _on_dispatch_wanted(self, order_id: str) -> None:
        if self.call.entry.is_empty:
            self.fold()  # who should go is asked in the pane whose place this takes
        self._desk.asked_for_dispatch.emit(order_id)

    def _merge(self) -> None:
        if (brief := self.page.duplicates.current()) is not None:
            self.saving.merge(brief)

    def _not_same(self) -> None:
        if (brief := self.page.duplicates.current()) is not None:
            self.call.write(not_same=(*self.call.entry.not_same, brief.id))
            self.page.form.what.setFocus()

    def _chase(self) -> None:
        if self._is_call() and self.call.has_open_order():
            order = self.page.order.current()
            self.saving.chase(order, is_supervisor_told=self.page.order.warns_supervisor())

    def _open_order(self) -> None:
        """Look at the caller's order, or at the one that may be the same matter."""
        has_order = self.call.has_open_order()
        brief = self.page.order.current().brief if has_order else self.page.duplicates.current()
        if self._is_call() and brief is not None:
            self._leave_for(brief.id)

    def _leave_for(self, order_id: str) -> None:
        self.fold()
        self._desk.asked_for_order.emit(order_id)

    def _new_matter(self) -> None:
        if self._is_call() and self.call.has_open_order():
            self.call.write(is_new_matter=True)
            self.page.take_focus()

    def _open_more(self) -> None:
        self.page.open_more()

    def _hand_over(self) -> None:
        self.drafts.hand_over()

    def _call_back(self) -> None:
        self.drafts.call_back()

    def _step(self, by: int) -> None:
        if not self._is_call():
            self.drafts.list.step(by)
        elif self.call.has_open_order():
            self.page.order.step(by)

    def _correct(self) -> None:
        """Take the order just saved up again, to mend what was wrong with it."""
        last = self.saving.last
        if last is None or not self.call.entry.is_empty:
            return
        self._begin(replace(last.entry, id=new_entry().id, corrects=last.order_id, is_new_matter=True))
        self.page.form.what.setFocus()

    # ----------------------------------------------------------------------------------------------------- keeping

    def _on_typed(self, entry: Entry) -> None:
        self.keeper.touch(entry)

    def _on_kept(self) -> None:
        self._saved_at = self._desk.clock.now() if not self.call.entry.is_empty else None
        self._show_frame()

    def _on_not_kept(self) -> None:
        self._saved_at = None
        self.header.say(self.tr("The draft is not kept"), is_wrong=True)

    # -------------------------------------------------------------------------------------------------------- frame

    def _show_frame(self) -> None:
        is_call, count = self._is_call(), len(self.drafts.items())
        entry, last = self.call.entry, self.saving.last
        short = short_number(last.number, self._desk.today().year) if last is not None else ""
        corrects = short if last is not None and entry.corrects == last.order_id else ""
        self.header.show_state(is_call=is_call, drafts=count, saved_at=self._saved_text(), corrects=corrects)
        has_order = self.call.has_open_order()
        is_asked = bool(self.call.offered()) or not self.page.caller.isHidden()
        self.footer.show_state(is_call=is_call, has_order=has_order, corrects=bool(entry.corrects), is_asked=is_asked)
        said = ""
        if last is not None and entry.is_empty:
            words = " ".join(last.entry.description.split())
            words = words if len(words) <= _SAID else f"{words[:_SAID]}…"
            said = self.tr("{number} is saved: {words}").format(number=short, words=words)
        self._enable(is_call=is_call)
        self.page.show_last(said, may_correct=self._desk.actions.is_enabled("intake.correct"))

    def _saved_text(self) -> str:
        if self._saved_at is None or self.call.entry.is_empty:
            return ""
        return f"{self._saved_at.astimezone(self._desk.zone()):%H:%M:%S}"

    def _enable(self, *, is_call: bool) -> None:
        rights, has_saved = self._desk.person.rights, self.saving.last is not None
        states = possible(self.call, rights, is_call=is_call, has_saved=has_saved)
        names: Sequence[str] = [f"intake.{name}" for name, is_on in states.items() if is_on]
        others = [f"intake.{name}" for name, is_on in states.items() if not is_on]
        self._desk.actions.set_enabled(names, others)
        self.footer.buttons["dispatch"].setVisible(states["dispatch"])
        self.page.set_may_record(may_record=may(rights, Right.EDIT_PEOPLE, self.call.site_id()))

    # ------------------------------------------------------------------------------------------------------ Qt's own

    @override
    def event(self, event: QEvent) -> bool:
        parent = self.parentWidget()
        if event.type() is QEvent.Type.ParentChange and parent is not None:
            # While it is folded away its own actions are deaf; those for every page must be heard there too.
            parent.addActions([self._desk.actions.action(name) for name in keys.GLOBAL])
            parent.installEventFilter(self)
            self._fit_width()
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self._fit_width()
        return super().eventFilter(watched, event)

    def _fit_width(self) -> None:
        theme, parent = current_theme(), self.parentWidget()
        is_narrow = parent is not None and parent.width() < theme.px(NARROW_WINDOW)
        self.setFixedWidth(theme.px(NARROW_WIDTH if is_narrow else WIDTH))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_now()
        super().hideEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit_width()
        elif event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Phone intake"))
            self._show_frame()
