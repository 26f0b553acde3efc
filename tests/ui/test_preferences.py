"""Tests of what a person chose."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from app.ui.preferences import Preferences, PreferencesFile


def test_nothing_chosen_yet_is_the_default(tmp_path: Path) -> None:
    assert PreferencesFile(tmp_path).read() == Preferences()


def test_what_was_written_is_read_by_the_next_start(tmp_path: Path) -> None:
    chosen = Preferences("en", "dark", 1.3, "compact", is_motion_reduced=True, server="https://ops.example.com")
    file = PreferencesFile(tmp_path)
    file.write(chosen)
    file.close()
    assert PreferencesFile(tmp_path).read() == chosen


def test_a_choice_that_no_longer_is_one_falls_back(tmp_path: Path) -> None:
    (tmp_path / "preferences.ini").write_text("[preferences]\ntheme=neon\nscale=huge\nlanguage=en\ndensity=x\n")
    assert PreferencesFile(tmp_path).read() == Preferences(language="en")


def test_how_a_table_and_a_window_were_left_is_kept(tmp_path: Path) -> None:
    file = PreferencesFile(tmp_path)
    assert (file.state("queue"), file.geometry("window").isEmpty()) == ("", True)
    file.keep_state("queue", "v1;place:120")
    file.keep_geometry("window", QByteArray(b"\x00\x01\xff"))
    file.close()
    again = PreferencesFile(tmp_path)
    assert again.state("queue") == "v1;place:120"
    assert again.geometry("window") == QByteArray(b"\x00\x01\xff")
