"""Send a message: once per occasion, into the inbox at once, outside by the office's rhythm (A10, ux.md 11)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.saving import check_fields, judged
from taicho.messaging.actions.outside import queue_copies
from taicho.messaging.kinds import kind_named
from taicho.messaging.models import Message, Receipt
from taicho.organisation.models import Person


@transaction.atomic
def send(
    kind: str, *, to: Iterable[Person], title: str, link: str, about: UUID, once: str, by: Actor
) -> Message:  # fmt: skip
    """Put a message of a registered `kind` into the inboxes of `to`, and queue the copies that leave the system.

    `once` names the occasion: the same kind and occasion asked again sends nothing and returns the message there is,
    whoever it went to; of two who ask together the database lets one in. `title` and `link` (a page of this system)
    are shown inside only. Everything commits with the caller, or nothing does. Refused: bad-field,
    messaging_link_stays_here. KeyError for a kind that no area registers.
    """
    level = kind_named(kind).level
    now = clock.now()
    facts = {"title": title.strip(), "link": link, "about": about, "sent_by": by.person, "sent_at": now}
    check_fields(Message(kind=kind, once=once, **facts))
    with judged(Message):
        message, is_new = Message.objects.get_or_create(kind=kind, once=once, defaults=facts)
    if not is_new:
        return message
    people = {person.pk: person for person in to}
    receipts = Receipt.objects.bulk_create(
        Receipt(message=message, person=person, sent_at=now) for person in people.values()
    )
    queue_copies(receipts, level, at=now)
    audit.record("messaging.send", by=by, of=message, facts={"kind": kind, "once": once, "people": len(receipts)})
    return message
