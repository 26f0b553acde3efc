"""What tells one PC from another."""

import uuid
from pathlib import Path

import pytest

from app.sync import machine
from app.sync.machine import machine_hash, machine_name


@pytest.fixture
def no_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machine, "_FILES", (tmp_path / "none",))


def test_the_id_of_the_system_is_hashed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "machine-id").write_text("4f1d\n")
    monkeypatch.setattr(machine, "_FILES", (tmp_path / "none", tmp_path / "machine-id"))
    first = machine_hash()
    assert len(first) == 32
    assert "4f1d" not in first
    (tmp_path / "machine-id").write_text("4f1e\n")
    assert machine_hash() != first


def test_without_one_it_is_the_network_cards(no_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uuid, "getnode", lambda: 0x0242AC110002)
    assert machine_hash() == machine_hash() != ""


def test_an_id_that_was_made_up_for_want_of_a_card_is_none(no_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uuid, "getnode", lambda: 0x0342AC110002)
    assert machine_hash() == ""


def test_a_pc_has_a_name() -> None:
    assert machine_name()
