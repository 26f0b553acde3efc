"""Who lives where, and which flags they bear today."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.commands.residents import AddExemption, AddResident, ExemptionKind
from app.db.companies import Site
from app.domain.ids import new_id
from app.store.queries.residents import flags_in_force
from tests.factories import SITE, do


@pytest.mark.parametrize(
    ("zone", "hour", "holds"),
    [("Asia/Shanghai", 15, True), ("Asia/Shanghai", 16, False), ("Europe/Lisbon", 16, True), ("nowhere", 23, True)],
)
def test_a_flag_holds_to_the_end_of_its_last_day_at_the_site(
    session: Session, zone: str, hour: int, *, holds: bool
) -> None:
    resident = new_id()
    do(session, AddResident(id=resident, site_id=SITE, name="吴桂芳"))
    flag = AddExemption(id=new_id(), site_id=SITE, resident_id=resident, kind=ExemptionKind.INFANT, until="2026-09-16")
    do(session, flag)
    session.get_one(Site, SITE).timezone = zone
    found = flags_in_force(session, resident, datetime(2026, 9, 16, hour, tzinfo=UTC))
    assert found == ((("infant", "2026-09-16"),) if holds else ())
