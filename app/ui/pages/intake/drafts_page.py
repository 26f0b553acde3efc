"""The drafts of this PC: taken up, called back, thrown away, handed to a colleague."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.changes import Changes
from app.store.drafts import DraftItem, list_drafts
from app.store.queries.intake_choices import Colleague, colleagues
from app.ui.desk import Desk
from app.ui.pages.intake.abilities import may_see
from app.ui.pages.intake.draft_list import DraftList
from app.ui.pages.intake.draft_words import caller_of
from app.ui.pages.intake.labelled import Labelled
from app.ui.pages.intake.wording import Speaking
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.translation import moment_text, spoken
from app.ui.widgets.buttons import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fields import ReadOnly
from app.ui.widgets.grounds import Ground, Panel
from app.ui.widgets.texts import Text

_AGES_MS = 20_000


class DraftsPage(Speaking):
    """Lists drafts and shows the current one; what is done with it is told."""

    resumed = Signal(object)
    called_back = Signal(object)
    discarded = Signal(object)
    handed = Signal(object, object)
    """A :class:`DraftItem` and the :class:`Colleague` who gets it."""
    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: Sequence[DraftItem] = ()
        self._colleagues: Sequence[Colleague] = ()
        self._hidden_id = ""
        self.list = DraftList(desk.zone(), desk.clock.now)
        self._caption, self._edited = Text("", "caption", token="text_muted"), Text("", "caption", token="text_muted")
        self._who, self._where, self._what = ReadOnly(), ReadOnly(), QPlainTextEdit()
        self._rows = [Labelled("", part) for part in (self._who, self._where, self._what)]
        self._resume = Button("", role="primary", icon="pencil", key="Enter", size="main")
        self._call_back = Button("", icon="phone", key=desk.actions.key("intake.call_back"), size="main")
        self._discard = Button("", role="text", icon="trash", key="Del")
        self._hand_title, self._hand_hint = Text("", bold=True), Text("", "caption", token="text_muted")
        self.colleague = QComboBox()
        self._hand = Button("", key=desk.actions.key("intake.hand_over"), size="main")
        self._none = EmptyState("phone-incoming", "")
        self._body = Ground("surface_sunken")
        self._ages = QTimer(self)
        self._ages.setInterval(_AGES_MS)
        self._build()
        self._connect()
        self.retranslate()
        self.refresh()

    def _build(self) -> None:
        self._what.setReadOnly(True)
        self._dress()
        buttons = row(self._resume, self._call_back, None, self._discard)
        head = row(self._caption, None, self._edited)
        self._panel = Panel()
        hand = row((self.colleague, 1), self._hand)
        column(row(self._hand_title, None, self._hand_hint), hand, gap=8, margins=12, parent=self._panel)
        parts = column(head, *self._rows, buttons, None, self._panel, gap=12, margins=(16, 10, 16, 12))
        column(parts, gap=0, parent=self._body)
        column(self.list, (self._body, 1), (self._none, 1), gap=0, parent=self)

    def _connect(self) -> None:
        self.list.chosen.connect(self._show_current)
        self.list.resumed.connect(self.resume)
        self.list.discarded.connect(self.discard)
        self._resume.clicked.connect(self.resume)
        self._call_back.clicked.connect(self.call_back)
        self._discard.clicked.connect(self.discard)
        self._hand.clicked.connect(self.hand_over)
        self._ages.timeout.connect(self.list.viewport().update)
        self._desk.changed.connect(self._on_changed)

    # ------------------------------------------------------------------------------------------------------- reading

    def refresh(self) -> None:
        """Read drafts and colleagues anew."""
        self._desk.read(list_drafts, done=self._on_items, latest="intake.drafts")
        self._desk.read(colleagues, self._desk.person.user_id, done=self._on_colleagues, latest="intake.colleagues")

    def hide_one(self, draft_id: str) -> None:
        """Leave out the draft that is being typed just now."""
        if draft_id != self._hidden_id:
            self._hidden_id = draft_id
            self._show_items()

    def items(self) -> Sequence[DraftItem]:
        """The drafts shown: one's own, and those of colleagues whose callers one may know; the oldest first."""
        return [item for item in self._items if item.id != self._hidden_id and may_see(item, self._desk.person)]

    def _on_items(self, items: Sequence[DraftItem]) -> None:
        self._items = items
        self._show_items()

    def _on_colleagues(self, found: Sequence[Colleague]) -> None:
        self._colleagues = found
        self.retranslate()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("draft", "local_user"):
            self.refresh()

    # ------------------------------------------------------------------------------------------------------- showing

    def _show_items(self) -> None:
        items = self.items()
        self.list.show_items(items)
        self.list.setVisible(bool(items))
        self._body.setVisible(bool(items))
        self._none.setVisible(not items)
        self.counted.emit(len(items))

    def _show_current(self) -> None:
        item = self.list.current()
        if item is None:
            return
        filled = [value for value in (item.caller or item.phone, item.place, item.first_words) if value]
        self._caption.setText(self.tr("Chosen draft, %n field(s) filled in", "", len(filled)))
        edited = moment_text(item.updated_at, self._desk.zone()).rsplit(" ", 1)[-1]
        self._edited.setText(self.tr("last changed {time}").format(time=edited))
        self._who.setText(f"{caller_of(item)}  {item.phone}".strip())
        self._where.setText(item.place)
        self._what.setPlainText(str(item.body.get("description") or item.first_words))
        is_own = item.user_id == self._desk.person.user_id
        self._call_back.setEnabled(bool(item.phone))
        self._discard.setEnabled(is_own)
        self._resume.setText(self.tr("Go on") if is_own else self.tr("Take over"))
        self._hand.setEnabled(is_own and bool(self._colleagues))
        self._panel.setVisible(is_own)

    def take_focus(self) -> None:
        """Go to the list."""
        self.list.setFocus()

    # --------------------------------------------------------------------------------------------------------- doing

    def resume(self) -> None:
        """Go on with the current draft."""
        if (item := self.list.current()) is not None:
            self.resumed.emit(item)

    def call_back(self) -> None:
        """The caller of the current draft is to be called back."""
        if (item := self.list.current()) is not None and item.phone:
            self.called_back.emit(item)

    def discard(self) -> None:
        """Throw the current draft away."""
        if (item := self.list.current()) is not None and item.user_id == self._desk.person.user_id:
            self.discarded.emit(item)

    def hand_over(self) -> None:
        """Give the current draft to the colleague who is chosen."""
        item, place = self.list.current(), self.colleague.currentIndex()
        if item is not None and item.user_id == self._desk.person.user_id and 0 <= place < len(self._colleagues):
            self.handed.emit(item, self._colleagues[place])

    def _dress(self) -> None:
        theme = current_theme()
        self._what.setFixedHeight(theme.px(52))
        sunken = self._what.palette()
        sunken.setColor(QPalette.ColorRole.Base, theme.base.surface_sunken)
        self._what.setPalette(sunken)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._dress()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ages.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._ages.stop()
        super().hideEvent(event)

    @override
    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Drafts"))
        for labelled, label in zip(self._rows, (self.tr("Who"), self.tr("Where"), self.tr("What")), strict=True):
            labelled.set_label(label)
        for part, label in (
            (self._who, self.tr("Who")),
            (self._where, self.tr("Where")),
            (self._what, self.tr("What")),
        ):
            part.setAccessibleName(label)
        self._call_back.setText(self.tr("Call back"))
        self._discard.setText(self.tr("Discard"))
        self._hand_title.setText(self.tr("Hand to a colleague at this PC"))
        is_any = bool(self._colleagues)
        self._hand_hint.setText(self.tr("needs no network") if is_any else self.tr("nobody else signs in here"))
        self._hand.setText(self.tr("Hand over"))
        self.colleague.setAccessibleName(self.tr("Colleague"))
        place = self.colleague.currentIndex()
        self.colleague.clear()
        for colleague in self._colleagues:
            title = spoken(colleague.title)
            self.colleague.addItem(f"{colleague.name}  {title}".strip())
        self.colleague.setCurrentIndex(max(0, min(place, len(self._colleagues) - 1)))
        self.colleague.setEnabled(is_any)
        self._none.say(self.tr("No draft is waiting"), self.tr("What you type is kept here when another call comes."))
        self._show_current()
