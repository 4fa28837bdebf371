"""Hostile addresses of the roster, and people who serve no longer (D3; trust.md A13)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.kernel import clock
from taicho.organisation.models import StaffMembership
from taicho.roster.models import Registration
from tests.roster.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31", "2026-02-30", "\u0662026-01-01"]
)
def test_a_day_that_nobody_plans_for_is_no_page(room, people, enter, day):
    assert enter(people.head).get(f"/phong-toi/{day}").status_code == 404


@pytest.mark.parametrize("day", ["1900-01-01", "2100-12-31"])
def test_the_edges_of_the_calendar_are_pages(room, people, enter, day):
    assert enter(people.head).get(f"/phong-toi/{day}").status_code == 200


def test_who_has_left_registers_nothing_any_more(room, people, enter):  # A13
    phone = enter(people.staff)
    StaffMembership.objects.filter(person=people.staff).update(ends_at=clock.now() - timedelta(minutes=1))
    page = phone.post(reverse("roster:my-schedule"), {TODAY.isoformat(): "on_site"})
    assert page.status_code == 403 and not Registration.objects.exists()
