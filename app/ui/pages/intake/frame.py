"""Head and foot of the dock."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.pages.intake.order_box import Keys
from app.ui.pages.intake.wording import Speaking
from app.ui.theme.layouts import column, row
from app.ui.widgets.bars import PaneFooter
from app.ui.widgets.buttons import Button, IconButton, LinkButton
from app.ui.widgets.grounds import Ground
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Text


class _YieldingText(Text):
    """A remark that is not shown where there is no room for the whole of it."""

    def __init__(self) -> None:
        super().__init__("", "caption", token="text_muted")

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)


class DockHeader(Speaking):
    """What the dock shows, when it was kept, the drafts that wait."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = keys("intake.drafts")
        self._is_call, self._drafts, self._saved_at, self._corrects = True, 0, "", ""
        ground = Ground("surface", lines="bottom", height=48)
        self._title, self._said = Text("", "strong", bold=True), Text("", "caption", token="text_muted")
        self.drafts = LinkButton("", key=self._key)
        self.fold = IconButton("x", "", key=keys("intake.close"), size="small")
        mark = IconMark("phone-incoming", "ok.shape", side=18)
        row(mark, self._title, None, self._said, self.drafts, self.fold, gap=8, margins=(16, 0, 12, 0), parent=ground)
        column(ground, gap=0, parent=self)
        self.retranslate()

    def show_state(self, *, is_call: bool, drafts: int, saved_at: str, corrects: str) -> None:
        """Show how things stand; ``corrects`` is the number of the order that is mended, if one is."""
        self._is_call, self._drafts, self._saved_at, self._corrects = is_call, drafts, saved_at, corrects
        self.retranslate()

    def say(self, words: str, *, is_wrong: bool = False) -> None:
        """Say something where the time of keeping stands."""
        self._said.setText(words)
        self._said.set_token("danger.text" if is_wrong else "text_muted")

    @override
    def retranslate(self) -> None:
        if self._is_call:
            correct = self.tr("Correct {number}").format(number=self._corrects)
            self._title.setText(correct if self._corrects else self.tr("Phone intake"))
            kept = self.tr("draft kept {time}").format(time=self._saved_at)
            self.say(kept if self._saved_at else "")
        else:
            self._title.setText(self.tr("Drafts {count}").format(count=self._drafts))
            self.say(self.tr("on this PC; no power cut or sign-out takes them"))
        self.drafts.setText(self.tr("%n waiting", "", self._drafts))
        self.drafts.setVisible(self._is_call and self._drafts > 0)
        self.fold.set_name(self.tr("Fold away"))


class DockFooter(Speaking):
    """What is done with the call, or with the drafts."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._corrects = False
        self.buttons = {
            "save": Button("", role="primary", icon="check", key=keys("intake.save"), size="main"),
            "dispatch": Button("", icon="route", key=keys("intake.dispatch"), size="main"),
            "new_matter": Button("", icon="plus", key=keys("intake.new_matter"), size="main"),
            "open": Button("", icon="plus", key=keys("intake.open"), size="main"),
        }
        self._hint, self._end = _YieldingText(), _YieldingText()
        column(PaneFooter(*self.buttons.values(), self._hint, None, self._end), gap=0, parent=self)
        self.show_state(is_call=True, has_order=False, corrects=False)

    def show_state(self, *, is_call: bool, has_order: bool, corrects: bool, is_asked: bool = False) -> None:
        """Offer what can be done now; while something above is asked (``is_asked``), that has the main button."""
        self._corrects = corrects
        self.buttons["save"].set_role("" if is_asked else "primary")
        is_form = is_call and not has_order
        shown = {"save": is_form, "dispatch": is_form and not corrects, "new_matter": has_order, "open": not is_call}
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        self._hint.setVisible(not is_form)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.buttons["save"].setText(self.tr("Correct") if self._corrects else self.tr("Save"))
        self.buttons["dispatch"].setText(self.tr("Save, send"))
        self.buttons["new_matter"].setText(self.tr("Another matter"))
        self.buttons["open"].setText(self.tr("New draft"))
        is_drafts = not self.buttons["open"].isHidden()
        put_by = self.tr("what is being typed is put by")
        self._hint.setText(put_by if is_drafts else self.tr("a new form, this order stays"))
        ahead = self.tr("{key} next").format(key=self._keys("intake.next"))
        fold = self.tr("{key} folds").format(key=self._keys("intake.close"))
        self._end.setText(ahead if is_drafts else fold)
