"""Who types for somebody else completes what they typed, and never touches what the person said (F1; trust.md A4)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from taicho.health.models import Declaration
from taicho.kernel import clock
from taicho.organisation.models import StaffMembership
from tests.health.clinic import WELL, declared

pytestmark = pytest.mark.django_db
UNWELL = WELL | {"symptoms": True}
ALL_NO = {f"a.{key}": "no" for key in WELL}


@pytest.mark.parametrize("who", ["nurse", "head"])
def test_nobody_rewrites_what_the_person_declared(sick_bay, ordered, enter, who):
    own = declared(sick_bay.staff, answers=UNWELL)
    where = reverse("health:declare-for", args=[sick_bay.staff.key])
    page = enter(getattr(sick_bay, who)).post(where, ALL_NO | {"go": "send", "corrects": str(own.key)})
    assert page.status_code == 400
    assert Declaration.objects.get().answers == UNWELL


def test_who_typed_the_first_part_completes_it(sick_bay, ordered, enter):
    part = declared(sick_bay.staff, by=sick_bay.nurse, answers={"symptoms": True})
    where = reverse("health:declare-for", args=[sick_bay.staff.key])
    rest = ALL_NO | {"a.symptoms": "yes", "go": "send", "corrects": str(part.key)}
    assert enter(sick_bay.nurse).post(where, rest).status_code == 302
    assert Declaration.objects.get(corrects=part).answers == UNWELL


def test_who_has_left_declares_nothing_any_more(sick_bay, ordered, enter):  # A13
    phone = enter(sick_bay.staff)
    StaffMembership.objects.filter(person=sick_bay.staff).update(ends_at=clock.now() - timedelta(minutes=1))
    assert phone.post(reverse("health:declare"), ALL_NO | {"go": "send"}).status_code == 403
    assert not Declaration.objects.exists()
