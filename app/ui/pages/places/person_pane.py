"""A resident beside their unit: telephones, flags, and mending either on the spot."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.commands.command import Command
from app.commands.residents import (
    AddExemption,
    AddPhone,
    EditPhone,
    EditResident,
    EndResidence,
    ExemptionKind,
    RemoveExemption,
    RemovePhone,
    ResidentFields,
)
from app.domain.errors import OpsError
from app.domain.ids import new_id
from app.domain.permissions import Right
from app.domain.phones import spaced_phone
from app.store.queries.residents import Person
from app.ui.desk import Desk
from app.ui.glyphs.marks import Tag
from app.ui.pages.places.mending import FlagForm, PhoneForm
from app.ui.pages.places.refill import refill
from app.ui.pages.places.wording import exemption_tag
from app.ui.theme.layouts import column, row
from app.ui.translation import joined, say_here
from app.ui.widgets.buttons import Button, IconButton, LinkButton
from app.ui.widgets.facts import SectionHeader
from app.ui.widgets.fields import LineEdit
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
        self._relation = ElidedText(size="caption", token="text_muted")
        self._edit, self._moved_out = Button(icon="pencil"), LinkButton("")
        self._edit.clicked.connect(self._on_edit)
        self._moved_out.clicked.connect(self._on_moved_out)
        self.name_field = LineEdit()
        self.name_field.returnPressed.connect(self._on_named)
        self.name_field.editingFinished.connect(self._end_naming)
        self._phone_header, self._add_phone = SectionHeader(""), LinkButton("")
        self._flag_header, self._add_flag = SectionHeader(""), LinkButton("")
        self._phones, self._flags = QVBoxLayout(), QVBoxLayout()
        self.phone_form, self.flag_form = PhoneForm(), FlagForm()
        self._mended_phone = ""
        self._add_phone.clicked.connect(lambda: self._open_phone("", "", ""))
        self._add_flag.clicked.connect(self.flag_form.open)
        self.phone_form.ended.connect(self._add_phone.setFocus)
        self.flag_form.ended.connect(self._add_flag.setFocus)
        self.phone_form.kept.connect(self._on_phone)
        self.flag_form.kept.connect(self._on_flag)
        self._lay_out()
        self.show_person(None)
        self.retranslate()

    def _lay_out(self) -> None:
        words = column(self._name, self.name_field, self._relation, row(self._moved_out, None), gap=2)
        head = row(
            self._avatar,
            (words, 1),
            self._edit,
            margins=(16, 16, 16, 12),
        )
        phones = column(
            row((self._phone_header, 1), self._add_phone),
            self._phones,
            self.phone_form,
            gap=4,
            margins=(16, 12, 16, 12),
        )
        flags = column(
            row((self._flag_header, 1), self._add_flag), self._flags, self.flag_form, gap=4, margins=(16, 12, 16, 12)
        )
        column(head, Line(), phones, Line(), flags, Line(), gap=0, parent=self)

    def show_person(self, person: Person | None) -> None:
        """Show a person, or nobody; a form that is open stays open for the same person."""
        if person is None or person.residence_id != self.residence_id():
            self._end_naming()
            for form in (self.phone_form, self.flag_form):
                form.hide()
        self._person = person
        self.setVisible(person is not None)
        if person is not None:
            self._fill(person)

    def residence_id(self) -> str:
        """Whose residence is shown; empty if nobody's is."""
        return self._person.residence_id if self._person else ""

    def _may_mend(self) -> bool:
        return self._person is not None and self._desk.person.rights.has(Right.EDIT_PEOPLE, self._person.site_id)

    def _fill(self, person: Person) -> None:
        self._avatar.set_name(person.name)
        self._name.setText(person.name)
        relation = say_here(f"relation.{person.relation}") if person.relation else ""
        since = self.tr("since {day}").format(day=person.since) if person.since else ""
        until = self.tr("until {day}").format(day=person.until) if person.until else ""
        self._relation.setText(joined(relation, since, until))
        refill(self._phones, [self._phone_line(*phone) for phone in person.phones])
        refill(self._flags, [self._flag_line(*flag) for flag in person.flags])
        may_mend = self._may_mend()
        for part in (self._edit, self._add_phone, self._add_flag):
            part.setVisible(may_mend)
        self._moved_out.setVisible(may_mend and person.until is None)

    def _phone_line(self, phone_id: str, digits: str, label: str, is_primary: bool) -> QWidget:
        line = QWidget()
        copy = IconButton("copy", self.tr("Copy {number}").format(number=digits), size="small")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(digits))
        mend = IconButton("pencil", self.tr("Mend {number}").format(number=digits), size="small")
        mend.clicked.connect(lambda: self._open_phone(phone_id, digits, label))
        remove = IconButton("trash", self.tr("Remove {number}").format(number=digits), size="small")
        remove.clicked.connect(lambda: self._remove_phone(phone_id))
        for button in (mend, remove):
            if not self._may_mend():
                button.hide()
        main = [TagMark(Tag(self.tr("main")))] if is_primary else []
        note = ElidedText(label, size="caption", token="text_muted")
        row(IconMark("phone"), Text(spaced_phone(digits)), *main, (note, 1), copy, mend, remove, gap=6, parent=line)
        return line

    def _flag_line(self, flag_id: str, kind: str, note: str, until: str | None) -> QWidget:
        line = QWidget()
        remove = IconButton("x", self.tr("Take off: {flag}").format(flag=say_here(f"exemption.{kind}")), size="small")
        remove.clicked.connect(lambda: self._remove_flag(flag_id))
        if not self._may_mend():
            remove.hide()
        column(
            row(TagMark(exemption_tag(kind, until)), None, remove, gap=6),
            *([Text(note, token="text_secondary", wrap=True)] if note else []),
            gap=2,
            parent=line,
        )
        return line

    # --------------------------------------------------------------------------------------------------------- mending

    def _on_edit(self) -> None:
        if self._person is not None:
            self.name_field.setText(self._person.name)
            self._reopen_name()
            self.name_field.selectAll()

    def _on_named(self) -> None:
        person, name = self._person, self.name_field.text().strip()
        self._end_naming()
        if person is not None and name and name != person.name:
            command = EditResident(id=person.resident_id, site_id=person.site_id, set=ResidentFields(name=name))
            refused = partial(self._on_refused, person, self._reopen_name)
            self._desk.do(command, words=self.tr("Name mended"), base={"name": person.name}, failed=refused)

    def _on_refused(self, person: Person, reopen: Callable[[], object], error: OpsError) -> None:
        """What was typed about somebody can be mended and kept once more, while they are looked at."""
        self._desk.complain(error)
        if self._person is not None and self._person.resident_id == person.resident_id:
            reopen()

    def _reopen_name(self) -> None:
        self._name.hide()
        self.name_field.show()
        self.name_field.setFocus()

    def _end_naming(self) -> None:
        self.name_field.hide()
        self._name.show()

    def _on_moved_out(self) -> None:
        if (person := self._person) is None:
            return
        today = self._desk.today()
        since = date.fromisoformat(person.since) if person.since else today
        command = EndResidence(site_id=person.site_id, id=person.residence_id, until=max(since, today).isoformat())
        self._desk.do(command, words=self.tr("{name} has moved out").format(name=person.name))

    def _open_phone(self, phone_id: str, digits: str, label: str) -> None:
        self._mended_phone = phone_id
        self.phone_form.open(digits, label)

    def _on_phone(self, number: str, label: str) -> None:
        if (person := self._person) is None:
            return
        before = next((phone for phone in person.phones if phone[0] == self._mended_phone), None)
        command: Command
        if before is None:
            command = AddPhone(
                id=new_id(),
                site_id=person.site_id,
                resident_id=person.resident_id,
                phone=number,
                label=label,
                is_primary=not person.phones,
            )
        else:
            command = EditPhone(id=before[0], site_id=person.site_id, phone=number, label=label, seen_digits=before[1])
        refused = partial(self._on_refused, person, self.phone_form.show)
        self._desk.do(command, words=self.tr("Telephone kept"), failed=refused)

    def _remove_phone(self, phone_id: str) -> None:
        if self._person is not None:
            self._desk.do(RemovePhone(site_id=self._person.site_id, id=phone_id), words=self.tr("Telephone removed"))

    def _on_flag(self, kind: str, note: str, until: str | None) -> None:
        if (person := self._person) is None:
            return
        command = AddExemption(
            id=new_id(),
            site_id=person.site_id,
            resident_id=person.resident_id,
            kind=ExemptionKind(kind),
            note=note,
            until=until,
        )
        refused = partial(self._on_refused, person, self.flag_form.show)
        self._desk.do(command, words=self.tr("Flag set"), failed=refused)

    def _remove_flag(self, flag_id: str) -> None:
        if self._person is not None:
            self._desk.do(RemoveExemption(site_id=self._person.site_id, id=flag_id), words=self.tr("Flag taken off"))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._edit.setText(self.tr("Edit"))
        self._moved_out.setText(self.tr("Record a move-out"))
        self._phone_header.set_text(self.tr("Telephones"))
        self._add_phone.setText(self.tr("Add one"))
        self._add_phone.setAccessibleName(self.tr("Add a telephone"))
        self._flag_header.set_text(self.tr("Needs care"))
        self._add_flag.setText(self.tr("Add one"))
        self._add_flag.setAccessibleName(self.tr("Add a flag"))
        self.name_field.setAccessibleName(self.tr("Name"))
        if self._person is not None:
            self._fill(self._person)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
