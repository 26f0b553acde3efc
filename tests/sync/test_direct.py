"""The direct line of an import: signed in by itself, each command once however often the answer is lost."""

import threading
from collections.abc import Iterator

import pytest

from app.commands.imported_rows import OrderRow
from app.commands.imports import ImportRows
from app.domain.errors import NotFoundError, OutOfReachError, SignInError
from app.server import routes
from app.server.problems import OverusedError
from app.sync import direct
from app.sync.direct import DirectLine, choose_site
from app.sync.failures import ReplyError
from tests.clocks import START
from tests.factories import OTHER_SITE, SITE
from tests.fault_proxy import ANSWER_LOST, DOUBLED, UNHEARD, FaultProxy
from tests.served import PASSWORD, RunningServer


@pytest.fixture
def proxy(server: RunningServer) -> Iterator[FaultProxy]:
    found = FaultProxy(server.port)
    yield found
    found.close()


@pytest.fixture
def line(proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[DirectLine]:
    monkeypatch.setattr(direct, "back_off_s", lambda _failures: 0.0)
    found = DirectLine(proxy.address, "luo", PASSWORD)
    yield found
    found.close()


def an_import(*keys: str) -> ImportRows:
    rows = tuple(OrderRow(key=key, description="旧工单", reported_at=START, closed_at=START) for key in keys)
    return ImportRows(source="old", site_id=SITE, orders=rows)


def test_rows_are_added_once_and_kept_the_second_time(line: DirectLine) -> None:
    assert line.send(an_import("1", "2")).counts == {"added": 2, "kept": 0}
    assert line.send(an_import("2", "3")).counts == {"added": 1, "kept": 1}


@pytest.mark.parametrize("fault", [ANSWER_LOST, UNHEARD, DOUBLED])
def test_a_lost_or_doubled_request_has_one_effect(line: DirectLine, proxy: FaultProxy, fault: object) -> None:
    proxy.faults.append(fault)  # type: ignore[arg-type]
    assert line.send(an_import("1")).counts == {"added": 1, "kept": 0}
    assert line.send(an_import("1")).counts == {"added": 0, "kept": 1}


def test_a_busy_server_is_asked_again_after_the_time_it_said(line: DirectLine, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def polite(seconds: float) -> float:
        waits.append(seconds)
        monkeypatch.setattr(routes, "push", pushing)
        return 0.0

    pushing: object = vars(routes)["push"]
    monkeypatch.setattr(direct, "polite_s", polite)
    monkeypatch.setattr(routes, "push", _busy)
    assert line.send(an_import("1")).counts == {"added": 1, "kept": 0}
    assert waits == [7]


def _busy(*_arguments: object) -> None:
    raise OverusedError(7)


def test_a_server_that_stays_away_is_given_up(line: DirectLine, proxy: FaultProxy) -> None:
    proxy.go_down()
    with pytest.raises(OutOfReachError):
        line.send(an_import("1"))


def test_who_wants_to_stop_need_not_wait_for_the_server(proxy: FaultProxy) -> None:
    stop = threading.Event()
    line = DirectLine(proxy.address, "luo", PASSWORD, is_cancelled=stop)
    proxy.go_down()
    stop.set()
    with pytest.raises(OutOfReachError):
        line.send(an_import("1"))
    line.close()


def test_the_sites_can_be_chosen_by_id_or_either_name(line: DirectLine) -> None:
    sites = line.sites()
    assert {site.id for site in sites} == {SITE, OTHER_SITE}
    assert choose_site(sites, SITE) == choose_site(sites, "澜湾雅苑") == choose_site(sites, "lanwan court")
    assert choose_site(sites, SITE).timezone == "Asia/Shanghai"
    with pytest.raises(NotFoundError):
        choose_site(sites, "nowhere")


def test_a_wrong_password_is_said(proxy: FaultProxy) -> None:
    with pytest.raises(ReplyError, match="sign_in_wrong"):
        DirectLine(proxy.address, "luo", "guess")
    with pytest.raises(SignInError, match="sign_in_wrong"):
        DirectLine(proxy.address, "luo" * 100_000, "guess")


def test_who_may_not_import_is_refused(proxy: FaultProxy) -> None:
    line = DirectLine(proxy.address, "sun", PASSWORD)
    result = line.send(an_import("1"))
    line.close()
    assert result.status == "rejected"
    assert result.error
    assert result.error.code == "no_right"
