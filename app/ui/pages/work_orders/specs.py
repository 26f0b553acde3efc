"""What can be done on the queue page, as data for menus, keys, the sheet of keys and the palette."""

from PySide6.QtCore import QCoreApplication

from app.ui.actions import ActionSpec, Words

PAGE = "work_orders"


def _list() -> str:
    return QCoreApplication.translate("QueueActions", "List")


def _order() -> str:
    return QCoreApplication.translate("QueueActions", "Current order")


def _say(text: str) -> Words:
    """Say ``text``, which :func:`_texts` names for the translators, in the language of the moment."""
    return lambda: QCoreApplication.translate("QueueActions", text)


def _texts() -> None:
    """Name the texts of the actions where the tool that gathers texts finds them; never called."""
    QCoreApplication.translate("QueueActions", "Next order")
    QCoreApplication.translate("QueueActions", "Previous order")
    QCoreApplication.translate("QueueActions", "Check or uncheck")
    QCoreApplication.translate("QueueActions", "Check all of this filter")
    QCoreApplication.translate("QueueActions", "Uncheck all")
    QCoreApplication.translate("QueueActions", "Find in this list")
    QCoreApplication.translate("QueueActions", "Add a filter")
    QCoreApplication.translate("QueueActions", "Edit in place")
    QCoreApplication.translate("QueueActions", "Export this list")
    QCoreApplication.translate("QueueActions", "Look again")
    QCoreApplication.translate("QueueActions", "Next pane")
    QCoreApplication.translate("QueueActions", "Save this filter")
    QCoreApplication.translate("QueueActions", "Next step: triage, on site, done…")
    QCoreApplication.translate("QueueActions", "Next step, then the next order")
    QCoreApplication.translate("QueueActions", "Enter a step by phone")
    QCoreApplication.translate("QueueActions", "Chase")
    QCoreApplication.translate("QueueActions", "Dispatch")
    QCoreApplication.translate("QueueActions", "assign the selected orders")
    QCoreApplication.translate("QueueActions", "the technician rings in")
    QCoreApplication.translate("QueueActions", "Add a person")
    QCoreApplication.translate("QueueActions", "Priority")
    QCoreApplication.translate("QueueActions", "Hold")
    QCoreApplication.translate("QueueActions", "Resume")
    QCoreApplication.translate("QueueActions", "Comment")
    QCoreApplication.translate("QueueActions", "First answer")
    QCoreApplication.translate("QueueActions", "Recall")
    QCoreApplication.translate("QueueActions", "Close as answered")
    QCoreApplication.translate("QueueActions", "Reopen")
    QCoreApplication.translate("QueueActions", "Merge into another order")
    QCoreApplication.translate("QueueActions", "Edit the order")
    QCoreApplication.translate("QueueActions", "Cancel the order")
    QCoreApplication.translate("QueueActions", "Copy the number")
    QCoreApplication.translate("QueueActions", "Take back the last step")


def _spec(
    name: str, text: str, group: Words, *keys: str, letters: tuple[str, ...] = (), icon: str = "", detail: str = ""
) -> ActionSpec:
    more = _say(detail) if detail else _nothing
    return ActionSpec(f"orders.{name}", _say(text), PAGE, keys, letters, group, more, icon)


def _nothing() -> str:
    return ""


_RINGS_IN, _ASSIGNS = "the technician rings in", "assign the selected orders"
SPECS: tuple[ActionSpec, ...] = (
    _spec("next", "Next order", _list, "Alt+Down", letters=("J",)),
    _spec("previous", "Previous order", _list, "Alt+Up", letters=("K",)),
    _spec("check", "Check or uncheck", _list, letters=("X",)),
    _spec("check_all", "Check all of this filter", _list, "Ctrl+A"),
    _spec("uncheck", "Uncheck all", _list),
    _spec("find", "Find in this list", _list, "Ctrl+F", icon="search"),
    _spec("filter", "Add a filter", _list, letters=("F",), icon="filter"),
    _spec("edit_cell", "Edit in place", _list, "F2", icon="pencil"),
    _spec("export", "Export this list", _list, "Ctrl+E", icon="file-spreadsheet"),
    _spec("refresh", "Look again", _list, "F5", icon="refresh"),
    _spec("pane", "Next pane", _list, "F6"),
    _spec("save_filter", "Save this filter", _list, "Ctrl+S", icon="plus"),
    _spec("step", "Next step: triage, on site, done…", _order, "Ctrl+D", icon="check"),
    _spec("step_and_next", "Next step, then the next order", _order, "Alt+Return"),
    _spec(
        "phone",
        "Enter a step by phone",
        _order,
        letters=("T",),
        icon="phone-incoming",
        detail="the technician rings in",
    ),
    _spec("chase", "Chase", _order, "Ctrl+U", icon="bell-ringing"),
    _spec(
        "assign", "Dispatch", _order, "Ctrl+Shift+D", letters=("A",), icon="route", detail="assign the selected orders"
    ),
    _spec("add", "Add a person", _order, letters=("Shift+A",), icon="user-plus"),
    _spec("priority", "Priority", _order, letters=("P",), icon="flag"),
    _spec("hold", "Hold", _order, letters=("H",), icon="player-pause"),
    _spec("resume", "Resume", _order, icon="player-play"),
    _spec("comment", "Comment", _order, letters=("M",), icon="message"),
    _spec("answer", "First answer", _order, icon="message"),
    _spec("recall", "Recall", _order, icon="arrow-back-up"),
    _spec("close_answered", "Close as answered", _order, icon="archive"),
    _spec("reopen", "Reopen", _order, icon="refresh"),
    _spec("merge", "Merge into another order", _order, icon="git-merge"),
    _spec("edit", "Edit the order", _order, "Shift+F2", icon="pencil"),
    _spec("cancel", "Cancel the order", _order, icon="ban"),
    _spec("withdraw", "Take back the last step", _order, icon="arrow-back-up"),
    _spec("copy_number", "Copy the number", _order, "Ctrl+Shift+C", icon="copy"),
)
