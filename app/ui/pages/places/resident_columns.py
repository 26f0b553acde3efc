"""The columns of a unit's residents; those who moved out are muted."""

from PySide6.QtCore import QCoreApplication

from app.domain.phones import spaced_phone
from app.store.queries.residents import ResidentRow
from app.ui.glyphs.marks import Tag
from app.ui.models.columns import CellKind, Column
from app.ui.pages.places.wording import exemption_tag
from app.ui.translation import joined, say_here


def resident_columns() -> tuple[Column[ResidentRow], ...]:
    """Name, what they are, telephone, flags, since when."""
    return (
        Column(
            "name",
            _title_name,
            _name,
            width=164,
            indent=10,
            is_bold=_is_here,
            tag=_main,
            token=_token,
            tip=_name,
            is_sortable=False,
        ),
        Column("relation", _title_relation, _relation, width=100, token=_token, is_sortable=False),
        Column("phone", _title_phone, _phone, width=112, token=_phone_token, is_sortable=False),
        Column("flags", _title_flags, _flag, CellKind.TAG, words=_flag_words, is_sortable=False),
        Column("since", _title_since, _since, width=168, token=_token, is_sortable=False),
    )


def _title_name() -> str:
    return QCoreApplication.translate("ResidentColumns", "Name")


def _title_relation() -> str:
    return QCoreApplication.translate("ResidentColumns", "Relation")


def _title_phone() -> str:
    return QCoreApplication.translate("ResidentColumns", "Telephone")


def _title_flags() -> str:
    return QCoreApplication.translate("ResidentColumns", "Needs care")


def _title_since() -> str:
    return QCoreApplication.translate("ResidentColumns", "Since")


def _is_here(row: ResidentRow) -> bool:
    return row.until is None


def _token(row: ResidentRow) -> str:
    return "text" if _is_here(row) else "text_muted"


def _name(row: ResidentRow) -> str:
    return row.name


def _main(row: ResidentRow) -> Tag | None:
    is_main = row.is_primary and _is_here(row)
    return Tag(QCoreApplication.translate("ResidentColumns", "main")) if is_main else None


def _relation(row: ResidentRow) -> str:
    words = say_here(f"relation.{row.relation}")
    if _is_here(row):
        return words
    return QCoreApplication.translate("ResidentColumns", "Former {relation}").format(relation=words.lower())


def _phone(row: ResidentRow) -> str:
    return spaced_phone(row.phone) or QCoreApplication.translate("ResidentColumns", "no telephone")


def _phone_token(row: ResidentRow) -> str:
    return _token(row) if row.phone else "text_muted"


def _flag(row: ResidentRow) -> Tag | None:
    return exemption_tag(*row.exemptions[0]) if row.exemptions else None


def _flag_words(row: ResidentRow) -> str:
    return joined(*(exemption_tag(kind, until).text for kind, until in row.exemptions))


def _since(row: ResidentRow) -> str:
    if row.until is None:
        return row.since or ""
    pattern = QCoreApplication.translate("ResidentColumns", "{since} to {until}")
    return pattern.format(since=row.since or "", until=row.until)
