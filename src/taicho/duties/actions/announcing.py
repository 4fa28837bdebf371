"""Messages about duties: the one place from which this area calls messaging."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.duties.kinds import KINDS
from taicho.duties.models import Duty, Escalation
from taicho.duties.queries.claims import Terms
from taicho.duties.rules.hours import due_hour
from taicho.duties.rules.titles import shortened
from taicho.kernel.actor import Actor, system
from taicho.messaging.actions.sending import send
from taicho.organisation.models import Person

MACHINE = "duties"


def announce_opening(terms: Terms, owners: Iterable[int]) -> None:
    """Tell the owners of an announced kind that it has opened: one message for everyone of this opening."""
    people, kind = list(owners), KINDS[terms.kind]
    if not kind.announced or not people:
        return
    two = people[:2]  # enough to see whether the page is everyone's or each one's own
    duties = list(Duty.objects.filter(kind=terms.kind, occasion=terms.occasion, owner__in=two).order_by("pk"))
    send(
        "duties.opened", to=Person.objects.filter(pk__in=people).only("key", "email"), title=shortened(terms.title), link=_link(duties),
        about=_about(duties[0]), once=_once(terms.kind, terms.occasion, *people), by=system(MACHINE),
    )  # fmt: skip


def remind(step: str, duties: Iterable[Duty]) -> None:
    """Remind the owners; one message a person for everything that is due at the same hour."""
    mine: dict[tuple[Person, datetime], list[Duty]] = {}
    for duty in duties:
        if duty.due_at is not None:
            mine.setdefault((duty.owner, duty.due_at), []).append(duty)
    same: dict[tuple[object, ...], list[tuple[Person, list[Duty]]]] = {}
    for (owner, due_at), due in mine.items():
        same.setdefault((due_at, *sorted((one.kind, one.occasion) for one in due)), []).append((owner, due))
    for name, people in same.items():
        due = people[0][1]
        send(
            "duties.reminded", to=[owner for owner, _ in people], title=shortened(_reminder(due)),
            link=_link([one for _, own in people for one in own]), about=_about(due[0]),
            once=_once(step, *name, *(owner.pk for owner, _ in people)), by=system(MACHINE),
        )  # fmt: skip


def tell_superiors(steps: Iterable[Escalation]) -> None:
    """One message a superior and due hour, one line a unit and occasion: how many, never who."""
    told: dict[tuple[Person, datetime], list[Duty]] = {}
    for step in steps:
        if step.to is not None and step.duty.due_at is not None:
            told.setdefault((step.to, step.duty.due_at), []).append(step.duty)
    for (superior, due_at), duties in told.items():
        counted = Counter((duty.unit, duty.kind, duty.occasion) for duty in duties)
        lines = [
            _("%(unit)s: %(n)d người %(undone)s")
            % {"unit": unit.short_name or unit.name, "n": n, "undone": KINDS[kind].undone}
            for (unit, kind, _occasion), n in counted.items()
        ]
        send(
            "duties.late", to=[superior], title=shortened(" · ".join(lines)), link=reverse("duties:unit-work"),
            about=duties[0].unit.key, once=_once(superior.pk, due_at, *sorted(duty.pk for duty in duties)),
            by=system(MACHINE),
        )  # fmt: skip


def chase(duties: Iterable[Duty], *, by: Actor, at: datetime) -> None:
    """Remind by hand those who have not done it: a message of a person, not of the clock."""
    silent = list(duties)
    send(
        "duties.chased", to=[duty.owner for duty in silent], title=shortened(_("Nhắc lại: %s") % silent[0].title),
        link=_link(silent), about=_about(silent[0]), once=_once(silent[0].kind, silent[0].occasion, at), by=by,
    )  # fmt: skip


def _reminder(due: list[Duty]) -> str:
    """ "Trước 7h30: Khai báo hôm nay", or how many things are due."""
    hour = due_hour(due[0].due_at) if due[0].due_at else ""
    if len(due) == 1:
        return _("Trước %(hour)s: %(title)s") % {"hour": hour, "title": due[0].title}
    return _("Trước %(hour)s: %(n)d việc đến hạn") % {"hour": hour, "n": len(due)}


def _link(duties: Iterable[Duty]) -> str:
    """The one page for all of them, where there is one; else everyone's own list."""
    links = {KINDS[duty.kind].link(duty) for duty in duties}
    return links.pop() if len(links) == 1 else reverse("duties:my-work")


def _about(duty: Duty) -> UUID:
    """What a message about the duty is about: the record its occasion names, else the duty itself."""
    try:
        return UUID(duty.occasion)
    except ValueError:
        return duty.key


def _once(*parts: object) -> str:
    """The name of an occasion to speak, short enough for its column however many people it names."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()
