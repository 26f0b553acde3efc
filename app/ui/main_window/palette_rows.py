"""What the palette offers: a caption, or something that can be chosen."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.domain.numbers import short_number
from app.domain.phones import spaced_phone
from app.store.pinyin import matched
from app.store.queries.intake import PersonHit
from app.store.queries.intake_choices import PlaceHit
from app.store.queries.shell import Found, OrderHit, first_line
from app.ui.actions import ActionSpec, key_text
from app.ui.desk import Desk
from app.ui.glyphs.standing import row_pill
from app.ui.translation import entrance_words, joined, say_here, spoken

_PLACE_ICONS = {"unit": "home-check", "building": "building", "place": "map-pin", "asset": "tool"}

Mark = tuple[int, int]
"""Where the letters typed stand in a text: start and length."""


class Row(NamedTuple):
    """A caption (no ``run``), or something that can be chosen."""

    id: str
    text: str
    detail: str = ""
    icon: str = ""
    key: str = ""
    run: Callable[[], object] | None = None
    mark: Mark | None = None


def action_row(desk: Desk, spec: ActionSpec, mark: Mark | None) -> Row:
    """An action with its key."""
    keys = spec.all_keys
    return Row(
        id=f"action:{spec.id}",
        text=spec.text(),
        detail=spec.detail(),
        icon=spec.icon or "player-play",
        key=key_text(keys[0]) if keys else "",
        run=lambda: desk.actions.run(spec.id),
        mark=mark,
    )


def order_rows(desk: Desk, found: Found, typed: str) -> list[Row]:
    """Orders with their state and time."""
    year, now = desk.today().year, desk.clock.now()

    def made(order: OrderHit) -> Row:
        number, words = short_number(order.number, year), first_line(order.text)
        text, pill = f"{number}  {words}", row_pill(order, now)
        in_words = found.marks.get(words)
        after = (in_words[0] + len(number) + 2, in_words[1]) if in_words else None
        return Row(
            id=f"order:{order.id}",
            text=text,
            detail=joined(order.place, say_here(f"state.{order.state}"), pill.text if pill else ""),
            icon="clipboard-list",
            run=lambda: desk.asked_for_order.emit(order.id),
            mark=matched(text, (), typed) or after,
        )

    return [made(order) for order in found.orders]


def people_rows(desk: Desk, found: Found) -> list[Row]:
    """Residents with their unit and telephone: going to one shows the unit, or takes a call where there is none."""

    def made(person: PersonHit) -> Row:
        unit_id = person.unit_id
        relation = say_here(f"relation.{person.relation}") if person.relation else ""
        return Row(
            id=f"person:{person.resident_id}:{unit_id}",
            text=person.name,
            detail=joined(person.unit, relation, spaced_phone(person.phone)),
            icon="user",
            run=lambda: (
                desk.asked_for_place.emit("unit", unit_id)
                if unit_id
                else desk.asked_for_intake.emit(person.phone or person.name)
            ),
            mark=found.marks.get(person.name),
        )

    return [made(person) for person in found.people]


def place_rows(desk: Desk, found: Found) -> list[Row]:
    """Units, buildings, common places and assets."""

    def made(place: PlaceHit) -> Row:
        detail = entrance_words(place.detail) if place.kind == "unit" else place.detail
        return Row(
            id=f"{place.kind}:{place.id}",
            text=place.label,
            detail=joined(detail, spoken(found.sites.get(place.site_id, {}))),
            icon=_PLACE_ICONS[place.kind],
            run=lambda: desk.asked_for_place.emit(place.kind, place.id),
            mark=found.marks.get(place.label),
        )

    return [made(place) for place in found.places]


def under_captions(groups: Sequence[tuple[str, Sequence[Row]]]) -> Iterator[Row]:
    """The rows of each group under its caption; a group without rows is left out."""
    for caption, rows in groups:
        if rows:
            yield Row(f"caption:{caption}", caption)
            yield from rows
