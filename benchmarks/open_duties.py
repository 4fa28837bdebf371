# ruff: noqa: E402  (Django is set up before its models are imported)
"""How long the first opening takes when documents come into force for thousands of people at once.

    python benchmarks/open_duties.py [--staff 5000] [--documents 11] [--twin-rows 2000]

Builds its own database on the embedded PostgreSQL, in a new directory that is thrown away. Eleven documents, a daily
declaration and staying reachable are confirmed for an agency; `open_duties` opens what everyone owes, with messages and
trail, and commits. The twin opens a part of the very same claims one row at a time through the models, and both must
have written the same. Bar: the whole opening ≤ 10 s for 5,000 people on 2 cores.
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["TAICHO_DRILL"] = "true"
HOME = tempfile.TemporaryDirectory(prefix="taicho-duties-")
os.environ["TAICHO_HOME"] = HOME.name
os.environ.pop("DATABASE_URL", None)

from taicho.cli.installation import Installation, django_ready

HERE = Installation(Path(HOME.name), drill=True)
BAR = 10.0


def build(staff, documents, at):
    """An agency of `staff` people in forty rooms, and letters in force for all of them."""
    from tests.directives.papers import clause_of, letter

    from taicho.directives.actions.measures import confirm_measure
    from taicho.kernel.actor import system
    from taicho.organisation.actions.units import create_unit
    from taicho.organisation.models import Person, StaffMembership

    by, began = system("benchmark"), at - timedelta(days=300)
    common = {"by": by, "valid_from": began.date()}
    agency = create_unit(parent=None, kind="agency", name="Sở lớn", **common)
    rooms = [create_unit(parent=agency, kind="department", name=f"Phòng {n}", **common) for n in range(40)]
    people = [Person(full_name=f"Nguyễn Văn {n}") for n in range(staff)]
    for person in people:
        person.save()
    StaffMembership.objects.bulk_create(
        StaffMembership(person=person, unit=rooms[n % 40], starts_at=began) for n, person in enumerate(people)
    )
    land = argparse.Namespace(bureau=agency)
    kinds = [("health.daily_declaration", {}), ("duties.stay_reachable", {"hours": "24x7"})]
    kinds += [("duties.answer_each", {"purpose": "acknowledge"})] * (documents - len(kinds))
    for number, (kind, params) in enumerate(kinds):
        confirm_measure(
            clause_of(letter(land, number=str(100 + number))), by=by, kind=kind, params=params, force="require",
            scope=[agency], from_day=at.date(), until_day=None,
        )  # fmt: skip


def one_by_one(at, rows):
    """The twin: `rows` of the same claims, each looked for and written through its model; returns them and the seconds."""
    from taicho.directives.models import Measure
    from taicho.duties.models import Duty, DutyMeasure
    from taicho.duties.queries.claims import claims_on, owners_of, sharing_terms
    from taicho.kernel import clock
    from taicho.organisation.models import Unit

    made, begun = set(), time.perf_counter()
    measures = {one.key: one for one in Measure.objects.all()}
    for group in sharing_terms(claims_on(clock.today(at), stuck=[])):
        terms = group[0].terms
        for owner, unit in owners_of(group, at).items():
            facts = {"agency": Unit.objects.get(path=unit.agency_path), "unit": unit, "title": terms.title, "opens_at": terms.opens_at,
                     "due_at": terms.due_at, "closes_at": terms.closes_at, "binding": terms.binding,
                     "opened_at": at}  # fmt: skip
            duty, _ = Duty.objects.get_or_create(
                kind=terms.kind, occasion=terms.occasion, owner_id=owner, defaults=facts
            )
            for key in terms.measures:
                DutyMeasure.objects.get_or_create(duty=duty, measure=measures[key])
            made.add((owner, terms.kind, terms.occasion, *sorted(str(key) for key in terms.measures)))
            if len(made) >= rows:
                return made, time.perf_counter() - begun
    return made, time.perf_counter() - begun


def written():
    """What stands in the database now: owner, kind, occasion and the measures behind it."""
    from taicho.duties.models import Duty

    duties = Duty.objects.prefetch_related("reasons__measure")
    return {
        (duty.owner_id, duty.kind, duty.occasion, *sorted(str(one.measure.key) for one in duty.reasons.all()))
        for duty in duties
    }


def run(wanted):
    """Build, open, compare, print; 0 when the bar is met."""
    from django.db import transaction

    from taicho.duties.actions.opening import open_duties
    from taicho.duties.models import Duty
    from taicho.kernel import clock
    from taicho.messaging.models import Receipt

    at = datetime.now(UTC)
    build(wanted.staff, wanted.documents, at)
    at = clock.now()
    with transaction.atomic():
        twin, slow = one_by_one(at, wanted.twin_rows)
        transaction.set_rollback(True)
    begun = time.perf_counter()
    opened = open_duties(at)
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    again = open_duties(at + timedelta(hours=2))
    looked = time.perf_counter() - begun
    assert twin <= written(), "the twin wrote other duties"
    assert opened == Duty.objects.count() and again == 0
    fast, ratio = opened / took, (opened / took) / (len(twin) / slow)
    print(f"  opened {opened:,} duties and {Receipt.objects.count():,} receipts in {took:.1f} s: {fast:,.0f} rows/s")
    print(f"  one by one {len(twin):,} in {slow:.1f} s: {len(twin) / slow:,.0f} rows/s; {ratio:.1f} × its twin")
    print(f"  the whole once more, nothing new: {looked:.1f} s")
    print(f"  load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"  ≤ {BAR:.0f} s: {'met' if took <= BAR else 'NOT MET'}")
    return 0 if took <= BAR else 1


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--staff", type=int, default=5000)
    options.add_argument("--documents", type=int, default=11)
    options.add_argument("--twin-rows", type=int, default=2000)
    wanted = options.parse_args()
    with HERE.database(joins=False):
        django_ready()
        from taicho.cli.database import bring_up_to_date

        bring_up_to_date(back_up_first=False)
        sys.exit(run(wanted))


if __name__ == "__main__":
    main()
