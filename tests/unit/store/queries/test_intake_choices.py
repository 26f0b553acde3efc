"""What the form of a new order offers."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.db.companies import CategorySkill, Skill
from app.domain.ids import COMPANY_STREAM
from app.store.queries.intake_choices import categories
from tests.factories import PLUMBING, QUESTION, an_id


def ask_for(session: Session, category_id: str, code: str, level: int) -> None:
    skill, asked = an_id(code), an_id(f"{code} of {category_id}")
    session.add(Skill(id=skill, stream_id=COMPANY_STREAM, code=code, name_zh=f"{code}工", name_en=code))
    session.add(CategorySkill(id=asked, stream_id=COMPANY_STREAM, category_id=category_id, skill_id=skill, level=level))


def test_a_category_comes_with_the_skills_that_it_asks_for(session: Session) -> None:
    ask_for(session, PLUMBING, "pipes", 2)
    ask_for(session, PLUMBING, "heights", 1)
    session.flush()
    found = {choice.id: [(name["en"], level) for name, level in choice.skills] for choice in categories(session)}
    assert found[PLUMBING] == [("heights", 1), ("pipes", 2)]
    assert found[QUESTION] == []


def test_all_categories_are_read_at_once(session: Session) -> None:
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda _c, _k, words, *_: asked.append(words))
    assert len(categories(session)) > len(asked)
