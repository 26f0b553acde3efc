"""What can be done on the queue page, as data for menus, keys, the sheet of keys and the palette."""

from PySide6.QtCore import QCoreApplication

from app.ui.actions import ActionSpec, Words

PAGE = "work_orders"


def _list() -> str:
    return QCoreApplication.translate("QueueActions", "List")


def _order() -> str:
    return QCoreApplication.translate("QueueActions", "Current order")


def _spec(
    name: str, text: Words, group: Words, *keys: str, letters: tuple[str, ...] = (), icon: str = "", detail: Words = str
) -> ActionSpec:
    return ActionSpec(f"orders.{name}", text, PAGE, keys, letters, group, detail, icon)


def specs() -> list[ActionSpec]:
    """Every action, in the order of the sheet of keys."""
    translate = QCoreApplication.translate
    return [
        _spec("next", lambda: translate("QueueActions", "Next order"), _list, "Alt+Down", letters=("J",)),
        _spec("previous", lambda: translate("QueueActions", "Previous order"), _list, "Alt+Up", letters=("K",)),
        _spec("check", lambda: translate("QueueActions", "Check or uncheck"), _list, letters=("X",)),
        _spec("check_all", lambda: translate("QueueActions", "Check all of this filter"), _list, "Ctrl+A"),
        _spec("uncheck", lambda: translate("QueueActions", "Uncheck all"), _list),
        _spec("find", lambda: translate("QueueActions", "Find in this list"), _list, "Ctrl+F", icon="search"),
        _spec("filter", lambda: translate("QueueActions", "Add a filter"), _list, letters=("F",), icon="filter"),
        _spec("edit_cell", lambda: translate("QueueActions", "Edit in place"), _list, "F2", icon="pencil"),
        _spec(
            "export", lambda: translate("QueueActions", "Export this list"), _list, "Ctrl+E", icon="file-spreadsheet"
        ),
        _spec("refresh", lambda: translate("QueueActions", "Refresh"), _list, "F5", icon="refresh"),
        _spec("pane", lambda: translate("QueueActions", "Next pane"), _list, "F6"),
        _spec("save_filter", lambda: translate("QueueActions", "Save this filter"), _list, "Ctrl+S", icon="plus"),
        _spec(
            "step",
            lambda: translate("QueueActions", "Next step: triage, on site, done…"),
            _order,
            "Ctrl+D",
            icon="check",
        ),
        _spec(
            "step_and_next", lambda: translate("QueueActions", "Next step, then the next order"), _order, "Alt+Return"
        ),
        _spec(
            "phone",
            lambda: translate("QueueActions", "Enter a step by phone"),
            _order,
            letters=("T",),
            icon="phone-incoming",
            detail=lambda: translate("QueueActions", "the technician rings in"),
        ),
        _spec("chase", lambda: translate("QueueActions", "Chase"), _order, "Ctrl+U", icon="bell-ringing"),
        _spec(
            "assign",
            lambda: translate("QueueActions", "Dispatch"),
            _order,
            "Ctrl+Shift+D",
            letters=("A",),
            icon="route",
            detail=lambda: translate("QueueActions", "assign the selected orders"),
        ),
        _spec("add", lambda: translate("QueueActions", "Add a person"), _order, letters=("Shift+A",), icon="user-plus"),
        _spec("priority", lambda: translate("QueueActions", "Priority"), _order, letters=("P",), icon="flag"),
        _spec("hold", lambda: translate("QueueActions", "Hold"), _order, letters=("H",), icon="player-pause"),
        _spec("resume", lambda: translate("QueueActions", "Resume"), _order, icon="player-play"),
        _spec("comment", lambda: translate("QueueActions", "Comment"), _order, letters=("M",), icon="message"),
        _spec("answer", lambda: translate("QueueActions", "First answer"), _order, icon="message"),
        _spec("recall", lambda: translate("QueueActions", "Recall"), _order, icon="arrow-back-up"),
        _spec("close_answered", lambda: translate("QueueActions", "Close as answered"), _order, icon="archive"),
        _spec("reopen", lambda: translate("QueueActions", "Reopen"), _order, icon="refresh"),
        _spec("merge", lambda: translate("QueueActions", "Merge into another order"), _order, icon="git-merge"),
        _spec("edit", lambda: translate("QueueActions", "Edit the order"), _order, "Shift+F2", icon="pencil"),
        _spec("cancel", lambda: translate("QueueActions", "Cancel the order"), _order, icon="ban"),
        _spec("withdraw", lambda: translate("QueueActions", "Take back the last step"), _order, icon="arrow-back-up"),
        _spec("copy_number", lambda: translate("QueueActions", "Copy the number"), _order, "Ctrl+Shift+C", icon="copy"),
    ]
