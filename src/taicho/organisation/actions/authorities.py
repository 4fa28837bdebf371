"""Keep the directory of outside authorities and who serves which commune (B6)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taicho.kernel import audit, news
from taicho.kernel.actor import Actor
from taicho.kernel.phone import parse_phone
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.saving import edit, judged, keep, plain
from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models import OutsideAuthority, ServiceArea, Unit
from taicho.organisation.news import ServiceAreaSet

EDITABLE = frozenset({"name", "phone", "other_phone", "email", "address"})


@transaction.atomic
def register_authority(
    *, by: Actor, kept_by: Unit, kind: str, name: str, phone: str, valid_from: date, **facts: Any
) -> OutsideAuthority:
    """Add an authority to the directory; `facts`: other_phone, email, address. Refused: bad-phone, name taken."""
    read = _read_phones({"name": name, "phone": phone} | facts)
    authority = keep(OutsideAuthority(kind=kind, kept_by=kept_by, valid_from=valid_from, **read))
    audit.record(
        "organisation.register_authority", by=by, of=authority, unit=kept_by.key, facts=plain({"kind": kind} | read)
    )
    return authority


@transaction.atomic
def edit_authority(authority: OutsideAuthority, *, by: Actor, seen: int, **changes: Any) -> OutsideAuthority:
    """Correct the entry as read in version `seen`. Refused: changed-meanwhile, bad-phone, name taken."""
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    changed = edit(authority, _read_phones(changes), seen=seen)
    audit.record("organisation.edit_authority", by=by, of=authority, unit=authority.kept_by.key, facts=plain(changed))
    return authority


@transaction.atomic
def end_authority(authority: OutsideAuthority, *, by: Actor, last_day: date) -> OutsideAuthority:
    """Take an authority out of the directory after `last_day`, and out of every commune it serves. Refused: bad-day."""
    if last_day < authority.valid_from:
        raise Refusal(_("Ngày kết thúc không được trước ngày bắt đầu."), code="bad-day", field="last_day")
    with judged(OutsideAuthority, ServiceArea):
        ServiceArea.objects.filter(authority=authority, valid_from__gt=last_day).delete()
        ServiceArea.objects.in_force(last_day).filter(authority=authority).update(valid_to=last_day)
        OutsideAuthority.objects.filter(pk=authority.pk).update(valid_to=last_day, version=F("version") + 1)
    authority.refresh_from_db()
    facts = {"last_day": last_day.isoformat()}
    audit.record("organisation.end_authority", by=by, of=authority, unit=authority.kept_by.key, facts=facts)
    return authority


@transaction.atomic
def set_service_area(
    authority: OutsideAuthority, *, by: Actor, division: str, valid_from: date, valid_to: date | None = None
) -> ServiceArea:
    """Let `authority` serve the commune `division` from a day. The health station that served it until then ends.

    It serves no longer than it stands in the directory. Refused: authority-not-in-force, and
    organisation_one_health_station_per_commune when the other one begins on that day or later.
    Announces ServiceAreaSet. Source: B5, B6.
    """
    if not authority.valid_from <= valid_from <= (authority.valid_to or date.max):
        raise Refusal(
            _("Ngày bắt đầu phải nằm trong thời gian cơ quan này có trong danh bạ."),
            code="authority-not-in-force",
            field="valid_from",
        )
    last_day = min((day for day in (valid_to, authority.valid_to) if day is not None), default=None)
    if authority.kind == AuthorityKind.HEALTH_STATION:
        before = ServiceArea.objects.in_force(valid_from).filter(
            division=division, kind=authority.kind, valid_from__lt=valid_from
        )
        before.exclude(authority=authority).update(valid_to=valid_from - timedelta(days=1))
    area = keep(ServiceArea(authority=authority, division=division, valid_from=valid_from, valid_to=last_day))
    facts = {"division": division, "from": valid_from.isoformat()}
    audit.record("organisation.set_service_area", by=by, of=area, unit=authority.kept_by.key, facts=facts)
    news.announce(ServiceAreaSet(authority=str(authority.key), division=division, valid_from=valid_from.isoformat()))
    return area


def _read_phones(facts: dict[str, Any]) -> dict[str, Any]:
    read = dict(facts)
    for field in ("phone", "other_phone"):
        if read.get(field):
            try:
                read[field] = parse_phone(read[field], hotlines=True)
            except Refusal as refusal:
                refusal.field = field
                raise
    return read
