"""Plain words in the sizes and colours of the theme, and lines with bold parts; never rich text, data may hold tags."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.glyphs.marks import Tag, paint_tag, tag_size
from app.ui.theme.painting import paint_text
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme
from app.ui.theme.tips import plain_tip
from app.ui.theme.tokens import TextSize


class Span(NamedTuple):
    """A stretch of a line: bold or not, in the line's colour or in that of ``token``."""

    text: str
    is_bold: bool = False
    token: str = ""


Spans = Sequence[Span] | str


def plain(spans: Spans) -> str:
    """The words alone."""
    return spans if isinstance(spans, str) else "".join(span.text for span in spans)


class Text(QLabel):
    """One plain text in a size and colour of the theme."""

    def __init__(
        self,
        text: str = "",
        size: TextSize = "body",
        *,
        bold: bool = False,
        token: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size, self._bold, self._token = size, bold, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._dress()

    def set_token(self, token: str) -> None:
        """Take the colour of another token."""
        self._token = token
        self._dress()

    def set_bold(self, *, bold: bool) -> None:
        """Be bold, or no longer."""
        self._bold = bold
        self._dress()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        self.setFont(theme.font(self._size, bold=self._bold))
        changed = self.palette()
        changed.setColor(QPalette.ColorRole.WindowText, theme.colour(self._token))
        self.setPalette(changed)


class ElidedText(Text):
    """A text that gives way: cut with an ellipsis, whole in its tip."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(24), super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.contentsRect())
        is_cut = QFontMetricsF(self.font()).horizontalAdvance(self.text()) > box.width() + 0.5
        tip = plain_tip(self.text()) if is_cut else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        paint_text(painter, box, self.text(), self.font(), ink, self.alignment())


_NEW_LINE = "\u2028"
"""What a laid out text breaks at; in a line feed's place."""


def lay_out(spans: Spans, width: float, theme: Theme, size: TextSize, colour: QColor) -> QTextLayout:
    """The lines that ``spans`` take in ``width`` px, broken between words, or anywhere in Chinese."""
    parts = [Span(spans)] if isinstance(spans, str) else spans
    layout = QTextLayout(plain(parts).replace("\n", _NEW_LINE), theme.font(size))
    formats, start = [], 0
    for part in parts:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, _utf16_length(part.text)
        shape = QTextCharFormat()
        shape.setForeground(theme.colour(part.token) if part.token else colour)
        if part.is_bold:
            shape.setFontWeight(QFont.Weight.Bold)
        made.format = shape
        formats.append(made)
        start += made.length
    layout.setFormats(formats)
    _break(layout, width, theme.px(_LINE_HEIGHTS[size]))
    return layout


_LINE_HEIGHTS: dict[TextSize, int] = {
    "caption": 16,
    "body": 20,
    "strong": 20,
    "title": 24,
    "page": 24,
    "figure": 32,
    "display": 40,
}


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _break(layout: QTextLayout, width: float, line_height: float) -> None:
    option = layout.textOption()
    option.setWrapMode(option.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top + (line_height - line.height()) / 2))
        top += line_height
    layout.endLayout()


def layout_height(layout: QTextLayout, theme: Theme, size: TextSize) -> float:
    """Height in px of all lines of ``layout``."""
    return layout.lineCount() * theme.px(_LINE_HEIGHTS[size])


def cut_to(spans: Spans, width: float, theme: Theme, size: TextSize, most_lines: int) -> Spans:
    """``spans`` if they fit into so many lines; otherwise what does, all like the first of them, and an ellipsis."""
    short = plain(spans)[:_MOST_MEASURED]
    first = Span(spans) if isinstance(spans, str) else spans[0]
    layout = lay_out([first._replace(text=short)], width, theme, size, theme.base.text)
    if layout.lineCount() <= most_lines:
        return spans
    last = layout.lineAt(most_lines - 1)
    kept = short.encode("utf-16-le")[: 2 * (last.textStart() + last.textLength())].decode("utf-16-le", "ignore")
    while layout.lineCount() > most_lines:
        kept = kept[:-1].rstrip()
        layout = lay_out([first._replace(text=f"{kept}…")], width, theme, size, theme.base.text)
    return [first._replace(text=f"{kept}…")]


