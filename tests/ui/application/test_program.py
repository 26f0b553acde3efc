"""The whole program: who comes and goes, with the network and without, and what stands in its way."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox
from sqlalchemy import select

from app.__main__ import main
from app.config import Config
from app.db.companies import AppUser, Category
from app.domain.errors import StorageError
from app.domain.permissions import Role
from app.server import accounts
from app.store import cache_file
from app.store.store import Store
from app.ui.application import program as programs
from app.ui.application.look import wearing
from app.ui.application.program import VERSION, Program
from app.ui.pages.first_run.page import READY, SERVER
from app.ui.pages.places.page import PlacesPage
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.sync.page import SyncPage
from app.ui.pages.work_orders.page import WorkOrdersPage
from app.ui.theme.style import current_theme
from app.ui.translation import spoken_language
from tests.clocks import HandClock
from tests.factories import OTHER_SITE, SITE, a_report
from tests.plant import Plant
from tests.served import PASSWORD
from tests.ui.application.desk import ProgramDesk
from tests.ui.pseudo import PseudoTranslator
from tests.ui.sight import nameless, untranslated

# ---------------------------------------------------------------------------------------------------- coming and going


def test_somebody_signs_in_and_sees_their_queue(desk: ProgramDesk, plant: Plant) -> None:
    elsewhere = plant.console("B", "luo")
    elsewhere.report(description="厨房下水管漏水")
    elsewhere.sync()
    desk.start()
    assert (desk.sign_in_page._desk.text(), desk.sign_in_page._version.text()) == ("", f"Version {VERSION}")
    seat = desk.enter()
    desk.wait_in_step()
    page = seat.window.stack.currentWidget()
    assert isinstance(page, WorkOrdersPage)
    desk.wait(lambda: len(page.listing.rows.ids()) == 1)
    assert seat.window.top._person.accessibleName() == "林晓雨 Front desk"
    assert seat.window.connection.accessibleName().startswith("Online")


def test_the_pages_are_not_loaded_before_somebody_can_type() -> None:
    program = "from app.__main__ import load_console; load_console(); import sys; sys.exit(len(PAGES & {*sys.modules}))"
    pages = {"app.ui.application.furniture", "app.ui.pages.work_orders.page", "app.ui.pages.intake.dock"}
    done = subprocess.run([sys.executable, "-c", program.replace("PAGES", repr(pages))], check=False)
    assert done.returncode == 0


def test_a_wrong_password_lets_nobody_in(desk: ProgramDesk) -> None:
    desk.start()
    page = desk.type_in(password="wrong")
    desk.wait(lambda: page._password.error() == "The employee number or the password is wrong.")
    assert desk.program.seat is None
    desk.enter()


def test_too_many_wrong_tries_offline_have_to_wait(desk: ProgramDesk) -> None:
    desk.start()
    desk.enter()
    desk.stop()
    desk.proxy.go_down()
    desk.start()
    page = desk.wait_sign_in_page()
    for _ in range(5):
        desk.type_in(password="wrong")
        desk.wait(page._button.isEnabled)
    desk.type_in()
    desk.wait(lambda: page._password.error().startswith("Too many failed tries"))


def test_without_the_network_work_goes_on_and_is_sent_when_it_is_back(desk: ProgramDesk, plant: Plant) -> None:
    desk.start()
    desk.enter()
    desk.wait_in_step()
    desk.stop()
    desk.proxy.go_down()
    desk.start()
    seat = desk.enter()
    assert seat.desk.is_offline
    desk.wait(lambda: "offline" in seat.window.notices.names())
    number = desk.program.store.reserve_number(seat.desk.today())
    seat.desk.do(a_report(number=number))
    desk.wait(lambda: "1 change is kept" in _notice(desk, "offline"))
    desk.proxy.come_back()
    seat.connection.retry_wanted.emit()
    desk.wait_in_step()
    desk.wait(lambda: "offline" not in seat.window.notices.names())
    elsewhere = plant.console("B", "luo")
    assert [row for table, row in elsewhere.rows() if table == "work_order"] != []


def _notice(desk: ProgramDesk, name: str) -> str:
    notices = desk.seat.window.notices
    return notices.notice(name).accessibleName() if name in notices.names() else ""


def test_one_person_goes_and_another_comes(desk: ProgramDesk) -> None:
    desk.start()
    seat = desk.enter()
    seat.window.sign_out_wanted.emit()
    desk.wait_sign_in_page()
    assert desk.program.seat is None
    desk.enter("luo")
    assert desk.seat.desk.person.name == "罗建平"
    assert [known.person.login for known in desk.program._sign_in.people()] in (["lin", "luo"], ["luo", "lin"])


def test_who_lost_the_account_comes_to_the_sign_in_page_with_the_reason(desk: ProgramDesk, plant: Plant) -> None:
    desk.start()
    desk.enter()
    desk.wait_in_step()
    with plant.server.database.write() as session:
        accounts.set_active(session, "lin", plant.clock.now(), is_active=False)
    desk.seat.engine.retry_now()
    page = desk.wait_sign_in_page()
    assert page._password.error() != ""
    desk.proxy.go_down()
    desk.type_in()
    desk.wait(page._button.isEnabled)
    assert desk.program.seat is None


def test_who_lost_every_right_comes_to_the_sign_in_page_with_the_reason(desk: ProgramDesk, plant: Plant) -> None:
    desk.start()
    desk.enter()
    desk.wait_in_step()
    with plant.server.database.write() as session:
        accounts.withdraw_role(session, "lin", Role.CLERK, SITE)
    desk.seat.engine.retry_now()
    page = desk.wait_sign_in_page()
    assert page._password.error().startswith("You have no right at any site now")


def test_a_new_right_is_had_at_once(desk: ProgramDesk, plant: Plant) -> None:
    desk.start()
    seat = desk.enter()
    desk.wait_in_step()
    assert seat.window.top._site.count() == 1
    with plant.server.database.write() as session:
        accounts.grant_role(session, "lin", Role.SUPERVISOR, OTHER_SITE)
    seat.engine.retry_now()
    desk.wait(lambda: seat.desk.person.rights.at(OTHER_SITE) == {Role.SUPERVISOR})
    desk.wait(lambda: seat.window.top._site.count() == 3)


def test_a_password_is_changed_from_the_window(desk: ProgramDesk) -> None:
    desk.start()
    seat = desk.enter()
    seat.window.password_wanted.emit()
    dialog = next(one for one in QApplication.topLevelWidgets() if type(one).__name__ == "PasswordDialog")
    for control, text in zip(dialog._controls, (PASSWORD, "battery staple", "battery staple"), strict=True):  # type: ignore[attr-defined]
        control.setText(text)
    dialog._keep.click()  # type: ignore[attr-defined]
    desk.wait(lambda: not dialog.isVisible())
    assert seat.window.toast.text() == "The password is changed."
    seat.window.sign_out_wanted.emit()
    desk.wait_sign_in_page()
    desk.enter(password="battery staple")


# ----------------------------------------------------------------------------------------------------------- the server


def test_a_new_computer_asks_for_the_server_once(desk: ProgramDesk) -> None:
    desk.start(server=None)
    page = desk.first_run_page
    page.look.themes["dark"].click()
    page.go_on.click()
    assert page.step() == SERVER
    page.server.address.setText("no address")
    page.server.test.click()
    desk.wait(lambda: "is no server address" in page.server.outcome())
    page.server.address.setText(desk.proxy.address)
    page.server.test.click()
    desk.wait(lambda: "the versions agree" in page.server.outcome())
    page.server.login.setText("lin")
    page.server.password.setText("wrong")
    page.go_on.click()
    desk.wait(lambda: "wrong" in page.server.outcome())
    assert desk.preferences().server == ""
    page.server.password.setText(PASSWORD)
    page.go_on.click()
    desk.wait(lambda: page.step() == READY)
    page.go_on.click()
    assert desk.seat.desk.person.login == "lin"
    assert (desk.preferences().server, desk.preferences().theme) == (desk.proxy.address, "dark")
    desk.stop()
    desk.start(server=None)
    assert desk.sign_in_page._desk.text() == "desk 01"


def test_another_server_is_used_after_signing_in_anew(desk: ProgramDesk) -> None:
    desk.start()
    desk.enter()
    page = desk.page("settings")
    assert isinstance(page, SettingsPage)
    assert page._address.text() == desk.proxy.address
    page._address.setText("no where")
    page._use.click()
    desk.wait(lambda: "is no server address" in _notice(desk, "said"))
    page._address.setText("http://127.0.0.1:1")
    page._use.click()
    sign_in = desk.wait_sign_in_page()
    assert sign_in._address.text() == "127.0.0.1:1"
    desk.wait(lambda: sign_in._is_online is False)
    sign_in.server_wanted.emit("no where")
    assert desk.program._address == "http://127.0.0.1:1"
    sign_in.server_wanted.emit(desk.proxy.address)
    desk.enter()
    assert desk.preferences().server == desk.proxy.address


def test_the_server_that_let_somebody_in_is_gone_to_again_when_none_is_named(desk: ProgramDesk) -> None:
    desk.start()
    desk.enter()
    desk.stop()
    program = desk.start(server=None)
    assert program._address == desk.proxy.address
    desk.enter()


def test_a_connection_is_tested_from_the_settings(desk: ProgramDesk) -> None:
    desk.start()
    desk.enter()
    page = desk.page("settings")
    assert isinstance(page, SettingsPage)
    page._test.click()
    desk.wait(lambda: "澜湾物业 answered" in page._outcome.text())
    assert str(desk.folder) in page._facts.text()


# ------------------------------------------------------------------------------------------------------------ a call


def test_a_call_from_outside_opens_the_dock_with_the_caller(desk: ProgramDesk) -> None:
    desk.start()
    seat = desk.enter()
    desk.program.shell.showMinimized()
    assert main(["call", "138 0013 2046", "--data", str(desk.folder)]) == 0
    desk.wait(seat.intake.isVisible)
    desk.wait(lambda: "13800132046" in seat.intake.page.search.text().replace(" ", ""))
    assert not desk.program.shell.isMinimized()
    seat.intake.close_requested.emit()
    assert not seat.intake.isVisible()
    seat.intake.show_requested.emit()
    assert seat.intake.isVisible()


def test_a_call_that_comes_before_anybody_has_signed_in_waits_for_them(desk: ProgramDesk) -> None:
    desk.start()
    assert main(["call", "13800132046", "--data", str(desk.folder)]) == 0
    desk.wait(lambda: desk.program._caller == "13800132046")
    seat = desk.enter()
    desk.wait(seat.intake.isVisible)


# ------------------------------------------------------------------------------------------------------- language, look


def test_choices_and_the_last_page_survive_a_restart(desk: ProgramDesk) -> None:
    desk.start(language="zh")
    assert spoken_language().value == "zh"
    desk.enter()
    desk.page("places")
    desk.program.shell.resize(1300, 800)
    page = desk.page("settings")
    assert isinstance(page, SettingsPage)
    page._languages["en"].click()
    page._pictures["dark"].click()
    desk.page("places")
    desk.stop()
    desk.start()
    assert (spoken_language().value, current_theme().name) == ("en", "dark")
    seat = desk.enter()
    assert isinstance(seat.window.stack.currentWidget(), PlacesPage)


def test_the_sign_in_page_speaks_the_other_language_when_asked(desk: ProgramDesk) -> None:
    desk.start()
    page = desk.sign_in_page
    page._language.click()
    desk.wait(lambda: page._title.text() == "管家")
    assert desk.program.shell.windowTitle() == "管家"
    assert desk.preferences().language == "zh"
    page._language.click()
    desk.wait(lambda: page._title.text() == "Steward")


def test_a_language_chosen_while_the_program_runs_reaches_every_page(desk: ProgramDesk, qapp: QApplication) -> None:
    desk.start()
    seat = desk.enter()
    desk.wait_in_step()
    pages = [desk.page(page_id) for page_id in ("work_orders", "places", "sync", "settings")]
    assert [type(page) for page in pages] == [WorkOrdersPage, PlacesPage, SyncPage, SettingsPage]
    seat.window.toggle_keys()
    with desk.program.store.reading() as session:
        categories = session.scalars(select(Category.name_en)).all()
    data = ("林晓雨", "Lanwan", "Front desk", "English", "http", "Wed 16 Sep", VERSION, "P1", *categories)

    def all_translated() -> None:
        assert untranslated(seat.window, data) == []

    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    try:
        desk.wait(lambda: all(action.text().startswith("[") for action in _actions(desk)))
        for page_id in ("work_orders", "places", "sync", "settings"):
            desk.page(page_id)
            desk.qtbot.waitUntil(all_translated, timeout=20_000)
    finally:
        qapp.removeTranslator(translator)


def _actions(desk: ProgramDesk) -> list[QAction]:
    return [desk.seat.desk.actions.action(action_id) for action_id in desk.seat.desk.actions._actions]


def test_every_page_has_names_for_all_its_parts(desk: ProgramDesk) -> None:
    desk.start()
    desk.wait(lambda: desk.sign_in_page._is_online is True)
    assert nameless(desk.program.shell) == []
    desk.enter()
    desk.wait_in_step()
    for page_id in ("work_orders", "places", "sync", "settings"):
        desk.page(page_id)
        assert nameless(desk.program.shell) == []


def test_the_systems_light_and_dark_is_followed(desk: ProgramDesk) -> None:
    desk.prefer(language="en", theme="system")
    desk.start()
    applied: list[bool] = []
    desk.program.look.applied.connect(lambda: applied.append(True))
    desk.program.look._on_scheme()
    assert applied == [True]
    desk.program.look.chosen = desk.preferences().__class__(language="en", theme="dark")
    desk.program.look._on_scheme()
    assert applied == [True]


# --------------------------------------------------------------------------------------------------- what is in the way


def said_by(config: Config, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a start that fails tells the person."""
    shown: list[QMessageBox] = []

    def show(box: QMessageBox) -> int:
        shown.append(box)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", show)
    assert programs.run(config) == 1
    assert shown[0].textFormat() is Qt.TextFormat.PlainText
    return shown[0].text()


