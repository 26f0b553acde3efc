"""The form of a new order: where, what, of what kind, how urgent; a time agreed and the site only when asked for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget
from typing_extensions import override

from app.domain.work_orders import TEXT_LIMIT
from app.store.queries.intake_choices import CategoryChoice, PlaceHit
from app.store.queries.lookup import SiteFound
from app.ui.pages.intake.advice import Advice
from app.ui.pages.intake.entry import Entry
from app.ui.pages.intake.fact_line import FactLine
from app.ui.pages.intake.found_rows import FoundRows
from app.ui.pages.intake.labelled import Labelled
from app.ui.pages.intake.pick_field import PickField
from app.ui.pages.intake.priority_box import PriorityBox
from app.ui.pages.intake.rows import category_row, place_row
from app.ui.pages.intake.wording import Speaking
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.translation import say_here, spoken, spoken_path
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.texts import Text

_TEXT_HEIGHT = 52


class OrderForm(Speaking):
    """Shows an :class:`Entry` and tells what is typed into it; decides nothing."""

    place_typed = Signal(str)
    place_searched = Signal(str)
    place_picked = Signal(object)
    described = Signal(str)
    category_searched = Signal(str)
    category_picked = Signal(object)
    category_cleared = Signal()
    priority_picked = Signal(str)
    appointment_typed = Signal(str)
    site_picked = Signal(str)
    more_wanted = Signal()

    def __init__(self, more_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more_key = more_key
        self._sites: Sequence[SiteFound] = ()
        self.place: PickField[PlaceHit] = PickField(SearchField(icon="map-pin"), FoundRows(""))
        self.what = QPlainTextEdit()
        self.category: PickField[CategoryChoice] = PickField(SearchField(icon=""), FoundRows(""))
        self.priority, self.appointment, self.site = PriorityBox(), SearchField(icon="calendar"), QComboBox()
        self._advice, self._appointed = (
            FactLine("caption", icon="wand", wraps=True),
            Text("", "caption", token="text_muted"),
        )
        choices = row((self.category, 1), self.priority, gap=8)
        choices.setAlignment(self.priority, Qt.AlignmentFlag.AlignTop)
        kind = column(choices, self._advice, gap=4)
        self.rows = {
            "place": Labelled("place", self.place, is_needed=True),
            "description": Labelled("description", self.what, is_needed=True),
            "site": Labelled("site", self.site, is_needed=True),  # after what is being typed when it comes
            "category": Labelled("category", kind),
            "appointment": Labelled("appointment", column(self.appointment, self._appointed, gap=4)),
        }
        self._more = LinkButton("", icon="calendar")
        self._more_hint = Text("", "caption", token="text_muted")
        self._more_row = QWidget()
        row(self._more, self._more_hint, None, gap=8, margins=(72, 0, 0, 0), parent=self._more_row)
        column(*self.rows.values(), self._more_row, gap=10, parent=self)
        self._connect()
        self._fit()
        self.rows["site"].hide()
        self.rows["appointment"].hide()
        self.retranslate()

    def _connect(self) -> None:
        self.what.setTabChangesFocus(True)
        self.place.typed.connect(self.place_typed)
        self.place.searched.connect(self.place_searched)
        self.place.picked.connect(self.place_picked)
        self.place.entered.connect(self.what.setFocus)
        self.what.textChanged.connect(lambda: self.described.emit(self.what.toPlainText()))
        self.category.typed.connect(self._on_category_typed)
        self.category.searched.connect(self.category_searched)
        self.category.picked.connect(self.category_picked)
        self.priority.textActivated.connect(self.priority_picked)
        self.appointment.textEdited.connect(self.appointment_typed)
        self.site.activated.connect(self._on_site)
        self._more.clicked.connect(self.more_wanted)

    # --------------------------------------------------------------------------------------------------------- showing

    def show_entry(self, entry: Entry) -> None:
        """Show what was taken down; a field that shows it already keeps its cursor."""
        self.place.set_text(entry.place_text)
        if self.what.toPlainText() != entry.description:
            with QSignalBlocker(self.what):
                self.what.setPlainText(entry.description)
                self.what.moveCursor(QTextCursor.MoveOperation.End)
        if self.appointment.text() != entry.appointment:
            self.appointment.setText(entry.appointment)
        if entry.appointment:
            self.show_more()
        for fact, labelled in self.rows.items():
            labelled.set_again(is_again=fact in entry.said_again, words=self.tr("on record, and said again"))
        if entry.place_text.strip():
            self.rows["place"].set_error("")
        if entry.description:
            self.show_length(len(entry.description))

    def show_length(self, length: int) -> None:
        """Say that a text is too long to be kept on the order, before it is refused."""
        is_long = length > TEXT_LIMIT
        field = "@field.description"
        said = say_here("text_too_long", field=field, length=length, limit=TEXT_LIMIT) if is_long else ""
        self.rows["description"].set_error(said)

    def show_advice(self, advice: Advice, response: str) -> None:
        """Show category and priority that hold, why, and what is promised."""
        if not self.category.line.hasFocus() or not self.category.is_searching():
            path = spoken_path(advice.category.path) if advice.category else ""
            self.category.set_text(path)
        self.priority.show_priority(advice.priority)
        facts = [self.tr("suggested by “{word}”").format(word=advice.word)] if advice.word else []
        if advice.raised_by:
            flag = say_here(f"exemption.{advice.raised_by}")
            facts.append(self.tr("{flag}: one step more urgent").format(flag=flag))
        if advice.category is not None and advice.category.skills:
            needs = self.tr("{skill} from level {level}")
            asked = [needs.format(skill=spoken(skill), level=level) for skill, level in advice.category.skills[:2]]
            facts.append(self.tr("needs {skills}").format(skills=", ".join(asked)))
        if response:
            facts.append(response)
        self._advice.set_facts(facts)
        self._advice.setVisible(bool(facts))

    def show_appointment(self, words: str, *, is_wrong: bool) -> None:
        """Say what the time typed means, or that it means nothing."""
        self.rows["appointment"].set_error(words if is_wrong else "")
        self._appointed.setText("" if is_wrong else words)
        self._appointed.setVisible(not is_wrong and bool(words))

    def show_sites(self, sites: Sequence[SiteFound], site_id: str, *, is_asked: bool) -> None:
        """Offer the sites where it cannot be told from the place or the caller."""
        self.rows["site"].setVisible(is_asked)
        self._sites = sites
        names = [self.tr("Which site?"), *(spoken({"zh": site.name_zh, "en": site.name_en}) for site in sites)]
        with QSignalBlocker(self.site):
            if names != [self.site.itemText(place) for place in range(self.site.count())]:
                self.site.clear()
                self.site.addItems(names)
            self.site.setCurrentIndex(next((at for at, site in enumerate(sites, start=1) if site.id == site_id), 0))
        if site_id:
            self.rows["site"].set_error("")

    def show_more(self) -> None:
        """Show the field for a time that was agreed."""
        self.rows["appointment"].show()
        self._more_row.hide()

    def show_less(self) -> None:
        """Only the usual fields."""
        self.rows["appointment"].hide()
        self._more_row.show()
        self.show_appointment("", is_wrong=False)

    def offer_places(self, hits: Sequence[PlaceHit]) -> None:
        """Show places that were found."""
        self.place.offer(hits, [place_row(hit, self.place.text()) for hit in hits])

    def offer_categories(self, choices: Sequence[CategoryChoice]) -> None:
        """Show categories that were found."""
        self.category.offer(choices, [category_row(choice, self.category.text()) for choice in choices])

    def fact_in_focus(self) -> str:
        """The fact whose field has the focus; empty when none has."""
        focus = self.window().focusWidget()
        for fact, labelled in self.rows.items():
            if labelled.isAncestorOf(focus):
                return "priority" if focus is self.priority else fact
        return ""

    # --------------------------------------------------------------------------------------------------------- typed

    def _on_category_typed(self, text: str) -> None:
        if not text.strip():
            self.category_cleared.emit()

    def _on_site(self, place: int) -> None:
        self.site_picked.emit(self._sites[place - 1].id if place else "")

    def _fit(self) -> None:
        self.what.setFixedHeight(current_theme().px(_TEXT_HEIGHT))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    @override
    def retranslate(self) -> None:
        labels = {
            "site": self.tr("Site"),
            "place": self.tr("Where"),
            "description": self.tr("What"),
            "category": self.tr("Category"),
            "appointment": self.tr("Time"),
        }
        for fact, label in labels.items():
            self.rows[fact].set_label(label)
        self.site.setAccessibleName(labels["site"])
        self.what.setAccessibleName(labels["description"])
        self.place.line.set_placeholder(self.tr("Flat, place, device, or any words"))
        self.place.rows.setAccessibleName(self.tr("Places found"))
        self.category.line.set_placeholder(self.tr("May stay empty"))
        self.category.line.setAccessibleName(labels["category"])
        self.category.rows.setAccessibleName(self.tr("Categories found"))
        self.priority.setAccessibleName(self.tr("Priority"))
        self.appointment.set_placeholder(self.tr("1430, tomorrow 9, 9-18 9:00"))
        self.appointment.setAccessibleName(self.tr("Time agreed"))
        self._more.setText(self.tr("Time agreed"))
        self._more_hint.setText(self.tr("optional, {key} opens it").format(key=self._more_key))
