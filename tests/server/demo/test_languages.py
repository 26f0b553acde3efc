"""The demo world is one world in two languages, and the same whenever it is made of the same."""

import re
from collections.abc import Iterator

import pytest

from app.commands.clocks import read_rulebook
from app.db.base import Synced
from app.domain.words import Language
from app.server.demo.world import World, build_world
from tests.server.demo.conftest import WEDNESDAY
from tests.server.demo.seeded import Seeded

pytestmark = pytest.mark.timeout(300)  # whoever comes first seeds a world for all

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_IN_BOTH = re.compile(r".*_zh$|keywords")
"""Columns that hold Chinese in either language."""
_IN_CHINESE = re.compile(r'"zh":"[^"]*"')
"""A name in both languages, as it stands in the parameters of a line."""


def test_english_rows_say_nothing_in_chinese(english_demo: Seeded) -> None:
    for row in _rows(english_demo.world, english_demo):
        for name, value in _values(row).items():
            if isinstance(value, str) and not _IN_BOTH.fullmatch(name):
                said = _IN_CHINESE.sub("", value) if name == "params" else value
                assert not _CHINESE.search(said), (row.__class__.__name__, name, value)


def test_both_languages_tell_of_the_same_rows(english_demo: Seeded) -> None:
    chinese = build_world(WEDNESDAY, Language.CHINESE, days=20)
    for ours, theirs in zip(_rows(english_demo.world, english_demo), _rows(chinese, english_demo), strict=True):
        kept = {name: value for name, value in _values(ours).items() if not _is_text(value)}
        assert kept == {name: value for name, value in _values(theirs).items() if name in kept}
        assert type(ours) is type(theirs)


def test_the_same_arguments_make_the_same_rows(english_demo: Seeded) -> None:
    again = build_world(WEDNESDAY, Language.ENGLISH, days=20)
    for ours, theirs in zip(_rows(english_demo.world, english_demo), _rows(again, english_demo), strict=True):
        assert _values(ours) == _values(theirs)


def test_another_seed_makes_other_orders() -> None:
    assert [unit.occupancy for unit in build_world(WEDNESDAY, Language.ENGLISH, seed=1).estates[0].units.values()] != [
        unit.occupancy for unit in build_world(WEDNESDAY, Language.ENGLISH, seed=2).estates[0].units.values()
    ]


def _rows(world: World, read_in: Seeded) -> Iterator[Synced]:
    yield from world.company_rows()
    yield from world.site_rows()
    with read_in.database.read() as session:
        rulebook = read_rulebook(session)
    for story in world.stories(rulebook):
        yield from story.rows()


def _values(row: Synced) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_sa_instance_state"}


def _is_text(value: object) -> bool:
    """Whether a value may differ by language: words, but not ids, codes, numbers or days."""
    return isinstance(value, str) and (not value.isascii() or " " in value or value.isalpha())
