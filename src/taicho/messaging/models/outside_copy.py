"""Copies of messages that leave the system, each with its fate (A10)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.models import Record
from taicho.messaging.enums import Channel, CopyState
from taicho.messaging.models.message import Receipt


class OutsideCopy(Record):
    """One copy for one receipt on one channel. `round` counts the sendings: 1 at first, one more for each "gửi lại".

    `due_at` is time as the office sees it (a drill has its own); `tried_at` is true time. `error` is what the other
    server said, without addresses.
    """

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="copies")
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel, default=Channel.EMAIL)
    round = models.PositiveSmallIntegerField(_("lần gửi"), default=1)
    state = models.CharField(_("tình trạng"), max_length=10, choices=CopyState, default=CopyState.WAITING)
    due_at = models.DateTimeField(_("gửi lúc"))
    tries = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    tried_at = models.DateTimeField(_("thử lúc"), null=True, blank=True)
    error = models.CharField(_("lỗi"), max_length=250, blank=True)

    NOT_SHOWN = "Kept for the channel itself; counts of it are shown with the message."

    class Meta:
        verbose_name = _("bản gửi ra ngoài")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "trying"]), name="messaging_copies_to_do"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "channel", "round"],
                name="messaging_copy_once_a_round",
                violation_error_message=_("Bản này đã được gửi ra ngoài."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(state="needless") | Q(tried_at__isnull=False),
                name="messaging_fate_only_after_a_try",
                violation_error_message=_("Chưa gửi thì chưa có kết quả."),
            ),
        ]
