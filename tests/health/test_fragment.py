"""The first question on the home page, and what rooms above put under the confirmation (look.md, ux.md 4)."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from taicho.health import afterwards
from taicho.health.models import Declaration
from taicho.health.queries.today import first_question
from taicho.kernel import clock
from tests.health.clinic import decided, declared
from tests.health.hands import Form, press
from tests.organisation.browsing import said
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db


class Page:
    """A piece of HTML that hands can press."""

    def __init__(self, html):
        self.content = html.encode()


def fragment(person):
    ask = first_question(actor(person), clock.now())
    return Page(render_to_string("health/first_question.html", {"ask": ask, "csrf_token": "x"}))


def test_three_taps_from_home_send_the_declaration(sick_bay, ordered, enter):  # ux.md task 1
    browser = enter(sick_bay.staff)
    page = press(browser, fragment(sick_bay.staff), "symptoms", "no")
    page = press(browser, page, "contact", "no")
    press(browser, page, "affected_place", "no")
    assert Declaration.objects.get().person == sick_bay.staff


def test_the_fragment_pre_answers_nothing_and_says_why(sick_bay, ordered):
    page = fragment(sick_bay.staff)
    assert Form(page, "/khai-bao").buttons == [("symptoms", "no"), ("symptoms", "yes")]
    assert "vì:" in said(page)
    assert "hạn hết hôm nay" in said(page)


def test_a_decided_hour_stands_on_the_fragment(land, sick_bay, ordered):  # D6
    decided(land.bureau, "health.declaration_hour", by=["07:30"])
    assert "hạn 7h30" in said(fragment(sick_bay.staff))


def test_nothing_is_asked_of_who_has_declared_or_owes_nothing(sick_bay, ordered):
    declared(sick_bay.staff)
    assert first_question(actor(sick_bay.staff), clock.now()) is None
    assert first_question(actor(sick_bay.stranger), clock.now()) is None


def test_a_room_above_puts_its_part_under_the_confirmation(sick_bay, ordered, enter, monkeypatch):
    monkeypatch.setattr(afterwards, "_providers", {})
    afterwards.register("trial", lambda by, one: afterwards.Part("health/recent.html"))
    afterwards.register("nothing", lambda by, one: None)
    one = declared(sick_bay.staff)
    assert "Khai báo gần đây" in said(enter(sick_bay.staff).get(reverse("health:declaration", args=[one.key])))
    with pytest.raises(ValueError, match="already"):
        afterwards.register("trial", lambda by, one: None)
