"""How buttons, fields, boxes and lists of Qt's own look: flat, one outline, one focus ring."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTextEdit,
    QWidget,
)

from app.ui.theme.painting import paint_box, paint_check_mark, paint_chevron
from app.ui.theme.theme import Theme

_State = QStyle.StateFlag
OUTLINE = 1.0
FOCUS_WIDTH = 2.0


def has(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    """Whether the option's state carries ``flag``."""
    return bool(option.state & flag)


def came_by_key(widget: QWidget) -> bool:
    """Whether the focus moves by key in this window, so that it must be shown."""
    return bool(widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange))


def box_of(option: QStyleOption) -> QRectF:
    """The option's rectangle."""
    return QRectF(option.rect)


def is_marked(widget: QWidget | None, name: str) -> bool:
    """Whether the dynamic property ``name`` of ``widget`` is set to something true."""
    return bool(widget is not None and widget.property(name))


def button_text_colour(theme: Theme, role: str, *, enabled: bool) -> QColor:
    """Colour of the words on a button of ``role`` ("primary", "danger", "text", "link" or "")."""
    if not enabled:
        return theme.base.text_disabled
    colours = {
        "primary": theme.base.accent_text,
        "danger": theme.status("danger").text,
        "text": theme.base.text_secondary,
        "link": theme.base.link,
    }
    return colours.get(role, theme.base.text)


