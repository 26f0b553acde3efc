"""The head of a place: where it stands, what it is called, and its facts."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.store.queries.places import PlaceCard, UnitCard
from app.ui.glyphs.marks import Tag
from app.ui.glyphs.shapes import Shape
from app.ui.pages.places.refill import refill
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.translation import say_here, spoken
from app.ui.widgets.buttons import Button
from app.ui.widgets.grounds import Ground
from app.ui.widgets.marks import TagMark
from app.ui.widgets.texts import ElidedText, Text

Fact = tuple[str, str]


class SubjectHead(Ground):
    """Breadcrumb, title, tags; under them facts side by side; at the right what can be done."""

    edit_wanted = Signal()
    order_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines="bottom", parent=parent)
        self._path = Text(token="text_secondary")
        self._title = ElidedText(size="page", bold=True)
        self._tags = QHBoxLayout()
        self._tags.setSpacing(6)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(32)
        self._edit = Button(icon="pencil", key="F2")
        self._edit.clicked.connect(self.edit_wanted)
        self._order = Button(icon="phone-incoming")
        self._order.clicked.connect(self.order_wanted)
        top = row(self._path, self._title, self._tags, None, self._edit, self._order, margins=(16, 8, 16, 0))
        facts = row(self._facts, None, margins=(16, 4, 16, 12))
        column(top, facts, gap=4, parent=self)
        self.retranslate()

    def show_unit(self, card: UnitCard) -> None:
        """Show a unit."""
        floor = self.tr("floor {number}").format(number=card.floor) if card.floor else ""
        entrance = self.tr("entrance {name}").format(name=card.entrance) if card.entrance else ""
        self._say(card.label, (card.building, entrance, floor), self._unit_tags(card))
        facts = (
            (self.tr("Floor area"), f"{card.area_dm2 / 100:g} ㎡" if card.area_dm2 else ""),
            (self.tr("Layout"), card.layout),
            (self.tr("Handed over"), card.handed_over_on or ""),
            (self.tr("Steward"), card.steward),
            (self.tr("Also called"), card.aliases),
        )
        self._show_facts(facts)
        self._edit.show()
        self._order.setText(self.tr("New order here"))

    def show_place(self, card: PlaceCard) -> None:
        """Show a building, a common place or an asset."""
        self._say(card.name, (spoken(card.site), card.building), _open_tags(card.open_orders, card.overdue, self))
        facts = (
            (self.tr("Code"), card.code),
            (self.tr("Installed"), card.installed_on or ""),
            (self.tr("Note"), card.note),
        )
        self._show_facts(facts)
        self._edit.setVisible(card.kind != "building")
        self._order.setText(self.tr("New order here"))

    def _unit_tags(self, card: UnitCard) -> list[Tag]:
        return [Tag(say_here(f"occupancy.{card.occupancy}")), *_open_tags(card.open_orders, card.overdue, self)]

    def _say(self, title: str, path: Sequence[str], tags: Sequence[Tag]) -> None:
        self._title.setText(title)
        self._path.setText(" › ".join(part for part in path if part))
        refill(self._tags, [TagMark(tag) for tag in tags])

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        refill(self._facts, [_fact(label, value) for label, value in facts if value])

    def retranslate(self) -> None:
        """Say everything in the language of the moment; the page shows the place anew."""
        self._edit.setText(self.tr("Edit"))
        self._order.setText(self.tr("New order here"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


def _fact(label: str, value: str) -> QWidget:
    made, words = QWidget(), ElidedText(value)
    words.setMaximumWidth(current_theme().px(280))
    column(Text(label, "caption", token="text_muted"), words, gap=2, parent=made)
    return made


def _open_tags(count: int, overdue: int, head: QWidget) -> list[Tag]:
    if overdue:
        return [Tag(head.tr("%n overdue", "", overdue), "danger", Shape.TRIANGLE)]
    return [Tag(head.tr("%n open", "", count))] if count else []
