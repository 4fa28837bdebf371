"""What a step leaves behind: rows of the trail (L4) and news for the rooms above; how much a page asks."""

from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from taicho.kernel.models import AuditEntry, NewsItem


def _last(kind):
    return kind.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def questions(browser, address, sent=None):
    """How many questions the page asks the database when it is opened (sent, when `sent` is given) a second time."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(address) if sent is None else browser.post(address, sent)
    return len(asked)


@contextmanager
def traces():
    """Collect what happens inside: `entries`, their `verbs`, and `news` as (name, payload)."""
    left = SimpleNamespace(entries=[], verbs=[], news=[])
    entry, item = _last(AuditEntry), _last(NewsItem)
    yield left
    left.entries = list(AuditEntry.objects.filter(pk__gt=entry).order_by("pk"))
    left.verbs = [one.verb.removeprefix("organisation.") for one in left.entries]
    told = NewsItem.objects.filter(pk__gt=item).order_by("pk")
    left.news = [(one.kind.rsplit(".", 1)[1], one.payload) for one in told]
