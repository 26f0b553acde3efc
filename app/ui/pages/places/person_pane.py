"""A resident beside their unit: telephones, flags, and mending either on the spot."""


from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.commands.command import Command
from app.commands.residents import (
    AddExemption,
    AddPhone,
    EditPhone,
    EditResident,
    ExemptionKind,
    RemoveExemption,
    RemovePhone,
    ResidentFields,
)
from app.domain.ids import new_id
from app.domain.phones import spaced_phone
from app.store.queries.places import Person
from app.ui.desk import Desk
from app.ui.glyphs.marks import Tag
from app.ui.pages.places.refill import refill
from app.ui.pages.places.resident_columns import exemption_tag
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here
from app.ui.widgets.buttons import Button, IconButton, LinkButton
from app.ui.widgets.facts import SectionHeader
from app.ui.widgets.grounds import Ground, Line
from app.ui.widgets.marks import Avatar, IconMark, TagMark
from app.ui.widgets.texts import ElidedText, Text


class PersonPane(Ground):
    """Shows one person; each change is a command, and the pane hears of it like everyone else."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._desk = desk
        self._person: Person | None = None
        self._avatar = Avatar("", 32)
        self._name = ElidedText(size="title", bold=True)
        self._relation = Text(size="caption", token="text_muted")
        self._edit = Button(icon="pencil")
        self._edit.clicked.connect(self._on_edit)
        self._name_field = QLineEdit()
        self._name_field.returnPressed.connect(self._on_named)
        self._name_field.editingFinished.connect(self._name_field.hide)
        self._name_field.hide()
        self._phone_header, self._add_phone = SectionHeader(""), LinkButton("")
        self._flag_header, self._add_flag = SectionHeader(""), LinkButton("")
        self._phones, self._flags = QVBoxLayout(), QVBoxLayout()
        self._phone_field = QLineEdit()
        self._phone_field.returnPressed.connect(self._on_phone)
        self._phone_field.hide()
        self._flag_kind = QComboBox()
        self._flag_kind.activated.connect(self._on_flag)
        self._flag_kind.hide()
        self._edited_phone = ""
        self._add_phone.clicked.connect(lambda: self._open_phone("", ""))
        self._add_flag.clicked.connect(self._on_add_flag)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = row(
            self._avatar,
            (column(self._name, self._name_field, self._relation, gap=2), 1),
            self._edit,
            margins=(16, 16, 16, 12),
        )
        phones = column(
            row((self._phone_header, 1), self._add_phone),
            self._phones,
            self._phone_field,
            gap=4,
            margins=(16, 12, 16, 12),
        )
        flags = column(
            row((self._flag_header, 1), self._add_flag), self._flags, self._flag_kind, gap=4, margins=(16, 12, 16, 12)
        )
        column(head, Line(), phones, Line(), flags, Line(), gap=0, parent=self)

    def show_person(self, person: Person | None) -> None:
        """Show a person, or nobody."""
        self._person = person
        self.setVisible(person is not None)
        self._close_fields()
        if person is not None:
            self._fill(person)

    def person_id(self) -> str:
        """Who is shown; empty if nobody is."""
        return self._person.resident_id if self._person else ""

    def _fill(self, person: Person) -> None:
        self._avatar.set_name(person.name)
        self._name.setText(person.name)
        relation = say_here(f"relation.{person.relation}") if person.relation else ""
        since = self.tr("since {day}").format(day=person.since) if person.since else ""
        self._relation.setText(", ".join(part for part in (relation, since) if part))
        refill(self._phones, [self._phone_line(*phone) for phone in person.phones])
        refill(self._flags, [self._flag_line(*flag) for flag in person.flags])

    def _phone_line(self, phone_id: str, digits: str, label: str, is_primary: bool) -> QWidget:
        line = QWidget()
        number = Text(spaced_phone(digits))
        note = TagMark(Tag(self.tr("main"))) if is_primary else Text(label, size="caption", token="text_muted")
        copy = IconButton("copy", self.tr("Copy"), size="small")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(digits))
        mend = IconButton("pencil", self.tr("Mend this number"), size="small")
        mend.clicked.connect(lambda: self._open_phone(phone_id, digits))
        remove = IconButton("trash", self.tr("Remove this number"), size="small")
        remove.clicked.connect(lambda: self._remove_phone(phone_id))
        row(IconMark("phone"), number, None, note, copy, mend, remove, gap=6, parent=line)
        return line

    def _flag_line(self, flag_id: str, kind: str, note: str, until: str | None) -> QWidget:
        line = QWidget()
        remove = IconButton("x", self.tr("Take the flag off"), size="small")
        remove.clicked.connect(lambda: self._remove_flag(flag_id))
        words = ElidedText(note, token="text_secondary")
        row(TagMark(exemption_tag(kind, until)), (words, 1), remove, gap=6, parent=line)
        return line

    # --------------------------------------------------------------------------------------------------------- mending

    def _on_edit(self) -> None:
        if self._person is not None:
            self._name_field.setText(self._person.name)
            self._name_field.show()
            self._name_field.selectAll()
            self._name_field.setFocus()

    def _on_named(self) -> None:
        person, name = self._person, self._name_field.text().strip()
        self._name_field.hide()
        if person is not None and name and name != person.name:
            command = EditResident(id=person.resident_id, site_id=person.site_id, set=ResidentFields(name=name))
            self._do(command, self.tr("Name mended"), base={"name": person.name})

    def _open_phone(self, phone_id: str, digits: str) -> None:
        self._edited_phone = phone_id
        self._phone_field.setText(digits)
        self._phone_field.show()
        self._phone_field.selectAll()
        self._phone_field.setFocus()

    def _on_phone(self) -> None:
        person, text = self._person, self._phone_field.text().strip()
        self._phone_field.hide()
        if person is None or not text:
            return
        before = next((phone for phone in person.phones if phone[0] == self._edited_phone), None)
        command: Command
        if before is None:
            command = AddPhone(
                id=new_id(),
                site_id=person.site_id,
                resident_id=person.resident_id,
                phone=text,
                is_primary=not person.phones,
            )
        else:
            command = EditPhone(
                id=before[0], site_id=person.site_id, phone=text, label=before[2], seen_digits=before[1]
            )
        self._do(command, self.tr("Telephone kept"))

    def _remove_phone(self, phone_id: str) -> None:
        if self._person is not None:
            self._do(RemovePhone(site_id=self._person.site_id, id=phone_id), self.tr("Telephone removed"))

    def _on_add_flag(self) -> None:
        self._flag_kind.show()
        self._flag_kind.setFocus()
        self._flag_kind.showPopup()

    def _on_flag(self, place: int) -> None:
        person = self._person
        self._flag_kind.hide()
        if person is not None and place > 0:
            kind = list(ExemptionKind)[place - 1]
            command = AddExemption(id=new_id(), site_id=person.site_id, resident_id=person.resident_id, kind=kind)
            self._do(command, self.tr("Flag set"))

    def _remove_flag(self, flag_id: str) -> None:
        if self._person is not None:
            self._do(RemoveExemption(site_id=self._person.site_id, id=flag_id), self.tr("Flag taken off"))

    def _do(self, command: Command, words: str, base: dict[str, str] | None = None) -> None:
        self._desk.do(command, words=words, base=base)

    def _close_fields(self) -> None:
        for field in (self._name_field, self._phone_field, self._flag_kind):
            field.hide()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._edit.setText(self.tr("Edit"))
        self._phone_header.set_text(self.tr("Telephones"))
        self._add_phone.setText(self.tr("Add one"))
        self._flag_header.set_text(self.tr("Needs care"))
        self._add_flag.setText(self.tr("Add one"))
        self._name_field.setAccessibleName(self.tr("Name"))
        self._phone_field.setAccessibleName(self.tr("Telephone"))
        self._phone_field.setPlaceholderText(self.tr("Number, then Enter"))
        self._flag_kind.setAccessibleName(self.tr("Needs care"))
        self._flag_kind.clear()
        self._flag_kind.addItem(self.tr("Choose…"))
        for kind in ExemptionKind:
            self._flag_kind.addItem(say_here(f"exemption.{kind}"))
        if self._person is not None:
            self._fill(self._person)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
