"""Open what the measures in force ask: a sweep that can be asked at any time, and catches up after any stop or jump.

What is missing and what is not is said in docs/decisions/0010-duties.md.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from taicho.duties.actions.announcing import announce_opening
from taicho.duties.actions.hindering import Trouble, keep_hindrances
from taicho.duties.actions.setting_right import set_right
from taicho.duties.actions.writing import write
from taicho.duties.models import SweptDay
from taicho.duties.queries.claims import (
    Claim,
    Stuck,
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
TRY_AGAIN = timedelta(minutes=10)  # not a rule: how soon what failed is tried once more
SWEEPER = "duties"


@transaction.atomic
def open_duties(at: datetime) -> int:
    """Open every duty that is owed at `at` and not there yet, exempt whom no measure asks any more; return how many.

    Idempotent, in any order, by several workers at once. Days that passed unseen are opened too, with their true due
    times, as far back as the rhythm says. Announces nothing; owners of announced kinds get one message. What fails is
    logged, written as a Hindrance and tried again; everything else is opened all the same.
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
    agencies = _agencies(claims)
    return sum(_open(group, agencies, at, until, only) for group in sharing_terms(claims))


def _sweep(day: date, at: datetime) -> int:
    """Open one day as of now, or of its end when it has passed; nothing to do where nothing has changed."""
    until, is_today = last_instant(day, at), day == clock.today(at)
    seen = what_sweep_sees(until)
    kept = SweptDay.objects.filter(day=day).first()
    if kept and kept.rests(seen, at):
        return 0
    trouble, stuck = Trouble(day), list[Stuck]()
    asked = claims_on(day, stuck=stuck)
    trouble.note_all(stuck)
    claims = [one for one in asked if one.terms.opens_at <= until and (is_today or one.terms.due_at is not None)]
    agencies, opened, exempted = _agencies(claims), 0, 0
    for group in sharing_terms(claims):
        opened += trouble.each(group, lambda part: _open(part, agencies, at, until))
    if is_today:
        with trouble.apart(""):
            exempted = set_right(asked, at, stuck=stuck, leave=trouble.kinds)
    later = [one.terms.opens_at for one in asked if one.terms.opens_at > until]
    _close(trouble, at, opened, exempted, seen=seen, next_at=min([_next_hour(at), *later]), closed=not is_today)
    return opened


def _close(
    trouble: Trouble, at: datetime, opened: int, exempted: int, *, seen: str, next_at: datetime, closed: bool
) -> None:
    """Mark the day as swept, with what failed; a day of which something failed stays open and is tried again soon."""
    swept, _ = SweptDay.objects.update_or_create(
        day=trouble.day,
        defaults={
            "swept_at": at, "seen": seen, "closed": closed and not trouble,
            "next_at": min(next_at, at + TRY_AGAIN) if trouble else next_at,
        },
    )  # fmt: skip
    keep_hindrances(trouble, at)
    if opened or exempted:
        facts = {"day": trouble.day.isoformat(), "opened": opened, "exempted": exempted}
        audit.record("duties.open", by=system(SWEEPER), of=swept, facts=facts)


def _open(
    group: list[Claim], agencies: dict[str, Unit], at: datetime, until: datetime, only: Person | None = None
) -> int:
    """Open claims of the same terms and tell the owners; return how many duties are new."""
    owners = owners_of(group, until)
    if only is not None:
        owners = {pk: unit for pk, unit in owners.items() if pk == only.pk}
    new = write(group[0].terms, owners, agencies, at)
    announce_opening(group[0].terms, new)
    return len(new)


def _agencies(claims: Iterable[Claim]) -> dict[str, Unit]:
    """The agencies of the units that are asked, by path."""
    return {unit.path: unit for unit in Unit.objects.filter(path__in={one.unit.agency_path for one in claims})}


def _next_hour(at: datetime) -> datetime:
    """The sweep looks afresh each hour, whatever has changed."""
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
