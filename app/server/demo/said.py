"""Text that is data, in both languages; the demo world is the same in either."""

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.words import Language


class Said(NamedTuple):
    """The same words in Chinese and English."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language is Language.CHINESE else self.en

    def filled(self, parts: Mapping[str, "Said"]) -> "Said":
        """The words with their blanks filled; an English sentence begins with a capital."""
        english = self.en.format_map({key: part.en for key, part in parts.items()})
        return Said(
            self.zh.format_map({key: part.zh for key, part in parts.items()}), english[:1].upper() + english[1:]
        )

    def __bool__(self) -> bool:
        return bool(self.zh)


NOTHING = Said("", "")


def same(text: object) -> Said:
    """Figures and codes, which are the same in both languages."""
    return Said(str(text), str(text))
