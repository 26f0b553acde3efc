"""The cache as a file: locked, private, of this version; damaged ones are set aside and what is in them rescued."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from app.domain.errors import StorageError
from app.store import cache_file, migrating, rescue
from app.store.drafts import DraftText, list_drafts
from app.store.filters import FilterItem, list_filters
from app.store.scopes import cursors
from app.store.store import Store, open_reader
from app.store.users import known_users
from tests.clocks import HandClock
from tests.factories import CLERK, a_report
from tests.unit.store.desks import PASSWORD, Desk, a_desk
from tests.unit.store.little_server import LittleServer

CACHE = cache_file.CACHE_NAME


def opened(folder: Path) -> None:
    """Open and close."""
    Store.open(folder, HandClock()).close()


def refusal(folder: Path) -> str:
    with pytest.raises(StorageError) as caught:
        opened(folder)
    return caught.value.code


def overwrite(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


def test_the_head_written_in_the_code_is_that_of_the_migrations() -> None:
    assert ScriptDirectory(str(migrating.MIGRATIONS)).get_current_head() == cache_file.HEAD


def test_a_second_console_on_the_same_folder_is_told_so(desk: Desk) -> None:
    assert refusal(desk.store.folder) == "folder_locked"
    desk.report()


def test_the_folder_is_free_again_after_closing_or_failing(folder: Path) -> None:
    opened(folder)
    (folder / CACHE).write_bytes(b"SQLite format 3\0" + bytes(1000))
    assert refusal(folder) == "cache_foreign"
    assert refusal(folder) == "cache_foreign"


def test_reading_beside_a_running_console_works_and_sees_what_it_writes(desk: Desk) -> None:
    desk.report()
    reader = open_reader(desk.store.folder)
    with reader.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM work_order").scalar() == 1
        with pytest.raises(StorageError, match="cache_not_writable"), reader.reading() as other:
            other.connection().exec_driver_sql("DELETE FROM work_order")
    reader.close()


def test_reading_needs_a_cache_of_this_version(tmp_path: Path, folder: Path) -> None:
    def code(of: Path) -> str:
        with pytest.raises(StorageError) as caught:
            open_reader(of)
        return caught.value.code

    assert code(tmp_path / "nothing") == "folder_empty"
    with closing(sqlite3.connect(folder / CACHE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    assert code(folder) == "cache_older"
    (folder / CACHE).write_bytes(b"SQLite format 3\0" + bytes(1000))
    assert code(folder) == "cache_foreign"
    (folder / CACHE).write_bytes(b"x" * 1000)
    assert code(folder) == "cache_damaged"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such bits")
def test_only_the_owner_may_read_the_cache(desk: Desk) -> None:
    desk.report()
    for file in desk.store.folder.glob(f"{CACHE}*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_cache_from_a_newer_program_is_refused_and_left_as_it_is(folder: Path) -> None:
    with closing(sqlite3.connect(folder / CACHE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (folder / CACHE).read_bytes()
    assert refusal(folder) == "cache_newer"
    assert (folder / CACHE).read_bytes() == before


def test_a_file_of_somebody_else_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / CACHE
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert refusal(tmp_path) == "cache_foreign"
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [CACHE, "steward.lock"]


def test_an_empty_file_and_one_without_tables_are_brought_up_to_date(tmp_path: Path) -> None:
    (tmp_path / CACHE).touch()
    opened(tmp_path)
    (tmp_path / CACHE).unlink()
    cache_file._create(tmp_path / CACHE)
    opened(tmp_path)
    opened(tmp_path)


def test_a_start_with_nothing_to_migrate_does_not_import_alembic(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from app.domain.clock import SystemClock; "
        "from app.store.store import Store; Store.open(Path(sys.argv[1]), SystemClock()).close(); "
        "sys.exit(' '.join({'alembic', 'pypinyin'} & {*sys.modules}) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_cannot_be_made_or_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file") == "folder_not_writable"
    (tmp_path / "data" / CACHE).mkdir(parents=True)
    assert refusal(tmp_path / "data") == "cache_not_writable"


@pytest.mark.parametrize(
    ("error", "code"),
    [(OSError(28, "No space left on device"), "disk_full"), (OSError(5, "Input/output error"), "cache_not_writable")],
)
def test_a_disk_that_takes_no_other_name_is_said_and_the_damaged_file_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    (folder / CACHE).write_bytes(b"x" * 100)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        assert refusal(folder) == code
    assert (folder / CACHE).read_bytes() == b"x" * 100
    opened(folder)


@pytest.mark.expects_log("the damage could not be noted")
def test_a_disk_that_takes_no_note_keeps_nobody_from_closing(
    filled: Path, server: LittleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    start, size = root_of(filled / CACHE, "timeline")
    with monkeypatch.context() as patch, a_desk(filled, server) as desk:
        patch.setattr(Path, "touch", full)
        patch.setattr(Path, "write_text", full)
        overwrite(filled / CACHE, start, size)
        with pytest.raises(StorageError, match="cache_damaged"):
            desk.rows()
    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is not None


def test_a_disk_that_cannot_be_read_is_said_and_nothing_is_set_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR

    def fail(_: Path) -> bool:
        raise error

    (folder / "cache.closed").unlink()
    monkeypatch.setattr(cache_file, "_is_whole", fail)
    assert refusal(folder) == "cache_not_writable"
    assert list(folder.glob("*.bad")) == []


def test_a_disk_that_takes_no_new_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    assert refusal(tmp_path) == "disk_full"


@pytest.fixture
def filled(folder: Path, server: LittleServer) -> Path:
    """A folder with everything in it that only it has."""
    with a_desk(folder, server) as desk:
        for _ in range(3):
            desk.report()
        desk.push()
        server.refuse = {"ReportWorkOrder"}
        desk.report()
        desk.push()
        desk.report()
        desk.store.take_batch()
        for number in range(30):
            desk.do(a_report(description="漏" * 500, number=f"260916-99-{number:03d}"))
        desk.store.drafts.save(DraftText("d", CLERK, "林晓雨", first_words="电梯"))
        desk.store.filters.save(FilterItem("f", CLERK, "queue", "我的", {}))
    return folder


def zero_header(path: Path) -> None:
    overwrite(path, 0, 100)


def break_schema(path: Path) -> None:
    overwrite(path, 100, 3_000)


@pytest.mark.parametrize("damage", [zero_header, break_schema])
def test_a_cache_that_cannot_be_read_at_all_is_set_aside_whole(
    filled: Path, server: LittleServer, damage: Callable[[Path], None]
) -> None:
    damage(filled / CACHE)
    broken = (filled / CACHE).read_bytes()
    with a_desk(filled, server) as desk:
        assert desk.store.set_aside == cache_file.SetAside(filled / "cache-20260916-010000.bad", 0, 0)
        assert (filled / "cache-20260916-010000.bad").read_bytes() == broken
        assert desk.read(cursors) == {}
        desk.enrol()
        desk.report()


def root_of(path: Path, table: str) -> tuple[int, int]:
    """Where the first page of a table lies: offset and length in bytes."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    return (page - 1) * size, size


