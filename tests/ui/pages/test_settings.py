"""The settings page: every choice takes effect and is kept as it is made."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import OutOfReachError
from app.ui.application.look import Look
from app.ui.pages.settings.page import Hooks, SettingsPage
from app.ui.preferences import Preferences, PreferencesFile
from app.ui.probing import Probed
from app.ui.theme.style import current_theme
from app.ui.translation import spoken_language
from app.ui.widgets.segments import Segments
from tests.ui.pages.queue_desk import QueueDesk
from tests.ui.pseudo import PseudoTranslator
from tests.ui.sight import nameless, untranslated

ADDRESS = "http://127.0.0.1:8000"


class Shown(NamedTuple):
    """The page, and what it asked for."""

    page: SettingsPage
    look: Look
    used: list[str]
    asked: list[str]


@pytest.fixture
def shown(queue: QueueDesk, qtbot: QtBot, qapp: QApplication) -> Iterator[Shown]:
    """Lend the page over the program's own look, which is put back afterwards."""
    queue.preferences.write(Preferences(language="en", server=ADDRESS))
    look = Look(qapp, queue.preferences, queue.store.folder / "i18n")
    look.put_on()
    used: list[str] = []
    asked: list[str] = []

    def probe(address: str) -> Probed:
        asked.append(address)
        if "gone" in address:
            raise OutOfReachError("server_out_of_reach")
        return Probed("澜湾物业", 12, is_same_version="old" not in address)

    hooks = Hooks(
        look.choose, probe, used.append, ADDRESS, lambda: (("Version", "1.2"), ("Data folder", "<b>data</b>"))
    )
    page = SettingsPage(queue.desk, hooks)
    page.resize(1376, 828)
    page.show()
    yield Shown(page, look, used, asked)
    page.hide()
    page.deleteLater()
    look.choose(Preferences(language="en"))
    look.close()


def kept(queue: QueueDesk) -> Preferences:
    """What a program started now would read."""
    queue.preferences.close()
    return PreferencesFile(queue.store.folder).read()


def choose(segments: Segments, option: str) -> None:
    segments.chosen.emit(option)


def server(shown: Shown) -> None:
    shown.page._sections._go(shown.page._sections._rows.value(2))  # type: ignore[arg-type]


def test_a_language_is_spoken_at_once_and_after_a_restart(shown: Shown, queue: QueueDesk, qtbot: QtBot) -> None:
    assert shown.page._header._title.text() == "Language and look"
    shown.page._languages["zh"].click()
    assert spoken_language().value == "zh"
    qtbot.waitUntil(lambda: shown.page._header._title.text() == "语言和外观")
    assert shown.page._kept.text() == "已存"
    assert kept(queue).language == "zh"
    shown.page._languages["en"].click()
    qtbot.waitUntil(lambda: shown.page._header._title.text() == "Language and look")


def test_a_theme_is_put_on_at_once_by_its_picture_or_its_name(shown: Shown, queue: QueueDesk) -> None:
    page = shown.page
    page._pictures["dark"].click()
    assert (current_theme().name, kept(queue).theme) == ("dark", "dark")
    assert page._themes["dark"].isChecked()
    page._themes["control"].click()
    assert (current_theme().name, page._pictures["control"].isChecked()) == ("control", True)
    assert not page._pictures["dark"].isChecked()


def test_the_systems_light_and_dark_is_followed_when_wished(shown: Shown, queue: QueueDesk) -> None:
    page = shown.page
    page._follows.click()
    assert kept(queue).theme == "system"
    page._follows.click()
    assert kept(queue).theme == current_theme().name


def test_text_size_row_height_and_motion_are_kept(shown: Shown, queue: QueueDesk) -> None:
    page = shown.page
    row = current_theme().row_height
    choose(page._scales, "1.3")
    assert current_theme().scale == 1.3
    choose(page._scales, "1.0")
    choose(page._densities, "comfortable")
    assert current_theme().row_height > row
    page._motion_box.click()
    found = kept(queue)
    assert (found.scale, found.density, found.is_motion_reduced) == (1.0, "comfortable", True)


def test_a_larger_text_has_a_wider_sheet(shown: Shown) -> None:
    picture = shown.page._pictures["dark"]
    before = picture.width()
    shown.page._scales.chosen.emit("1.3")
    shown.page.resize(2000, 1100)
    QApplication.sendPostedEvents()
    assert picture.width() == picture.sizeHint().width() > before


def test_defaults_are_restored_but_for_language_and_server(shown: Shown, queue: QueueDesk) -> None:
    shown.page._pictures["dark"].click()
    choose(shown.page._scales, "1.5")
    shown.page._reset.click()
    assert kept(queue) == Preferences(language="en", server=ADDRESS)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://ops", "澜湾物业 answered in 12 ms, the versions agree."),
        ("http://old", "澜湾物业 answered in 12 ms, but is of another version: update this program."),
        ("http://gone", "The server is out of reach; work on, everything is sent when it is back."),
    ],
)
def test_a_connection_is_tested_and_the_outcome_said(address: str, words: str, shown: Shown, qtbot: QtBot) -> None:
    server(shown)
    page = shown.page
    page._address.setText(f" {address} ")
    qtbot.keyClick(page._address, Qt.Key.Key_Return)
    assert page._outcome.text() == "Asking…"
    qtbot.waitUntil(lambda: page._outcome.text() == words)
    assert shown.asked == [address]
    page._address.setText("")
    assert (page._outcome.text(), page._test.isEnabled()) == ("", False)


def test_another_server_can_be_used_but_not_the_one_in_use_again(shown: Shown) -> None:
    server(shown)
    page = shown.page
    assert (page._address.text(), page._use.isEnabled()) == (ADDRESS, False)
    page._address.setText("http://ops ")
    page._use.click()
    assert shown.used == ["http://ops"]


def test_facts_of_this_computer_are_plain_text(shown: Shown) -> None:
    server(shown)
    assert shown.page._facts.textFormat() is Qt.TextFormat.PlainText
    assert "<b>data</b>" in shown.page._facts.text()


def test_a_half_typed_address_outlives_a_change_of_look(shown: Shown) -> None:
    shown.page._address.setText("http://half")
    shown.page._pictures["dark"].click()
    assert shown.page._address.text() == "http://half"


@pytest.mark.parametrize("section", [None, server])
def test_every_part_has_a_name_and_every_text_is_translated(
    section: Callable[[Shown], None] | None, shown: Shown, qapp: QApplication
) -> None:
    if section is not None:
        section(shown)
    assert nameless(shown.page) == []
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    QApplication.sendEvent(shown.page, QEvent(QEvent.Type.LanguageChange))
    try:
        assert untranslated(shown.page, ("English", "http", "Version", "Data folder")) == []
    finally:
        qapp.removeTranslator(translator)


def test_pictures_of_themes_are_painted_and_show_which_is_on(shown: Shown) -> None:
    picture = shown.page._pictures["light"]
    on = picture.grab().toImage()
    picture.setChecked(False)
    picture.setFocus()
    assert picture.grab().toImage() != on