_MOST_MEASURED = 1_000
"""Characters: far more than what is cut to some lines can hold."""


class SpanText(QWidget):
    """A text with bold parts that breaks into lines, with a tag after its last word if there is one.

    With ``most_lines`` it is cut with an ellipsis after so many.
    """

    def __init__(
        self,
        spans: Spans = "",
        size: TextSize = "body",
        *,
        token: str = "text",
        tag: Tag | None = None,
        most_lines: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._token, self._most_lines = size, token, most_lines
        self._spans: Spans = ""
        self._tag: Tag | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_spans(spans, tag)

    def set_spans(self, spans: Spans, tag: Tag | None = None) -> None:
        """Show other words."""
        self._spans, self._tag = spans, tag
        said = plain(spans)
        self.setAccessibleName(f"{said} {tag.text}" if tag else said)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words alone."""
        return plain(self._spans)

    def is_cut(self, width: int) -> bool:
        """Whether not all of it is shown in ``width`` px."""
        return self._shown(width) is not self._spans

    def _shown(self, width: float) -> Spans:
        if not self._most_lines:
            return self._spans
        return cut_to(self._spans, width, current_theme(), self._size, self._most_lines)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return round(span_height(self._shown(width), self._tag, width, current_theme(), self._size))

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        layout = lay_out(self._spans, 10_000, theme, self._size, theme.base.text)
        line = layout.lineAt(0).naturalTextWidth() if layout.lineCount() else 0
        tag = tag_size(self._tag, theme).width() + theme.px(6) if self._tag else 0
        return QSize(round(line + tag) + 2, theme.px(_LINE_HEIGHTS[self._size]))

    @override
    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(48), theme.px(_LINE_HEIGHTS[self._size]))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        ink = theme.colour(self._token if self.isEnabled() else "text_disabled")
        box = QRectF(self.rect())
        shown = self._shown(box.width())
        needed = span_height(shown, self._tag, box.width(), theme, self._size)
        box.setTop(max(0.0, (box.height() - needed) / 2))
        paint_spans(QPainter(self), box, shown, self._tag, theme, self._size, ink)


def span_height(spans: Spans, tag: Tag | None, width: float, theme: Theme, size: TextSize) -> float:
    """Height in px of ``spans`` and ``tag`` in ``width`` px."""
    layout = lay_out(spans, width, theme, size, theme.base.text)
    extra = theme.px(_LINE_HEIGHTS[size]) if tag and not _tag_fits(layout, tag, width, theme) else 0
    return layout_height(layout, theme, size) + extra


def paint_spans(
    painter: QPainter, rect: QRectF, spans: Spans, tag: Tag | None, theme: Theme, size: TextSize, ink: QColor
) -> None:
    """Paint ``spans`` from the top left of ``rect``, and ``tag`` after the last word or on a line of its own."""
    layout = lay_out(spans, rect.width(), theme, size, ink)
    layout.draw(painter, rect.topLeft())
    if tag is None:
        return
    height, lines = theme.px(_LINE_HEIGHTS[size]), layout.lineCount()
    left, top = rect.left(), rect.top() + lines * height
    if _tag_fits(layout, tag, rect.width(), theme):
        left += layout.lineAt(lines - 1).naturalTextWidth() + theme.px(6)
        top -= height
    paint_tag(painter, QRectF(left, top, rect.right() - left, height), tag, theme)


def _tag_fits(layout: QTextLayout, tag: Tag, width: float, theme: Theme) -> bool:
    if not layout.lineCount():
        return False
    used = layout.lineAt(layout.lineCount() - 1).naturalTextWidth()
    return used + theme.px(6) + tag_size(tag, theme).width() <= width
