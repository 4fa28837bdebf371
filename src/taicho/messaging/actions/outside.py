"""Copies outside the system: queued with the message, tried by the worker, at most once each (A10, ux.md 11).

One copy is tried in three steps: it is claimed (TRYING, committed), the mail server is talked to, its fate is noted
(committed). A worker killed before the claim leaves it waiting; one killed between claim and note leaves it TRYING, and
nobody can know whether the server took the letter. Such a copy is never tried again by itself: after a while it is marked
"không rõ đã gửi chưa". The message lies in the inbox in any case, and a person may send it again, which makes a new
copy. So after a crash a letter may be missing, and none is there twice. What the server refuses it has not taken: that
copy waits again, longer each time, and is given up in the end. A copy whose message has been read is not sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Max, QuerySet
from procrastinate.contrib.django import app

from taicho.kernel import audit, clock
from taicho.kernel.actor import system
from taicho.messaging.enums import CopyState, Level
from taicho.messaging.kinds import KINDS
from taicho.messaging.models import OutsideCopy, Receipt
from taicho.messaging.rules.outside import letter
from taicho.messaging.rules.rhythm import rhythm

REFUSED = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)
"""Answers after which the server has certainly not taken the letter."""
LOST_AFTER = timedelta(minutes=10)  # not a rule: far longer than a talk with the server lasts (EMAIL_TIMEOUT)
JOB = "messaging.deliver_copies"
SENDER = system("mail")


class NotTakenError(Exception):
    """The server has refused the letter."""


class ServerClosedError(NotTakenError):
    """The server could not be reached, or lets us not in: the next letter would fare no better."""


def queue_copies(receipts: Sequence[Receipt], level: Level, *, at: datetime) -> list[OutsideCopy]:
    """Queue copies of `receipts`, due by the rhythm of their level, in the caller's transaction; return them.

    None when no mail server is set up, for people without an e-mail address, for a receipt whose copy still waits, and
    for a person who has one waiting that leaves at the same hour for a gathered level.
    """
    due = rhythm().leaves_at(level, at)
    if due is None or not settings.TAICHO_MAIL:
        return []
    waiting = OutsideCopy.objects.filter(
        state=CopyState.WAITING, receipt__person__in={one.person_id for one in receipts}
    )
    queued = set(waiting.values_list("receipt", flat=True))
    gathered = set(_of_level(waiting, level).filter(due_at=due).values_list("receipt__person", flat=True))
    if not rhythm().gathers(level):
        gathered.clear()
    rounds = dict(
        OutsideCopy.objects.filter(receipt__in=receipts).values_list("receipt").annotate(last=Max("round")).order_by()
    )
    copies = OutsideCopy.objects.bulk_create(
        OutsideCopy(receipt=one, due_at=due, round=rounds.get(one.pk, 0) + 1)
        for one in receipts
        if one.person.email and one.pk not in queued and one.person_id not in gathered
    )
    if copies and due <= at:
        app.configure_task(JOB).defer()
    return copies


def deliver_due() -> int:
    """Try every copy that is due, one after the other; return how many were sent. Called by the worker only.

    A server that is closed ends the round: the copies not tried yet wait for the next minute.
    """
    _mark_lost()
    due = OutsideCopy.objects.filter(state=CopyState.WAITING, due_at__lte=clock.now()).order_by("due_at", "pk")
    sent = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            sent += _deliver(pk)
        except ServerClosedError:
            break
    return sent


def _deliver(pk: int) -> bool:
    """Claim one copy, send it, note what became of it; whether it was sent. Raises ServerClosedError after the note."""
    copy = _claim(pk)
    if copy is None:
        return False
    try:
        _send(copy)
    except NotTakenError as refused:
        again = rhythm().next_try(copy.tries, clock.now())
        facts = {"due_at": again} if again else {}
        _note(copy, CopyState.WAITING if again else CopyState.FAILED, error=str(refused), **facts)
        if isinstance(refused, ServerClosedError):
            raise
    except (SMTPException, OSError) as broken:
        _note(copy, CopyState.UNCLEAR, error=type(broken).__name__)
    else:
        _note(copy, CopyState.SENT, error="")
    return copy.state == CopyState.SENT


def _claim(pk: int) -> OutsideCopy | None:
    """Take one waiting copy for this worker alone; None when another has it, or it is needless by now."""
    with transaction.atomic(durable=True):
        waiting = OutsideCopy.objects.select_for_update(of=("self",), skip_locked=True).select_related(
            "receipt__person", "receipt__message"
        )
        copy = waiting.filter(pk=pk, state=CopyState.WAITING).first()
        if copy is None:
            return None
        if _is_needless(copy):
            copy.state = CopyState.NEEDLESS
            copy.save(update_fields=["state"])
            return None
        copy.state, copy.tries, copy.tried_at = CopyState.TRYING, copy.tries + 1, clock.real_now()
        copy.save(update_fields=["state", "tries", "tried_at"])
        return copy


def _is_needless(copy: OutsideCopy) -> bool:
    """Whether the message has been read; for a copy that stands for several, whether all of them have been."""
    level = copy.receipt.message.message_kind.level
    if not rhythm().gathers(level):
        return copy.receipt.read_at is not None
    kinds = [kind.key for kind in KINDS.values() if kind.level is level]
    unread = Receipt.objects.unread().filter(person=copy.receipt.person_id, message__kind__in=kinds)
    return not unread.filter(sent_at__lt=copy.due_at).exists()


def _send(copy: OutsideCopy) -> None:
    """Talk to the mail server. Raises NotTakenError when it has surely not taken the letter, else whatever broke."""
    words = letter(settings.TAICHO_ADDRESS, drill=settings.TAICHO_DRILL)
    with _mail_server() as server:
        message = EmailMessage(words.subject, words.words, to=[copy.receipt.person.email], connection=server)
        try:
            server.send_messages([message])
        except REFUSED as refused:
            raise NotTakenError(f"{type(refused).__name__} {getattr(refused, 'smtp_code', '')}".strip()) from refused


@contextmanager
def _mail_server() -> Iterator[BaseEmailBackend]:
    """An open connection. Not to get one, or not to be let in, means that nothing was sent."""
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as closed:
        raise ServerClosedError(type(closed).__name__) from closed
    try:
        yield server
    finally:
        server.close()


def _note(copy: OutsideCopy, state: CopyState, **facts: object) -> None:
    """Note the fate of a copy that this worker has claimed."""
    with transaction.atomic(durable=True):
        copy.state = state
        for name, value in facts.items():
            setattr(copy, name, value)
        copy.save(update_fields=["state", *facts])
        audit.record("messaging.deliver_copy", by=SENDER, of=copy, facts={"state": state, "try": copy.tries})


def _mark_lost() -> None:
    """Copies whose worker fell silent between claim and note: nobody knows whether they left."""
    lost = OutsideCopy.objects.filter(state=CopyState.TRYING, tried_at__lt=clock.real_now() - LOST_AFTER)
    lost.update(state=CopyState.UNCLEAR)


def _of_level(copies: QuerySet[OutsideCopy], level: Level) -> QuerySet[OutsideCopy]:
    """Those of `copies` whose message has the level."""
    kinds = [kind.key for kind in KINDS.values() if kind.level is level]
    return copies.filter(receipt__message__kind__in=kinds)
