# ruff: noqa: E402  (Django is set up before its models are imported)
"""How long the server takes for the pages of the organisation with 5,000 staff, for every role.

    DATABASE_URL=postgresql://… python benchmarks/directory_pages.py [--staff 5000] [--rounds 40]

Builds a province in a transaction that is rolled back at the end; nothing stays. Bar: p95 ≤ 200 ms (house, issue 2).
"""

import argparse
import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["TAICHO_DRILL"] = "true"

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from taicho.accounts.actions.accounts import open_account
from taicho.kernel.actor import system
from taicho.kernel.keyring import ring
from taicho.organisation.actions.posts import appoint
from taicho.organisation.actions.units import create_unit
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Person, StaffMembership

BY = system("benchmark")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi", "Đỗ", "Ngô"]
MIDDLE = ["Văn", "Thị", "Đức", "Thu", "Minh", "Hữu"]
GIVEN = ["An", "Ánh", "Bình", "Cường", "Dung", "Đạt", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Quân"]
ROLES = [
    None, PostRole.GUARD, PostRole.UNIT_HEAD, PostRole.CLERK, PostRole.OFFICE, PostRole.LEADER, PostRole.SUPERIOR_BODY,
    PostRole.ADMINISTRATOR,
]  # fmt: skip


def build(staff):
    """One agency of `staff` people in 100 departments, in a province with 200 communes."""
    common = {"by": BY, "valid_from": BEGAN.date()}
    province = create_unit(parent=None, kind="administration", name="Tỉnh đo thử", level="province", **common)
    agency = create_unit(parent=province, kind="agency", name="Sở lớn", **common)
    for number in range(200):
        create_unit(parent=province, kind="administration", name=f"Xã {number}", level="commune", **common)
    departments = [
        create_unit(parent=agency, kind="department", name=f"Phòng {number}", **common) for number in range(100)
    ]
    people = [
        Person(full_name=f"{FAMILY[n % 8]} {MIDDLE[n % 6]} {GIVEN[n % 14]} {n}", position="Chuyên viên")
        for n in range(staff)
    ]
    for person in people:
        person.save()
    StaffMembership.objects.bulk_create(
        StaffMembership(person=person, unit=departments[n % 100], starts_at=BEGAN) for n, person in enumerate(people)
    )
    return province, agency, departments, people


def enter(role, province, agency, department, person):
    """A browser signed in as the person, with the post that the role needs."""
    if role is not None:
        where = province if role in (PostRole.SUPERIOR_BODY, PostRole.ADMINISTRATOR) else department
        where = agency if role == PostRole.LEADER else where
        until = datetime.now(UTC) + timedelta(days=9) if role == PostRole.ADMINISTRATOR else None
        appoint(person, by=BY, unit=where, role=role, at=BEGAN, until=until)
    person.account = open_account(f"bench-{person.pk}", by=BY, is_demo=True)
    person.save()
    browser = Client()
    browser.force_login(person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


def measure(browser, address, rounds):
    """Milliseconds of each round, on the wall clock and of our own processor time (the database's not counted)."""
    wall, own = [], []
    for _ in range(rounds):
        begun, worked = time.perf_counter(), time.process_time()
        answer = browser.get(address)
        wall.append((time.perf_counter() - begun) * 1000)
        own.append((time.process_time() - worked) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    return sorted(wall), sorted(own)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--staff", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=40)
    wanted = options.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    ring().prepare()
    with transaction.atomic():
        built = build(wanted.staff)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        show(built, wanted)
        transaction.set_rollback(True)


def show(built, wanted):
    """Print p50 and p95 of every page for every role."""
    province, agency, departments, people = built
    worst = 0.0
    for number, role in enumerate(ROLES):
        browser = enter(role, province, agency, departments[0], people[number * 100])
        pages = {
            "danh bạ": "/danh-ba", "tìm “an”": "/danh-ba?q=an", "trang 50": "/danh-ba?page=50", "cơ cấu": "/co-cau",
            "đơn vị": f"/don-vi/{agency.key}", "ô tìm": "/tim?q=nguyen",
        }  # fmt: skip
        for name, address in pages.items():
            wall, own = measure(browser, address, wanted.rounds)
            p95 = wall[int(len(wall) * 0.95) - 1]
            worst = max(worst, p95)
            print(
                f"{role or 'staff':<15} {name:<10} p50 {statistics.median(wall):6.1f} ms  p95 {p95:6.1f} ms"
                f"  own processor p50 {statistics.median(own):6.1f} ms"
            )
    load = os.getloadavg()[0]
    print(f"load of the machine meanwhile: {load:.1f} on {os.cpu_count()} cores")
    print(f"worst p95: {worst:.1f} ms, bar 200 ms: {'met' if worst <= 200 else 'NOT MET'}")


if __name__ == "__main__":
    main()
