"""The form that corrects what is known of an order."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox
from typing_extensions import override

from app.commands.command import Command
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.domain.work_orders import Priority
from app.store.queries.crews import Stand
from app.store.queries.order import OrderDetail
from app.store.queries.queue_choices import QueueChoices
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.forms.reasons import note_edit
from app.ui.pages.work_orders.subjects import stand_of
from app.ui.translation import say_here, spoken
from app.ui.widgets.fields import Field, LineEdit


class EditForm(OrderForm):
    """What, where, category, priority; only what was changed is sent, with what was seen of it."""

    def __init__(self, order: OrderDetail, year: int, choices: QueueChoices, *, can_set_priority: bool) -> None:
        super().__init__((stand_of(order),), year)
        self.set_title(self.tr("Edit"), self.tr("Save"))
        self._order = order
        self._text, self._place = note_edit(), LineEdit(order.place)
        self._text.setPlainText(order.description)
        self._categories = [None, *(node.id for node in choices.categories)]
        self._category, self._priority = QComboBox(), QComboBox()
        self._category.addItem(self.tr("none"))
        self._category.addItems([f"{'    ' * node.depth}{spoken(node.name)}" for node in choices.categories])
        if order.category_id in self._categories:
            self._category.setCurrentIndex(self._categories.index(order.category_id))
        self._priority.addItems([priority.value for priority in Priority])
        self._priority.setCurrentText(order.priority)
        self._priority.setEnabled(can_set_priority)
        self._is_wrong = QCheckBox(self.tr("The report was wrong"))
        self._is_wrong.setChecked(True)
        self._text_field = Field(say_here("field.description"), self._text)
        self.put(
            self._text_field,
            Field(say_here("field.place"), self._place),
            Field(say_here("field.category"), self._category),
            Field(say_here("field.priority"), self._priority),
            self._is_wrong,
        )

    def _wanted(self) -> dict[str, str | None]:
        """Field → value, of those that differ from what was seen."""
        typed = {
            "description": self._text.toPlainText().strip(),
            "place_label": self._place.text().strip(),
            "category_id": self._categories[self._category.currentIndex()],
            "priority": self._priority.currentText(),
        }
        seen = self._seen()
        return {field: value for field, value in typed.items() if value != seen[field]}

    def _seen(self) -> dict[str, str | None]:
        return {
            "description": self._order.description,
            "place_label": self._order.place,
            "category_id": self._order.category_id,
            "priority": self._order.priority,
        }

    @override
    def is_complete(self) -> bool:
        text = self._text.toPlainText().strip()
        if not text:
            self._text_field.set_error(say_here("text_missing", field="@field.description"))
            return False
        return self.check_length(self._text_field, "description", text)

    @override
    def command(self, stand: Stand) -> Command:
        wanted = self._wanted()
        fields = WorkOrderFields.model_validate(wanted)
        is_wrong = self._is_wrong.isChecked() and bool(set(wanted) - {"priority"})
        return EditWorkOrder(id=stand.id, set=fields, is_correction=is_wrong)

    @override
    def base(self) -> Mapping[str, Any]:
        return {field: value for field, value in self._seen().items() if field in self._wanted()}

    @override
    def done_words(self) -> str:
        return self.about(self.tr("Changed:"))

    @override
    def values(self) -> Mapping[str, Any]:
        return {
            "text": self._text.toPlainText(),
            "place": self._place.text(),
            "category": self._category.currentIndex(),
            "priority": self._priority.currentIndex(),
        }

    @override
    def restore(self, values: Mapping[str, Any]) -> None:
        self._text.setPlainText(values["text"])
        self._place.setText(values["place"])
        self._category.setCurrentIndex(values["category"])
        self._priority.setCurrentIndex(values["priority"])

    @override
    def focus_first(self) -> None:
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
