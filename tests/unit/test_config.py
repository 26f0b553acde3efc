"""Where a run keeps its things: the command line before the environment before the usual place."""

from pathlib import Path

import platformdirs

from app.config import data_folder, database_url


def test_the_named_folder_wins_over_the_environment(tmp_path: Path) -> None:
    assert data_folder(str(tmp_path), {"STEWARD_DATA": "/elsewhere"}) == tmp_path


def test_the_environment_wins_over_the_usual_place(tmp_path: Path) -> None:
    assert data_folder(None, {"STEWARD_DATA": str(tmp_path)}) == tmp_path


def test_the_usual_place_is_the_systems() -> None:
    assert data_folder(None, {}) == platformdirs.user_data_path("steward", appauthor=False)


def test_a_folder_is_absolute_and_knows_home() -> None:
    assert data_folder("~/steward", {}) == Path.home() / "steward"
    assert data_folder("steward", {}) == Path.cwd() / "steward"


def test_a_server_without_a_database_named_keeps_a_file_in_the_data_folder() -> None:
    assert database_url(None, Path("/data"), {}) == "sqlite:////data/server/steward.sqlite"
    assert database_url(None, Path("/data"), {"STEWARD_DATABASE": "postgresql://host/name"}) == "postgresql://host/name"
    assert database_url("sqlite:///x", Path("/data"), {"STEWARD_DATABASE": "y"}) == "sqlite:///x"
