"""Messages about duties: the one place from which this area calls messaging."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from taicho.duties.kinds import KINDS
from taicho.duties.models import Duty
from taicho.duties.queries.claims import Terms
from taicho.kernel.actor import system
from taicho.messaging.actions.sending import send
from taicho.organisation.models import Person

TITLE_LENGTH = 250  # not a rule: the column of a message


def announce_opening(terms: Terms, owners: Iterable[int]) -> None:
    """Tell the owners of an announced kind that it has opened: one message for everyone of this opening."""
    people, kind = list(owners), KINDS[terms.kind]
    if not kind.announced or not people:
        return
    duty = Duty.objects.filter(kind=terms.kind, occasion=terms.occasion, owner__in=people).order_by("pk")[0]
    send(
        "duties.opened", to=Person.objects.filter(pk__in=people), title=shortened(terms.title), link=kind.link(duty),
        about=about(duty), once=once(terms.kind, terms.occasion, *people), by=system("duties"),
    )  # fmt: skip


def about(duty: Duty) -> UUID:
    """What a message about the duty is about: the record its occasion names, else the duty itself."""
    try:
        return UUID(duty.occasion)
    except ValueError:
        return duty.key


def once(*parts: object) -> str:
    """The name of an occasion to speak, short enough for its column however many people it names."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()


def shortened(title: str) -> str:
    """The title within the width of a message."""
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"
