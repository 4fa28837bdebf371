"""Create, rename, edit and end units (B1). A unit never moves (house D15)."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from taicho.kernel import audit, news
from taicho.kernel.actor import Actor
from taicho.kernel.dates import official_date
from taicho.kernel.refusals import Refusal
from taicho.kernel.vietnamese import clean_name
from taicho.organisation.actions.saving import check_fields, edit, judged, plain, unchanged
from taicho.organisation.models import FormerUnitName, StaffMembership, Unit
from taicho.organisation.news import UnitCreated, UnitEnded, UnitRenamed
from taicho.organisation.rules.days import after
from taicho.organisation.rules.levels import level_at

ROOTS_LOCK = 7_151_001  # not a rule: a key that nothing else uses
"""Key of the advisory lock under which top-level units are added, one at a time."""


@transaction.atomic
def create_unit(
    *,
    by: Actor,
    parent: Unit | None,
    kind: str,
    name: str,
    valid_from: date,
    short_name: str = "",
    symbol: str = "",
    identifier: str = "",
    level: str = "",
    division: str = "",
) -> Unit:
    """Add a unit under `parent` (at the top when None) from the day `valid_from`.

    Refused: unknown-level, parent-not-in-force, parent-ends, department-without-agency, bad-identifier, a name taken by
    a sibling.
    Announces UnitCreated.
    """
    unit = Unit(
        kind=kind, name=name, short_name=short_name, symbol=symbol, identifier=identifier, level=level,
        division=division, valid_from=valid_from,
    )  # fmt: skip
    plant(unit, parent)
    audit.record("organisation.create_unit", by=by, of=unit, unit=unit.key, facts=plain({"name": name, "kind": kind}))
    news.announce(UnitCreated(unit=str(unit.key), on=valid_from.isoformat()))
    return unit


def plant(unit: Unit, parent: Unit | None) -> Unit:
    """Put a new unit into the tree, inside the caller's transaction."""
    _check_place(unit, parent)
    depth = parent.depth + 1 if parent else 1
    unit.agency_depth = depth if unit.is_agency else (parent.agency_depth if parent else 0)
    if not unit.agency_depth:
        raise Refusal(_("Phòng, ban phải nằm trong một cơ quan."), code="department-without-agency", field="kind")
    check_fields(unit)
    with judged(Unit):
        if parent is None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROOTS_LOCK])
            Unit.objects.add_root(instance=unit)
        else:
            Unit.objects.add_child(parent, instance=unit)
    unit.refresh_from_db(fields=["agency_path"])
    return unit


@transaction.atomic
def rename_unit(
    unit: Unit, *, by: Actor, seen: int, on: date, name: str, short_name: str = "", symbol: str = "", document: str = ""
) -> Unit:
    """Give the unit another name from the day `on`; papers of earlier days keep the old one.

    Refused: changed-meanwhile, bad-day (not within the life of the unit, or not after the last renaming), same-name,
    name taken. Announces UnitRenamed.
    """
    before = unchanged(unit, seen=seen)
    changes = {"name": clean_name(name), "short_name": short_name, "symbol": symbol}
    _check_renaming(before, on, changes)
    former = FormerUnitName(
        unit=unit, name=before.name, short_name=before.short_name, symbol=before.symbol,
        until=on - timedelta(days=1), document=document,
    )  # fmt: skip
    changed = edit(unit, changes, seen=seen)
    with judged(FormerUnitName):
        former.save()
    audit.record(
        "organisation.rename_unit", by=by, of=unit, unit=unit.key, facts=plain(changed | {"document": document})
    )
    news.announce(UnitRenamed(unit=str(unit.key), on=on.isoformat()))
    return unit


