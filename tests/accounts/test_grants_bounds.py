"""Administrator rights to the minute: when they begin, when they end, who gave them, what is on record. # L3, L4, A11"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taicho.accounts.actions.grants import end_grant, grant_administrator, use_administrator_right
from taicho.accounts.models import AdministratorGrant, AdministratorGrantEnding, SecurityEvent
from taicho.accounts.queries import administrator_until
from taicho.accounts.requirements import second_factor_reason
from taicho.kernel.actor import Actor
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from tests.accounts.conftest import OFFICE
from tests.accounts.factors import add_app

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def office_clock():
    """Monday 23/11/2026, 12h00."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def grant(account, **facts):
    return grant_administrator(account, **{"by": OFFICE, "reason": "Khôi phục sao lưu"} | facts)


def test_rights_of_this_evening_do_not_hold_at_noon(an):
    evening = grant(an, starts_at=NOON + 6 * HOUR, lasting=2 * HOUR)
    assert administrator_until(an, NOON) is None
    with pytest.raises(NotPermitted):
        use_administrator_right(an, by=OFFICE, doing="cli.backup", at=NOON + 6 * HOUR - MINUTE)
    assert use_administrator_right(an, by=OFFICE, doing="cli.backup", at=NOON + 6 * HOUR) == evening


@pytest.mark.parametrize("lasting", [MINUTE, HOUR, 8 * HOUR])
def test_rights_end_to_the_minute(an, lasting):
    given_now = grant(an, lasting=lasting)
    assert given_now.ends_at == NOON + lasting
    assert use_administrator_right(an, by=OFFICE, doing="x", at=NOON + lasting - timedelta(microseconds=1))
    with pytest.raises(NotPermitted):
        use_administrator_right(an, by=OFFICE, doing="x", at=NOON + lasting)


def test_rights_that_ran_out_or_were_ended_are_never_used_again(an, office_clock):
    ended = grant(an)
    end_grant(ended, by=OFFICE, reason="Xong việc")
    with pytest.raises(NotPermitted) as refused:
        use_administrator_right(an, by=OFFICE, doing="x", at=NOON + MINUTE)
    assert refused.value.code == "no-grant"
    assert not AuditEntry.objects.filter(verb__contains="used_administrator_right").exists()


def test_the_right_of_one_is_no_right_of_another(an, make_account):
    grant(an)
    with pytest.raises(NotPermitted):
        use_administrator_right(make_account("binh.tt"), by=OFFICE, doing="x", at=NOON)


def test_the_row_says_who_gave_it_and_who_ended_it(an):
    giver, ender = Actor(person=uuid4()), Actor(person=uuid4())
    given_now = grant(an, by=giver)
    end_grant(given_now, by=ender, reason="  Xong việc ")
    assert (given_now.granted_by, given_now.granted_at) == (giver.person, NOON)
    ending = AdministratorGrantEnding.objects.get()
    assert (ending.ended_by, ending.ended_at, ending.reason) == (ender.person, NOON, "Xong việc")
    rows = dict(AuditEntry.objects.filter(object_key=given_now.key).values_list("verb", "actor"))
    assert rows == {"accounts.grant_started": giver.person, "accounts.grant_ended": ender.person}


def test_every_use_says_what_for_and_by_whom(an):
    user = Actor(person=an.key)
    given_now = grant(an)
    for verb in ("cli.restore", "organisation.merge", "x" * 500):
        use_administrator_right(an, by=user, doing=verb, at=NOON)
    rows = AuditEntry.objects.filter(verb__startswith="accounts.used_administrator_right.")
    assert {row.verb.removeprefix("accounts.used_administrator_right.")[:20] for row in rows} == {
        "cli.restore", "organisation.merge", "x" * 20,
    }  # fmt: skip
    assert {(row.actor, row.object_key) for row in rows} == {(an.key, given_now.key)}


def test_the_news_goes_out_once_for_each_grant_and_none_for_a_refused_one(an):
    first = grant(an)
    with pytest.raises(Conflict):
        grant(an)
    assert [item.payload for item in NewsItem.objects.all()] == [{"grant": str(first.key)}]


def test_the_person_reads_the_reason_and_the_end_in_official_form(an):
    grant(an, lasting=90 * MINUTE)
    assert SecurityEvent.objects.of(an)[0].detail == "Khôi phục sao lưu (đến 13h30, 23/11/2026)"


def test_a_reason_is_kept_without_the_space_around_it(an):
    assert grant(an, reason="  Khôi phục\t").reason == "Khôi phục"


@pytest.mark.parametrize("reason", ["", " ", "\n\t", "\u00a0"])
def test_blank_is_no_reason(an, reason):
    with pytest.raises(Refusal) as refused:
        grant(an, reason=reason)
    assert (refused.value.code, refused.value.field) == ("no-reason", "reason")


def test_a_reason_of_a_page_is_refused_with_its_limit_and_one_of_300_letters_is_kept(an):
    with pytest.raises(Refusal, match="300 ký tự") as refused:
        grant(an, reason="Ễ" * 301)
    assert (refused.value.code, AdministratorGrant.objects.count()) == ("reason-too-long", 0)
    assert len(grant(an, reason="Ễ" * 300).reason) == 300
    assert SecurityEvent.objects.of(an)[0].detail == "Ễ" * 300


@pytest.mark.parametrize("start", [NOON - 9 * HOUR, NOON + 30 * 24 * HOUR])
def test_a_grant_may_begin_whenever_but_never_lasts_longer(an, start):
    with pytest.raises(Refusal) as refused:
        grant(an, starts_at=start, lasting=8 * HOUR + MINUTE)
    assert refused.value.code == "grant-too-long"
    assert "tối đa 8 giờ" in refused.value.sentence


def test_a_grant_that_is_over_before_it_is_given_gives_nothing(an):
    grant(an, starts_at=NOON - 9 * HOUR)
    assert administrator_until(an, NOON) is None
    assert second_factor_reason(an) is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 48), st.integers(1, 8)), min_size=2, max_size=5))
def test_rights_of_one_person_never_overlap_whatever_is_asked_for(an, asked):
    from django.db import transaction

    with transaction.atomic():
        for start, hours in asked:
            try:
                grant(an, starts_at=NOON + start * HOUR, lasting=hours * HOUR)
            except Conflict:
                continue
        spans = sorted(AdministratorGrant.objects.filter(account=an).values_list("starts_at", "ends_at"))
        transaction.set_rollback(True)
    assert spans
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_with_the_rights_the_next_page_asks_for_the_second_factor_and_after_them_no_more(
    client, an, sign_in, office_clock
):
    sign_in()
    assert client.get("/").status_code == 200
    grant(an, lasting=HOUR)
    assert client.get("/")["Location"] == "/tai-khoan/lop-xac-thuc"
    office_clock.shift(HOUR)
    assert client.get("/").status_code == 200


def test_the_own_page_says_until_when_as_long_as_it_lasts(an, sign_in, office_clock):
    browser = Client()
    sign_in(using=browser)
    add_app(browser)
    grant(an, lasting=20 * MINUTE)
    assert "quyền quản trị có hạn, đến 12h20, 23/11/2026" in browser.get("/tai-khoan").content.decode()
    office_clock.shift(20 * MINUTE)
    assert "quyền quản trị có hạn" not in browser.get("/tai-khoan").content.decode()
