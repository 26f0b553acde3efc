"""What a place has beside people: its equipment, and the facts of reports from it that were mended."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.store.queries.place_tree import AssetNode
from app.ui.desk import Desk
from app.ui.pages.places.refill import refill
from app.ui.pages.places.tree import asset_icon
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.facts import SectionHeader
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import ElidedText, Text

SHOWN = 12


class Things(QWidget):
    """Two short lists."""

    chosen = Signal(str)
    """The asset that was gone to."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._assets: Sequence[AssetNode] = ()
        self._corrections: Sequence[tuple[datetime, str, str]] = ()
        self._asset_header, self._correction_header = SectionHeader(""), SectionHeader("")
        self._asset_box, self._correction_box = QVBoxLayout(), QVBoxLayout()
        column(
            self._asset_header,
            self._asset_box,
            self._correction_header,
            self._correction_box,
            gap=6,
            margins=(16, 12, 16, 12),
            parent=self,
        )
        self.retranslate()

    def is_empty(self) -> bool:
        """Whether there is nothing to list."""
        return not self._assets and not self._corrections

    def show_assets(self, assets: Sequence[AssetNode]) -> None:
        """Show what is installed."""
        self._assets = assets
        self._fill()

    def show_corrections(self, corrections: Sequence[tuple[datetime, str, str]]) -> None:
        """Show what was mended: when, by whom, which fact."""
        self._corrections = corrections
        self._fill()

    def _fill(self) -> None:
        self._asset_header.setVisible(bool(self._assets))
        refill(self._asset_box, [self._asset_line(asset) for asset in self._assets[:SHOWN]])
        self._correction_header.setVisible(bool(self._corrections))
        refill(self._correction_box, [self._correction_line(*found) for found in self._corrections])

    def _asset_line(self, asset: AssetNode) -> QWidget:
        line, link = QWidget(), LinkButton(self.tr("Open"))
        link.setAccessibleName(self.tr("Open {name}").format(name=asset.name))
        link.clicked.connect(lambda: self.chosen.emit(asset.id))
        row(IconMark(asset_icon(asset.kind)), (ElidedText(asset.name), 1), link, gap=6, parent=line)
        return line

    def _correction_line(self, at: datetime, name: str, fact: str) -> QWidget:
        line, local = QWidget(), at.astimezone(self._desk.zone())
        said = self.tr("{name} mended: {fact}").format(name=name, fact=say_here(f"field.{fact}"))
        row(Text(f"{local.month}-{local.day:02}", token="text_muted"), (ElidedText(said), 1), gap=12, parent=line)
        return line

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._asset_header.set_text(self.tr("Equipment"))
        self._correction_header.set_text(self.tr("Mended in reports"))
        self._fill()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
