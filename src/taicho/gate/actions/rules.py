"""Put together what the gates ask, ahead of the queue: when a measure changes, and for the next day (E2)."""

from datetime import datetime, timedelta

from django.db import transaction

from taicho.gate.enums import Audience
from taicho.gate.models import GateRule
from taicho.gate.queries.requirements import basis_of, put_together
from taicho.gate.rules.requirements import as_columns
from taicho.kernel import clock
from taicho.organisation.models import Unit
from taicho.organisation.models.place import SiteHolding


def rebuild(agency: Unit, at: datetime) -> None:
    """Make the rows of the day of `at` anew. A measure confirmed meanwhile leaves them untrue, and so unused."""
    basis = basis_of(agency)  # before the measures are read: what comes in between makes the row untrue, never wrong
    for audience in Audience:
        held = as_columns(put_together(agency, audience, at))
        counts = {"measures": basis.measures, "withdrawals": basis.withdrawals, "relations": basis.relations}
        GateRule.objects.update_or_create(
            agency=agency, day=clock.today(at), audience=audience,
            defaults={**held, **counts, "line": list(basis.line), "made_at": at},
        )  # fmt: skip


def rebuild_all(at: datetime) -> int:
    """Make the rows of today and tomorrow for every agency that holds a gate; forget those of days gone by."""
    agencies = agencies_with_gates()
    for agency in agencies:
        for moment in (at, at + timedelta(days=1)):
            with transaction.atomic():
                rebuild(agency, moment)
    GateRule.objects.filter(day__lt=clock.today(at)).delete()
    return len(agencies)


def agencies_with_gates() -> list[Unit]:
    """Agencies that hold a site with a gate."""
    held = SiteHolding.objects.filter(site__gates__isnull=False).values_list("unit__agency_path", flat=True)
    return list(Unit.objects.filter(path__in=list(held)))
