"""The check of translations finds what it is there for."""

import ast
from pathlib import Path

import pytest

from tests.project.translations import faults, faults_of_calls, texts, update

WINDOW = """
class Window(QWidget):
    def words(self, n):
        self.tr("Save")
        self.tr("Assign to {name}")
        self.tr("%n order(s)", "", n)
"""


@pytest.fixture
def window(tmp_path: Path) -> Path:
    file = tmp_path / "window.py"
    file.write_text(WINDOW)
    return file


@pytest.fixture
def chinese(tmp_path: Path, window: Path) -> Path:
    """A finished translation of the window."""
    file = tmp_path / "steward_zh_CN.ts"
    update(file, [window])
    text = file.read_text("utf-8")
    for unfinished, finished in (
        ('<translation type="unfinished"></translation>', "<translation>保存</translation>"),
        ('<translation type="unfinished"></translation>', "<translation>派给 {name}</translation>"),
        ('type="unfinished">\n            <numerusform></', ">\n            <numerusform>%n 张工单</"),
    ):
        assert unfinished in text, text
        text = text.replace(unfinished, finished, 1)
    file.write_text(text, "utf-8")
    return file


def test_a_finished_translation_has_no_fault(chinese: Path, window: Path) -> None:
    assert list(faults(chinese, [window])) == []
    assert sorted(texts(chinese).values()) == [["%n 张工单"], ["保存"], ["派给 {name}"]]


def test_a_new_text_is_missing(chinese: Path, window: Path) -> None:
    window.write_text(WINDOW + '        self.tr("Close")\n')
    assert list(faults(chinese, [window])) == ["steward_zh_CN.ts: Window: 'Close' is missing"]


def test_a_removed_text_is_in_no_window(chinese: Path, window: Path) -> None:
    window.write_text(WINDOW.replace('self.tr("Save")', "pass"))
    assert list(faults(chinese, [window])) == ["steward_zh_CN.ts: Window: 'Save' is in no window"]


def test_an_empty_translation_is_found(chinese: Path, window: Path) -> None:
    chinese.write_text(chinese.read_text("utf-8").replace("保存", ""), "utf-8")
    assert list(faults(chinese, [window])) == ["steward_zh_CN.ts: Window: 'Save' is not translated"]


def test_a_blank_lost_in_translation_is_found(chinese: Path, window: Path) -> None:
    chinese.write_text(chinese.read_text("utf-8").replace("{name}</t", "</t"), "utf-8")
    assert list(faults(chinese, [window])) == [
        "steward_zh_CN.ts: Window: 'Assign to {name}' has other blanks in translation"
    ]


def test_a_text_put_together_inside_tr_is_found() -> None:
    tree = ast.parse('self.tr(f"Assign to {name}")\nself.tr("Save")\nQCoreApplication.translate("Window", text)')
    assert [fault.split(":")[1] for fault in faults_of_calls({Path("window.py"): tree})] == ["1", "3"]
