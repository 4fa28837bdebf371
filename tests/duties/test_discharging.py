"""Done once, whoever presses twice, early, late or offline (D7, D9)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from taicho.duties.actions.discharging import discharge
from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import DutyState
from taicho.duties.models import Discharge, Duty
from taicho.duties.queries.work import my_work
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Refusal
from tests.duties.rounds import ACKNOWLEDGE, ROUND, here, order
from tests.organisation.land import NOW, actor

TODAY = "2026-11-20"


@pytest.fixture
def lan(people):
    return people.staff


def make_round(person, *, occasion=TODAY, at=NOW, evidence=None, **more):
    return discharge(ROUND, person, occasion, by=actor(person), at=at, evidence=evidence or uuid4(), **more)


def test_what_is_done_leaves_the_list(land, lan):
    order(land)
    open_duties(NOW)
    make_round(lan)
    assert [item.kind for item in my_work(actor(lan), NOW)] == [ACKNOWLEDGE]


def test_done_twice_is_done_once_and_the_first_record_stays(land, lan):
    order(land)
    open_duties(NOW)
    first = make_round(lan)
    again = make_round(lan, at=NOW + timedelta(minutes=1))
    assert again == first and Discharge.objects.count() == 1
    assert AuditEntry.objects.filter(verb="duties.discharge").count() == 1
    assert NewsItem.objects.filter(kind__endswith="DutyDischarged").count() == 1


def test_it_may_be_done_before_the_sweep_has_come(land, lan):
    order(land)
    assert make_round(lan) is not None
    assert Duty.objects.filter(kind=ROUND).count() == 1
    open_duties(NOW)
    assert Duty.objects.filter(kind=ROUND, owner=lan).count() == 1
    assert lan.full_name in {d.owner.full_name for d in Duty.objects.filter(kind=ROUND)}


def test_what_no_measure_asks_is_not_recorded_as_done(land, lan):
    assert make_round(lan) is None
    assert not Duty.objects.exists()


def test_a_day_that_is_not_today_is_not_opened_early(land, lan):
    order(land)
    assert make_round(lan, occasion="2026-11-21") is None


def test_done_after_the_hour_is_done_late(land, lan):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    make_round(lan, at=here(TODAY, 17, 0))
    assert Duty.objects.get(owner=lan, kind=ROUND).state(here(TODAY, 18)) is DutyState.DONE_LATE


def test_done_in_the_last_second_is_in_time(land, lan):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    make_round(lan, at=here(TODAY, 17, 0) - timedelta(seconds=1))
    assert Duty.objects.get(owner=lan, kind=ROUND).state(here(TODAY, 18)) is DutyState.DONE


def test_words_that_are_too_long_are_refused_and_nothing_is_written(land, lan):
    order(land)
    open_duties(NOW)
    with pytest.raises(Refusal, match="1000"):
        make_round(lan, how="x" * 1001)
    assert not Discharge.objects.exists()
