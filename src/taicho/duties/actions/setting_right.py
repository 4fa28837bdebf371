"""Take duties off people whom nothing asks any more: a row with the reason, nothing is deleted."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection

from taicho.duties.enums import ExemptionReason
from taicho.duties.kinds import KINDS
from taicho.duties.models import Duty, Exemption
from taicho.duties.queries.claims import Claim, Stuck, owners_of, sharing_terms
from taicho.kernel import clock


def set_right(claims: Iterable[Claim], at: datetime, *, stuck: Iterable[Stuck] = (), leave: Iterable[str] = ()) -> int:
    """Exempt the owners of open duties that no measure asks of them at `at`, given the claims of today.

    A due time that has passed stays as it is, unless every measure behind it was withdrawn. What is `stuck` may be asked
    for all one knows, and of the kinds to `leave` the owners are not known: nobody is exempted there. Returns how many.
    """
    asked, unknown = list(claims), list(stuck)
    pairs = sorted(
        {(one.unit.pk, measure) for one in asked for measure in one.terms.measures}
        | {(one.unit.pk, measure) for one in unknown for measure in one.measures}
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")  # the planner has no figures yet of what this sweep wrote
        cursor.execute(
            UNSUPPORTED,
            {
                "units": [unit for unit, _ in pairs], "measures": [measure for _, measure in pairs],
                "spared": [one.unit.pk for one in unknown if not one.measures], "at": at, "today": clock.today(at), "left": ExemptionReason.LEFT,
                "lapsed": ExemptionReason.LAPSED, "withdrawn": ExemptionReason.WITHDRAWN,
            },
        )  # fmt: skip
        exempted = cursor.rowcount
        cursor.execute("SET LOCAL enable_nestloop = on")
    known = [one for one in asked if one.terms.kind not in leave]
    return exempted + len(Exemption.objects.bulk_create(_of_others(known, at)))


def _of_others(claims: Iterable[Claim], at: datetime) -> Iterator[Exemption]:
    """Exemptions of people who are no longer chosen, for kinds that choose their owners: a head who is head no more."""
    chosen = [one for one in claims if not KINDS[one.terms.kind].everyone and one.terms.opens_at <= at]
    owners: dict[tuple[str, str], set[int]] = {}
    for group in sharing_terms(chosen):
        name = (group[0].terms.kind, group[0].terms.occasion)
        owners.setdefault(name, set()).update(owners_of(group, at))
    for (kind, occasion), people in owners.items():
        gone = Duty.objects.filter(kind=kind, occasion=occasion).waiting(at).exclude(owner__in=people)
        for duty in gone.exclude(due_at__lte=at):
            yield Exemption(duty=duty, reason=ExemptionReason.LEFT, at=at)


UNSUPPORTED = """
WITH holds AS (
  SELECT asked.unit_id, measure.id AS measure_id
  FROM unnest(%(units)s::bigint[], %(measures)s::uuid[]) AS asked (unit_id, measure_key)
  JOIN directives_measure AS measure ON measure.key = asked.measure_key
),
asked AS MATERIALIZED (
  SELECT DISTINCT serving.person_id, holds.measure_id
  FROM organisation_staffmembership AS serving JOIN holds ON holds.unit_id = serving.unit_id
  WHERE serving.starts_at <= %(at)s AND (serving.ends_at IS NULL OR serving.ends_at > %(at)s)
),
undone AS MATERIALIZED (
  SELECT duty.id, duty.owner_id, duty.due_at, duty.closes_at
  FROM duties_duty AS duty
  WHERE duty.opens_at <= %(at)s
    AND NOT EXISTS (SELECT 1 FROM duties_discharge AS done WHERE done.duty_id = duty.id)
    AND NOT EXISTS (SELECT 1 FROM duties_exemption AS free WHERE free.duty_id = duty.id AND free.ended_at IS NULL)
),
supported AS MATERIALIZED (
  SELECT DISTINCT undone.id
  FROM undone
  JOIN duties_dutymeasure AS reason ON reason.duty_id = undone.id
  JOIN asked ON asked.person_id = undone.owner_id AND asked.measure_id = reason.measure_id
  UNION
  SELECT undone.id
  FROM undone
  JOIN organisation_staffmembership AS serving ON serving.person_id = undone.owner_id
  WHERE serving.unit_id = ANY(%(spared)s::bigint[])
    AND serving.starts_at <= %(at)s AND (serving.ends_at IS NULL OR serving.ends_at > %(at)s)
),
unsupported AS (
  SELECT undone.id, undone.due_at, undone.closes_at,
    bool_and(withdrawal.id IS NOT NULL) AS withdrawn,
    bool_or(reason.measure_id IN (SELECT measure_id FROM holds)) AS asked_of_others,
    bool_or(undone.due_at IS NOT NULL AND measure.until_day < %(today)s AND withdrawal.id IS NULL) AS ended_by_itself
  FROM undone
  JOIN duties_dutymeasure AS reason ON reason.duty_id = undone.id
  JOIN directives_measure AS measure ON measure.id = reason.measure_id
  LEFT JOIN directives_withdrawal AS withdrawal ON withdrawal.measure_id = measure.id
  WHERE NOT EXISTS (SELECT 1 FROM supported WHERE supported.id = undone.id)
  GROUP BY undone.id, undone.due_at, undone.closes_at
)
INSERT INTO duties_exemption (key, duty_id, reason, why, at)
SELECT gen_random_uuid(), id,
  CASE WHEN withdrawn THEN %(withdrawn)s WHEN asked_of_others THEN %(left)s ELSE %(lapsed)s END,
  '', %(at)s
FROM unsupported
WHERE ended_by_itself IS NOT TRUE
  AND (withdrawn OR ((due_at IS NULL OR due_at > %(at)s) AND (closes_at IS NULL OR closes_at > %(at)s)))
ON CONFLICT DO NOTHING
"""
