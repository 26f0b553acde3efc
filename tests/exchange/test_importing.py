"""Importing a file: bounded commands, every row accounted for, and the same twice."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.commands.imports import ROW_LIMIT, ImportRows
from app.commands.registry import body_of, parse
from app.domain.errors import OutOfReachError, RefusedError
from app.exchange.importing import ImportReport, Target, Watch, import_file
from app.exchange.mapping import parse_mapping
from app.exchange.rows import Rejection
from app.protocol import Refusal, Result
from tests.clocks import START
from tests.factories import SITE

MAPPING = parse_mapping(
    """
    kind = "orders"
    source = "old"
    key = "id"
    [fields]
    description = "text"
    reported_at = "at"
    closed_at = "at"
    state = { default = "closed" }
    """
)
TARGET = Target(SITE, "Asia/Shanghai")


class FakeServer:
    """Takes commands as a server does; rows whose text says so are refused."""

    def __init__(self) -> None:
        self.commands: list[ImportRows] = []
        self.keys: set[str] = set()
        self.refusal = Refusal(code="text_missing", params={"field": "@field.description"})

    def send(self, command: ImportRows) -> Result:
        """What the server would do."""
        body = body_of(command)
        assert parse("ImportRows", command.version, body) == command
        self.commands.append(command)
        if any("refused" in row.description for row in command.orders):
            return Result(command_id="c", status="rejected", error=self.refusal)
        new = {row.key for row in command.orders} - self.keys
        self.keys |= new
        counts = {"added": len(new), "kept": len(command.orders) - len(new)}
        return Result(command_id="c", status="accepted", counts=counts)


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


def a_file(folder: Path, texts: Sequence[str]) -> Path:
    file = folder / "orders.csv"
    lines = [f"{number},{text},2026-01-02 03:04" for number, text in enumerate(texts, 1)]
    file.write_text("\n".join(["id,text,at", *lines]), "utf-8")
    return file


def run(file: Path, server: FakeServer | None, watch: Watch | None = None) -> ImportReport:
    return import_file(file, MAPPING, TARGET, server.send if server else None, now=START, watch=watch)


def test_rows_go_in_commands_of_bounded_size_and_all_are_counted(tmp_path: Path, server: FakeServer) -> None:
    report = run(a_file(tmp_path, ["漏水"] * (2 * ROW_LIMIT + 1)), server)
    assert [len(command.orders) for command in server.commands] == [ROW_LIMIT, ROW_LIMIT, 1]
    assert (report.added, report.kept, report.rows) == (2 * ROW_LIMIT + 1, 0, 2 * ROW_LIMIT + 1)


def test_long_rows_make_shorter_commands(tmp_path: Path, server: FakeServer) -> None:
    report = run(a_file(tmp_path, ["漏" * 15_000] * 30), server)
    assert len(server.commands) == 3
    assert report.added == 30


def test_a_second_run_adds_nothing(tmp_path: Path, server: FakeServer) -> None:
    file = a_file(tmp_path, ["漏水", "停电"])
    run(file, server)
    report = run(file, server)
    assert (report.added, report.kept) == (0, 2)


def test_checking_sends_nothing(tmp_path: Path) -> None:
    report = run(a_file(tmp_path, ["漏水", "停电"]), None)
    assert (report.checked, report.added, report.rows) == (2, 0, 2)


def test_a_row_that_cannot_be_read_is_told_with_its_line_and_column(tmp_path: Path, server: FakeServer) -> None:
    told: list[Rejection] = []
    report = run(a_file(tmp_path, ["漏水", "", "停电"]), server, Watch(on_rejection=told.append))
    assert [(rejection.line, rejection.column) for rejection in told] == [(3, "text")]
    assert (report.added, report.rejected.total(), report.rows) == (2, 1, 3)


def test_of_rows_that_the_server_refuses_together_only_the_bad_ones_are_lost(
    tmp_path: Path, server: FakeServer
) -> None:
    texts = ["漏水"] * 20
    texts[4] = texts[17] = "refused"
    told: list[Rejection] = []
    report = run(a_file(tmp_path, texts), server, Watch(on_rejection=told.append))
    assert [(rejection.line, rejection.code, rejection.value) for rejection in told] == [
        (6, "text_missing", "5"),
        (19, "text_missing", "18"),
    ]
    assert (report.added, report.rejected["text_missing"]) == (18, 2)


def test_an_importer_without_the_right_is_told_at_once(tmp_path: Path, server: FakeServer) -> None:
    server.refusal = Refusal(code="no_right", params={"right": "@right.import"})
    with pytest.raises(RefusedError, match="no_right"):
        run(a_file(tmp_path, ["refused"] * 20), server)
    assert len(server.commands) == 1


def test_it_can_be_ended_between_two_commands(tmp_path: Path, server: FakeServer) -> None:
    watch = Watch(is_cancelled=lambda: bool(server.commands))
    report = run(a_file(tmp_path, ["漏水"] * (2 * ROW_LIMIT)), server, watch)
    assert report.is_cancelled
    assert report.added == ROW_LIMIT


def test_progress_is_told_to_the_end_of_the_file(tmp_path: Path, server: FakeServer) -> None:
    shares: list[float] = []
    watch = Watch(on_progress=lambda report: shares.append(report.share_read))
    run(a_file(tmp_path, ["漏水"] * (2 * ROW_LIMIT)), server, watch)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_server_out_of_reach_ends_it(tmp_path: Path) -> None:
    def send(_command: ImportRows) -> Result:
        raise OutOfReachError("server_out_of_reach")

    with pytest.raises(OutOfReachError):
        import_file(a_file(tmp_path, ["漏水"]), MAPPING, TARGET, send, now=START)
