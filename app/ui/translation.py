"""Speaks Chinese or English in the windows, changed while the program runs; says days and times in that language."""

import logging
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTranslator

from app.domain.errors import Param
from app.domain.words import BETWEEN, Language, said, say

logger = logging.getLogger(__name__)

SOURCES = Path(__file__).parents[2] / "resources" / "i18n"
_LOCALES = {Language.CHINESE: "zh_CN", Language.ENGLISH: "en_US"}
_FILES = {Language.CHINESE: "steward_zh_CN", Language.ENGLISH: "steward_en"}
_QT_FILES = {Language.CHINESE: "qtbase_zh_CN"}


def compile_translations(sources: Path = SOURCES, into: Path | None = None) -> list[Path]:
    """Compile every ``*.ts`` of ``sources`` to a ``.qm`` beside it, or in ``into``; returns what was made.

    Only what is missing or older than its source is made. Raises ``FileNotFoundError`` where Qt's ``lrelease`` is not
    installed, ``subprocess.CalledProcessError`` for a file it cannot read.
    """
    folder = into or sources
    folder.mkdir(parents=True, exist_ok=True)
    stale = [source for source in sorted(sources.glob("*.ts")) if not _is_fresh(folder / f"{source.stem}.qm", source)]
    made = [folder / f"{source.stem}.qm" for source in stale]
    for source, target in zip(stale, made, strict=True):
        command = [_release_tool(), "-silent", str(source), "-qm", str(target)]
        subprocess.run(command, check=True)  # noqa: S603  # our own files, Qt's own tool
    return made


class Translations:
    """The translators that are installed in the program; a change reaches widgets as ``QEvent.LanguageChange``."""

    def __init__(self, cache: Path, sources: Path = SOURCES) -> None:
        self._cache = cache
        self._sources = sources
        self._installed: list[QTranslator] = []
        self.language = Language.ENGLISH

    def use(self, language: Language) -> None:
        """Speak ``language`` from now on."""
        self.remove()
        self.language = language
        QLocale.setDefault(QLocale(_LOCALES[language]))
        loaded = self._load(language)
        self._installed = [translator for translator in loaded if QCoreApplication.installTranslator(translator)]

    def remove(self) -> None:
        """Take the translators out of the program, which then says everything as it is written in the code."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = []

    def _load(self, language: Language) -> Iterable[QTranslator]:
        if name := _QT_FILES.get(language):
            of_qt = QTranslator()
            if of_qt.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                yield of_qt
        own = QTranslator()
        if own.load(str(self._compiled(_FILES[language]))):
            yield own

    def _compiled(self, stem: str) -> Path:
        """The compiled file: the one shipped, unless its source is newer; then one made in the cache."""
        source, shipped = self._sources / f"{stem}.ts", self._sources / f"{stem}.qm"
        if _is_fresh(shipped, source):
            return shipped
        try:
            compile_translations(self._sources, self._cache)
        except (OSError, subprocess.CalledProcessError):
            logger.warning("could not compile the translations of %s", self._sources, exc_info=True)
            return shipped
        return self._cache / f"{stem}.qm"


def _is_fresh(target: Path, source: Path) -> bool:
    if not target.exists():
        return False
    return not source.exists() or target.stat().st_mtime >= source.stat().st_mtime


def _release_tool() -> str:
    folder = Path(PySide6.__file__).parent
    tool = shutil.which("lrelease", path=str(folder))
    if tool is None:
        raise FileNotFoundError(folder / "lrelease")
    return tool


def spoken_language() -> Language:
    """The language of the windows at this moment."""
    # By name: asking for QLocale.Language would make its hundreds of members, 0.1 s of every start.
    return Language.CHINESE if QLocale().name().startswith("zh") else Language.ENGLISH


def time_text(at: datetime, zone: tzinfo) -> str:
    """Hours and minutes of a moment in ``zone``: ``09:41``."""
    return f"{at.astimezone(zone):%H:%M}"


def day_text(at: datetime, zone: tzinfo) -> str:
    """The day of a moment in ``zone``: ``9月16日 周三``, ``Wed 16 Sep``."""
    local = at.astimezone(zone)
    pattern = "M月d日 ddd" if spoken_language() is Language.CHINESE else "ddd d MMM"
    return QLocale().toString(QDate(local.year, local.month, local.day), pattern)


def moment_text(at: datetime, zone: tzinfo) -> str:
    """Day and time to the second of a moment in ``zone``: ``9月16日 周三 09:41:26``, ``Wed 16 Sep 09:41:26``."""
    return f"{day_text(at, zone)} {at.astimezone(zone):%H:%M:%S}"


def spoken(name: Mapping[str, str]) -> str:
    """A name that is data, in the language of the windows; in Chinese where the other is missing."""
    return name.get(spoken_language().value) or name.get("zh", "")


def short_name(name: Mapping[str, str]) -> str:
    """What somebody is called in a narrow column: ``Sun Zhiyuan`` is ``Sun Z.``; a firm, and a Chinese name, stay."""
    whole = spoken(name)
    first, _, rest = whole.partition(" ")
    is_person = name["zh"] == name["en"] and whole.isascii() and rest.strip() and not rest.isdecimal()
    return f"{first} {rest.strip()[0]}." if is_person else whole


def spoken_path(path: Sequence[Mapping[str, str]]) -> str:
    """Names from the top of a tree down: ``水电维修 › 下水``."""
    return " › ".join(spoken(name) for name in path)


def joined(*facts: str) -> str:
    """Facts of one line, those that are empty left out: ``业主，2019-04-12 起``, ``Owner, since 2019-04-12``."""
    return ("，" if spoken_language() is Language.CHINESE else ", ").join(filter(None, facts))


def listed_here(names: Sequence[str]) -> str:
    """Several names of one kind: ``周铁生、赵启明``, ``Zhou Tiesheng, Zhao Qiming``."""
    return BETWEEN[spoken_language()].join(names)


def said_here(value: Param) -> str:
    """What fills a blank, in the language of the windows."""
    return str(said(value, spoken_language()))


def say_here(code: str, **params: Param) -> str:
    """The sentence of a code in the language of the windows."""
    return say(code, params, spoken_language())


def entrance_words(entrance: str) -> str:
    """An entrance as people say it: by its number or name."""
    if not entrance.isdigit():
        return entrance
    return QCoreApplication.translate("Floors", "Entrance {name}").format(name=entrance)
