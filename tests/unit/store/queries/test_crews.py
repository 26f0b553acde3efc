"""Who can be sent: whoever is used to what is asked first."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.db.companies import Category
from app.domain.ids import COMPANY_STREAM
from app.store.queries.crews import candidates
from tests.factories import HE, LIFT_FIRM, NOON, PLUMBING, QUESTION, SITE, SUN, ZHOU, a_report, an_assignment, an_id, do

LEAK = an_id("leak")


def ids(session: Session, *orders: str) -> list[str]:
    return [one.id for one in candidates(session, SITE, orders)]


def test_who_has_the_fewest_open_orders_comes_first_and_firms_last(session: Session) -> None:
    taken = a_report()
    do(session, taken)
    do(session, an_assignment(taken.id, HE))
    assert ids(session) == [SUN, HE, ZHOU, LIFT_FIRM]


def test_who_was_sent_to_orders_of_the_kind_comes_before_all_others(session: Session) -> None:
    session.add(Category(id=LEAK, stream_id=COMPANY_STREAM, parent_id=PLUMBING, name_zh="漏", name_en="Leak"))
    for minute in range(3):
        done = a_report(category_id=PLUMBING, number=f"260916-07-1{minute:02}", happened_at=NOON - timedelta(hours=1))
        do(session, done)
        do(session, an_assignment(done.id, ZHOU))
    leak, question = a_report(category_id=LEAK), a_report(category_id=QUESTION, number="260916-07-200")
    do(session, leak)
    do(session, question)
    assert ids(session, leak.id)[0] == ZHOU
    assert ids(session, question.id)[0] != ZHOU
