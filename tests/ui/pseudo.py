"""A language that does not exist: it shows texts that are not translated, and those that get cut when they grow."""

import re

from PySide6.QtCore import QTranslator
from typing_extensions import override

_LETTERS = str.maketrans("aceinosuyAEIOU", "áçéíñóšúýÁÉÍÓÚ")
_BLANK = re.compile(r"(\{\w*\}|%n|%\d|&)")


class PseudoTranslator(QTranslator):
    """Says "[Ñéw órdér~~~~]" for "New order": 40 % longer, blanks and mnemonics kept."""

    @override
    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        parts = _BLANK.split(sourceText)
        words = "".join(part if _BLANK.fullmatch(part) else part.translate(_LETTERS) for part in parts)
        return f"[{words}{'~' * (len(sourceText) * 2 // 5)}]"

    @override
    def isEmpty(self) -> bool:
        return False
