"""Drafts outlive whoever types them: listed for all at the PC, handed over, never lost."""

from pathlib import Path

import pytest

from app.domain.errors import ForbiddenError, NotFoundError
from app.store.drafts import DraftItem, DraftText, list_drafts
from tests.clocks import START
from tests.factories import CLERK, OTHER_SITE, SUPERVISOR, a_report
from tests.unit.store.desks import Desk, a_desk
from tests.unit.store.little_server import LittleServer


def text(draft_id: str = "draft", **values: object) -> DraftText:
    return DraftText(draft_id, CLERK, "林晓雨", **values)  # type: ignore[arg-type]


def drafts(desk: Desk) -> list[DraftItem]:
    found: list[DraftItem] = desk.read(list_drafts)
    return found


def test_a_draft_is_kept_as_it_is_typed(desk: Desk) -> None:
    desk.store.drafts.save(text(caller="王"))
    desk.clock.forward(minutes=5)
    desk.store.drafts.save(text(caller="王小明", phone="13800132046", body={"description": "漏"}))

    (draft,) = drafts(desk)
    assert (draft.caller, draft.phone, draft.body) == ("王小明", "13800132046", {"description": "漏"})
    assert (draft.made_at, draft.updated_at - draft.made_at) == (START, desk.clock.now() - START)
    assert draft.parked_at is None
    assert [changes.of("draft") for changes in desk.heard] == [{"draft"}, {"draft"}]


def test_a_draft_outlives_a_program_that_never_said_goodbye(folder: Path, server: LittleServer) -> None:
    with a_desk(folder, server) as desk:
        desk.store.drafts.save(text(first_words="电梯"))
        for file in (folder / "cache.sqlite", folder / "cache.sqlite-wal"):
            file.with_name(f"killed-{file.name}").write_bytes(file.read_bytes())
    other = folder.with_name("other")
    other.mkdir()
    for file in folder.glob("killed-*"):
        file.rename(other / file.name.removeprefix("killed-"))
    with a_desk(other, server) as desk:
        assert [draft.first_words for draft in drafts(desk)] == ["电梯"]


def test_a_draft_goes_with_the_command_it_becomes_and_stays_with_one_that_is_refused(desk: Desk) -> None:
    desk.store.drafts.save(text("a"))
    desk.store.drafts.save(text("b"))
    desk.do(a_report(), draft_id="a")
    assert desk.heard[-1].of("draft") == {"a"}
    with pytest.raises(ForbiddenError):
        desk.do(a_report(site_id=OTHER_SITE, unit_id=None), draft_id="b")
    assert [draft.id for draft in drafts(desk)] == ["b"]


def test_parked_drafts_are_listed_oldest_first_and_taken_up_again(desk: Desk) -> None:
    for name in ("b", "a"):
        desk.store.drafts.save(text(name))
        desk.clock.forward(minutes=1)
    desk.store.drafts.park("b")
    assert [(draft.id, draft.parked_at is not None) for draft in drafts(desk)] == [("b", True), ("a", False)]
    desk.store.drafts.save(text("b", caller="王"))
    assert all(draft.parked_at is None for draft in drafts(desk))


def test_a_draft_is_handed_to_a_colleague_who_sees_who_began_it(desk: Desk) -> None:
    desk.store.drafts.save(text())
    desk.store.drafts.hand_over("draft", SUPERVISOR, CLERK)
    (draft,) = drafts(desk)
    assert (draft.user_id, draft.author_id, draft.author_name) == (SUPERVISOR, CLERK, "林晓雨")
    assert (draft.handed_to_id, draft.handed_by_id, draft.handed_at) == (SUPERVISOR, CLERK, START)
    assert draft.parked_at == START
    desk.store.drafts.save(DraftText("draft", SUPERVISOR, "罗建平", caller="王"))
    (draft,) = drafts(desk)
    assert (draft.user_id, draft.author_name) == (SUPERVISOR, "林晓雨")


def test_a_draft_that_is_done_with_is_gone(desk: Desk) -> None:
    desk.store.drafts.save(text())
    desk.store.drafts.remove("draft")
    desk.store.drafts.remove("draft")
    assert drafts(desk) == []
    with pytest.raises(NotFoundError, match="draft_gone"):
        desk.store.drafts.park("draft")
