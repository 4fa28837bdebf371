"""Register people who are not staff: visitors and outside contacts, with a sealed identity (E4, house § 7)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.kernel import audit
from taicho.kernel.actor import Actor
from taicho.kernel.phone import parse_phone
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep
from taicho.kernel.vietnamese import clean_name
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import Person, SealedIdentity, Unit


@transaction.atomic
def register_outsider(
    *,
    by: Actor,
    kind: str,
    registered_in: Unit,
    full_name: str,
    phone: str = "",
    birth_year: int | None = None,
    residence: str = "",
    employer: str = "",
) -> Person:
    """Register a visitor or outside contact for the agency of `registered_in`; nothing of the identity is in clear.

    Refused: bad-phone, no-name, staff-are-registered-elsewhere. The audit row holds no personal value.
    """
    if kind == PersonKind.STAFF:
        raise Refusal(_("Nhân viên được thêm vào danh sách của đơn vị."), code="staff-are-registered-elsewhere")
    name = clean_name(full_name)
    if not name:
        raise Refusal(_("Nhập họ và tên."), code="no-name", field="full_name")
    person = keep(Person(kind=kind, registered_in=registered_in))
    facts: dict[str, Any] = {"birth_year": birth_year, "residence": residence, "employer": employer}
    sealed = {field: str(value) for field, value in facts.items() if value}
    if phone:
        sealed["phone"] = parse_phone(phone)
    keep(SealedIdentity(person=person, full_name=name, **sealed))
    audit.record("organisation.register_outsider", by=by, of=person, unit=registered_in.key, facts={"kind": kind})
    return person
