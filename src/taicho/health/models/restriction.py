"""Restrictions: what a person may not do until it is lifted. Kind and times stand in clear, the reason is sealed."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.health.enums import RestrictionKind
from taicho.health.models.declaration import REASON_LENGTH
from taicho.health.models.scope import cared_for
from taicho.kernel.actor import Actor
from taicho.kernel.encrypted import EncryptedTextField
from taicho.kernel.models import Record
from taicho.organisation.models import Person, Unit
from taicho.organisation.models.term import TERM, Term, TermQuerySet


class RestrictionQuerySet(TermQuerySet):
    """Questions about restrictions."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of people in the actor's care."""
        return self.filter(Q(person__key=actor.me) | cared_for(actor))


class Restriction(Record, Term):
    """A person is restricted from an instant until the instant of the lift; one of a kind at a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=20, choices=RestrictionKind)
    reason = EncryptedTextField(_("lý do"), max_length=REASON_LENGTH)
    set_by = models.UUIDField(_("người đặt"), null=True, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = _("hạn chế")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            *Term.Meta.constraints,
            ExclusionConstraint(
                name="health_one_restriction_of_a_kind_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Người này đang có hạn chế loại đó. Gỡ hạn chế cũ trước khi đặt lại."),
            ),
        ]


class RestrictionLiftQuerySet(models.QuerySet):
    """Questions about lifts."""

    def visible_to(self, actor: Actor) -> Self:
        """Lifts of the restrictions the actor sees."""
        return self.filter(Q(restriction__person__key=actor.me) | cared_for(actor, of="restriction__person"))


class RestrictionLift(Record):
    """Somebody ended a restriction, with a reason; the restriction stays readable."""

    restriction = models.OneToOneField(Restriction, on_delete=models.PROTECT, related_name="lift")
    reason = EncryptedTextField(_("lý do gỡ"), max_length=REASON_LENGTH)
    lifted_by = models.UUIDField(_("người gỡ"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lúc gỡ"))

    objects = RestrictionLiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("gỡ hạn chế")
