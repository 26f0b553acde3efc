"""What belongs to an order: category, asset, flags of who reported, other callers, doubles, how it ended."""

from collections.abc import Iterator
from datetime import date, tzinfo

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLayout, QWidget

from app.domain.numbers import short_number
from app.domain.phones import spaced_phone
from app.store.queries.order import OrderDetail
from app.ui.glyphs.marks import Tag
from app.ui.pages.work_orders.order_words import when_exactly
from app.ui.theme.layouts import column, row
from app.ui.theme.tips import plain_tip
from app.ui.translation import listed_here, say_here, spoken, spoken_path
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.facts import Fact, SectionHeader
from app.ui.widgets.marks import IconMark, TagMark
from app.ui.widgets.texts import ElidedText


class RelatedBox(QWidget):
    """Facts in rows; those that lead somewhere have a link."""

    asked_for_order = Signal(str)
    asked_for_asset = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = 0
        self._head = SectionHeader("")
        self._rows = column(gap=6)
        column(self._head, self._rows, gap=8, margins=(16, 10, 16, 12), parent=self)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._head.set_text(self.tr("Related"))

    def show_order(self, order: OrderDetail, today: date, zone: tzinfo) -> None:
        """Show what belongs to the order as it is now."""
        self._year = today.year
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in (*self._links(order), *self._facts(order, today, zone)):
            self._rows.put(part)

    def _links(self, order: OrderDetail) -> Iterator[QWidget]:
        if order.asset_id is not None:
            yield self._link("elevator", order.asset, order.asset_id, self.asked_for_asset)
        flags = [(caller.name, kind, until) for caller in order.callers for kind, until in caller.exemptions]
        if flags:
            yield _Flags(flags)
        for caller in order.callers[1:]:
            yield Fact(self.tr("Also"), f"{caller.name} {spaced_phone(caller.phone)}".strip())
        if order.duplicate_of is not None:
            yield self._order_link(self.tr("Merged into {number}"), *order.duplicate_of)
        for row_id, number in order.duplicates:
            yield self._order_link(self.tr("{number} was merged into this"), row_id, number)

    def _order_link(self, words: str, row_id: str, number: str) -> QWidget:
        text = words.format(number=short_number(number, self._year))
        return self._link("git-merge", text, row_id, self.asked_for_order)

    def _link(self, icon: str, text: str, row_id: str, asked: SignalInstance) -> QWidget:
        link = _Link(icon, text, self.tr("Open"), row_id)
        link.opened.connect(asked)
        return link

    def _facts(self, order: OrderDetail, today: date, zone: tzinfo) -> Iterator[QWidget]:
        said = (
            (self.tr("Category"), spoken_path(order.category)),
            (self.tr("Needs"), listed_here([f"{spoken(name)} {level}" for name, level in order.skills])),
            (self.tr("Steward"), order.steward),
            (self.tr("Agreed"), when_exactly(order.appointment_at, today, zone) if order.appointment_at else ""),
            (self.tr("Waits"), say_here(f"hold.{order.hold_reason}") if order.hold_reason else ""),
            (self.tr("Cancelled"), say_here(f"cancel.{order.cancel_reason}") if order.cancel_reason else ""),
            (self.tr("Result"), order.result),
            (self.tr("Cause"), spoken(order.cause) if order.cause else ""),
            (self.tr("Worked"), "" if order.minutes is None else self.tr("%n minute(s)", None, order.minutes)),
        )
        return (Fact(label, words) for label, words in said if words)


class _Link(QWidget):
    """An icon, words, and a link that opens what ``row_id`` stands for."""

    opened = Signal(str)

    def __init__(self, icon: str, text: str, link: str, row_id: str) -> None:
        super().__init__()
        self._row_id = row_id
        button = LinkButton(link)
        button.setAccessibleName(f"{link} {text}")
        button.clicked.connect(self._on_clicked)
        row(IconMark(icon), (ElidedText(text), 1), button, gap=8, parent=self)

    def _on_clicked(self) -> None:
        self.opened.emit(self._row_id)


class _Flags(QWidget):
    """The exemption flags of those who reported: old, disabled, with an infant."""

    def __init__(self, flags: list[tuple[str, str, str | None]]) -> None:
        super().__init__()
        tags: list[QWidget | QLayout | None] = [IconMark("accessible")]
        for name, kind, until in flags:
            mark = TagMark(Tag(say_here(f"exemption.{kind}"), "info"))
            mark.setToolTip(plain_tip(f"{name} {until or ''}".strip()))
            tags.append(mark)
        row(*tags, None, gap=8, parent=self)
