"""Who was sent to an order: a card a member, with what they are, their number, and where they stand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.phones import spaced_phone
from app.domain.work_orders import CrewState
from app.store.queries.order import CrewMember, OrderDetail
from app.ui.actions import Actions
from app.ui.glyphs.marks import Tag
from app.ui.pages.work_orders.possible import Possible
from app.ui.theme.layouts import column, row
from app.ui.translation import spoken
from app.ui.widgets.buttons import Button, IconButton, LinkButton
from app.ui.widgets.facts import SectionHeader
from app.ui.widgets.marks import Avatar, KeyHint, TagMark
from app.ui.widgets.texts import ElidedText, Span, SpanText, Text


class CrewBox(QWidget):
    """The crew, with a way to add somebody, to take one off, and to enter a step for one who rings in."""

    removed = Signal(object)
    """A :class:`CrewMember` to take off."""
    rang = Signal(object)
    """A :class:`CrewMember` who is on the phone."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._add = LinkButton("", icon="user-plus")
        self._key = KeyHint(actions.key("orders.add"))
        self._assign = LinkButton("", icon="plus")
        self._head = SectionHeader("", self._add, self._key)
        self._nobody = row(self._assign, None)
        self._cards = column(gap=8)
        self._add.clicked.connect(actions.action("orders.add").trigger)
        self._assign.clicked.connect(actions.action("orders.assign").trigger)
        column(self._head, self._nobody, self._cards, gap=8, margins=(16, 10, 16, 12), parent=self)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._head.set_text(self.tr("Assigned"))
        self._add.setText(self.tr("Add"))
        self._assign.setText(self.tr("assign"))

    def show_order(self, order: OrderDetail, can: Possible) -> None:
        """Show the crew as it is now."""
        self._add.setVisible(can.add)
        self._key.setVisible(can.add)
        self._assign.setVisible(can.assign and not order.crew)
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for member in order.crew:
            card = MemberCard(member, can_remove=can.add and len(order.crew) > 1, can_ring=can.phone)
            card.removed.connect(self.removed)
            card.rang.connect(self.rang)
            self._cards.put(card)


class MemberCard(QWidget):
    """One of the crew."""

    removed = Signal(object)
    rang = Signal(object)

    def __init__(self, member: CrewMember, *, can_remove: bool, can_ring: bool) -> None:
        super().__init__()
        self._member = member
        called = spoken(member.name)
        detail = " ".join(part for part in (spoken(member.trade), spoken(member.firm or {})) if part)
        name = SpanText([Span(called, is_bold=True), Span(f" {detail}", token="text_secondary")])
        ring = Button(self.tr("Rings in"), icon="phone-incoming", parent=self)
        ring.setVisible(can_ring)
        ring.clicked.connect(self._on_ring)
        remove = IconButton("x", self.tr("Take {name} off").format(name=called), size="small", parent=self)
        remove.setVisible(can_remove)
        remove.clicked.connect(self._on_remove)
        below = row(Text(self._state(), "caption", token="text_muted"), gap=8)
        below.put(ElidedText(spaced_phone(member.phone), "caption", token="text_muted"), 1)
        if member.chased_at is not None:
            below.put(TagMark(Tag(self.tr("chased"), "warning", "bell-ringing")))
        row(Avatar(called), (column(name, below, gap=1), 1), ring, remove, gap=8, parent=self)

    def _state(self) -> str:
        words = {
            CrewState.ASSIGNED: self.tr("sent"),
            CrewState.ACCEPTED: self.tr("accepted"),
            CrewState.ON_SITE: self.tr("on site"),
            CrewState.FINISHED: self.tr("finished"),
        }
        return words.get(self._member.state, "")

    def _on_remove(self) -> None:
        self.removed.emit(self._member)

    def _on_ring(self) -> None:
        self.rang.emit(self._member)
