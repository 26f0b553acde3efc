"""Tests of the two languages."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.words import Language
from app.ui.translation import (
    Translations,
    compile_translations,
    day_text,
    listed_here,
    moment_text,
    short_name,
    spoken_language,
    time_text,
)
from tests.ui.pseudo import PseudoTranslator

TS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS>
<TS version="2.1" language="zh_CN"><context><name>Window</name>
<message><source>Save</source><translation>{word}</translation></message></context></TS>"""
AT = datetime(2026, 9, 16, 1, 41, 26, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Listener(QWidget):
    """Counts how often it heard that the language changed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.heard += 1
        super().changeEvent(event)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "i18n"
    folder.mkdir()
    (folder / "steward_zh_CN.ts").write_text(TS.format(word="保存"), "utf-8")
    return folder


@pytest.fixture
def translations(qapp: QCoreApplication, sources: Path, tmp_path: Path) -> Iterator[Translations]:
    before = QLocale()
    made = Translations(tmp_path / "cache", sources)
    yield made
    for translator in made._installed:
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


def said() -> str:
    return QCoreApplication.translate("Window", "Save")


def test_language_is_changed_while_the_program_runs(translations: Translations, qtbot: QtBot) -> None:
    window = Listener()
    qtbot.addWidget(window)
    translations.use(Language.CHINESE)
    qtbot.waitUntil(lambda: window.heard > 0)
    assert (said(), spoken_language()) == ("保存", Language.CHINESE)
    translations.use(Language.ENGLISH)
    assert (said(), spoken_language()) == ("Save", Language.ENGLISH)


def test_words_of_qt_itself_are_chinese_too(translations: Translations) -> None:
    translations.use(Language.CHINESE)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_what_was_not_compiled_is_compiled_into_the_cache(translations: Translations, tmp_path: Path) -> None:
    translations.use(Language.CHINESE)
    assert [file.name for file in (tmp_path / "cache").iterdir()] == ["steward_zh_CN.qm"]


def test_what_set_up_compiled_is_used_as_it_is(translations: Translations, sources: Path, tmp_path: Path) -> None:
    assert compile_translations(sources) == [sources / "steward_zh_CN.qm"]
    translations.use(Language.CHINESE)
    assert said() == "保存"
    assert not (tmp_path / "cache").exists()
    assert compile_translations(sources) == []


def test_newer_source_is_compiled_again(translations: Translations, sources: Path) -> None:
    compile_translations(sources)
    source, compiled = sources / "steward_zh_CN.ts", sources / "steward_zh_CN.qm"
    source.write_text(TS.format(word="存下"), "utf-8")
    os.utime(compiled, (0, 0))
    translations.use(Language.CHINESE)
    assert said() == "存下"


@pytest.mark.expects_log("app.ui.translation: WARNING: could not compile")
def test_broken_source_leaves_the_program_in_english(translations: Translations, sources: Path) -> None:
    (sources / "steward_zh_CN.ts").write_text("<TS", "utf-8")
    translations.use(Language.CHINESE)
    assert said() == "Save"


def test_days_and_times_are_said_in_the_language_and_the_zone(translations: Translations) -> None:
    translations.use(Language.CHINESE)
    assert moment_text(AT, SHANGHAI) == "9月16日 周三 09:41:26"
    translations.use(Language.ENGLISH)
    assert moment_text(AT, SHANGHAI) == "Wed 16 Sep 09:41:26"
    assert day_text(AT, ZoneInfo("America/New_York")) == "Tue 15 Sep"
    assert time_text(AT, SHANGHAI) == "09:41"


def test_pseudo_translator_marks_every_text_and_keeps_blanks(qapp: QCoreApplication) -> None:
    pseudo = PseudoTranslator()
    QCoreApplication.installTranslator(pseudo)
    made = QCoreApplication.translate("Window", "&Assign to {name}")
    QCoreApplication.removeTranslator(pseudo)
    assert made.startswith("[")
    assert made.endswith("]")
    assert "{name}" in made
    assert len(made) >= len("&Assign to {name}") * 1.4


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Sun Zhiyuan", "Sun Z."),
        ("孙志远", "孙志远"),
        ("Sun", "Sun"),
        ("", ""),
        ("Lift 2", "Lift 2"),
        ("A  B C", "A B."),
    ],
)
def test_names_of_people_are_short_in_a_narrow_column(name: str, short: str) -> None:
    assert short_name({"zh": name, "en": name}) == short


def test_the_name_of_a_firm_stays_whole(translations: Translations) -> None:
    translations.use(Language.ENGLISH)
    assert short_name({"zh": "澜捷电梯维保", "en": "Lanjie Lift Service"}) == "Lanjie Lift Service"


def test_items_of_a_list_are_parted_as_the_language_does_it(translations: Translations) -> None:
    translations.use(Language.CHINESE)
    assert listed_here(["孙志远", "何文斌"]) == "孙志远、何文斌"
    translations.use(Language.ENGLISH)
    assert listed_here(["Sun", "He"]) == "Sun, He"
