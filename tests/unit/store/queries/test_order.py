"""An order as its reading pane shows it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.db.ownership import stream_of
from app.domain.work_orders import State
from app.store.queries.order import order_detail
from tests.factories import HE, NOON, SITE, SUN, a_report, a_step, an_assignment, do

MINUTE = timedelta(minutes=1)


def test_who_comes_after_others_of_the_crew_takes_no_step_off_the_track(session: Session) -> None:
    order = a_report()
    do(session, order)
    do(session, an_assignment(order.id, SUN, HE))
    do(session, a_step(order.id, State.ACCEPTED, happened_at=NOON + MINUTE))
    do(session, a_step(order.id, State.ON_SITE, from_state=State.ACCEPTED, happened_at=NOON + 2 * MINUTE))
    late = {"staff_id": HE, "from_state": State.ON_SITE}
    do(session, a_step(order.id, State.ACCEPTED, happened_at=NOON + 3 * MINUTE, **late))
    do(session, a_step(order.id, State.ON_SITE, happened_at=NOON + 4 * MINUTE, **late))
    detail = order_detail(session, order.id, frozenset({stream_of("work_order", SITE)}), NOON + 5 * MINUTE)
    reached = {step.state: step.at for step in detail.track}
    assert reached[State.ACCEPTED] == NOON + MINUTE
    assert reached[State.ON_SITE] == NOON + 2 * MINUTE
    assert [step.state for step in detail.track if step.is_current] == [State.ON_SITE]
