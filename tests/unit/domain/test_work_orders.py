"""States, crews and texts of work orders."""

import itertools

import pytest

from app.domain.errors import InvalidError, RefusedError
from app.domain.work_orders import (
    FOLLOWS,
    TEXT_LIMIT,
    TRACK,
    CrewState,
    State,
    check_text,
    check_transition,
    following,
    next_step,
    state_of_crew,
)


def test_the_table_of_states_is_the_one_agreed_on() -> None:
    written = {
        "reported": "triaged cancelled closed",
        "triaged": "dispatched on_hold cancelled",
        "dispatched": "accepted on_site triaged dispatched on_hold cancelled",
        "accepted": "on_site done triaged dispatched on_hold cancelled",
        "on_site": "done dispatched on_hold cancelled",
        "done": "verified reopened",
        "verified": "closed reopened",
        "closed": "reopened",
        "reopened": "dispatched on_hold cancelled",
        "on_hold": "cancelled",
        "cancelled": "",
    }
    assert {state.value: set(after) for state, after in FOLLOWS.items()} == {
        state: set(after.split()) for state, after in written.items()
    }


def test_every_pair_outside_the_table_is_refused() -> None:
    for state, to in itertools.product(State, State):
        if to not in following(state):
            with pytest.raises(RefusedError):
                check_transition(state, to)


def test_an_order_on_hold_goes_back_where_it_came_from_only() -> None:
    check_transition(State.ON_HOLD, State.ON_SITE, State.ON_SITE)
    with pytest.raises(RefusedError, match="step_not_allowed"):
        check_transition(State.ON_HOLD, State.ACCEPTED, State.ON_SITE)


def test_an_accepted_order_is_done_at_once_only_where_no_visit_is_needed() -> None:
    check_transition(State.ACCEPTED, State.DONE, needs_visit=False)
    with pytest.raises(RefusedError, match="step_needs_visit"):
        check_transition(State.ACCEPTED, State.DONE)


def test_one_key_leads_along_the_whole_track() -> None:
    walked = [State.REPORTED]
    while (step := next_step(walked[-1])) is not None:
        walked.append(step)
    assert tuple(walked) == TRACK
    assert next_step(State.ACCEPTED, needs_visit=False) is State.DONE
    assert next_step(State.REOPENED) is State.DISPATCHED
    assert next_step(State.ON_HOLD) is None


A, C, S, F, R = CrewState.ASSIGNED, CrewState.ACCEPTED, CrewState.ON_SITE, CrewState.FINISHED, CrewState.REFUSED


@pytest.mark.parametrize(
    ("crew", "state"),
    [
        ([], State.TRIAGED),
        ([R], State.TRIAGED),
        ([A, R], State.DISPATCHED),
        ([A, C], State.ACCEPTED),
        ([A, S], State.ON_SITE),
        ([F, A], State.ON_SITE),  # one has finished and one is still to come: work goes on
        ([F, F], State.DONE),
        ([F, CrewState.REMOVED], State.DONE),
    ],
)
def test_an_order_is_what_its_crew_makes_it(crew: list[CrewState], state: State) -> None:
    assert state_of_crew(crew) is state


def test_text_loses_control_and_direction_marks_and_keeps_line_breaks_and_emoji() -> None:
    assert check_text("name", " \u202e吴\u0000桂芳\u2066\n第二行\t🙂 ") == "吴桂芳\n第二行\t🙂"


def test_spaces_of_other_kinds_become_plain_and_joined_emoji_stay_joined() -> None:
    assert check_text("name", "李\u3000娜\u00a0小") == "李 娜 小"
    assert check_text("note", "👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert check_text("note", "一\r\n二") == "一\n二"


def test_text_that_is_missing_or_too_long_is_refused_in_words() -> None:
    with pytest.raises(InvalidError, match="text_missing"):
        check_text("description", " \u200e ", required=True)
    with pytest.raises(InvalidError, match="text_too_long") as refused:
        check_text("description", "长" * (TEXT_LIMIT + 1))
    assert refused.value.params["length"] == TEXT_LIMIT + 1
    assert check_text("note", "") == ""
