"""What can be done with the call, or with the drafts, as they stand and by whom."""

from collections.abc import Mapping

from app.domain.ids import stream_id
from app.domain.permissions import RIGHTS, Right, Rights
from app.store.drafts import DraftItem
from app.ui.desk import Person
from app.ui.pages.intake.call import Call


def may(rights: Rights, right: Right, site_id: str) -> bool:
    """Whether a right is held at the site, or anywhere while no site is known."""
    if site_id:
        return rights.has(right, site_id)
    return any(right in RIGHTS[role] for roles in rights.roles.values() for role in roles)


def may_send(call: Call, rights: Rights) -> bool:
    """Whether the person may send somebody to the order that is taken down."""
    site_id = call.site_id()
    return any(rights.may_send(site, call.advice.priority) for site in ([site_id] if site_id else rights.roles))


def may_see(draft: DraftItem, person: Person) -> bool:
    """Whether a draft is one's own, or of a site whose residents one may see: it names its caller."""
    if draft.user_id == person.user_id:
        return True
    place = draft.body.get("place")
    site_id = (place.get("site_id") if isinstance(place, dict) else None) or draft.body.get("site_id")
    if site_id:
        return stream_id(str(site_id), "people") in person.streams
    return may(person.rights, Right.EDIT_PEOPLE, "")


def possible(call: Call, rights: Rights, *, is_call: bool, has_saved: bool) -> Mapping[str, bool]:
    """The actions of the intake by name; ``has_saved`` is whether an order just saved can be taken up again."""
    has_order = is_call and call.has_open_order()
    is_form = is_call and not has_order
    has_double = is_form and bool(call.offered())
    has_record = call.card is not None and bool(call.card.resident_id)
    site_id = call.site_id()
    may_record = may(rights, Right.EDIT_PEOPLE, site_id)
    return {
        "open": may(rights, Right.REPORT, ""),
        "save": is_form,
        "dispatch": is_form and not call.entry.corrects and may_send(call, rights),
        "more": is_form,
        "merge": has_double,
        "not_same": has_double,
        "chase": has_order and may(rights, Right.CHASE, site_id),
        "open_order": has_order or has_double,
        "new_matter": has_order,
        "record": is_call and (may_record or not has_record),  # who is on no record is taken for the order alone
        "mend": is_call and may_record and has_record,
        "again": is_form and not call.entry.corrects,
        "correct": is_call and has_saved and call.entry.is_empty and may(rights, Right.EDIT_ORDER, site_id),
        "hand_over": not is_call,
        "call_back": not is_call,
    }
