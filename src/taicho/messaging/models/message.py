"""Messages inside the system, and who has read them (A10, A9)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.messaging.kinds import MessageKind, kind_named
from taicho.organisation.models import Person


class MessageQuerySet(models.QuerySet):
    """Questions about messages."""

    def visible_to(self, actor: Actor) -> Self:
        """Messages sent by the actor or to the actor."""
        received = Receipt.objects.visible_to(actor).order_by().values("message")
        return self.filter(Q(sent_by=actor.me) | Q(pk__in=received))


class Message(Record):
    """One message, sent once: `kind` and `once` together name the occasion. `title` and `link` never leave the system.

    `about` is the key of the record the message is about; `link` the page here where it is dealt with.
    """

    kind = models.CharField(_("loại tin"), max_length=60)
    title = models.CharField(_("nội dung"), max_length=250)
    link = models.CharField(_("trang xử lý"), max_length=250)
    about = models.UUIDField()
    once = models.CharField(max_length=150)
    sent_by = models.UUIDField(_("người gửi"), null=True, blank=True)
    sent_at = models.DateTimeField(_("lúc gửi"))

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("tin")
        indexes = [models.Index(fields=["about"], name="messaging_message_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "once"],
                name="messaging_message_once",
                violation_error_message=_("Tin này đã được gửi."),
            ),
            models.CheckConstraint(
                condition=Q(link__regex=r"^/([^/\\]|$)"),
                name="messaging_link_stays_here",
                violation_error_message=_("Tin chỉ dẫn đến một trang của hệ thống."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def message_kind(self) -> MessageKind:
        """The registered kind."""
        return kind_named(self.kind)


class ReceiptQuerySet(models.QuerySet):
    """Questions about receipts."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own: nobody reads another person's inbox."""
        return self.filter(person__key=actor.me)

    def unread(self) -> Self:
        """Those not read yet."""
        return self.filter(read_at__isnull=True)


class Receipt(Record):
    """A message in one person's inbox. `sent_at` is when it was put there last: sending it again moves it up."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="receipts")
    sent_at = models.DateTimeField(_("lúc gửi"))
    read_at = models.DateTimeField(_("lúc xem"), null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("tin nhận")
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-sent_at"], name="messaging_inbox"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="messaging_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person"],
                name="messaging_receipt_once_a_person",
                violation_error_message=_("Người này đã nhận tin."),
            )
        ]
