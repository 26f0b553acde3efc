"""The actions of the intake: what can be done, by which key."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.actions import EVERYWHERE, Actions, ActionSpec

PAGE = "intake"
GLOBAL = ("intake.open", "intake.drafts")
"""Those that work on every page."""


def _group() -> str:
    return QCoreApplication.translate("IntakeKeys", "Phone intake")


def _spec(name: str, text: Callable[[], str], key: str, icon: str = "") -> ActionSpec:
    action_id = f"intake.{name}"
    page = EVERYWHERE if action_id in GLOBAL else PAGE
    return ActionSpec(action_id, text, page=page, keys=(key,), group=_group, icon=icon)


def specs() -> list[ActionSpec]:
    """Every action, in the order of the sheet of keys."""
    translate = QCoreApplication.translate
    return [
        _spec("open", lambda: translate("IntakeKeys", "Take a call"), "Ctrl+N", "phone-incoming"),
        _spec("drafts", lambda: translate("IntakeKeys", "Drafts that wait"), "F7", "archive"),
        _spec("save", lambda: translate("IntakeKeys", "Save the order"), "Ctrl+Return", "check"),
        _spec("dispatch", lambda: translate("IntakeKeys", "Save and send somebody"), "Ctrl+Shift+Return", "route"),
        _spec("merge", lambda: translate("IntakeKeys", "Join the order that is the same matter"), "Alt+1", "git-merge"),
        _spec("not_same", lambda: translate("IntakeKeys", "It is not the same matter"), "Alt+0"),
        _spec("chase", lambda: translate("IntakeKeys", "Chase the caller's open order"), "Ctrl+U", "bell-ringing"),
        _spec("open_order", lambda: translate("IntakeKeys", "Open that order"), "Ctrl+O", "eye"),
        _spec("new_matter", lambda: translate("IntakeKeys", "It is another matter"), "Ctrl+J", "plus"),
        _spec("next", lambda: translate("IntakeKeys", "Next order or draft"), "Alt+Down"),
        _spec("previous", lambda: translate("IntakeKeys", "Previous order or draft"), "Alt+Up"),
        _spec("record", lambda: translate("IntakeKeys", "Write the caller down"), "Alt+2", "user-plus"),
        _spec("mend", lambda: translate("IntakeKeys", "Mend the caller's record"), "Alt+4", "pencil"),
        _spec("again", lambda: translate("IntakeKeys", "On record, and said again"), "Alt+9", "rotate-clockwise"),
        _spec("more", lambda: translate("IntakeKeys", "Agree on a time"), "Alt+M", "calendar"),
        _spec("correct", lambda: translate("IntakeKeys", "Correct the order just saved"), "Alt+5", "pencil"),
        _spec("hand_over", lambda: translate("IntakeKeys", "Hand the draft to a colleague"), "Alt+3", "arrow-right"),
        _spec("call_back", lambda: translate("IntakeKeys", "Call the draft's caller back"), "Alt+6", "phone"),
        _spec("close", lambda: translate("IntakeKeys", "Fold away, the draft stays"), "Escape"),
    ]


def register(actions: Actions, owner: QWidget, slots: Mapping[str, Callable[[], object]]) -> None:
    """Make every action; ``slots`` by name. Raises ``KeyError`` for one that nothing does."""
    for spec in specs():
        action = actions.add(spec, slots[spec.id.removeprefix("intake.")], owner)
        for key in spec.all_keys:
            if key.startswith("Alt+"):
                _keep_from_typing(key, action, owner)


def _keep_from_typing(key: str, action: QAction, owner: QWidget) -> None:
    """Take a key that does nothing now: else Alt 5 would write a 5 into the field that has the focus."""
    guard = QShortcut(QKeySequence(key), owner, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    guard.setEnabled(not action.isEnabled())
    action.enabledChanged.connect(lambda is_on: guard.setEnabled(not is_on))