def test_a_folder_in_use_is_said(desk: ProgramDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.start()
    config = Config(desk.folder)
    with wearing(desk.qapp, config) as look, pytest.raises(StorageError):
        Program(look, config)
    words = said_by(Config(desk.folder), monkeypatch)
    assert words.startswith("Another Steward is using this folder")
    assert str(desk.folder) in words


def test_a_foreign_cache_is_said_and_left_alone(desk: ProgramDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.folder / cache_file.CACHE_NAME
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE somebody_elses (thing TEXT)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    assert "is not Steward's and was left untouched" in said_by(Config(desk.folder), monkeypatch)
    assert file.read_bytes() == before


def test_a_newer_cache_is_said_and_left_alone(desk: ProgramDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(desk.folder, HandClock()).close()
    connection = sqlite3.connect(desk.folder / cache_file.CACHE_NAME)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "was written by a newer Steward" in said_by(Config(desk.folder), monkeypatch)


def test_a_corrupt_cache_is_set_aside_said_and_fetched_again(desk: ProgramDesk) -> None:
    desk.start()
    desk.enter()
    desk.wait_in_step()
    desk.stop()
    file = desk.folder / cache_file.CACHE_NAME
    data = bytearray(file.read_bytes())
    data[100:4096] = b"\xff" * 3996
    file.write_bytes(bytes(data))
    desk.start()
    desk.enter()
    assert _notice(desk, "set_aside").startswith("The damaged data is kept as")
    desk.wait_in_step()
    desk.wait(lambda: _knows_user(desk))


def _knows_user(desk: ProgramDesk) -> bool:
    with desk.program.store.reading() as session:
        return session.get(AppUser, desk.seat.desk.person.user_id) is not None


def test_a_program_is_run_until_its_window_closes(
    desk: ProgramDesk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def show_for_a_moment(_application: object = None) -> int:
        shell = next(one for one in QApplication.topLevelWidgets() if type(one).__name__ == "Shell")
        seen.append(desk.folder)
        QApplication.sendEvent(shell, QEvent(QEvent.Type.LanguageChange))
        shell.close()
        shell.deleteLater()
        return 0

    monkeypatch.setattr(type(qapp), "exec", show_for_a_moment)
    assert programs.run(Config(desk.folder / "new", desk.proxy.address)) == 0
    assert seen == [desk.folder]
