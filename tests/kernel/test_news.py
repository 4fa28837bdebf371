"""News goes up: each listener hears each piece once, in one transaction with what it does."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from taicho.kernel import news
from taicho.kernel.models import NewsDelivery, NewsItem

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class UnitPainted(news.News):
    unit: str


heard = []


@news.listens_to(UnitPainted)
def remember_paint(painted):
    if painted.unit == "broken":
        raise ZeroDivisionError
    heard.append(painted)


LISTENER = f"{__name__}.remember_paint"


@pytest.fixture(autouse=True)
def _quiet():
    heard.clear()


def test_an_announcement_defers_one_job_per_listener_in_the_same_transaction():
    item = news.announce(UnitPainted(unit=str(uuid4())))
    jobs = ProcrastinateJob.objects.filter(task_name="kernel.deliver_news")
    assert [job.args for job in jobs] == [{"item": item.pk, "listener": LISTENER}]


def test_a_listener_gets_the_news_as_it_was_announced():
    unit = str(uuid4())
    item = news.announce(UnitPainted(unit=unit))
    news.deliver(item=item.pk, listener=LISTENER)
    assert heard == [UnitPainted(unit=unit)]


def test_a_second_delivery_does_nothing():
    item = news.announce(UnitPainted(unit="a"))
    news.deliver(item=item.pk, listener=LISTENER)
    news.deliver(item=item.pk, listener=LISTENER)
    assert len(heard) == NewsDelivery.objects.count() == 1


def test_a_listener_that_fails_is_asked_again_later():
    item = news.announce(UnitPainted(unit="broken"))
    with pytest.raises(ZeroDivisionError):
        news.deliver(item=item.pk, listener=LISTENER)
    assert not NewsDelivery.objects.exists()


def test_the_payload_holds_only_what_the_news_says():
    assert NewsItem.objects.get(pk=news.announce(UnitPainted(unit="a")).pk).payload == {"unit": "a"}


def test_a_listener_stays_an_ordinary_function():
    remember_paint(UnitPainted(unit="a"))
    assert heard == [UnitPainted(unit="a")]


def test_every_listener_of_a_piece_hears_it_once_and_none_hears_for_another():
    told = []

    @dataclass(frozen=True)
    class UnitClosed(news.News):
        unit: str

    @news.listens_to(UnitClosed)
    def first(closed):
        told.append(("first", closed.unit))

    @news.listens_to(UnitClosed)
    def second(closed):
        told.append(("second", closed.unit))

    item = news.announce(UnitClosed(unit="a"))
    jobs = ProcrastinateJob.objects.filter(task_name="kernel.deliver_news")
    for job in jobs:
        news.deliver(**job.args)
        news.deliver(**job.args)
    assert sorted(told) == [("first", "a"), ("second", "a")]
    assert {delivery.listener for delivery in NewsDelivery.objects.filter(item=item)} == {
        job.args["listener"] for job in jobs
    }


def test_news_that_nobody_listens_to_is_kept_and_makes_no_job():
    @dataclass(frozen=True)
    class LampLit(news.News):
        lamp: str

    item = news.announce(LampLit(lamp="a"))
    assert item.payload == {"lamp": "a"}
    assert item.kind.endswith(".LampLit")
    assert not ProcrastinateJob.objects.exists()


def test_a_step_that_is_undone_has_announced_nothing():
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        news.announce(UnitPainted(unit="a"))
        raise ZeroDivisionError
    assert not NewsItem.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_in_a_drill_news_bears_the_drill_time_and_its_delivery_the_real_one(settings):  # D14
    from datetime import timedelta

    from taicho.kernel.clock import real_now
    from taicho.kernel.models import DrillClock

    settings.TAICHO_DRILL = True
    DrillClock.objects.create(offset=timedelta(days=300), set_at=real_now())
    item = news.announce(UnitPainted(unit="a"))
    news.deliver(item=item.pk, listener=LISTENER)
    assert abs(item.announced_at - real_now() - timedelta(days=300)) < timedelta(minutes=1)
    assert abs(NewsDelivery.objects.get().delivered_at - real_now()) < timedelta(minutes=1)


def test_a_delivery_that_fails_is_tried_five_times_more():
    assert news.deliver.retry_strategy.max_attempts == 5
