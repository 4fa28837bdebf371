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
