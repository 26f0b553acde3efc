"""Rights and sync: who signs in sees their sites and no others, and loses the rows with the right."""

from typing import Any

import pytest

from app.commands.steps import StepWorkOrder
from app.domain.errors import ForbiddenError
from app.domain.ids import stream_id
from app.domain.permissions import Role
from app.domain.work_orders import State
from app.protocol import SnapshotReply
from app.server import accounts
from tests.factories import OTHER_SITE, SITE, an_assignment
from tests.plant import Console, Plant


def grant(plant: Plant, login: str, role: Role, site_id: str) -> None:
    with plant.server.database.write() as session:
        accounts.grant_role(session, login, role, site_id)


def withdraw(plant: Plant, login: str, role: Role, site_id: str) -> None:
    with plant.server.database.write() as session:
        accounts.withdraw_role(session, login, role, site_id)


def sites_of(console: Console) -> set[str]:
    """The sites that the cache has rows of."""
    streams = {stream_id(site_id, kind): site_id for site_id in (SITE, OTHER_SITE) for kind in ("work", "people")}
    return {streams[cell] for row in console.rows().values() for cell in row if cell in streams}


def test_a_console_holds_no_row_of_a_site_that_nobody_there_may_see(plant: Plant) -> None:
    elsewhere = plant.console("B", "luo")
    elsewhere.report(site_id=OTHER_SITE, unit_id=None)
    elsewhere.sync()
    desk = plant.console("A")
    desk.sync()
    assert sites_of(desk) == {SITE}
    assert sites_of(elsewhere) == {SITE, OTHER_SITE}
    plant.assert_agreed()


def test_a_technician_gets_the_orders_and_not_the_people(plant: Plant) -> None:
    desk, technician = plant.console("A"), plant.console("B", "sun")
    order_id = desk.report(reporter={"name": "周先生", "phone": "13800132046"})
    plant.sync()
    assert ("work_order", order_id) in technician.rows()
    assert ("order_reporter", order_id) in desk.rows()
    assert ("order_reporter", order_id) not in technician.rows()
    plant.assert_agreed()


def test_a_new_right_brings_the_rows(plant: Plant) -> None:
    desk, elsewhere = plant.console("A"), plant.console("B", "luo")
    plant.sync()
    elsewhere.report(site_id=OTHER_SITE, unit_id=None)
    grant(plant, "lin", Role.CLERK, OTHER_SITE)
    plant.sync()
    assert sites_of(desk) == {SITE, OTHER_SITE}
    desk.report(site_id=OTHER_SITE, unit_id=None)
    plant.sync()
    plant.assert_agreed()


def test_a_withdrawn_right_takes_the_rows_away_and_refuses_what_was_pending(plant: Plant) -> None:
    grant(plant, "lin", Role.CLERK, OTHER_SITE)
    desk = plant.console("A")
    kept = desk.report(description="留下")
    gone = desk.report(site_id=OTHER_SITE, unit_id=None, description="收回")
    desk.sync()
    desk.offline().do(StepWorkOrder(work_order_id=gone, from_state=State.REPORTED, to=State.TRIAGED))
    desk.do(StepWorkOrder(work_order_id=kept, from_state=State.REPORTED, to=State.TRIAGED))
    withdraw(plant, "lin", Role.CLERK, OTHER_SITE)
    desk.online().sync()
    assert ("work_order", gone) not in desk.rows()
    assert sites_of(desk) == {SITE}
    assert desk.row("work_order", kept)["state"] == "triaged"
    (refused,) = desk.outbox()
    assert refused.status == "rejected"
    assert refused.error
    assert refused.error.code == "no_right_to_step"
    with pytest.raises(ForbiddenError):
        desk.report(site_id=OTHER_SITE, unit_id=None)
    plant.assert_agreed()


def test_a_right_withdrawn_before_the_first_fetch_is_through_stops_it(plant: Plant) -> None:
    grant(plant, "lin", Role.CLERK, OTHER_SITE)
    desk = plant.console("A", is_fetched=False)
    withdraw(plant, "lin", Role.CLERK, OTHER_SITE)
    desk.sync()
    assert sites_of(desk) == {SITE}
    plant.assert_agreed()


def test_a_right_withdrawn_between_two_pages_of_a_first_fetch_stops_it(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant(plant, "lin", Role.CLERK, OTHER_SITE)
    desk = plant.console("A", is_fetched=False)
    asking = desk.engine._transport.snapshot
    asked: list[str] = []

    def snapshot(stream: str, *more: Any) -> SnapshotReply:
        if stream == stream_id(OTHER_SITE, "people") and stream not in asked:
            withdraw(plant, "lin", Role.CLERK, OTHER_SITE)
        asked.append(stream)
        return asking(stream, *more)

    monkeypatch.setattr(desk.engine._transport, "snapshot", snapshot)
    desk.sync()
    assert asked.count(stream_id(OTHER_SITE, "people")) == 1
    assert sites_of(desk) == {SITE}
    plant.assert_agreed()


def test_two_people_share_a_pc_and_each_sends_what_they_did(plant: Plant) -> None:
    desk = plant.console("A")
    desk.sync()
    order_id = desk.report(description="林晓雨记的")
    desk.switch_to("luo")
    desk.do(an_assignment(order_id))
    desk.sync()
    assert not desk.outbox()
    users = {row["user_id"] for row in _lines(desk, order_id)}
    assert len(users) == 2
    assert sites_of(desk) == {SITE}  # there is nothing at the other one yet
    plant.assert_agreed()


def test_what_one_person_may_see_stays_when_another_loses_the_right(plant: Plant) -> None:
    grant(plant, "lin", Role.CLERK, OTHER_SITE)
    desk = plant.console("A", "luo")
    order_id = desk.report(site_id=OTHER_SITE, unit_id=None)
    desk.sync()
    desk.switch_to("lin").sync()
    withdraw(plant, "lin", Role.CLERK, OTHER_SITE)
    desk.sync()
    assert ("work_order", order_id) in desk.rows()
    assert stream_id(OTHER_SITE, "work") not in desk.sign_in.session(desk.session.user_id, is_offline=False).streams


def _lines(console: Console, order_id: str) -> list[dict[str, object]]:
    ids = [key[1] for key, row in console.rows().items() if key[0] == "timeline" and order_id in row]
    return [console.row("timeline", row_id) for row_id in ids]
