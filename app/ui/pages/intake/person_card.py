"""Who calls: name, home, telephone, flags, and how often they called."""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.phones import spaced_phone
from app.store.queries.intake import PersonCard
from app.ui.glyphs.marks import Tag
from app.ui.pages.intake.fact_line import FactLine
from app.ui.pages.intake.past_orders import PastOrders
from app.ui.pages.intake.wording import Speaking, exemption_tag
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.grounds import Line, Panel
from app.ui.widgets.marks import Avatar, TagMark
from app.ui.widgets.texts import Text

CARD_ORDERS = 2
"""Past orders in the card; under an open order all are shown."""


class PersonHead(Speaking):
    """The two lines that say who calls, with their flags at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: PersonCard | None = None
        self._phone = self._unit = ""
        self._avatar, self._name = Avatar(side=28), Text("", "strong", bold=True)
        self._relation, self._facts = FactLine("body"), FactLine("caption")
        self._tags = row(gap=4)
        self._marks: list[TagMark] = []
        who = row(self._name, (self._relation, 1), gap=6)
        row(self._avatar, (column(who, self._facts, gap=0), 1), self._tags, gap=10, parent=self)

    def show_card(self, card: PersonCard, unit_id: str, phone: str) -> None:
        """Show ``card``: the home that was chosen, the number that they called from."""
        self._card, self._unit, self._phone = card, unit_id, phone
        self.retranslate()

    @override
    def retranslate(self) -> None:
        card = self._card
        if card is None:
            return
        home = next((home for home in card.homes if home[0] == self._unit), card.homes[0] if card.homes else None)
        self._avatar.set_name(card.name)
        self._name.setText(card.name or spaced_phone(self._phone))
        since = self.tr("since {year}").format(year=home[3][:4]) if home and home[3] else ""
        relation = say_here(f"relation.{home[2]}") if home else self.tr("not on record")
        self._relation.set_facts([relation, since])
        family = self.tr("%n in the home", "", card.family) if home and card.family > 1 else ""
        phone = spaced_phone(self._phone) if card.name else ""  # else it stands for the name
        self._facts.set_facts([home[1] if home else "", phone, family, card.note])
        self._show_tags(self._tags_of(card))

    def _tags_of(self, card: PersonCard) -> list[Tag]:
        pattern = self.tr("{flag}, until {day}")
        flags = [exemption_tag(kind, until, pattern) for kind, until in card.exemptions[:2]]
        if flags:
            return flags
        count = len(card.open_orders)
        return [Tag(self.tr("%n open order(s)", "", count)) if count else Tag(self.tr("nothing open"))]

    def _show_tags(self, tags: list[Tag]) -> None:
        while len(self._marks) < len(tags):
            self._marks.append(TagMark(tags[len(self._marks)]))
            self._tags.put(self._marks[-1])
        for place, mark in enumerate(self._marks):
            mark.setVisible(place < len(tags))
            if place < len(tags):
                mark.set_tag(tags[place])


class PersonCardPanel(Panel):
    """The head, calls of thirty days, the latest orders."""

    asked_for_all = Signal()

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.head = PersonHead()
        self._calls, self._all = Text("", "caption", token="text_muted"), LinkButton("")
        self._past = PastOrders(zone)
        self._all.clicked.connect(self.asked_for_all)
        self._card: PersonCard | None = None
        body = column(row(self._calls, None, self._all), self._past, gap=4)
        column(self.head, Line(), body, gap=8, margins=12, parent=self)

    def show_card(self, card: PersonCard, unit_id: str, phone: str) -> None:
        """Show ``card``."""
        self._card = card
        self.head.show_card(card, unit_id, phone)
        self._past.show_orders(card.recent[:CARD_ORDERS])
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew."""
        if self._card is not None:
            calls = self._card.calls_in_30_days
            self._calls.setText(self.tr("%n call(s) in 30 days", "", calls) if calls else self.tr("No call in 30 days"))
            self._all.setText(self.tr("all %n order(s)", "", self._card.orders_in_all))
            self._all.setVisible(bool(self._card.orders_in_all and self._card.homes))
