"""What the tests of the pages share: a plain door, one of everything, and how a page is read."""

import re

import pytest
from django.urls import reverse

from taicho.organisation.actions.authorities import register_authority
from taicho.organisation.actions.places import add_gate, add_room, add_site
from taicho.organisation.actions.standing_bodies import Seat, set_up_body
from taicho.organisation.models import (
    Post,
)
from tests.organisation.land import BEGAN, SETUP, START


@pytest.fixture(autouse=True)
def _plain_door(settings, tmp_path):
    """Plain http, and demo accounts in a drill, who need no second factor."""
    settings.STATIC_ROOT = tmp_path
    settings.TAICHO_DRILL = True
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False


@pytest.fixture
def enter(client):
    """Sign a person in."""

    def sign_in(person):
        account = person.account
        account.is_demo = True
        account.save()
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def things(land, people):
    """One of everything in the Sở."""
    land.body = set_up_body(
        by=SETUP, unit=land.bureau, kind="command_post", name="Sở Chỉ huy", decision="12/QĐ", decided_on=START,
        at=BEGAN, seats=[Seat(people.leader, "head"), Seat(people.head, portfolio="Hậu cần")],
    )  # fmt: skip
    land.site = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 1", address="Số 1", valid_from=START)
    land.gate = add_gate(land.site, by=SETUP, name="Cổng chính")
    land.room = add_room(land.site, by=SETUP, name="Phòng họp A", seats=40)
    land.station = register_authority(
        by=SETUP, kept_by=land.bureau, kind="health_station", name="Trạm Y tế xã Đông Hà", phone="0220 385 1234",
        valid_from=START,
    )  # fmt: skip
    land.post = Post.objects.get(person=people.leader)
    return land


def at(name, *things):
    return reverse(f"organisation:{name}", args=[thing.key for thing in things])


def said(page):
    return re.sub(r"\s+", " ", page.content.decode())


def listed(page):
    """Names in the directory, in the order shown."""
    return [row.person.full_name for row in page.context["people"]]
