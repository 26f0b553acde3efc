"""What becomes of drafts: put by, taken up, called back, thrown away, handed over; and of what is being saved."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.store.drafts import DraftItem
from app.store.queries.intake_choices import Colleague
from app.ui.desk import Desk, Said
from app.ui.pages.intake.call import Call
from app.ui.pages.intake.draft_words import Why, caller_of
from app.ui.pages.intake.entry import Entry, entry_from_body, new_entry
from app.ui.pages.intake.keeper import DraftKeeper


class Drafting(QObject):
    """Moves entries between the call and the drafts; ``begin`` shows another entry in the dock."""

    def __init__(
        self, desk: Desk, call: Call, keeper: DraftKeeper, begin: Callable[[Entry], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._call, self._keeper, self._begin = desk, call, keeper, begin

    def put_by(self, why: Why) -> None:
        """Put what is half-typed by, and begin anew."""
        if not self._call.entry.is_empty:
            self._keeper.park(self._call.entry, why)
        self._begin(new_entry())

    def pass_over(self) -> None:
        """Another call comes while this one was folded away; a caller who was only looked up leaves no draft."""
        if self._call.is_lookup():
            self._keeper.remove(self._call.entry.id)
            self._begin(new_entry())
        else:
            self.put_by(Why.NEXT_CALL)

    def resume(self, item: DraftItem) -> None:
        """Go on with a draft; what is half-typed is put by for it."""
        if not self._call.entry.is_empty and self._call.entry.id != item.id:
            self._keeper.park(self._call.entry, Why.SET_ASIDE)
        entry = entry_from_body(item.id, item.body)
        self._begin(entry)
        self._keeper.know(item.id)
        self._keeper.keep(entry)

    def call_back(self, item: DraftItem) -> None:
        """Show the number of a draft's caller, for the telephone, and go on with the draft."""
        QGuiApplication.clipboard().setText(item.phone)
        said = self.tr("Call {caller} back: {phone} (copied)").format(caller=caller_of(item), phone=item.phone)
        self._desk.said.emit(Said(said, tone="info"))
        self.resume(item)

    def discard(self, item: DraftItem) -> None:
        """Throw a draft away, with a way to have it back."""
        self._keeper.remove(item.id)
        said = self.tr("The draft of {caller} is thrown away").format(caller=caller_of(item))

        def restore() -> None:
            self._keeper.park(entry_from_body(item.id, item.body), str(item.body.get("why") or Why.SET_ASIDE))

        self._desk.said.emit(Said(said, tone="info", buttons=((self.tr("Undo"), restore),)))

    def hand_over(self, item: DraftItem, colleague: Colleague) -> None:
        """Give a draft to a colleague at this PC."""
        me = self._desk.person.user_id
        said = self.tr("The draft of {caller} is {name}'s now").format(caller=caller_of(item), name=colleague.name)

        def told(_result: None) -> None:
            self._desk.said.emit(Said(said))

        store = self._desk.store.drafts
        self._desk.tasks.run(store.hand_over, item.id, colleague.user_id, me, done=told, failed=self._desk.complain)

    def take_left_over(self, item: DraftItem) -> None:
        """A draft was being typed when the program or the sign-in ended: it is there at the first opening."""
        if self._call.entry.is_empty:
            self._begin(entry_from_body(item.id, item.body))
            self._keeper.know(item.id)

    # ------------------------------------------------------------------------------------------------- being saved

    def let_go(self, entry: Entry) -> None:
        """It is being saved: the next call can be taken, and its draft stays until that is done."""
        self._keeper.hold(entry.id)
        self._begin(new_entry())

    def settle(self, entry: Entry) -> None:
        """It is saved, and its draft can go."""
        self._keeper.remove(entry.id)

    def take_back(self, entry: Entry) -> None:
        """It was refused: it comes back to the dock, or among the drafts if another call is there already."""
        if self._call.entry.is_empty:
            self._begin(entry)
            self._keeper.keep(entry)
        else:
            self._keeper.park(entry, Why.REFUSED)
