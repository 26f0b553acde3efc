"""Changing one's password."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.errors import OpsError, OutOfReachError
from app.ui.dialogs.password import PasswordDialog
from app.ui.tasks import Tasks
from tests.ui.sight import nameless


class Asked:
    """Takes new passwords, or says why not."""

    def __init__(self) -> None:
        self.error: OpsError | None = None
        self.taken: list[tuple[str, str]] = []

    def change(self, old: str, new: str) -> None:
        if self.error is not None:
            raise self.error
        self.taken.append((old, new))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def dialog(qtbot: QtBot, asked: Asked) -> Iterator[PasswordDialog]:
    """Lend the dialog, shown."""
    tasks = Tasks()
    dialog = PasswordDialog(tasks, asked.change)
    dialog.show()
    yield dialog
    dialog.hide()
    dialog.deleteLater()
    tasks.close()


def fill(dialog: PasswordDialog, *texts: str) -> None:
    for control, text in zip(dialog._controls, texts, strict=True):
        control.setText(text)


def test_the_server_takes_a_new_password_and_the_dialog_closes(
    dialog: PasswordDialog, asked: Asked, qtbot: QtBot
) -> None:
    fill(dialog, "old", "correct horse", "correct horse")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog._controls[2], Qt.Key.Key_Return)
    assert asked.taken == [("old", "correct horse")]


def test_enter_goes_on_to_the_field_that_is_empty(dialog: PasswordDialog, asked: Asked, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for control, text in zip(dialog._controls, ("old", "correct horse", "correct horse"), strict=True):
        qtbot.waitUntil(control.hasFocus)
        qtbot.keyClicks(control, text)
        assert (dialog._new.error(), asked.taken) == ("", [])
        qtbot.keyClick(control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked.taken == [("old", "correct horse")])


def test_too_short_or_typed_otherwise_is_said_before_anybody_is_asked(dialog: PasswordDialog, asked: Asked) -> None:
    fill(dialog, "old", "short", "shirt")
    dialog._keep.click()
    assert dialog._new.error() == "Too short: at least 8 characters"
    assert dialog._again.error() == "The two are not the same"
    fill(dialog, "old", "correct horse", "correct house")
    dialog._keep.click()
    assert (dialog._new.error(), dialog._again.error()) == ("", "The two are not the same")
    assert asked.taken == []


def test_a_refusal_is_said_and_the_dialog_stays(dialog: PasswordDialog, asked: Asked, qtbot: QtBot) -> None:
    asked.error = OutOfReachError("password_needs_network")
    fill(dialog, "old", "correct horse", "correct horse")
    dialog._keep.click()
    assert not dialog._keep.isEnabled()
    qtbot.waitUntil(lambda: bool(dialog._old.error()))
    assert dialog._old.error() == "A password can only be changed while the server is in reach."
    assert dialog.isVisible()
    assert dialog._keep.isEnabled()


def test_everything_has_a_name(dialog: PasswordDialog) -> None:
    assert nameless(dialog) == []
