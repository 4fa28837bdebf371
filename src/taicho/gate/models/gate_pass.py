"""Passes: a random token shown as QR, and codes of a day that can be typed where the camera does not work (E1, K7).

The token is kept sealed, so that its holder can be shown the QR again, and as a keyed hash, by which it is found. The
database alone, without the keys of the installation, opens no gate.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.gate.models.scope import OfPersonAtGateQuerySet
from taicho.gate.models.visit import Visit
from taicho.gate.rules.codes import read_code
from taicho.kernel.encrypted import BlindIndexField, EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.models import Person, Unit
from taicho.organisation.models.term import TERM, Term, TermQuerySet


def as_it_is(token: str) -> str:
    """Tokens are compared letter by letter."""
    return token


class GatePass(Record):
    """A pass of a person for the gates of one agency; a visitor's ends with the visit. Nothing personal is in the QR."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="gate_passes")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="gate_passes")
    token = EncryptedTextField(max_length=32)
    token_index = BlindIndexField("token", normalise=as_it_is, unique=True)
    issued_at = models.DateTimeField(_("cấp lúc"))
    issued_by = models.UUIDField(null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    revoked_by = models.UUIDField(null=True, blank=True)

    objects = OfPersonAtGateQuerySet.as_manager()

    class Meta:
        verbose_name = _("thẻ vào cổng")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency"],
                condition=Q(revoked_at__isnull=True, visit__isnull=True),
                name="gate_one_pass_of_a_person",
                violation_error_message=_("Người này đang có thẻ. Thu hồi thẻ cũ trước khi cấp thẻ mới."),
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(revoked_at__isnull=True),
                name="gate_one_pass_of_a_visit",
                violation_error_message=_("Lượt khách này đang có thẻ. Thu hồi thẻ cũ trước khi cấp thẻ mới."),
            ),
        ]


class PassCode(Record, Term):
    """A typed code of a pass, from an instant to an instant; at no time two alike at the gates of one agency."""

    gate_pass = models.ForeignKey(GatePass, on_delete=models.PROTECT, related_name="codes")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = EncryptedTextField(max_length=6)
    code_index = BlindIndexField("code", normalise=read_code)

    objects = TermQuerySet.as_manager()

    NOT_SHOWN = "Read only beside its pass, which has visible_to."

    class Meta(Term.Meta):
        indexes = [models.Index(fields=["gate_pass", "-ends_at"], name="gate_code_of_pass")]
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__isnull=False),
                name="gate_code_ends",
                violation_error_message=_("Mã gõ tay phải có giờ hết hạn."),
            ),
            ExclusionConstraint(
                name="gate_code_once_at_a_time",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("code_index", RangeOperators.EQUAL),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Mã này vừa được cấp cho người khác. Hãy lấy mã mới."),
            ),
        ]
