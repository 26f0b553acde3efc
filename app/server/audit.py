"""The record of who did what, kept on the server alone."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.server.tables import Audit


def note(
    session: Session,
    at: datetime,
    kind: str,
    *,
    author_id: str | None = None,
    sender_id: str | None = None,
    console_id: str | None = None,
    command_id: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write a line: ``author_id`` is whose doing it was, ``sender_id`` who was signed in when it was sent."""
    session.add(
        Audit(
            id=new_id(),
            at=at,
            author_id=author_id,
            sender_id=sender_id,
            console_id=console_id,
            kind=kind,
            command_id=command_id,
            detail=json.dumps(detail or {}, ensure_ascii=False, sort_keys=True),
        )
    )
