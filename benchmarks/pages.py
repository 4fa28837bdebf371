"""Measure the pages: server time of every page that opens without a thing, for every role, with 5,000 staff.

    DATABASE_URL=… python benchmarks/pages.py [--staff 5000] [--times 20]

It makes a test database beside the one named, and drops it. Times are of the whole request inside the server process
(middlewares, queries, template), read with a monotonic clock; the network is not in them. Goal (issue "The house and its
ground floor"): p95 ≤ 200 ms for every role.

Seen 2026-11-22 with 5,000 staff, while the trial of kills ran beside it: p95 46 to 67 ms for nine of the twelve roles, 173
ms for a head of department, 227 for the health post, 261 for the leader: the goal is missed by the rooms of the line in. Slow
are the day of a unit of hundreds, /phong-toi (0.8 to 2.7 s: a field for each person), and the health pages (250 to 276 ms).
Before those rooms existed p95 was 44 to 60 ms for every role.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("TAICHO_HOME", tempfile.mkdtemp(prefix="taicho-benchmark-"))
os.environ.setdefault("TAICHO_LOG_LEVEL", "ERROR")
os.environ["TAICHO_DRILL"] = "1"


def fill(staff):
    """The example hierarchy of 2021 with its main agency grown to `staff` people, spread over its departments."""
    from taicho.cli.example import ExampleLoader
    from taicho.kernel.keyring import ring
    from taicho.kernel.vietnamese import fold, name_sort_key
    from taicho.organisation.models import Person, StaffMembership, Unit

    ring().prepare()
    loader = ExampleLoader("2021")
    example = loader.load()
    agency = Unit.objects.get(name="Ban Dân tộc Thành phố")
    rooms = list(Unit.objects.under(agency))
    people = []
    for number in range(staff):
        name = loader.invent_name()
        people.append(
            Person(
                full_name=name, name_key=name_sort_key(name), name_folded=fold(name), birth_year=1980,
                category="civil_servant", position="Chuyên viên", official_phone=f"09{number:08}",
            )
        )  # fmt: skip
    people = Person.objects.bulk_create(people, batch_size=1000)
    luck = random.Random(1)
    StaffMembership.objects.bulk_create(
        [StaffMembership(person=p, unit=luck.choice(rooms), starts_at=loader.start) for p in people], batch_size=1000
    )
    return example


def addresses():
    """Every page that opens by itself, and a search, a filtered list and the biggest unit."""
    from django.urls import NoReverseMatch, reverse
    from tests.house.authorisation import routes

    from taicho.organisation.models import Unit

    found = []
    for name, view in routes().items():
        declared = getattr(view, "page", None)
        try:
            if declared is not None and declared.read is not None:
                found.append(reverse(name))
        except NoReverseMatch:
            continue
    agency = Unit.objects.get(name="Ban Dân tộc Thành phố")
    return sorted({*found, "/tim?q=nguyen", "/danh-ba?ten=an", f"/don-vi/{agency.key}"} - {"/components/"})


def measure(example, times):
    """Milliseconds per role and page."""
    from django.test import Client

    taken = {}
    for role, account in example.entries.items():
        browser = Client(raise_request_exception=False)
        browser.force_login(account)
        for address in addresses():
            browser.get(address)
            for _ in range(times):
                begun = time.perf_counter()
                status = browser.get(address).status_code
                if status == 200:
                    taken.setdefault((role, address), []).append((time.perf_counter() - begun) * 1000)
    return taken


def share(values, q):
    """The q-quantile of the values."""
    return sorted(values)[min(len(values) - 1, int(q * len(values)))]


def main():
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--staff", type=int, default=5000)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    import django
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    setup_test_environment()
    logging.disable(logging.WARNING)
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        example = fill(asked.staff)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        taken = measure(example, asked.times)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
        teardown_test_environment()
    print(f"{asked.staff} staff, each page {asked.times} times; milliseconds p50 / p95")
    for role in example.entries:
        values = [v for (r, _), vs in taken.items() if r == role for v in vs]
        print(f"{role:<16} {share(values, 0.5):7.0f} {share(values, 0.95):7.0f}")
    print("slowest pages (any role), p95:")
    worst = sorted(((share(vs, 0.95), r, a) for (r, a), vs in taken.items()), reverse=True)[:8]
    for value, role, address in worst:
        print(f"{value:7.0f}  {address}  ({role})")


if __name__ == "__main__":
    main()
