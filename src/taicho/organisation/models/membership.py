"""Staff membership: which unit a member of staff belongs to, from when until when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.models import Record
from taicho.organisation.models.term import TERM, Term, TermQuerySet
from taicho.organisation.models.unit import Unit


class StaffMembership(Record, Term):
    """A member of staff belongs to a unit. One main unit at a time; a second is a secondment (biệt phái)."""

    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    main = models.BooleanField(_("đơn vị chính"), default=True)

    objects = TermQuerySet.as_manager()

    VISIBLE_TO_EVERYONE = "Read only beside a person or a unit, which have visible_to."

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            ExclusionConstraint(
                name="organisation_one_main_unit_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (TERM, RangeOperators.OVERLAPS)],
                condition=Q(main=True),
                violation_error_message=_("Người này đang thuộc một đơn vị khác trong thời gian đó."),
            ),
            ExclusionConstraint(
                name="organisation_same_unit_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Người này đã có trong danh sách của đơn vị."),
            ),
        ]
