"""A right at one site is none at another: what a body names must be of the site that was asked about."""

import pytest
from sqlalchemy.orm import Session

from app.commands.command import Command
from app.commands.places import AddPlace, EditAsset, EditPlace, EditUnit
from app.commands.residents import (
    AddExemption,
    AddPhone,
    AddResidence,
    AddResident,
    EditPhone,
    EndResidence,
    ExemptionKind,
    RemoveExemption,
    RemovePhone,
)
from app.domain.errors import NotFoundError
from app.domain.ids import new_id
from app.domain.permissions import Role
from tests.factories import BUILDING, LIFT, OTHER_SITE, PLACE, SITE, UNIT, do, rights

RESIDENT, PHONE, HOME, FLAG = (new_id() for _ in range(4))


@pytest.fixture
def here(session: Session) -> Session:
    """Somebody lives at the site, with everything that may be known of them."""
    do(session, AddResident(id=RESIDENT, site_id=SITE, name="王女士"))
    do(session, AddPhone(id=PHONE, site_id=SITE, resident_id=RESIDENT, phone="13800132046"))
    do(session, AddResidence(id=HOME, site_id=SITE, resident_id=RESIDENT, unit_id=UNIT, relation="owner"))
    do(session, AddExemption(id=FLAG, site_id=SITE, resident_id=RESIDENT, kind=ExemptionKind.ELDERLY))
    return session


@pytest.mark.parametrize(
    "command",
    [
        EditPhone(site_id=OTHER_SITE, id=PHONE, phone="13911112222", seen_digits="13800132046"),
        RemovePhone(site_id=OTHER_SITE, id=PHONE),
        EndResidence(site_id=OTHER_SITE, id=HOME, until="2026-09-01"),
        RemoveExemption(site_id=OTHER_SITE, id=FLAG),
        EditUnit.model_validate({"site_id": OTHER_SITE, "id": UNIT, "set": {"label": "别处"}}),
        EditPlace.model_validate({"site_id": OTHER_SITE, "id": PLACE, "set": {"name": "别处"}}),
        EditAsset.model_validate({"site_id": OTHER_SITE, "id": LIFT, "set": {"name": "别处"}}),
        AddPlace(site_id=OTHER_SITE, id=new_id(), name="大堂", building_id=BUILDING),
    ],
    ids=lambda command: type(command).__name__,
)
def test_a_right_at_another_site_changes_nothing_here(here: Session, command: Command) -> None:
    command.authorize(here, rights("somebody", Role.CLERK, site_id=OTHER_SITE))
    with pytest.raises(NotFoundError, match=r"row_gone|unit_gone"):
        do(here, command)
