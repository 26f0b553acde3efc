"""Tests of the glyphs: told apart by shape alone, sized by the theme, cut to what room they get."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.ui.glyphs.marks import Tag, badge_text, chase_tag, initial, paint_badge, paint_priority, paint_tag, tag_size
from app.ui.glyphs.shapes import Shape, paint_shape
from app.ui.glyphs.sla import Pill, PillKind, paint_pill, pill_size
from app.ui.glyphs.states import paint_state
from app.ui.theme.theme import Theme, make_theme

STATES = [
    "reported",
    "triaged",
    "dispatched",
    "accepted",
    "on_site",
    "done",
    "verified",
    "closed",
    "on_hold",
    "cancelled",
    "reopened",
]
GROUND = 0xFF808080
BOX = QRectF(0, 0, 32, 32)


def drawn(paint: Callable[[QPainter], object], width: int = 32, height: int = 32) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def bits(image: QImage) -> bytes:
    return bytes(image.constBits())


def test_every_state_has_a_shape_of_its_own(theme: Theme) -> None:
    shapes = {bits(drawn(partial(paint_state, rect=BOX, state=state, theme=theme))) for state in STATES}
    assert len(shapes) == len(STATES)


def test_state_of_a_newer_server_is_painted_as_a_dot(theme: Theme) -> None:
    unknown = drawn(lambda p: paint_state(p, QRectF(0, 0, 32, 32), "teleported", theme))
    assert unknown.pixelColor(16, 16) == theme.base.text_secondary


def test_ground_shows_through_the_tick_of_a_verified_order(theme: Theme) -> None:
    large = drawn(lambda p: paint_state(p, QRectF(0, 0, 64, 64), "verified", make_theme(scale=4)), 64, 64)
    assert large.pixel(28, 42) == GROUND
    assert large.pixelColor(10, 32) == theme.base.text_secondary


def test_shapes_differ_without_colour(theme: Theme) -> None:
    seen = {bits(drawn(partial(paint_shape, rect=BOX, shape=shape, colour=theme.base.text))) for shape in Shape}
    assert len(seen) == len(Shape)


def test_filled_pills_share_one_width_so_that_a_column_looks_even(theme: Theme) -> None:
    late, soon = Pill(PillKind.OVERDUE, "超时 6 分"), Pill(PillKind.DUE_SOON, "剩 9 分")
    assert pill_size(late, theme).width() == pill_size(soon, theme).width() == 88
    assert pill_size(Pill(PillKind.OVERDUE, "overdue by 12 d 23 h"), theme).width() > 88


def test_pill_never_leaves_its_cell(theme: Theme) -> None:
    pill = Pill(PillKind.OVERDUE, "overdue by twelve days and some hours")
    image = drawn(lambda p: paint_pill(p, QRectF(0, 0, 60, 32), pill, theme), width=100)
    assert image.pixelColor(40, 8) == theme.status("danger").solid
    assert all(image.pixel(x, y) == GROUND for x in range(61, 100) for y in range(32))


def test_chase_tag_warns_from_the_second_chase(theme: Theme) -> None:
    assert (chase_tag(1, "催 1").tone, chase_tag(1, "催 1").is_bold) == ("neutral", False)
    assert (chase_tag(2, "催 2").tone, chase_tag(2, "催 2").is_bold) == ("warning", True)


def test_tag_is_cut_to_its_room_and_says_how_much_it_took(theme: Theme) -> None:
    tag = Tag("林晓雨 09:11 电话代记", mark="phone")
    widths: list[float] = []
    drawn(lambda p: widths.append(paint_tag(p, QRectF(0, 0, 50, 32), tag, theme)))
    drawn(lambda p: widths.append(paint_tag(p, QRectF(0, 0, 500, 32), tag, theme)), width=500)
    assert widths == [50, tag_size(tag, theme).width()]


def test_first_priority_is_solid_and_second_outlined(theme: Theme) -> None:
    first = drawn(lambda p: paint_priority(p, QRectF(0, 0, 26, 32), "P1", theme))
    second = drawn(lambda p: paint_priority(p, QRectF(0, 0, 26, 32), "P2", theme))
    assert first.pixelColor(2, 10) == theme.status("danger").solid
    assert second.pixelColor(2, 10) == theme.base.surface


def test_badge_is_red_only_when_something_is_late(theme: Theme) -> None:
    late = drawn(lambda p: paint_badge(p, QRectF(0, 0, 32, 32), 3, theme, is_urgent=True))
    waiting = drawn(lambda p: paint_badge(p, QRectF(0, 0, 32, 32), 3, theme, is_urgent=False))
    assert late.pixelColor(16, 9) == theme.status("danger").solid
    assert waiting.pixelColor(16, 9) == theme.status("neutral").solid
    assert badge_text(120) == "99+"


def test_initial_is_the_first_sign_of_a_name() -> None:
    assert (initial("周铁生"), initial(" lena"), initial("")) == ("周", "L", "")