def paint_button_panel(theme: Theme, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Ground, outline and focus ring of a push button, by its property ``role``."""
    role = str(widget.property("role") or "") if widget is not None else ""
    enabled = has(option, _State.State_Enabled)
    hot = enabled and (has(option, _State.State_MouseOver) or has(option, _State.State_Sunken))
    checked = has(option, _State.State_On)
    fill, line = _button_colours(theme, role, enabled=enabled, hot=hot)
    if checked and role != "primary":
        fill, line = theme.base.selection, theme.base.accent
    box = box_of(option)
    focused = has(option, _State.State_HasFocus) and has(option, _State.State_KeyboardFocusChange)
    radius = theme.radius.control
    if not focused:
        paint_box(painter, box, fill=fill, line=line, radius=radius)
        return
    inner = box.adjusted(3, 3, -3, -3)
    paint_box(painter, inner, fill=fill, line=line, radius=radius - 2)
    paint_box(painter, box, line=theme.base.focus, width=FOCUS_WIDTH, radius=radius)


def _button_colours(theme: Theme, role: str, *, enabled: bool, hot: bool) -> tuple[QColor | None, QColor | None]:
    base = theme.base
    if role in ("text", "link"):
        return (base.hover if hot else None), None
    if not enabled:
        return None, base.border
    if role == "primary":
        return (base.accent_hover if hot else base.accent), None
    if role == "danger":
        danger = theme.status("danger")
        return (danger.fill if hot else base.surface), danger.shape
    return (base.hover if hot else base.surface), base.border_strong


def paint_tool_panel(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Ground of a tool button: only while hovered, held or checked."""
    if has(option, _State.State_On):
        paint_box(painter, box_of(option), fill=theme.base.selection, radius=theme.radius.control)
    elif has(option, _State.State_Enabled) and (
        has(option, _State.State_MouseOver) or has(option, _State.State_Sunken)
    ):
        paint_box(painter, box_of(option), fill=theme.base.hover, radius=theme.radius.control)


def paint_field(theme: Theme, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Ground and outline of a line edit; property ``error`` makes it red, ``quiet`` its outline faint."""
    if isinstance(widget, QLineEdit) and not widget.hasFrame():
        return
    paint_field_box(
        theme,
        painter,
        box_of(option),
        enabled=has(option, _State.State_Enabled),
        focused=has(option, _State.State_HasFocus),
        read_only=has(option, _State.State_ReadOnly),
        error=is_marked(widget, "error"),
        quiet=is_marked(widget, "quiet"),
    )


def paint_field_box(
    theme: Theme,
    painter: QPainter,
    box: QRectF,
    *,
    enabled: bool = True,
    focused: bool = False,
    read_only: bool = False,
    error: bool = False,
    quiet: bool = False,
) -> None:
    """The box of any field, in its state."""
    base = theme.base
    fill = base.surface_sunken if read_only and enabled else base.surface
    line = base.border if read_only or quiet or not enabled else base.border_strong
    width = OUTLINE
    if error:
        line, width = theme.status("danger").shape, FOCUS_WIDTH
    elif focused and not read_only:
        line, width = base.focus, FOCUS_WIDTH
    paint_box(painter, box, fill=fill, line=line, width=width, radius=theme.radius.control)


def paint_frame(theme: Theme, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The frame of a text area, which is a field, or of a list, which is a hairline box."""
    if isinstance(widget, (QTextEdit, QPlainTextEdit)):
        focused = widget.hasFocus() and not widget.isReadOnly()
        error = is_marked(widget, "error")
        resting = theme.base.border if widget.isReadOnly() else theme.base.border_strong
        line = theme.base.focus if focused else resting
        line = theme.status("danger").shape if error else line
        width = FOCUS_WIDTH if focused or error else OUTLINE
        paint_box(painter, box_of(option), line=line, width=width, radius=theme.radius.control)
        return
    paint_box(painter, box_of(option), line=theme.base.border, radius=theme.radius.control)


def paint_check(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A check box: empty, ticked, or a bar when only some are ticked."""
    mark = "on" if has(option, _State.State_On) else "some" if has(option, _State.State_NoChange) else "off"
    paint_check_box(theme, painter, box_of(option), mark, enabled=has(option, _State.State_Enabled))


def paint_check_box(theme: Theme, painter: QPainter, box: QRectF, mark: str, *, enabled: bool = True) -> None:
    """A check box with ``mark`` "off", "on" or "some", centred in ``box`` as a square of 16 px."""
    base, side = theme.base, theme.px(16)
    square = QRectF(0, 0, side, side)
    square.moveCenter(box.center())
    square.moveTopLeft(QPointF(round(square.left()), round(square.top())))
    radius = theme.radius.control - 1
    if mark == "off":
        line = base.border_strong if enabled else base.border
        paint_box(painter, square, fill=base.surface, line=line, width=1.25, radius=radius)
        return
    paint_box(painter, square, fill=base.accent if enabled else base.border, radius=radius)
    ink = base.accent_text if enabled else base.surface
    if mark == "on":
        paint_check_mark(painter, square, ink)
    else:
        bar = QRectF(0, 0, round(side * 0.5), 2)
        bar.moveCenter(square.center())
        paint_box(painter, bar, fill=ink, radius=1)


def paint_radio(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A radio button."""
    base, enabled, box = theme.base, has(option, _State.State_Enabled), box_of(option)
    if not has(option, _State.State_On):
        line = base.border_strong if enabled else base.border
        paint_box(painter, box, fill=base.surface, line=line, width=1.25, radius=box.width() / 2)
        return
    paint_box(painter, box, fill=base.accent if enabled else base.border, radius=box.width() / 2)
    dot = QRectF(0, 0, box.width() * 0.375, box.height() * 0.375)
    dot.moveCenter(box.center())
    paint_box(painter, dot, fill=base.accent_text, radius=dot.width() / 2)


def paint_focus_ring(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The ring about a check box's or radio button's words, when the focus came by key."""
    if has(option, _State.State_KeyboardFocusChange):
        paint_box(painter, box_of(option), line=theme.base.focus, width=FOCUS_WIDTH, radius=theme.radius.control)


def paint_combo(theme: Theme, option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
    """A combo box's box and chevron; its words are painted by the style."""
    box, enabled = box_of(option), has(option, _State.State_Enabled)
    quiet = is_marked(widget, "quiet")
    focused = has(option, _State.State_HasFocus) or (isinstance(widget, QComboBox) and widget.hasFocus())
    paint_field_box(
        theme, painter, box, enabled=enabled, focused=focused, error=is_marked(widget, "error"), quiet=quiet
    )
    colour = theme.base.text_secondary if enabled else theme.base.text_disabled
    paint_chevron(painter, QPointF(box.right() - theme.px(16), box.center().y()), theme.px(4), colour)


def paint_push_label_palette(theme: Theme, option: QStyleOptionButton, widget: QWidget | None) -> QStyleOptionButton:
    """A copy of ``option`` whose words have the colour of the button's role."""
    copy = QStyleOptionButton(option)
    role = str(widget.property("role") or "") if widget is not None else ""
    changed = QPalette(copy.palette)
    colour = button_text_colour(theme, role, enabled=has(option, _State.State_Enabled))
    changed.setColor(QPalette.ColorRole.ButtonText, colour)
    copy.palette = changed
    return copy


def combo_text_rect(theme: Theme, box: QRect) -> QRect:
    """Where a combo box's words stand."""
    return box.adjusted(theme.px(6), 0, -theme.px(28), 0)


def paint_item_ground(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Ground of an item in a plain list, tree or popup."""
    if has(option, _State.State_Selected):
        active = has(option, _State.State_Active)
        painter.fillRect(box_of(option), theme.base.selection if active else theme.base.selection_inactive)
    elif has(option, _State.State_MouseOver):
        painter.fillRect(box_of(option), theme.base.hover)


def paint_branch(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A tree's fold mark: a chevron, down when open, right when shut."""
    if not has(option, _State.State_Children):
        return
    centre, reach = box_of(option).center(), theme.px(4)
    if has(option, _State.State_Open):
        paint_chevron(painter, centre, reach, theme.base.text_muted)
        return
    painter.save()
    painter.translate(centre)
    painter.rotate(-90 if option.direction is Qt.LayoutDirection.LeftToRight else 90)
    paint_chevron(painter, QPointF(0, 0), reach, theme.base.text_muted)
    painter.restore()
