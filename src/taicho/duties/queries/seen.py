"""What a sweep depends on, as one short mark: while it stays the same there is nothing new to open."""

import hashlib
from datetime import date, datetime

from django.db import connection
from django.db.models import Min

from taicho.directives.models import Measure
from taicho.duties.kinds import KINDS
from taicho.kernel import clock


def first_day_with_measures() -> date | None:
    """The local day on which the first measure was confirmed here; None while there is none."""
    first = Measure.objects.aggregate(first=Min("confirmed_at"))["first"]
    return first and clock.today(first)


def what_sweep_sees(at: datetime) -> str:
    """A mark of everything that decides who owes what at `at`: kinds, day, measures, units, staff and posts."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {"at": at, "day": clock.today(at)})
        row = cursor.fetchone()
    parts = (*sorted(KINDS), clock.today(at).isoformat(), *(str(one) for one in row))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


SEEN = """
SELECT
  (SELECT count(*) || ':' || coalesce(max(id), 0) FROM directives_measure),
  (SELECT count(*) || ':' || coalesce(max(id), 0) FROM directives_withdrawal),
  (SELECT count(*) || ':' || coalesce(max(id), 0) FROM directives_measurerelation),
  (SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM organisation_unit
    WHERE valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)),
  (SELECT md5(string_agg(id || ':' || person_id || ':' || unit_id, ',' ORDER BY id)) FROM organisation_staffmembership
    WHERE starts_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s)),
  (SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM organisation_post
    WHERE starts_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s))
"""
