"""Says every code in Chinese and English, the same for window, server, command line and paper."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.domain.errors import OpsError, Param
from app.domain.phrases import (
    clocks,
    command_line,
    errors,
    imports,
    names,
    notices,
    outbox,
    server,
    storage,
    sync,
    timeline,
)

Phrases = Mapping[str, tuple[str, str]]


class Language(StrEnum):
    """The two languages of the program."""

    CHINESE = "zh"
    ENGLISH = "en"


BETWEEN: Mapping[Language, str] = {Language.CHINESE: "、", Language.ENGLISH: ", "}
"""What stands between the items of a list."""

TABLES: tuple[Phrases, ...] = (
    clocks.PHRASES,
    command_line.PHRASES,
    names.PHRASES,
    errors.PHRASES,
    imports.PHRASES,
    notices.PHRASES,
    outbox.PHRASES,
    server.PHRASES,
    storage.PHRASES,
    sync.PHRASES,
    timeline.PHRASES,
)
_PHRASES: dict[str, tuple[str, str]] = {code: pair for table in TABLES for code, pair in table.items()}


def knows(code: str) -> bool:
    """Whether there is a sentence for ``code``."""
    return code in _PHRASES


def say(code: str, params: Mapping[str, Param] | None = None, language: Language = Language.CHINESE) -> str:
    """The sentence for ``code`` with its blanks filled.

    A parameter that begins with ``@`` is itself a code; one that is ``{"zh": …, "en": …}`` is a name that is data.
    An unknown code is said as it stands: a message from a newer server must still be readable.
    """
    pair = _PHRASES.get(code)
    if pair is None:
        return code if not params else f"{code} ({', '.join(f'{key}={value}' for key, value in params.items())})"
    template = pair[0] if language is Language.CHINESE else pair[1]
    return template.format_map(_Spoken(params or {}, language))


def say_error(error: OpsError, language: Language = Language.CHINESE) -> str:
    """The sentence of an error."""
    return say(error.code, error.params, language)


def listed(names: Sequence[Param]) -> Param:
    """Several names for one blank, strung together as each language does it."""
    if len(names) == 1:
        return names[0]
    return {
        language.value: BETWEEN[language].join(str(said(name, language)) for name in names) for language in Language
    }


class _Spoken(dict[str, str | int]):
    """Parameters in one language; a missing one shows as its name, so that a sentence is never lost."""

    def __init__(self, params: Mapping[str, Param], language: Language) -> None:
        super().__init__({key: said(value, language) for key, value in params.items()})

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def said(value: Param, language: Language) -> str | int:
    """What fills a blank, in one language."""
    if isinstance(value, Mapping):
        return value.get(language.value) or value.get("zh") or ""
    if isinstance(value, str) and value.startswith("@") and value[1:] in _PHRASES:
        return say(value[1:], None, language)
    return value