@transaction.atomic
def edit_unit(unit: Unit, *, by: Actor, seen: int, **changes: Any) -> Unit:
    """Correct what was entered wrongly; the name has an action of its own."""
    allowed = {"short_name", "symbol", "identifier", "level", "division"}
    if unknown := set(changes) - allowed:
        raise ValueError(f"not editable: {unknown}")
    changed = edit(unit, changes, seen=seen)
    _check_level(unit)
    audit.record("organisation.edit_unit", by=by, of=unit, unit=unit.key, facts=plain(changed))
    return unit


@transaction.atomic
def end_unit(unit: Unit, *, by: Actor, last_day: date) -> Unit:
    """End a unit without a successor. Refused: still-staffed, has-units, already-ended, bad-day. Announces UnitEnded.

    People and sub-units must be moved or ended first; `merge_units` does all of it in one step.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.valid_to is not None:
        raise Refusal(_("Đơn vị này đã kết thúc."), code="already-ended")
    outlives = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    if Unit.objects.under(unit).exclude(pk=unit.pk).filter(outlives).exists():
        raise Refusal(
            _("Đơn vị còn đơn vị cấp dưới. Hãy kết thúc hoặc sáp nhập các đơn vị đó trước."), code="has-units"
        )
    if StaffMembership.objects.not_over(after(last_day)).filter(unit=unit).exists():
        raise Refusal(
            _("Đơn vị còn người. Hãy điều chuyển hoặc cho thôi việc trước khi kết thúc."), code="still-staffed"
        )
    close_unit(unit, last_day)
    audit.record("organisation.end_unit", by=by, of=unit, unit=unit.key, facts={"last_day": last_day.isoformat()})
    news.announce(UnitEnded(unit=str(unit.key), last_day=last_day.isoformat()))
    return unit


def close_unit(unit: Unit, last_day: date) -> None:
    """Set the last day of a unit, inside the caller's transaction. Refused: bad-day."""
    if last_day < unit.valid_from:
        raise Refusal(_("Ngày kết thúc của đơn vị không được trước ngày bắt đầu."), code="bad-day", field="last_day")
    with judged(Unit):
        Unit.objects.filter(pk=unit.pk).update(valid_to=last_day, version=F("version") + 1)
    unit.refresh_from_db()


def _check_place(unit: Unit, parent: Unit | None) -> None:
    if parent is not None and not parent.exists_on(unit.valid_from):
        raise Refusal(
            _("Đơn vị cấp trên không tồn tại vào ngày bắt đầu của đơn vị mới."),
            code="parent-not-in-force",
            field="valid_from",
        )
    if parent is not None and parent.valid_to is not None:
        raise Refusal(
            _("Đơn vị cấp trên kết thúc hết ngày %(day)s nên không nhận thêm đơn vị mới.")
            % {"day": official_date(parent.valid_to)},
            code="parent-ends",
        )
    _check_level(unit)


def _check_renaming(unit: Unit, on: date, changes: dict[str, str]) -> None:
    """Another name begins inside the unit's life, after the last renaming, and is another one."""
    last = FormerUnitName.objects.filter(unit=unit).order_by("until").last()
    earliest = last.until + timedelta(days=1) if last else unit.valid_from
    if on <= earliest:
        raise Refusal(
            _("Ngày đổi tên phải sau ngày đơn vị bắt đầu và sau lần đổi tên trước."), code="bad-day", field="on"
        )
    if unit.valid_to is not None and on > unit.valid_to:
        raise Refusal(
            _("Đơn vị kết thúc hết ngày %(day)s; không đổi tên sau ngày đó.") % {"day": official_date(unit.valid_to)},
            code="bad-day",
            field="on",
        )
    if all(getattr(unit, name) == value for name, value in changes.items()):
        raise Refusal(_("Tên mới giống tên đang dùng. Hãy nhập tên mới."), code="same-name", field="name")


def _check_level(unit: Unit) -> None:
    if unit.level and level_at(unit.level, unit.valid_from) is None:
        raise Refusal(
            _("Cấp hành chính này không có vào ngày bắt đầu của đơn vị."), code="unknown-level", field="level"
        )
