"""How text is cut into words for the search, the same way when it is written and when it is asked for.

One CJK character is a word, and so are each run of letters and each run of digits: FTS5's trigrams find no Chinese
word of two characters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from app.domain.phones import looks_like_phone, phone_digits

_CJK = "\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003fffd"
_TOKEN = re.compile(rf"[0-9]+|[{_CJK}]|[^\W0-9_{_CJK}]+")
_IS_CJK = re.compile(rf"[{_CJK}]")
_PLACE_WORDS = re.compile(r"幢|栋|号楼|座|单元|号|室|门|户|楼")
_SPACED = re.compile(r"(?<=[0-9A-Za-z])\s+(?=幢|栋|号楼|座|单元|号|室)")
_BUILDING = re.compile(r"([0-9]+|[a-z]) ?(?:幢|栋|号楼|座|号|楼)")
_LONGEST, _MOST = 200, 12
"""Characters and words of a question that are looked at: a page of text pasted by mistake holds up nobody."""
_BUILDING_WORDS = ("幢", "栋", "号 楼", "座", "号", "楼")


def plain(text: str) -> str:
    """Text without the differences nobody hears: width, case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """The words of a text, in order."""
    return _TOKEN.findall(plain(text))


def has_cjk(text: str) -> bool:
    """Whether any character of the text is Chinese."""
    return _IS_CJK.search(text) is not None


def code_tokens(code: str) -> list[str]:
    """The words of a number or code, and every ending of its digits, so that any part of it can be found."""
    words = tokens(code)
    digits = "".join(word for word in words if word.isdecimal())
    return [*words, *(digits[start:] for start in range(len(digits) - 1) if digits[start:] not in words)]


def place_tokens(place: str) -> list[str]:
    """The words of a place, then the same without 幢, 单元 and the like: ``3 幢 1502`` is also ``3 1502``."""
    words = tokens(place)
    bare = tokens(_PLACE_WORDS.sub(" ", plain(place)))
    return words if bare == words else [*words, *bare]


def terms(text: str) -> list[str]:
    """What is asked for, as parts that must all be found; a telephone number is one, however it is spaced."""
    if looks_like_phone(text):
        return [text.strip()]
    return [part for part in _SPACED.sub("", text[:_LONGEST]).split() if tokens(part)][:_MOST]


def spelling(text: str) -> str:
    """The letters of a text of letters alone without their spaces: ``wu gui fang`` is how a name is spelt, too."""
    parts = plain(text[:_LONGEST]).split()
    return "".join(parts) if len(parts) > 1 and all(part.isascii() and part.isalpha() for part in parts) else ""


def expression(term: str, spelt: str = "", *, is_exact: bool = False, is_as_typed: bool = False) -> str:
    """FTS5's expression for one term, or for what is ``spelt`` instead of it; its last letters or digits may go on.

    They may not if it ``is_exact``; ``is_as_typed`` leaves out every other way to write it.
    """
    ways = [tokens(term)] if is_as_typed else [*_ways(term), tokens(spelt)]
    return " OR ".join(dict.fromkeys(_phrase(words, is_exact=is_exact) for words in ways if words))


def _ways(term: str) -> Iterator[Sequence[str]]:
    words = tokens(term)
    yield words
    if looks_like_phone(term):
        yield [phone_digits(term)]
    if len(words) > 1 and all(word.isdecimal() for word in words):
        yield ["".join(words)]
    if building := _BUILDING.fullmatch(plain(term)):
        yield from ([building[1], *word.split()] for word in _BUILDING_WORDS)
        return
    bare = tokens(_PLACE_WORDS.sub(" ", plain(term)))
    if bare != words and not has_cjk("".join(bare)):
        yield bare


def _phrase(words: Sequence[str], *, is_exact: bool) -> str:
    goes_on = not is_exact and not has_cjk(words[-1])
    return f'"{" ".join(words)}"{"*" if goes_on else ""}'
