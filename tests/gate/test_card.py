"""The pass stands where the morning ends: under the confirmation of one's own declaration, and on the first page (E1, F1)."""

import pytest
from django.urls import reverse

from taicho.gate.actions.passes import issue_pass
from taicho.gate.queries.card import pass_card
from taicho.kernel import clock
from taicho.kernel.actor import system
from tests.health.clinic import declared, declares_daily
from tests.organisation.browsing import said
from tests.organisation.conftest import _keys, _now, enter, land, people, plain_door  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_the_card_of_somebody_without_a_pass_says_so(people):
    assert pass_card(people.staff, clock.now()).picture == ""


def test_the_pass_stands_under_the_own_declaration_and_on_the_first_page(land, people, enter):
    declares_daily(land.bureau)
    issue_pass(people.staff, by=system("tests"), agency=land.bureau, at=clock.now())
    code = pass_card(people.staff, clock.now()).code
    made = declared(people.staff)
    browser = enter(people.staff)
    for address in (reverse("health:declaration", args=[made.key]), "/"):
        page = said(browser.get(address))
        assert code in page
        assert "data:image/svg" in page
