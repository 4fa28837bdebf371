"""Register where people work on a day; what is over a binding cap is refused (D3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.dates import clock_time, short_date
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep, plain
from taicho.organisation.models import Person, Unit
from taicho.roster.enums import Mode
from taicho.roster.models import Registration
from taicho.roster.policies import may_except, may_plan, may_register
from taicho.roster.queries.cap import Cap, caps_over
from taicho.roster.queries.sentences import refusing_sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works; `absence` why somebody is away."""

    mode: str
    absence: str = ""


def register_one(
    person: Person, day: date, place: Place, *, by: Actor, exception: str = "", seen: str | None = None
) -> Registration | None:
    """Register one person; None when this was registered already. Refused as `register_day`."""
    stood = None if seen is None else {person.pk: seen}
    changed = register_day({person: place}, day, by=by, exception=exception, seen=stood)
    return changed[0] if changed else None


@transaction.atomic
def register_day(
    places: Mapping[Person, Place], day: date, *, by: Actor, exception: str = "", seen: Mapping[int, str] | None = None
) -> list[Registration]:
    """Register where several people work on `day`, judged together; return what changed.

    Whoever comes in addition needs room under the cap of the unit. Over it the plan is refused, unless somebody who may
    lets these persons in with a reason (`exception`). Where documents contradict each other, or the office has not chosen
    how to read them, nothing is refused; who plans says why for each further person. The reason is kept with the name.
    `seen`: what stood there when the places were chosen, by person, as `Registration.place` writes it; whatever somebody
    has changed meanwhile is not overwritten. Refused: may_register, day-over, changed-meanwhile, over-the-cap,
    needs-reason, constraint names.
    """
    if day < clock.today():
        raise Refusal(_("Ngày này đã qua. Chỉ đăng ký từ hôm nay trở đi."), code="day-over", field="day")
    for person in places:
        may_register.permit(by, person)
    _hold(person.home_unit for person in places)
    known = {row.person_id: row for row in Registration.objects.filter(day=day, person__in=[p.pk for p in places])}
    changes = {person: place for person, place in places.items() if _differs(known.get(person.pk), place)}
    for person in changes:
        _check_seen(known.get(person.pk), person, (seen or {}).get(person.pk))
    excepted = _over_the_cap(changes, day, by=by, exception=exception.strip())
    return [
        _write(known.get(person.pk), person, day, place, by=by, exception=excepted.get(person.pk, ""))
        for person, place in changes.items()
    ]


def _hold(units: Iterable[Unit | None]) -> None:
    """Let one plan after the other be judged: the agencies of these people are held until the transaction ends."""
    paths = {unit.agency_path for unit in units if unit is not None}
    list(Unit.objects.filter(path__in=paths).order_by("path").select_for_update(no_key=True))


def _differs(known: Registration | None, place: Place) -> bool:
    return known is None or (known.mode, known.absence) != (place.mode, place.absence)


def _check_seen(known: Registration | None, person: Person, seen: str | None) -> None:
    """Refused: changed-meanwhile, where somebody has registered this person since the page was opened."""
    if known is None or seen is None or known.place == seen:
        return
    words = _("Lịch của %(person)s vừa được đổi thành “%(place)s” lúc %(clock)s. Xem lại rồi lưu.") % {
        "person": person.full_name,
        "place": known.get_mode_display(),
        "clock": clock_time(clock.local(known.registered_at)),
    }
    raise Refusal(words, code="changed-meanwhile")


def _over_the_cap(changes: Mapping[Person, Place], day: date, *, by: Actor, exception: str) -> dict[int, str]:
    """The reason to keep with each person who comes over the cap, by person. Refused when somebody may not."""
    units = {person.home_unit for person in changes if person.home_unit is not None}
    reasons: dict[int, str] = {}
    for cap in caps_over(units, day, {person.pk: place.mode for person, place in changes.items()}):
        after, extra = _planned(cap, changes, day)
        if not extra or cap.asks_above is None or after <= cap.asks_above:
            continue
        full = cap.refused_above is not None and after > cap.refused_above
        may = may_except if full else may_plan
        if not exception or not all(may.test(by, person) for person in extra):
            raise _full(cap, after) if full else _asks_reason(cap, after)
        reasons |= {person.pk: exception for person in extra}
    return reasons


def _planned(cap: Cap, changes: Mapping[Person, Place], day: date) -> tuple[int, list[Person]]:
    """How many would be on site, and who comes in addition.

    Those on post are counted even where nobody has registered them yet; of more holders than must be there at once the
    others come in addition too.
    """
    counted = {person.pk for person in cap.people}
    coming = [p for p, place in changes.items() if p.pk in counted and place.mode == Mode.ON_SITE]
    there = Registration.objects.filter(day=day, mode=Mode.ON_SITE, exception="", person__in=counted)
    on_site = set(there.exclude(person__in=list(changes)).values_list("person", flat=True)) | {p.pk for p in coming}
    held = cap.readings[0].on_post if cap.readings else 0
    spared = {person.pk for person in cap.always_on}
    present = len(on_site & spared)
    extra = [person for person in coming if person.pk not in spared or present > held]
    return max(held, present) + len(on_site - spared), extra


def _full(cap: Cap, after: int) -> Refusal:
    """What is full, by which arithmetic, and who can let somebody in."""
    words = _(
        "%(unit)s ngày %(day)s: %(after)s người tại cơ quan, nhiều hơn mức %(allowed)s (%(how)s). "
        "Chuyển bớt người làm việc ở nhà; hoặc lãnh đạo cơ quan, Chánh Văn phòng cho phép từng người, có lý do."
    )
    facts = {"unit": cap.over.name, "after": after, "allowed": cap.refused_above, "how": refusing_sentence(cap)}
    return Refusal(words % (facts | {"day": short_date(cap.day)}), code="over-the-cap", field="exception")


def _asks_reason(cap: Cap, after: int) -> Refusal:
    """Why somebody who plans must stand for each further person, though the plan is not refused."""
    why = cap.conflict or _(
        "Cơ quan chưa quyết định người thường trực có tính trong mức tối đa hay không: "
        "theo một cách tính chỉ được %(allowed)s người, đã chọn %(after)s."
    ) % {"allowed": cap.asks_above, "after": after}
    return Refusal(
        _("%(why)s Người phụ trách đơn vị hoặc Văn phòng ghi lý do cho từng người đến thêm.") % {"why": why},
        code="needs-reason",
        field="exception",
    )


def _write(
    known: Registration | None, person: Person, day: date, place: Place, *, by: Actor, exception: str
) -> Registration:  # fmt: skip
    """Keep one registration, new or changed, with its line in the trail."""
    row = known or Registration(person=person, day=day)
    row.unit = person.home_unit  # type: ignore[assignment]
    row.mode, row.absence, row.exception = place.mode, place.absence, exception
    row.excepted_by = by.person if exception else None
    row.registered_by, row.registered_at = by.person, clock.now()
    keep(row)
    facts = {
        "person": str(person.key),
        "day": day,
        "mode": place.mode,
        "absence": place.absence,
        "exception": exception,
    }
    audit.record("roster.register", by=by, of=row, unit=row.unit.key, facts=plain(facts))
    return row
