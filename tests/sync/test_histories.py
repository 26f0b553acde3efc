"""Random histories: whatever desks do and the network undoes, all end with the server's rows, and nothing is lost."""

from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select
from typing_extensions import override

from app.commands.imports import ImportRows
from app.commands.policies import RecomputeClocks
from app.commands.registry import KINDS
from app.db.base import Base
from app.domain.errors import OpsError
from app.domain.permissions import Role
from app.server.accounts import grant_role
from app.server.tables import Handled
from tests.conftest import IS_LONG
from tests.fault_proxy import ANSWER_LOST, DOUBLED, UNHEARD
from tests.plant import Console, Plant, Rows
from tests.sync.actions import ACTIONS, act
from tests.sync.desks import Desks

NUMBERS = st.integers(0, 10_000)
NAMES = st.sampled_from("ABC")
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, *((Phase.shrink,) if IS_LONG else ()))
"""A history takes seconds, so one that fails is made shorter only where there is time."""


def histories(short: int, long: int, steps: int = 50) -> settings:
    """How many histories are tried."""
    return settings(
        deadline=None,
        max_examples=long if IS_LONG else short,
        stateful_step_count=steps,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


class Histories(RuleBasedStateMachine):
    """Three desks that work, sync, fail and start again in any order."""

    desks: Desks

    def __init__(self) -> None:
        super().__init__()
        self._lent = ExitStack()
        self.plant: Plant

    @initialize()
    def begin(self) -> None:
        """Open the three desks."""
        self.plant = self._lent.enter_context(self.desks.plant())
        let_do_all(self.plant, "luo")
        for name, login in (("A", "lin"), ("B", "luo"), ("C", "sun")):
            self.plant.console(name, login)

    @rule(name=NAMES, what=NUMBERS, which=NUMBERS, how=NUMBERS)
    def work(self, name: str, what: int, which: int, how: int) -> None:
        """Somebody does something, or is told why not."""
        try:
            act(self.plant.console(name), what, which, how)
        except OpsError:
            return

    @rule(name=NAMES)
    def sync(self, name: str) -> None:
        """A desk sends and fetches."""
        self.plant.console(name).sync_if_possible()

    @rule(name=NAMES, fault=st.sampled_from([ANSWER_LOST, UNHEARD, DOUBLED]), after=st.integers(0, 3))
    def lose(self, name: str, fault: Any, after: int) -> None:
        """A desk sends and fetches over a bad line."""
        console = self.plant.console(name)
        console.fault(*[DOUBLED] * after, fault).sync_if_possible()
        console.proxy.faults.clear()

    @rule(name=NAMES)
    def pull_the_cable(self, name: str) -> None:
        """A desk loses the network, or gets it back."""
        console = self.plant.console(name)
        _ = console.online() if console.is_offline else console.offline()

    @rule(name=NAMES)
    def restart(self, name: str) -> None:
        """A program ends and starts again."""
        self.plant.console(name).restart()

    @rule()
    def restart_server(self) -> None:
        """The server ends and starts again."""
        self.plant.restart_server()

    @rule(name=NAMES, which=NUMBERS)
    def deal_with_refused(self, name: str, which: int) -> None:
        """Somebody tries a refused command again, or lets it go."""
        console = self.plant.console(name)
        refused = console.outbox("rejected", "blocked")
        if not refused:
            return
        item = refused[which % len(refused)]
        try:
            if which % 2:
                console.given.append(console.store.retry(item.command_id, console.author).command_id)
            else:
                console.store.discard(item.command_id)
        except OpsError:
            return

    @rule(minutes=st.integers(1, 600))
    def pass_time(self, minutes: int) -> None:
        """Time goes by."""
        self.plant.clock.forward(minutes=minutes)

    @override
    def teardown(self) -> None:
        """Heal everything; then all agree, and every command has had its answer."""
        with self._lent:
            if not hasattr(self, "plant"):
                return
            for console in self.plant.consoles.values():
                console.online()
            self.plant.assert_agreed()
            for console in self.plant.consoles.values():
                assert not console.outbox("pending", "sent", "accepted", "unsupported"), console.name
                assert set(console.given) <= _answered(self.plant), console.name


def let_do_all(plant: Plant, login: str) -> None:
    """Give somebody every right there is: what they may not do is not tried."""
    with plant.server.database.write() as session:
        grant_role(session, login, Role.ADMINISTRATOR, "")


def test_every_kind_of_command_that_a_console_may_give_is_tried() -> None:
    of_the_server = {ImportRows, RecomputeClocks}
    assert set(ACTIONS) == set(KINDS.values()) - of_the_server


@pytest.mark.timeout(7200 if IS_LONG else 300)
def test_histories_of_three_desks_end_with_the_servers_rows_and_lose_nothing(
    desks: Desks, cheap_passwords: None
) -> None:
    machine = type("TheHistories", (Histories,), {"desks": desks})
    run_state_machine_as_test(machine, settings=histories(10, 200, 60 if IS_LONG else 30))


@pytest.mark.timeout(7200 if IS_LONG else 300)
def test_random_commands_give_equal_rows_on_console_and_server(desks: Desks, cheap_passwords: None) -> None:
    @histories(10, 200)
    @given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.integers(0, 30)), min_size=30, max_size=60))
    def run(history: list[tuple[int, int, int, int]]) -> None:
        with desks.plant() as plant:
            let_do_all(plant, "luo")
            console = plant.console("B", "luo").offline()
            for what, which, how, minutes in history:
                plant.clock.forward(minutes=minutes)
                _try(console, what, which, how)
            plant.clock.forward(minutes=1)  # else the server finds commands of this very moment in its future
            before = _shown(console)
            assert console.online().sync().refused == 0
            assert _shown(console) == before
            plant.assert_agreed()

    run()


def _try(console: Console, what: int, which: int, how: int) -> None:
    try:
        act(console, what, which, how)
    except OpsError:
        return


def _shown(console: Console) -> Rows:
    """The rows of a cache without what only the server sets."""
    found: Rows = {}
    for (table, row_id), row in console.rows().items():
        names = [column.name for column in Base.metadata.tables[table].columns]
        found[table, row_id] = tuple(
            value for name, value in zip(names, row, strict=True) if name not in ("version", "seq")
        )
    return found


def _answered(plant: Plant) -> set[str]:
    """Ids of the commands that the server has answered for good."""
    with plant.server.database.read() as session:
        return set(session.scalars(select(Handled.command_id).where(Handled.status != "unsupported")))
