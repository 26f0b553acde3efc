"""Every field that may clash has a name to say so by."""

import pytest

from app.commands.command import FieldsCommand
from app.commands.registry import KINDS
from app.domain.words import knows
from app.server.narrowing import field_code

FIELDS = sorted(
    {
        field
        for kind in KINDS.values()
        if issubclass(kind, FieldsCommand)
        for field in getattr(kind.model_fields["set"].annotation, "model_fields", ())
    }
)


def test_there_are_fields_to_look_at() -> None:
    assert {"priority", "label", "note"} <= set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_may_clash_has_a_name(field: str) -> None:
    assert knows(field_code(field))
