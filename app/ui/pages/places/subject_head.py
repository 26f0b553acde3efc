"""The head of a place: where it stands, what it is called, and its facts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.permissions import Right, Rights
from app.store.queries.place_cards import PlaceCard, UnitCard
from app.ui.glyphs.marks import Tag
from app.ui.glyphs.shapes import Shape
from app.ui.pages.places.refill import refill
from app.ui.pages.places.wording import floor_words
from app.ui.theme.layouts import column, row
from app.ui.theme.painting import text_width
from app.ui.theme.style import current_theme
from app.ui.translation import entrance_words, listed_here, say_here, spoken
from app.ui.widgets.buttons import Button
from app.ui.widgets.grounds import Ground
from app.ui.widgets.marks import TagMark
from app.ui.widgets.texts import ElidedText, Text

Fact = tuple[str, str]
TITLE_MOST = 200
"""The title keeps its width up to this, px at 100 %: what leads to it gives way first."""


class SubjectHead(Ground):
    """Breadcrumb, title, tags; under them facts side by side; at the right what can be done."""

    edit_wanted = Signal()
    order_wanted = Signal()

    def __init__(self, rights: Callable[[], Rights], parent: QWidget | None = None) -> None:
        super().__init__("surface", lines="bottom", parent=parent)
        self._rights = rights
        self._path = ElidedText(token="text_secondary")
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
        path = (card.building, entrance_words(card.entrance), floor_words(card.floor))
        self._say(card.label, path, (Tag(say_here(f"occupancy.{card.occupancy}")), *self._open_tags(card)))
        facts = (
            (self.tr("Floor area"), f"{card.area_dm2 / 100:g} ㎡" if card.area_dm2 else ""),
            (self.tr("Layout"), card.layout),
            (self.tr("Handed over"), card.handed_over_on or ""),
            (self.tr("Steward"), card.steward),
            (self.tr("Also called"), listed_here([name.strip() for name in card.aliases.split(",")])),
        )
        self._show_facts(facts)
        self._edit.setVisible(self._rights().has(Right.EDIT_PLACES, card.site_id))
        self._order.setVisible(self._rights().has(Right.REPORT, card.site_id))

    def show_place(self, card: PlaceCard) -> None:
        """Show a building, a common place or an asset."""
        self._say(card.name, (spoken(card.site), card.building, card.holder), self._open_tags(card))
        facts = (
            (self.tr("Code"), card.code),
            (self.tr("Installed"), card.installed_on or ""),
            (self.tr("Note"), card.note),
        )
        self._show_facts(facts)
        self._edit.setVisible(card.kind != "building" and self._rights().has(Right.EDIT_PLACES, card.site_id))
        self._order.setVisible(self._rights().has(Right.REPORT, card.site_id))

    def _open_tags(self, card: UnitCard | PlaceCard) -> list[Tag]:
        if card.overdue:
            return [Tag(self.tr("%n overdue", "", card.overdue), "danger", Shape.TRIANGLE)]
        return [Tag(self.tr("%n open", "", card.open_orders))] if card.open_orders else []

    def _say(self, title: str, path: Sequence[str], tags: Sequence[Tag]) -> None:
        self._title.setText(title)
        theme = current_theme()
        width = round(text_width(title, theme.font("page", bold=True))) + 2
        self._title.setMinimumWidth(min(width, theme.px(TITLE_MOST)))
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
