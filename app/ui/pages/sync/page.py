"""What waits for the server, and what it sent back: each with its reason and what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.changes import Changes
from app.domain.words import say
from app.store.queries.sync import OutboxRow, outbox_rows
from app.ui.actions import ActionSpec, Words
from app.ui.desk import Desk, Said
from app.ui.glyphs.marks import Tag
from app.ui.models.columns import CellKind, Column
from app.ui.models.row_table import RowTable
from app.ui.theme.layouts import column, row
from app.ui.theme.tokens import Tone
from app.ui.translation import moment_text, say_here, spoken_language
from app.ui.widgets.bars import PageHeader, PaneFooter
from app.ui.widgets.buttons import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.facts import Fact
from app.ui.widgets.grounds import Ground, Line
from app.ui.widgets.table import Table
from app.ui.widgets.texts import Text

PAGE, PANE = "sync", 400
TYPED_MOST = 2_000
"""Characters of what was written that the pane shows; all of it stays in the outbox."""
_TONES: dict[str, Tone] = {"rejected": "danger", "blocked": "danger", "unsupported": "warning"}
REFUSED = ("rejected", "blocked")


class SyncPage(Ground):
    """A table of what is under way; the one chosen beside it, with its reason and the ways out."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._desk = desk
        self._is_side_taken = False
        self._model: RowTable[OutboxRow] = RowTable(self._columns())
        self.table = Table(self._model, "")
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_open)
        self._header = PageHeader("")
        self._empty = EmptyState("cloud-check", "", "")
        self._title, self._reason = Text(size="title", bold=True, wrap=True), Text(wrap=True, token="danger.text")
        self._facts = [Fact("") for _ in range(5)]
        self._open = Button(icon="eye", key="Enter")
        self._retry = Button(role="primary", icon="refresh", key="Ctrl R", size="main")
        self._discard = Button(role="danger", icon="trash", key="Del", size="main")
        self._open.clicked.connect(lambda: self._on_open(self.table.current_id()))
        self._retry.clicked.connect(self._on_retry)
        self._discard.clicked.connect(self._on_discard)
        self._pane = Ground("surface", lines="left", width=PANE)
        body = column(self._title, self._reason, Line(), *self._facts, row(self._open, None), None, gap=10, margins=16)
        self._foot = PaneFooter(self._retry, self._discard, None)
        column((body, 1), self._foot, gap=0, margins=(1, 0, 0, 0), parent=self._pane)
        self._pane.hide()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        left = column(self._header, (self.table, 1), (self._empty, 1), gap=0)
        row((left, 1), self._pane, gap=0, parent=self)
        desk.changed.connect(self._on_changed)
        desk.connection_changed.connect(self._say_header)
        self._register()
        self.retranslate()
        self._read()

    def _register(self) -> None:
        specs: tuple[tuple[str, Words, str, str, Callable[[], object]], ...] = (
            ("retry", lambda: self.tr("Send it again"), "Ctrl+R", "refresh", self._on_retry),
            ("discard", lambda: self.tr("Discard it"), "Delete", "trash", self._on_discard),
        )
        for name, text, key, icon, slot in specs:
            self._desk.actions.add(ActionSpec(f"sync.{name}", text, PAGE, (key,), icon=icon), slot, self)

    def _columns(self) -> tuple[Column[OutboxRow], ...]:
        def state(found: OutboxRow) -> Tag:
            return Tag(say_here(f"outbox.{found.status}"), _TONES.get(found.status, "neutral"))

        def made(found: OutboxRow) -> str:
            return moment_text(found.made_at, self._desk.zone())

        return (
            Column("status", _title_status, state, CellKind.TAG, width=108, is_sortable=False),
            Column("what", _title_what, _what, width=180, is_bold=_is_refused, is_sortable=False),
            Column("subject", _title_subject, _subject, is_sortable=False, token="text_secondary"),
            Column("who", _title_who, _who, width=96, is_sortable=False),
            Column("made", _title_made, made, width=184, is_sortable=False, token="text_secondary"),
        )

    # -------------------------------------------------------------------------------------------------------- showing

    def take_side(self, *, is_taken: bool) -> None:
        """Give the room at the right to a dock of the window."""
        self._is_side_taken = is_taken
        self._pane.setVisible(not is_taken and bool(self.table.current_id()))

    def _read(self) -> None:
        self._desk.read(outbox_rows, done=self._on_rows, latest="sync.rows")

    def _on_rows(self, rows: Sequence[OutboxRow]) -> None:
        had_focus = self.hasFocus() or self.table.hasFocus()
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if had_focus:  # else it would go to what comes next in the window
            (self.table if rows else self).setFocus()
        if rows and not self.table.current_id():
            self.table.go_to_row(0)
        self._say_header()
        self._on_current(self.table.current_id())

    def _say_header(self) -> None:
        rows = [self._model.row(row_id) for row_id in self._model.ids()]
        refused = sum(found is not None and found.status in REFUSED for found in rows)
        waiting = len(rows) - refused
        self._header.set_title(self.tr("Sync"), self.tr("%n waiting for the server", "", waiting) if waiting else "")
        self._header.set_tags([Tag(self.tr("%n sent back", "", refused), "danger")] if refused else [])
        if self._desk.is_offline:
            self._empty.say(
                self.tr("The server is out of reach, and nothing waits"),
                self.tr("Work as usual: what you do is kept here and sent by itself later."),
                "cloud-off",
            )
        else:
            sentence, why = self.tr("Everything is with the server"), self.tr("Nothing waits, nothing was sent back.")
            self._empty.say(sentence, why, "cloud-check")

    def _on_current(self, command_id: str) -> None:
        found = self._model.row(command_id) if command_id else None
        self._pane.setVisible(found is not None and not self._is_side_taken)
        if found is None:
            return
        self._title.setText(_what(found))
        reason = say(found.error.code, found.error.params, spoken_language()) if found.error else ""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        facts = (
            (self.tr("State"), say_here(f"outbox.{found.status}")),
            (self.tr("About"), _subject(found) or "–"),
            (self.tr("Content"), found.typed[:TYPED_MOST]),
            (self.tr("Given by"), _who(found)),
            (self.tr("Given at"), moment_text(found.made_at, self._desk.zone())),
        )
        for widget, (label, words) in zip(self._facts, facts, strict=True):
            widget.set_fact(label, words)
            widget.setVisible(bool(words))
        is_refused = found.status in REFUSED
        self._retry.setVisible(is_refused)
        self._discard.setVisible(is_refused)
        self._foot.setVisible(is_refused)
        self._open.setVisible(found.work_order_id is not None)

    # ---------------------------------------------------------------------------------------------------------- doing

    def _chosen(self) -> OutboxRow | None:
        return self._model.row(self.table.current_id())

    def _on_open(self, command_id: str) -> None:
        found = self._model.row(command_id)
        if found is not None and found.work_order_id is not None:
            self._desk.asked_for_order.emit(found.work_order_id)

    def _on_retry(self) -> None:
        found = self._chosen()
        if found is not None and found.status in REFUSED:
            self._desk.tasks.run(
                self._desk.store.retry,
                found.id,
                self._desk.author(),
                done=self._on_given_again,
                failed=self._desk.complain,
            )

    def _on_discard(self) -> None:
        found = self._chosen()
        if found is not None and found.status in REFUSED:
            self._desk.tasks.run(
                self._desk.store.discard,
                found.id,
                done=self._on_discarded,
                failed=self._desk.complain,
            )

    def _on_given_again(self, _done: object) -> None:
        self._desk.said.emit(Said(self.tr("Given again")))

    def _on_discarded(self, _done: object) -> None:
        self._desk.said.emit(Said(self.tr("Discarded")))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("outbox"):
            self._read()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setAccessibleName(self.tr("Sync"))
        self.table.setAccessibleName(self.tr("Operations under way"))
        self._open.setText(self.tr("Look at the order"))
        self._retry.setText(self.tr("Send it again"))
        self._discard.setText(self.tr("Discard it"))
        self._say_header()
        self._on_current(self.table.current_id())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand it to the table where there is one; the page keeps it while nothing is listed."""
        super().focusInEvent(event)
        if self.table.isVisible():
            self.table.setFocus(event.reason())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


def _title_status() -> str:
    return QCoreApplication.translate("OutboxColumns", "State")


def _title_what() -> str:
    return QCoreApplication.translate("OutboxColumns", "What")


def _title_subject() -> str:
    return QCoreApplication.translate("OutboxColumns", "About")


def _title_who() -> str:
    return QCoreApplication.translate("OutboxColumns", "Given by")


def _title_made() -> str:
    return QCoreApplication.translate("OutboxColumns", "Given at")


def _what(found: OutboxRow) -> str:
    return say_here(f"command.{found.kind}")


def _subject(found: OutboxRow) -> str:
    return found.subject


def _who(found: OutboxRow) -> str:
    return found.who


def _is_refused(found: OutboxRow) -> bool:
    return found.status in REFUSED
