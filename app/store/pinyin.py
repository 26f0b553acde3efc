"""How Chinese names are typed without an input method: in full, by initials, with and without the surname."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.store.search_terms import has_cjk

_READINGS_LIMIT = 8

SURNAMES = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "单于": "chan yu",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "区": "ou",
    "解": "xie",
    "查": "zha",
    "任": "ren",
    "盖": "ge",
    "缪": "miao",
    "朴": "piao",
    "翟": "zhai",
    "乐": "yue",
    "覃": "qin",
    "尉": "wei",
    "冼": "xian",
    "员": "yun",
    "召": "shao",
    "折": "she",
    "繁": "po",
    "种": "chong",
    "秘": "bi",
    "洗": "xian",
    "黑": "he",
    "那": "na",
    "令": "ling",
    "过": "guo",
    "纪": "ji",
    "幺": "yao",
    "宓": "mi",
    "逄": "pang",
    "晁": "chao",
    "郇": "xun",
    "郗": "xi",
    "芮": "rui",
    "隗": "wei",
    "褚": "chu",
    "重": "chong",
    "祭": "zhai",
    "石": "shi",
    "车": "che",
    "卜": "bu",
    "阚": "kan",
    "谌": "chen",
    "佴": "nai",
    "哈": "ha",
    "葛": "ge",
    "俞": "yu",
    "应": "ying",
}
"""Surnames that are read otherwise than the same characters elsewhere, or that dictionaries get wrong."""


@lru_cache(4096)  # people have many of the same names
def spellings(name: str) -> tuple[str, ...]:
    """Every way a name is spelt in letters: ``wangxiaoming wxm xiaoming xm``; nothing for a name without Chinese."""
    if not has_cjk(name):
        return ()
    found: dict[str, None] = {}
    for syllables in readings("".join(character for character in name if has_cjk(character))):
        for start in (0, 1) if len(syllables) > 2 else (0,):
            found["".join(syllables[start:])] = None
            found["".join(syllable[0] for syllable in syllables[start:])] = None
    return tuple(found)


def readings(name: str) -> Iterator[list[str]]:
    """The syllables of a name, Chinese characters only: the surname as surnames are read, then other ways it is."""
    # A fifth of a second that only the first writing of a name pays for, on the thread that writes.
    from pypinyin import Style, lazy_pinyin, pinyin  # noqa: PLC0415  # docs/decisions: heavy libraries

    for length in (2, 1):
        if name[:length] in SURNAMES:
            yield [*SURNAMES[name[:length]].split(), *lazy_pinyin(name[length:])]
    others = pinyin(name[0], style=Style.NORMAL, heteronym=True)[0]
    rest = lazy_pinyin(name[1:])
    for first in itertools.islice(others, _READINGS_LIMIT):
        yield [first, *rest]


@lru_cache(4096)
def syllables(text: str) -> tuple[str, ...]:
    """One reading for each character of a text; any that is not Chinese stands for itself, in lower case."""
    # See `readings`.
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # docs/decisions: heavy libraries

    read = iter(lazy_pinyin("".join(character for character in text if has_cjk(character))))
    return tuple(next(read) if has_cjk(character) else character.casefold() for character in text)


def answers(typed: str, names: Iterable[str], letters: str) -> bool:
    """Whether what was typed, Chinese or letters, may mean somebody; ``letters`` are spellings parted by spaces."""
    wanted = typed.strip().lower()
    return any(wanted in name.lower() for name in names) or any(
        spelling.startswith(wanted) for spelling in letters.split()
    )


def matched(text: str, spelt: Sequence[str], typed: str) -> tuple[int, int] | None:
    """Where a text says what was typed, as ``(start, length)``: as it stands, in pinyin, or by initials.

    ``spelt`` are the :func:`syllables` of the text; none are needed to find it as it stands.
    """
    wanted = typed.casefold()
    if wanted and (start := text.casefold().find(wanted)) >= 0:
        return start, len(wanted)
    for letters in (spelt, [syllable[:1] for syllable in spelt]):
        for start in range(len(letters)):
            if wanted and (length := _spells(letters[start:], wanted)):
                return start, length
    return None


def _spells(letters: Sequence[str], wanted: str) -> int:
    """How many of ``letters`` it takes to spell ``wanted``; 0 if they do not."""
    said = ""
    for count, letter in enumerate(letters, start=1):
        said += letter
        if said.startswith(wanted):
            return count
        if not wanted.startswith(said):
            return 0
    return 0
