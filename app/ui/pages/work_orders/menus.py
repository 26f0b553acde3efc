"""Menus of an order and of those that are checked; only what is possible stands in them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.actions import Actions
from app.ui.pages.work_orders.possible import Possible
from app.ui.theme.icons import icon

_ORDER: tuple[tuple[str, ...], ...] = (
    ("step", "phone", "chase", "comment", "answer"),
    ("assign", "add", "recall", "hold", "resume", "priority"),
    ("edit", "merge", "reopen", "close_answered", "cancel", "withdraw"),
    ("copy_number",),
)
_BULK: tuple[tuple[str, ...], ...] = (("assign", "priority", "hold"), ("merge", "reopen", "cancel"), ("uncheck",))


BULK_ACTIONS = ("assign", "priority", "hold", "merge", "reopen", "cancel")
"""What may be tried with checked orders: those with which it is not possible are refused one by one."""


def allowed_actions(can: Possible, *, can_withdraw: bool) -> dict[str, bool]:
    """Name of an action → whether it is possible with the order of the pane."""
    return {
        "step": can.next is not None or can.resume or can.reopen,
        "step_and_next": can.next is not None or can.resume,
        "phone": can.phone,
        "chase": can.chase,
        "assign": can.assign,
        "add": can.add,
        "priority": can.priority,
        "hold": can.hold,
        "resume": can.resume,
        "comment": can.comment,
        "answer": can.answer,
        "recall": can.recall,
        "close_answered": can.close_answered,
        "reopen": can.reopen,
        "merge": can.merge,
        "edit": can.edit,
        "edit_cell": can.edit,
        "cancel": can.cancel,
        "withdraw": can_withdraw,
    }


def order_menu(actions: Actions, parent: QWidget) -> QMenu:
    """What can be done with the order of the pane."""
    return _menu(actions, parent, _ORDER)


def bulk_menu(actions: Actions, parent: QWidget) -> QMenu:
    """What can be done with the checked orders."""
    return _menu(actions, parent, _BULK)


def _menu(actions: Actions, parent: QWidget, groups: Iterable[Iterable[str]]) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in groups:
        added = [_add(actions, menu, f"orders.{name}") for name in group if actions.is_enabled(f"orders.{name}")]
        if added:
            menu.addSeparator()
    return menu


def _add(actions: Actions, menu: QMenu, action_id: str) -> QAction:
    """An entry that runs the action; the key is only shown, or it would be taken twice."""
    spec = actions.spec(action_id)
    key = actions.key(action_id)
    entry = menu.addAction(f"{spec.text()}\t{key}" if key else spec.text())
    if spec.icon:
        entry.setIcon(icon(spec.icon))
    entry.triggered.connect(actions.action(action_id).trigger)
    return entry
