"""The check of migrations finds what it is there for."""

import shutil
from pathlib import Path

import pytest

from tests.project.migrations import SERVER, faults, faults_of_shared


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A copy of the server's history, to be spoilt."""
    return Path(shutil.copytree(SERVER, tmp_path / "server"))


def spoil(history: Path, old: str, new: str) -> None:
    revision = min((history / "versions").glob("0001_*.py"))
    text = revision.read_text("utf-8")
    assert old in text
    revision.write_text(text.replace(old, new, 1), "utf-8")


def test_a_whole_history_has_no_fault(history: Path) -> None:
    assert list(faults(history)) == []


def test_a_history_without_a_table_is_found(history: Path) -> None:
    shutil.rmtree(history / "versions")
    (history / "versions").mkdir()
    found = list(faults(history))
    assert "server: work_order is not made" in found
    assert any("New upgrade operations detected" in fault for fault in found)


def test_a_column_that_the_code_has_otherwise_is_found(history: Path) -> None:
    spoil(history, '"address"', '"adress"')
    assert any("adress" in fault for fault in faults(history))


def test_two_histories_that_make_a_table_otherwise_are_found(history: Path) -> None:
    spoil(history, '"address"', '"adress"')
    assert [fault.split()[0] for fault in faults_of_shared(SERVER, history)] == ["site"]
