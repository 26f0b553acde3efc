"""Who may give which command: the whole table, role by role."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from app.domain.errors import OpsError
from app.domain.permissions import Rights, Role
from tests.factories import CLERK, OTHER_SITE, SITE, SUN
from tests.unit.commands.every_command import CASES, peopled

_DESK = "clerk supervisor"
_SENDING = "clerk supervisor automation"
_PLACES = "clerk supervisor administrator"
ALLOWED: Mapping[str, str] = {
    "ReportWorkOrder": "clerk technician operator supervisor automation",
    "EditWorkOrder": _DESK,
    "EditWorkOrder, the priority once triaged": "supervisor",
    "EditReporter": _DESK,
    "MoveWorkOrder": "supervisor",
    "StepWorkOrder, triage": "clerk operator supervisor automation",
    "StepWorkOrder, recall": _DESK,
    "StepWorkOrder, verify": _DESK,
    "AssignWorkOrder": _SENDING,
    "AssignWorkOrder, of an urgent one": "clerk operator supervisor automation",
    "AddToCrew": _SENDING,
    "RemoveFromCrew": _SENDING,
    "TakeStep, one's own": "technician supervisor",
    "TakeStep, told by phone": _DESK,
    "HoldWorkOrder": "clerk technician operator supervisor",
    "HoldWorkOrder, told by phone": _DESK,
    "ResumeWorkOrder": "clerk technician operator supervisor",
    "CancelWorkOrder": "clerk operator supervisor",
    "CancelWorkOrder, of another's report": _DESK,
    "CancelWorkOrder, of one on site": "supervisor",
    "CancelWorkOrder, of one held on site": "supervisor",
    "ReopenWorkOrder": "clerk supervisor manager",
    "WithdrawStep": "clerk technician operator supervisor manager administrator automation",
    "WithdrawStep, of another's step": "",
    "ChaseWorkOrder": "clerk operator supervisor",
    "CommentWorkOrder": "clerk technician operator supervisor manager automation",
    "AnswerWorkOrder": _DESK,
    "MergeReport": "clerk technician operator supervisor automation",
    "ReadNotice": "supervisor",
    "AddResident": _DESK,
    "EditResident": _DESK,
    "AddPhone": _DESK,
    "EditPhone": _DESK,
    "RemovePhone": _DESK,
    "AddResidence": _DESK,
    "EndResidence": _DESK,
    "AddExemption": _DESK,
    "RemoveExemption": _DESK,
    "AddPlace": _PLACES,
    "EditUnit": _PLACES,
    "EditPlace": _PLACES,
    "EditAsset": _PLACES,
    "AddSite": "administrator",
    "AddStaff": "administrator",
    "SetSlaPolicy": "supervisor administrator automation",
    "SetServiceCalendar": "supervisor administrator automation",
    "SetCalendarDay": "supervisor administrator automation",
    "RecomputeClocks": "supervisor administrator automation",
    "ImportRows": "supervisor administrator",
    "ImportRows, categories": "supervisor administrator",
}
OF_THE_COMPANY = (
    "AddSite",
    "AddStaff",
    "SetSlaPolicy",
    "SetServiceCalendar",
    "SetCalendarDay",
    "ImportRows, categories",
)
"""What changes the company's own asks for a role at every site."""


def allowed(session: Session, name: str, site_id: str) -> str:
    """The roles that may do it to something of the site when held at ``site_id`` (``""``: everywhere)."""
    command = CASES[name](peopled(session))
    session.flush()
    found = []
    for role in Role:
        try:
            command.authorize(session, Rights(CLERK, SUN, {site_id: frozenset({role})}))
        except OpsError:
            continue
        found.append(role.value)
    return " ".join(found)


def test_every_command_has_its_row() -> None:
    assert ALLOWED.keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_a_command_is_given_by_these_roles_and_no_others(session: Session, name: str) -> None:
    assert allowed(session, name, "") == ALLOWED[name]


@pytest.mark.parametrize("name", CASES)
def test_a_role_at_the_site_does_for_what_is_the_site_s(session: Session, name: str) -> None:
    beyond = name in OF_THE_COMPANY or name == "MoveWorkOrder"
    assert allowed(session, name, SITE) == ("" if beyond else ALLOWED[name])


@pytest.mark.parametrize("name", CASES)
def test_a_role_at_another_site_does_for_nothing(session: Session, name: str) -> None:
    assert allowed(session, name, OTHER_SITE) == ""
