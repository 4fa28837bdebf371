"""Open what the measures in force ask: a sweep that can be asked at any time, and catches up after any stop or jump.

What is missing and what is not is said in docs/decisions/0010-duties.md.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from taicho.duties.actions.announcing import announce_opening
from taicho.duties.actions.exempting import set_right
from taicho.duties.models import Duty, Exemption, SweptDay
from taicho.duties.queries.claims import (
    Claim,
    Terms,
    claims_on,
    last_instant,
    owners_of,
    sharing_terms,
)
from taicho.duties.queries.seen import first_day_with_measures, what_sweep_sees
from taicho.duties.rules.rhythm import rhythm
from taicho.kernel import audit, clock
from taicho.kernel.actor import system
from taicho.organisation.models import Person, Unit

LOCK = 0x64757469  # not a rule: the key of the advisory lock ("duti") under which days are opened, one sweep at a time
BATCH = 2000  # not a rule: rows of one INSERT
SWEEPER = "duties"


@transaction.atomic
def open_duties(at: datetime) -> int:
    """Open every duty that is owed at `at` and not there yet, exempt whom no measure asks any more; return how many.

    Idempotent, in any order, by several workers at once. Days that passed unseen are opened too, with their true due
    times, as far back as the rhythm says. Announces nothing; owners of announced kinds get one message.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return sum(_sweep(day, at) for day in days_to_sweep(at))


def days_to_sweep(at: datetime) -> list[date]:
    """Today, and the days since the first measure that were not opened once more after they were over; oldest first."""
    today, first = clock.today(at), first_day_with_measures()
    if first is None:
        return []
    window = [day for day in rhythm().days_until(today) if day >= first]
    closed = set(SweptDay.objects.filter(day__in=window, closed=True).values_list("day", flat=True))
    return [day for day in window if day == today or day not in closed]


def open_claims(claims: list[Claim], at: datetime, until: datetime, *, only: Person | None = None) -> int:
    """Open the claims for everyone who owes them (or `only` one person); return how many duties are new."""
    agencies = {unit.path: unit for unit in Unit.objects.filter(path__in={one.unit.agency_path for one in claims})}
    opened = 0
    for group in sharing_terms(claims):
        owners = owners_of(group, until)
        if only is not None:
            owners = {pk: unit for pk, unit in owners.items() if pk == only.pk}
        opened += _open(group[0].terms, owners, agencies, at)
    return opened


def _sweep(day: date, at: datetime) -> int:
    """Open one day as of now, or of its end when it has passed; nothing to do where nothing has changed."""
    until, is_today = last_instant(day, at), day == clock.today(at)
    seen = what_sweep_sees(until)
    kept = SweptDay.objects.filter(day=day).first()
    if is_today and kept and kept.seen == seen and kept.swept_at <= at < kept.next_at:
        return 0
    asked = claims_on(day)
    claims = [one for one in asked if one.terms.opens_at <= until and (is_today or one.terms.due_at is not None)]
    opened = open_claims(claims, at, until)
    exempted = set_right(asked, at) if is_today else 0
    later = [one.terms.opens_at for one in asked if one.terms.opens_at > until]
    swept, _ = SweptDay.objects.update_or_create(
        day=day,
        defaults={"swept_at": at, "seen": seen, "next_at": min([_next_hour(at), *later]), "closed": not is_today},
    )
    if opened or exempted:
        facts = {"day": day.isoformat(), "opened": opened, "exempted": exempted}
        audit.record("duties.open", by=system(SWEEPER), of=swept, facts=facts)
    return opened


def _open(terms: Terms, owners: dict[int, Unit], agencies: dict[str, Unit], at: datetime) -> int:
    """Write the duties of one occasion that are not there, and keep the open ones true to the measures."""
    there = Duty.objects.filter(kind=terms.kind, occasion=terms.occasion, owner__in=owners)
    missing = sorted(set(owners) - set(there.values_list("owner_id", flat=True)))
    Duty.objects.bulk_create(
        (
            Duty(
                kind=terms.kind, owner_id=owner, agency=agencies[owners[owner].agency_path], unit=owners[owner],
                occasion=terms.occasion, title=terms.title, opens_at=terms.opens_at, due_at=terms.due_at,
                closes_at=terms.closes_at, binding=terms.binding, opened_at=at,
            )
            for owner in missing
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )  # fmt: skip
    _owe_again(terms, owners, agencies, at)
    _follow_measures(terms, owners)
    announce_opening(terms, missing)
    return len(missing)


def _owe_again(terms: Terms, owners: dict[int, Unit], agencies: dict[str, Unit], at: datetime) -> None:
    """Who was exempted and is asked again (came back, or the measure was confirmed anew) owes it where they are now."""
    standing = Exemption.objects.standing().select_related("duty")
    for one in standing.filter(duty__kind=terms.kind, duty__occasion=terms.occasion, duty__owner__in=owners):
        one.ended_at = at
        one.save(update_fields=["ended_at"])
        one.duty.unit = owners[one.duty.owner_id]
        one.duty.agency = agencies[one.duty.unit.agency_path]
        one.duty.save(update_fields=["unit", "agency"])


def _follow_measures(terms: Terms, owners: Iterable[int]) -> None:
    """Give the open duties of the occasion the due time, force and reasons that the measures give now."""
    people = list(owners)
    open_ones = Duty.objects.filter(kind=terms.kind, occasion=terms.occasion, owner__in=people).undone()
    same = {"due_at": terms.due_at, "closes_at": terms.closes_at, "binding": terms.binding, "title": terms.title}
    ends = [end for end in (terms.due_at, terms.closes_at) if end is not None]
    if ends:
        open_ones = open_ones.filter(opens_at__lt=min(ends))
    open_ones.exclude(**same).update(**same)
    with connection.cursor() as cursor:
        cursor.execute(LINK, [terms.kind, terms.occasion, people, list(terms.measures)])


def _next_hour(at: datetime) -> datetime:
    """The sweep looks afresh each hour, whatever has changed."""
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


LINK = """
INSERT INTO duties_dutymeasure (duty_id, measure_id)
SELECT duty.id, measure.id
FROM duties_duty AS duty, directives_measure AS measure
WHERE duty.kind = %s AND duty.occasion = %s AND duty.owner_id = ANY(%s) AND measure.key = ANY(%s)
  AND NOT EXISTS (SELECT 1 FROM duties_discharge AS done WHERE done.duty_id = duty.id)
ON CONFLICT DO NOTHING
"""
