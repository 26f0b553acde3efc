"""``steward orders`` and ``steward sync``: a console's cache without a window."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain.permissions import Role
from app.server.accounts import withdraw_role
from tests.cli.conftest import Run
from tests.factories import SUN, an_assignment
from tests.plant import Console, Plant
from tests.served import PASSWORD


@pytest.fixture
def console(plant: Plant) -> Console:
    return plant.console("A")


@pytest.fixture
def folder(console: Console) -> Path:
    """The data folder of a console that was closed."""
    return console.stop()


def words(folder: Path, *more: str) -> tuple[str, ...]:
    return (*more, "--data", str(folder), "--user", "lin")


def new(run: Run, folder: Path, *more: str) -> dict[str, str]:
    ran = run("orders", "new", *words(folder, "--description", "厨房漏水", "--json", *more))
    assert ran.code == 0, ran.err
    found: dict[str, str] = ran.json
    return found


def test_an_order_is_opened_listed_shown_stepped_and_synced(run: Run, plant: Plant, folder: Path) -> None:
    made = new(run, folder, "--unit", "3 幢 1502", "--category", "plumbing", "--phone", "138 0013 2046", "--name", "周")
    (listed,) = run("orders", "list", *words(folder, "--json")).json
    assert listed["number"] == made["number"]
    assert (listed["place"], listed["priority"], listed["state"]) == ("3 幢 1502", "P3", "reported")
    shown = run("orders", "show", *words(folder, made["number"], "--json")).json
    assert shown["callers"] == [{"name": "周", "phone": "13800132046"}]
    assert [line["state"] for line in shown["timeline"]] == ["reported"]
    assert shown["timeline"][0]["is_offline"]
    stepped = run("orders", "step", *words(folder, made["number"], "triaged", "--json"))
    assert stepped.json["state"] == "triaged"
    synced = run("sync", "--once", *words(folder, "--server", plant.server.address, "--json"))
    assert synced.code == 0, synced.err
    assert synced.json["pushed"] == 2
    assert synced.json["pending"] == 0
    assert any(number == made["number"] for _, number in _orders(plant))


def _orders(plant: Plant) -> list[tuple[str, str]]:
    b = plant.console("B")
    return [(row["id"], row["number"]) for row in (b.row(*key) for key in b.rows() if key[0] == "work_order")]


def test_every_step_has_a_word(run: Run, folder: Path) -> None:
    number = new(run, folder)["number"]
    for word, more, state in [
        ("dispatched", ("--for", "孙志远"), "dispatched"),
        ("accepted", (), "accepted"),
        ("on_hold", ("--reason", "parts"), "on_hold"),
        ("resumed", (), "accepted"),
        ("triaged", ("--for", "孙志远"), "triaged"),
        ("dispatched", ("--for", "1102"), "dispatched"),
        ("on_site", ("--for", "何文斌"), "on_site"),
        ("done", ("--note", "换了阀门"), "done"),
        ("reopened", ("--note", "又漏了"), "reopened"),
        ("dispatched", ("--for", "Lanjie Lift Service"), "dispatched"),
        ("on_site", (), "on_site"),
        ("done", (), "done"),
        ("verified", (), "verified"),
        ("closed", (), "closed"),
    ]:
        ran = run("orders", "step", *words(folder, number, word, *more, "--json"))
        assert (ran.code, ran.err) == (0, ""), word
        assert ran.json["state"] == state
    other = new(run, folder)["number"]
    ran = run("orders", "step", *words(folder, other, "cancelled", "--reason", "withdrawn"))
    assert (ran.code, ran.out) == (0, f"Order {other} is now “Cancelled”, and waits to be synced.\n")


def test_a_step_taken_by_phone_keeps_both_names(run: Run, console: Console, folder: Path) -> None:
    number = new(run, folder)["number"]
    run("orders", "step", *words(folder, number, "dispatched", "--for", "孙志远"))
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    ran = run("orders", "step", *words(folder, number, "on_site", "--at", f"{now:%H:%M}", "--for", "孙志远"))
    assert ran.code == 0, ran.err
    line = run("orders", "show", *words(folder, number, "--json")).json["timeline"][-1]
    assert (line["who"], line["entered_by"], line["is_by_phone"]) == ("孙志远", "林晓雨", True)
    happened_at, recorded_at = (datetime.fromisoformat(line[name]) for name in ("happened_at", "recorded_at"))
    assert happened_at < recorded_at
    assert happened_at.second == 0
    assert "孙志远 (林晓雨)" in run("orders", "show", *words(folder, number)).out


@pytest.mark.parametrize(
    ("word", "more", "said"),
    [
        ("dispatched", (), "Say with --for who is sent."),
        ("on_site", (), "Say with --for whose step it is"),
        ("on_hold", (), "Choose a reason"),
        ("on_hold", ("--reason", "withdrawn"), "Choose a reason"),
        ("cancelled", (), "Choose a reason"),
        ("triaged", ("--at", "25:00"), "is no time"),
    ],
)
def test_a_step_that_lacks_something_is_a_question_of_usage(
    run: Run, folder: Path, word: str, more: tuple[str, ...], said: str
) -> None:
    number = new(run, folder)["number"]
    ran = run("orders", "step", *words(folder, number, word, *more))
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize(
    ("order", "word", "more", "said"),
    [
        (None, "done", ("--for", "孙志远"), "cannot go straight to “Done”"),
        (None, "verified", (), "cannot go straight to"),
        (None, "resumed", (), "cannot go straight to"),
        (None, "dispatched", ("--for", "nobody"), "no member of staff or firm “nobody”"),
        ("99-999", "triaged", (), "No order has the number “99-999”."),
    ],
)
def test_a_step_that_no_rule_allows_is_refused_with_the_reason(
    run: Run, folder: Path, order: str | None, word: str, more: tuple[str, ...], said: str
) -> None:
    number = new(run, folder)["number"]
    ran = run("orders", "step", *words(folder, order or number, word, *more))
    assert ran.code == 1
    assert said in ran.err


def test_the_list_can_be_narrowed_and_is_a_table_for_people(run: Run, folder: Path) -> None:
    first, second = new(run, folder), new(run, folder, "--place", "地库 B1", "--priority", "P1")
    run("orders", "step", *words(folder, first["number"], "cancelled", "--reason", "mistaken"))
    listed = run("orders", "list", *words(folder))
    assert first["number"] not in listed.out
    assert f"{second['number']}  P1  Reported" in listed.out
    assert "地库 B1" in listed.out
    assert first["number"] in run("orders", "list", *words(folder, "--state", "cancelled")).out
    assert second["number"] in run("orders", "list", *words(folder, "--search", "漏水")).out
    assert run("orders", "list", *words(folder, "--search", "电梯")).out == "No order fits.\n"
    assert second["number"] in run("orders", "list", *words(folder, "--site", "Lanwan Court")).out
    assert run("orders", "list", *words(folder, "--site", "nowhere")).code == 1
    new(run, folder)
    assert run("orders", "list", *words(folder, "--limit", "1")).out.splitlines()[-1] == "… 2 in all"


def test_an_order_is_found_by_the_end_of_its_number_unless_several_are(run: Run, folder: Path) -> None:
    number = new(run, folder)["number"]
    assert run("orders", "show", *words(folder, number[-6:])).out.startswith(number)
    new(run, folder)
    ran = run("orders", "show", *words(folder, ""))
    assert ran.code == 1


def test_reading_works_beside_a_running_console_and_writing_says_it_is_in_use(run: Run, console: Console) -> None:
    console.report(description="窗口里记的")
    folder = console.folder
    assert "窗口里记的" in run("orders", "list", *words(folder)).out
    ran = run("orders", "new", *words(folder, "--description", "x"))
    assert ran.code == 1
    assert "Another Steward is using this folder" in ran.err
    assert run("sync", "--once", *words(folder, "--server", console.proxy.address)).code == 1


def test_who_may_not_come_in_is_told(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("orders", "list", *words(folder), stdin="guess\n").code == 1
    assert run("orders", "new", *words(folder, "--description", "x"), stdin="guess\n").code == 1
    assert run("orders", "list", "--data", str(folder), "--user", "nobody").code == 1
    ran = run("orders", "list", *words(folder), stdin="")
    assert ran.code == 2
    assert "standard input" in ran.err
    assert run("orders", "list", *words(tmp_path / "nothing")).code == 1


def test_a_server_out_of_reach_is_exit_code_3(run: Run, folder: Path) -> None:
    ran = run("sync", "--once", *words(folder, "--server", "http://127.0.0.1:1"))
    assert ran.code == 3
    assert "out of reach" in ran.err


def test_what_the_server_refuses_is_said_and_is_exit_code_1(run: Run, plant: Plant, console: Console) -> None:
    order_id = console.report()
    plant.sync()
    other = plant.console("B")
    other.do(an_assignment(order_id, SUN))
    other.sync()
    console.do(an_assignment(order_id, SUN))
    folder = console.stop()
    ran = run("sync", "--once", *words(folder, "--server", plant.server.address))
    assert ran.code == 1
    assert "1 refused" in ran.out
    assert "Refused: AssignWorkOrder: Somebody has sent 孙志远 meanwhile" in ran.out
    document = run("sync", "--once", *words(folder, "--server", plant.server.address, "--json")).json
    assert document["refused_commands"][0]["code"] == "assignee_changed_meanwhile"
    assert PASSWORD not in ran.out + ran.err


def test_a_pc_without_a_window_can_begin_with_a_sync(run: Run, plant: Plant, tmp_path: Path) -> None:
    folder = tmp_path / "headless"
    ran = run("sync", "--once", *words(folder, "--server", plant.server.address))
    assert ran.code == 0, ran.err
    assert new(run, folder)["number"]
    assert run("orders", "list", *words(folder)).code == 0


def test_who_has_no_site_or_several_is_told_so(run: Run, plant: Plant, tmp_path: Path) -> None:
    folder = tmp_path / "headless"
    reported = (*words(folder, "--description", "漏水")[:-1], "luo")
    run("sync", "--once", *words(folder, "--server", plant.server.address)[:-1], "luo")
    several = run("orders", "new", *reported)
    assert (several.code, several.err) == (
        2,
        "steward: You have several sites; say which with --site: Qiming Plaza, Lanwan Court.\n",
    )
    with plant.server.database.write() as session:
        withdraw_role(session, "luo", Role.SUPERVISOR)
    run("sync", "--once", *words(folder, "--server", plant.server.address)[:-1], "luo")
    none = run("orders", "new", *reported)
    assert (none.code, none.err) == (1, "steward: There is no site yet that you may use.\n")
