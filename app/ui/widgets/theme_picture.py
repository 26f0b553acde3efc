"""A small picture of a theme, to choose it by."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.painting import paint_box
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme, make_theme
from app.ui.theme.tokens import ThemeName

WIDTH, HEIGHT = 176, 96


class ThemePicture(QAbstractButton):
    """Window, surface, two lines of text, two pills and a main button in the theme's own colours."""

    def __init__(self, name: ThemeName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = make_theme(name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        self._paint_window(painter, box, self._theme, theme.scale)
        line, width = (theme.base.focus, 2.0) if self.isChecked() else (theme.base.border, 1.0)
        paint_box(painter, QRectF(self.rect()), line=line, width=width, radius=theme.radius.panel)
        if self.hasFocus() and not self.isChecked():
            paint_box(painter, QRectF(self.rect()), line=theme.base.focus, width=1.0, radius=theme.radius.panel)

    @staticmethod
    def _paint_window(painter: QPainter, box: QRectF, own: Theme, scale: float) -> None:
        def part(left: float, top: float, width: float, height: float) -> QRectF:
            return QRectF(box.left() + left * scale, box.top() + top * scale, width * scale, height * scale)

        base = own.base
        paint_box(painter, box, fill=base.window, radius=4)
        paint_box(
            painter,
            QRectF(
                box.left() + 20 * scale, box.top() + 16 * scale, box.width() - 20 * scale, box.height() - 16 * scale
            ),
            fill=base.surface,
            radius=2,
        )
        paint_box(painter, part(28, 22, 56, 4), fill=base.text, radius=2)
        paint_box(painter, part(28, 32, 96, 4), fill=base.text_secondary, radius=2)
        paint_box(painter, part(28, 42, 40, 12), fill=own.status("danger").solid, radius=6 * scale)
        paint_box(painter, part(73, 42, 40, 12), fill=own.status("warning").fill, radius=6 * scale)
        paint_box(painter, part(28, 60, 40, 14), fill=base.accent, radius=2)