def test_outbox_and_drafts_are_rescued_from_a_damaged_cache(filled: Path, server: LittleServer) -> None:
    start, size = root_of(filled / CACHE, "work_order")
    overwrite(filled / CACHE, start, size)

    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is not None
        assert desk.store.set_aside[1:] == (35, 1)
        statuses = [item.status for item in desk.items()]
        assert statuses == ["accepted"] * 3 + ["rejected"] + ["pending"] * 31
        assert [draft.first_words for draft in desk.read(list_drafts)] == ["电梯"]
        assert [saved.name for saved in desk.read(list_filters, CLERK, "queue")] == ["我的"]
        assert [user.person.login for user in desk.read(known_users)] == ["lin"]
        assert desk.store.users.unlock("lin", PASSWORD).person.user_id == CLERK
        with pytest.raises(StorageError, match="not_enrolled"):
            desk.report()
        server.refuse = set()
        desk.enrol("08")
        desk.sync()
        assert [item.status for item in desk.items()] == ["rejected"]
        assert len([key for key in desk.rows() if key[0] == "work_order"]) == 3 + 1 + 30
    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is None


@pytest.mark.parametrize("table", ["timeline", "outbox", "meta", "search_text", "alembic_version"])
@pytest.mark.parametrize("is_noted", [True, False])
def test_a_cache_that_lacks_a_table_is_damaged(
    filled: Path, server: LittleServer, table: str, *, is_noted: bool
) -> None:
    with closing(sqlite3.connect(filled / CACHE)) as connection, connection:
        connection.execute(f"DROP TABLE {table}")
    if is_noted:
        (filled / "cache.closed").write_text(cache_file._fingerprint(filled / CACHE))
    with pytest.raises(StorageError, match="cache_damaged"):
        open_reader(filled)
    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is not None
        assert desk.store.set_aside[1:] == (0 if table == "outbox" else 35, 1)


