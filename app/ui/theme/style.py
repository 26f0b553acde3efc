"""The program's style: Fusion, with what has gradients repainted flat in the theme's colours."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QTextEdit,
    QWidget,
)
from typing_extensions import override

from app.ui.theme import bars, controls
from app.ui.theme.theme import Theme

_P = QStyle.PrimitiveElement
_C = QStyle.ControlElement
_CC = QStyle.ComplexControl
_CT = QStyle.ContentsType
_M = QStyle.PixelMetric
_H = QStyle.StyleHint

Paint = Callable[[Theme, Any, QPainter, QWidget | None], None]


def _paint_nothing(_theme: Theme, _option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    """What Fusion paints here has no place in this look."""


PRIMITIVES: Mapping[QStyle.PrimitiveElement, Paint] = {
    _P.PE_PanelButtonCommand: controls.paint_button_panel,
    _P.PE_PanelButtonTool: controls.paint_tool_panel,
    _P.PE_PanelLineEdit: controls.paint_field,
    _P.PE_FrameLineEdit: controls.paint_field,
    _P.PE_Frame: controls.paint_frame,
    _P.PE_IndicatorCheckBox: controls.paint_check,
    _P.PE_IndicatorItemViewItemCheck: controls.paint_check,
    _P.PE_IndicatorRadioButton: controls.paint_radio,
    _P.PE_IndicatorBranch: controls.paint_branch,
    _P.PE_PanelItemViewItem: controls.paint_item_ground,
    _P.PE_PanelItemViewRow: _paint_nothing,
    _P.PE_IndicatorHeaderArrow: bars.paint_header_arrow,
    _P.PE_IndicatorArrowDown: bars.paint_arrow_down,
    _P.PE_IndicatorArrowUp: bars.paint_arrow_up,
    _P.PE_PanelMenu: bars.paint_menu_panel,
    _P.PE_FrameMenu: _paint_nothing,
    _P.PE_PanelTipLabel: bars.paint_tip,
    _P.PE_FrameTabBarBase: bars.paint_tab_base,
    _P.PE_FrameTabWidget: _paint_nothing,
    _P.PE_FrameDefaultButton: _paint_nothing,
    _P.PE_PanelScrollAreaCorner: _paint_nothing,
}

CONTROLS: Mapping[QStyle.ControlElement, Paint] = {
    _C.CE_HeaderSection: bars.paint_header,
    _C.CE_HeaderEmptyArea: bars.paint_header,
    _C.CE_ProgressBarGroove: bars.paint_groove,
    _C.CE_ProgressBarContents: bars.paint_progress,
    _C.CE_ProgressBarLabel: _paint_nothing,
    _C.CE_Splitter: bars.paint_splitter,
    _C.CE_TabBarTabShape: bars.paint_tab,
}

HINTS: Mapping[QStyle.StyleHint, int] = {
    _H.SH_EtchDisabledText: 0,
    _H.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    _H.SH_Widget_Animate: 0,
    _H.SH_Widget_Animation_Duration: 0,
    _H.SH_ComboBox_Popup: 0,
    _H.SH_LineEdit_PasswordCharacter: ord("•"),
    _H.SH_ScrollBar_LeftClickAbsolutePosition: 0,
    _H.SH_ItemView_ShowDecorationSelected: 1,
    _H.SH_TabBar_Alignment: int(Qt.AlignmentFlag.AlignLeft.value),
    _H.SH_Header_ArrowAlignment: int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value),
}

METRICS: Mapping[QStyle.PixelMetric, int] = {
    _M.PM_IndicatorWidth: 16,
    _M.PM_IndicatorHeight: 16,
    _M.PM_ExclusiveIndicatorWidth: 16,
    _M.PM_ExclusiveIndicatorHeight: 16,
    _M.PM_CheckBoxLabelSpacing: 8,
    _M.PM_RadioButtonLabelSpacing: 8,
    _M.PM_ScrollBarExtent: 12,
    _M.PM_ScrollBarSliderMin: 28,
    _M.PM_SmallIconSize: 16,
    _M.PM_ButtonIconSize: 16,
    _M.PM_ToolBarIconSize: 16,
    _M.PM_ListViewIconSize: 16,
    _M.PM_LayoutHorizontalSpacing: 8,
    _M.PM_LayoutVerticalSpacing: 8,
    _M.PM_LayoutLeftMargin: 16,
    _M.PM_LayoutRightMargin: 16,
    _M.PM_LayoutTopMargin: 12,
    _M.PM_LayoutBottomMargin: 12,
    _M.PM_HeaderMarkSize: 12,
    _M.PM_HeaderMargin: 6,
    _M.PM_TreeViewIndentation: 16,
    _M.PM_TabBarTabHSpace: 24,
    _M.PM_TabBarTabVSpace: 12,
}

FIXED_METRICS: Mapping[QStyle.PixelMetric, int] = {
    _M.PM_DefaultFrameWidth: 1,
    _M.PM_ComboBoxFrameWidth: 1,
    _M.PM_SpinBoxFrameWidth: 1,
    _M.PM_ButtonShiftHorizontal: 0,
    _M.PM_ButtonShiftVertical: 0,
    _M.PM_ScrollView_ScrollBarSpacing: 0,
    _M.PM_MenuPanelWidth: 1,
    _M.PM_MenuVMargin: 4,
    _M.PM_SplitterWidth: 4,
    _M.PM_TabBarTabShiftVertical: 0,
}


class StewardStyle(QProxyStyle):
    """Fusion in one theme, which is never changed in place: :mod:`app.ui.theme.apply` puts in a new style."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self.theme = theme

    @override
    def drawPrimitive(
        self, element: _P, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element is _P.PE_FrameFocusRect:
            if not _is_item_view(widget):
                controls.paint_focus_ring(self.theme, option, painter, widget)
        elif paint := PRIMITIVES.get(element):
            paint(self.theme, option, painter, widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    @override
    def drawControl(self, element: _C, option: QStyleOption, painter: QPainter, widget: QWidget | None = None) -> None:
        if paint := CONTROLS.get(element):
            paint(self.theme, option, painter, widget)
        elif element is _C.CE_PushButtonLabel and isinstance(option, QStyleOptionButton):
            changed = controls.paint_push_label_palette(self.theme, option, widget)
            super().drawControl(element, changed, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    @override
    def drawComplexControl(
        self, control: _CC, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if control is _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            slider = bars.scroll_bar_part(self.theme, option, QStyle.SubControl.SC_ScrollBarSlider)
            bars.paint_scroll_bar(self.theme, option, painter, slider)
        elif control is _CC.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            controls.paint_combo(self.theme, option, painter, widget)
        elif control is _CC.CC_SpinBox:
            self._paint_spin_box(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _paint_spin_box(self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None) -> None:
        enabled = controls.has(option, QStyle.StateFlag.State_Enabled)
        focused = widget.hasFocus() if widget is not None else False
        error = controls.is_marked(widget, "error")
        box = controls.box_of(option)
        controls.paint_field_box(self.theme, painter, box, enabled=enabled, focused=focused, error=error)
        if isinstance(widget, QAbstractSpinBox) and widget.buttonSymbols() is QAbstractSpinBox.ButtonSymbols.NoButtons:
            return
        parts = (QStyle.SubControl.SC_SpinBoxUp, QStyle.SubControl.SC_SpinBoxDown)
        up, down = (self.subControlRect(_CC.CC_SpinBox, option, part, widget) for part in parts)
        bars.paint_spin_arrows(self.theme, painter, up, down, enabled=enabled)

    @override
    def subControlRect(
        self, control: _CC, option: QStyleOptionComplex, part: QStyle.SubControl, widget: QWidget | None = None
    ) -> QRect:
        if control is _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return bars.scroll_bar_part(self.theme, option, part)
        if control is _CC.CC_ComboBox and part is QStyle.SubControl.SC_ComboBoxEditField:
            return controls.combo_text_rect(self.theme, option.rect)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]  # a style may get no widget

    @override
    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]  # a style may get no widget
        if element is QStyle.SubElement.SE_LineEditContents and isinstance(widget, QLineEdit) and widget.hasFrame():
            return rect.adjusted(self.theme.px(5), 0, -self.theme.px(5), 0)
        return rect

    @override
    def sizeFromContents(self, kind: _CT, option: QStyleOption, size: QSize, widget: QWidget | None = None) -> QSize:
        made = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]  # a style may get no widget
        lengths = self.theme.size
        if kind in (_CT.CT_LineEdit, _CT.CT_ComboBox, _CT.CT_SpinBox):
            # A frameless edit within another field must not push that field higher.
            if not (isinstance(widget, QLineEdit) and not widget.hasFrame()):
                made.setHeight(lengths.field)
        elif kind is _CT.CT_PushButton:
            made = QSize(max(made.width(), size.width() + self.theme.px(24)), lengths.button_primary)
        elif kind in (_CT.CT_ItemViewItem, _CT.CT_MenuItem) and made.height() > self.theme.px(12):
            made.setHeight(max(made.height(), self.theme.row.compact))
        return made

    @override
    def pixelMetric(self, metric: _M, option: QStyleOption | None = None, widget: QWidget | None = None) -> int:
        if metric is _M.PM_DefaultFrameWidth and isinstance(widget, (QTextEdit, QPlainTextEdit)):
            return round(controls.FOCUS_WIDTH)
        if (length := METRICS.get(metric)) is not None:
            return self.theme.px(length)
        if (fixed := FIXED_METRICS.get(metric)) is not None:
            return fixed
        return super().pixelMetric(metric, option, widget)

    @override
    def styleHint(
        self,
        hint: _H,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if (value := HINTS.get(hint)) is not None:
            return value
        return super().styleHint(hint, option, widget, returnData)


def _is_item_view(widget: QWidget | None) -> bool:
    return widget is not None and widget.inherits("QAbstractItemView")


def current_theme() -> Theme:
    """The theme of the running program; :func:`apply_theme` must have been called."""
    style = QApplication.style()
    if not isinstance(style, StewardStyle):
        raise TypeError("no theme: call apply_theme first")
    return style.theme
