"""Standing bodies: Ban Chỉ đạo, Sở Chỉ huy, tổ, tiểu ban (B2). Compositions and activations are rows with dates."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.enums import BodyFunction, StandingBodyKind
from taicho.organisation.models.named import Named
from taicho.organisation.models.person import Person
from taicho.organisation.models.term import TERM, Term, TermQuerySet
from taicho.organisation.models.unit import Unit


class StandingBodyQuerySet(models.QuerySet):
    """Questions about standing bodies."""

    def visible_to(self, actor: Actor) -> Self:
        """Bodies of the units the actor sees."""
        return self.filter(unit__in=Unit.objects.visible_to(actor).order_by().values("pk"))


class StandingBody(Named, Record):
    """A body an agency set up beside its departments."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="standing_bodies")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(_("loại"), max_length=20, choices=StandingBodyKind)
    name = models.CharField(_("tên"), max_length=200)

    objects = StandingBodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="organisation_body_name_once_in_a_unit",
                violation_error_message=_(
                    "Đơn vị đã có tổ chức mang tên này. Hãy kiện toàn hoặc kích hoạt lại tổ chức đó."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Composition(Record, Term):
    """Who sits in the body, by one decision. A new one (kiện toàn) ends the old one, which stays readable."""

    body = models.ForeignKey(StandingBody, on_delete=models.PROTECT, related_name="compositions")
    decision = models.CharField(_("quyết định số"), max_length=100)
    decided_on = models.DateField(_("ngày quyết định"))

    objects = TermQuerySet.as_manager()

    VISIBLE_TO_EVERYONE = "Read only beside a standing body, which has visible_to."

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            ExclusionConstraint(
                name="organisation_one_composition_at_a_time",
                expressions=[("body", RangeOperators.EQUAL), (TERM, RangeOperators.OVERLAPS)],
                violation_error_message=_("Tổ chức này đã có thành phần trong thời gian đó."),
            ),
        ]


class BodyMember(Record):
    """A person in a composition, with the function and the field or area answered for."""

    composition = models.ForeignKey(Composition, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="body_memberships")
    function = models.CharField(_("nhiệm vụ"), max_length=20, choices=BodyFunction, default=BodyFunction.MEMBER)
    portfolio = models.CharField(_("lĩnh vực, địa bàn phụ trách"), max_length=250, blank=True)

    VISIBLE_TO_EVERYONE = "Read only beside a standing body, which has visible_to."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["composition", "person"],
                name="organisation_member_once_in_a_composition",
                violation_error_message=_("Người này đã có trong danh sách thành viên."),
            ),
            models.UniqueConstraint(
                fields=["composition"],
                condition=Q(function=BodyFunction.HEAD),
                name="organisation_one_head_of_a_composition",
                violation_error_message=_("Mỗi tổ chức chỉ có một người đứng đầu."),
            ),
        ]


class Activation(Record, Term):
    """The body works from an instant until an instant; a new row activates it again (kích hoạt lại)."""

    body = models.ForeignKey(StandingBody, on_delete=models.PROTECT, related_name="activations")
    document = models.CharField(_("văn bản"), max_length=200)

    objects = TermQuerySet.as_manager()

    VISIBLE_TO_EVERYONE = "Read only beside a standing body, which has visible_to."

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            ExclusionConstraint(
                name="organisation_one_activation_at_a_time",
                expressions=[("body", RangeOperators.EQUAL), (TERM, RangeOperators.OVERLAPS)],
                violation_error_message=_("Tổ chức này đang hoạt động trong thời gian đó."),
            ),
        ]
