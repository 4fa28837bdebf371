"""News goes up: an action announces, listeners of higher areas act, each once (house § 2)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from taicho.kernel import clock
from taicho.kernel.models import NewsDelivery, NewsItem

Listener = Callable[[Any], None]
_listeners: dict[str, dict[str, Listener]] = {}
_kinds: dict[str, type["News"]] = {}


@dataclass(frozen=True)
class News:
    """Base of all news. Fields are keys, codes and times (as text); a past participle names the class."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _kinds[_name(cls)] = cls


def listens_to(kind: type[News]) -> Callable[[Listener], Listener]:
    """Register a listener. It must call one action and bear being asked twice."""

    def register(listener: Listener) -> Listener:
        _listeners.setdefault(_name(kind), {})[f"{listener.__module__}.{listener.__name__}"] = listener
        return listener

    return register


def announce(news: News) -> NewsItem:
    """Write the news and defer one job per listener, inside the caller's transaction (house D3)."""
    item = NewsItem.objects.create(kind=_name(type(news)), payload=asdict(news), announced_at=clock.now())
    for listener in _listeners.get(item.kind, {}):
        deliver.defer(item=item.pk, listener=listener)
    return item


@app.task(name="kernel.deliver_news", retry=5)
def deliver(item: int, listener: str) -> None:
    """Hand one piece of news to one listener; a second delivery of the same pair does nothing."""
    with transaction.atomic():
        news = NewsItem.objects.get(pk=item)
        _, first = NewsDelivery.objects.get_or_create(
            item=news, listener=listener, defaults={"delivered_at": clock.real_now()}
        )
        if first:
            _listeners[news.kind][listener](_kinds[news.kind](**news.payload))


def _name(kind: type[News]) -> str:
    return f"{kind.__module__}.{kind.__name__}"
