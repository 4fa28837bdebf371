"""Write the duties of one occasion, in sets: new rows with their measures, and the open ones kept true to the measures."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from taicho.duties.enums import ExemptionReason
from taicho.duties.models import Duty, Exemption
from taicho.duties.queries.claims import Terms
from taicho.organisation.models import Unit

PORTION = 5000  # not a rule: rows of one INSERT


def write(terms: Terms, owners: dict[int, Unit], agencies: dict[str, Unit], at: datetime) -> list[int]:
    """Write the duties that are not there and keep the others true; return the owners of the new ones, sorted.

    Of two that write together one writes, the other finds it written: the unique constraint is the judge.
    """
    there = Duty.objects.filter(kind=terms.kind, occasion=terms.occasion, owner__in=owners)
    missing = sorted(set(owners) - set(there.values_list("owner_id", flat=True)))
    opened = [
        owner
        for start in range(0, len(missing), PORTION)
        for owner in _insert(terms, missing[start : start + PORTION], owners, agencies, at)
    ]
    known = sorted(set(owners) - set(opened))
    if known:
        _owe_again(terms, {owner: owners[owner] for owner in known}, agencies, at)
        _follow_measures(terms, known)
    return sorted(opened)


def _insert(
    terms: Terms, people: list[int], owners: dict[int, Unit], agencies: dict[str, Unit], at: datetime
) -> list[int]:
    """One statement for the duties and the measures behind them; the owners of those that are new."""
    facts: dict[str, Any] = {
        "people": people, "units": [owners[owner].pk for owner in people],
        "agencies": [agencies[owners[owner].agency_path].pk for owner in people],
        "kind": terms.kind, "occasion": terms.occasion, "title": terms.title, "opens_at": terms.opens_at,
        "due_at": terms.due_at, "closes_at": terms.closes_at, "binding": terms.binding, "at": at,
        "measures": list(terms.measures),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT, facts)
        return [owner for (owner,) in cursor.fetchall()]


def _owe_again(terms: Terms, owners: dict[int, Unit], agencies: dict[str, Unit], at: datetime) -> None:
    """Who left and is asked again (came back, or the measure was confirmed anew) owes it where they are now.

    Whom a person has excused stays excused.
    """
    standing = Exemption.objects.standing().exclude(reason=ExemptionReason.EXCUSED).select_related("duty")
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


INSERT = """
WITH opened AS (
  INSERT INTO duties_duty
    (key, kind, owner_id, agency_id, unit_id, occasion, title, opens_at, due_at, closes_at, binding, opened_at)
  SELECT gen_random_uuid(), %(kind)s, asked.owner_id, asked.agency_id, asked.unit_id, %(occasion)s, %(title)s,
    %(opens_at)s::timestamptz, %(due_at)s::timestamptz, %(closes_at)s::timestamptz, %(binding)s, %(at)s::timestamptz
  FROM unnest(%(people)s::bigint[], %(units)s::bigint[], %(agencies)s::bigint[]) AS asked (owner_id, unit_id, agency_id)
  ON CONFLICT (owner_id, kind, occasion) DO NOTHING
  RETURNING id, owner_id
),
reasons AS (
  INSERT INTO duties_dutymeasure (duty_id, measure_id)
  SELECT opened.id, measure.id FROM opened, directives_measure AS measure WHERE measure.key = ANY(%(measures)s)
)
SELECT owner_id FROM opened
"""

LINK = """
INSERT INTO duties_dutymeasure (duty_id, measure_id)
SELECT duty.id, measure.id
FROM duties_duty AS duty, directives_measure AS measure
WHERE duty.kind = %s AND duty.occasion = %s AND duty.owner_id = ANY(%s) AND measure.key = ANY(%s)
  AND NOT EXISTS (SELECT 1 FROM duties_discharge AS done WHERE done.duty_id = duty.id)
ON CONFLICT DO NOTHING
"""