def test_rows_around_an_unreadable_one_are_rescued(filled: Path, server: LittleServer) -> None:
    with closing(sqlite3.connect(filled / CACHE)) as connection:
        places = [row[0] for row in connection.execute("SELECT position FROM outbox")]
    raw = (filled / CACHE).read_bytes()
    _, size = root_of(filled / CACHE, "outbox")
    with closing(sqlite3.connect(filled / CACHE)) as connection:
        (middle,) = connection.execute("SELECT command_id FROM outbox WHERE position = 20").fetchone()
    pages = {at // size for at in range(len(raw)) if raw.startswith(middle.encode(), at)}
    leaf = next(page for page in sorted(pages) if raw[page * size] == 13)  # a leaf of a table, not of an index
    overwrite(filled / CACHE, leaf * size, 8)

    with a_desk(filled, server) as desk:
        saved = [item.command_id for item in desk.items()]
        assert desk.store.set_aside is not None
        assert desk.store.set_aside.commands == len(saved)
        assert middle not in saved
        assert len(places) - 15 < len(saved) < len(places)


def test_a_row_that_makes_no_sense_is_left_behind(filled: Path, server: LittleServer) -> None:
    with closing(sqlite3.connect(filled / CACHE)) as connection, connection:
        connection.execute("UPDATE outbox SET body = 'not json' WHERE position = 1")
        connection.execute("UPDATE draft SET caller = CAST(X'ff' AS TEXT)")
        connection.execute("UPDATE outbox SET status = 'done' WHERE position = 2")
        connection.execute("ALTER TABLE outbox ADD COLUMN of_a_newer_program TEXT")
        connection.execute("ALTER TABLE saved_filter RENAME TO elsewhere")
    cache_file.mark_damaged(filled)

    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is not None
        assert desk.store.set_aside.commands == 33
        assert [draft.caller for draft in desk.read(list_drafts)] == ["�"]


def test_a_second_damaged_cache_of_the_same_second_gets_a_name_of_its_own(filled: Path) -> None:
    for _ in range(2):
        (filled / CACHE).write_bytes(b"x" * 100)
        opened(filled)
    assert sorted(path.name for path in filled.glob("*.bad")) == [
        "cache-20260916-010000-2.bad",
        "cache-20260916-010000.bad",
    ]


def test_damage_met_while_in_use_is_said_and_mended_at_the_next_start(filled: Path, server: LittleServer) -> None:
    start, size = root_of(filled / CACHE, "timeline")
    with a_desk(filled, server) as desk:
        desk.store._writer.run(lambda session, _: session.connection().exec_driver_sql("PRAGMA cache_size = 0"))
        overwrite(filled / CACHE, start, size)
        for _ in range(2):
            with pytest.raises(StorageError, match="cache_damaged"):
                desk.do(a_report())
    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is not None
        assert desk.store.set_aside.drafts == 1


def test_damage_met_while_reading_is_mended_at_the_next_start(filled: Path, server: LittleServer) -> None:
    start, size = root_of(filled / CACHE, "timeline")
    with a_desk(filled, server) as desk:
        overwrite(filled / CACHE, start, size)
        with pytest.raises(StorageError, match="cache_damaged"):
            desk.rows()
    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is not None


def test_text_that_is_none_any_more_is_damage(filled: Path, server: LittleServer) -> None:
    with closing(sqlite3.connect(filled / CACHE)) as connection, connection:
        connection.execute("UPDATE work_order SET description = CAST(X'ff41' AS TEXT)")
    with a_desk(filled, server) as desk, pytest.raises(StorageError, match="cache_damaged"):
        desk.rows()
    with a_desk(filled, server) as desk:
        assert desk.store.set_aside is not None
        assert desk.store.set_aside.commands == 35


def test_a_cache_closed_in_order_is_not_read_through_at_the_next_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> bool:
        raise AssertionError

    opened(folder)
    monkeypatch.setattr(cache_file, "_is_whole", fail)
    opened(folder)
    (folder / "cache.closed").unlink()
    with pytest.raises(AssertionError):
        opened(folder)


def test_a_log_that_cannot_be_brought_in_stays_and_is_not_taken_for_an_orderly_end(
    folder: Path, server: LittleServer
) -> None:
    with a_desk(folder, server) as desk:
        reader = sqlite3.connect(folder / CACHE)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM work_order").fetchone()
        desk.report()
    reader.close()
    with a_desk(folder, server) as desk:
        assert len(desk.items()) == 1


def test_rescuing_reads_from_the_end_when_the_beginning_is_lost() -> None:
    with closing(sqlite3.connect(":memory:")) as source:
        source.execute("CREATE TABLE t (a)")
        source.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])
        assert [row["a"] for row in rescue._readable(source, "t")] == [1, 2]
        assert list(rescue._readable(source, "nothing")) == []
