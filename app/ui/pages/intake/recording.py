"""What is written down of the people who call: a new resident, one more number, a record that was wrong."""

from PySide6.QtCore import QObject

from app.commands.residents import AddPhone, AddResident, EditPhone, EditResident, ResidentFields
from app.domain.ids import new_id
from app.domain.phones import spaced_phone
from app.store.queries.intake import PersonHit
from app.ui.desk import Desk
from app.ui.pages.intake.call import Call
from app.ui.pages.intake.caller_panel import CallerGiven


class Recording(QObject):
    """Gives the commands on residents; the call goes on meanwhile."""

    def __init__(self, desk: Desk, call: Call, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call = call

    def add_resident(self, given: CallerGiven, site_id: str) -> None:
        """Write the caller down as a resident; the call goes on with them."""
        call, resident_id = self._call, new_id()
        unit = given.unit
        relation = given.relation if given.relation in ("owner", "tenant", "family") else "owner"
        command = AddResident(
            id=resident_id,
            site_id=unit.site_id if unit else site_id,
            name=given.name,
            phone=given.phone,
            unit_id=unit.id if unit else None,
            relation=relation,  # type: ignore[arg-type]  # one of the three
        )
        hit = PersonHit(
            resident_id,
            given.name,
            (),
            command.site_id,
            unit.id if unit else None,
            unit.label if unit else "",
            relation if unit else "",
            given.phone,
        )
        words = self.tr("{name} is on record now").format(name=given.name)
        self._desk.do(command, words=words, done=lambda _done: call.choose(hit))

    def add_phone(self, digits: str) -> None:
        """Give the caller one more number."""
        entry = self._call.entry
        command = AddPhone(id=new_id(), site_id=self._site_of_card(), resident_id=entry.resident_id, phone=digits)
        words = self.tr("{phone} is on the record of {name} now")
        self._desk.do(command, words=words.format(phone=spaced_phone(digits), name=entry.name))

    def mend(self, given: CallerGiven) -> None:
        """Correct the caller's name and their first number."""
        card, entry = self._call.card, self._call.entry
        if card is None:
            return
        words = self.tr("The record of {name} is mended").format(name=given.name)
        row = next((phone for phone in card.phones if phone[1] == entry.phone), card.phones[0] if card.phones else None)
        if given.name != card.name:
            edit = EditResident(id=card.resident_id, site_id=card.site_id, set=ResidentFields(name=given.name))
            self._desk.do(edit, base={"name": card.name}, words=words)
        if row is None:
            self.add_phone(given.phone)
        elif given.phone != row[1]:
            mended = EditPhone(id=row[0], site_id=card.site_id, phone=given.phone, label=row[2], seen_digits=row[1])
            self._desk.do(mended, words=words)
        called = entry.called_from if entry.called_from != entry.phone else ""
        self._call.write(name=given.name, phone=given.phone, called_from=called or given.phone)

    def _site_of_card(self) -> str:
        card = self._call.card
        return card.site_id if card is not None else self._call.site_id()
