"""Posts: the offices people hold in units, the source of every right (B3, house § 7)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taicho.kernel.models import Record
from taicho.organisation.enums import HEAD_ROLES, PostRole
from taicho.organisation.models.person import Person
from taicho.organisation.models.term import TERM, Term, TermQuerySet
from taicho.organisation.models.unit import Unit


class Post(Record, Term):
    """A person holds a role in a unit from an instant until an instant, by a decision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("vai trò"), max_length=30, choices=PostRole)
    title = models.CharField(_("chức vụ"), max_length=120)
    accountable_head = models.BooleanField(_("người đứng đầu"), default=False)
    portfolio = models.CharField(_("lĩnh vực, địa bàn phụ trách"), max_length=250, blank=True)
    decision = models.CharField(_("quyết định số"), max_length=100, blank=True)

    objects = TermQuerySet.as_manager()

    VISIBLE_TO_EVERYONE = "Read only beside a person or a unit, which have visible_to."

    class Meta(Term.Meta):
        indexes = [models.Index(fields=["person"], name="organisation_post_of_person")]
        constraints = [
            *Term.Meta.constraints,
            ExclusionConstraint(
                name="organisation_one_accountable_head_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (TERM, RangeOperators.OVERLAPS)],
                condition=Q(accountable_head=True),
                violation_error_message=_(
                    "Đơn vị đã có người đứng đầu trong thời gian này. Hãy kết thúc chức vụ đó trước."
                ),
            ),
            ExclusionConstraint(
                name="organisation_same_post_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Người này đang giữ đúng vai trò đó ở đơn vị."),
            ),
            models.CheckConstraint(
                condition=Q(accountable_head=False) | Q(role__in=sorted(HEAD_ROLES)),
                name="organisation_post_head_has_a_head_role",
                violation_error_message=_("Người đứng đầu phải giữ vai trò lãnh đạo, trưởng hoặc phó của đơn vị."),
            ),
            models.CheckConstraint(
                condition=~Q(role=PostRole.ADMINISTRATOR) | Q(ends_at__isnull=False),
                name="organisation_administrator_is_limited_in_time",
                violation_error_message=_("Quyền quản trị phải có ngày kết thúc."),
            ),
            models.CheckConstraint(
                condition=~Q(role=PostRole.STAFF),
                name="organisation_post_is_more_than_staff",
                violation_error_message=_("Nhân viên không cần chức vụ: tên trong danh sách đơn vị là đủ."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Delegation(Record, Term):
    """The holder of a post lets another person act for a limited time and matter (TUQ.); no sub-delegation.

    Hangs on a post, so a delegation can never be passed on, and it lapses with the post. Source: NĐ 30/2020, Điều 13.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    matters = models.CharField(_("nội dung ủy quyền"), max_length=250)
    document = models.CharField(_("văn bản ủy quyền"), max_length=200)

    objects = TermQuerySet.as_manager()

    VISIBLE_TO_EVERYONE = "Read only beside a post, by the person's and the unit's visible_to."

    class Meta(Term.Meta):
        indexes = [models.Index(fields=["person"], name="organisation_delegation_to")]
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__isnull=False),
                name="organisation_delegation_is_limited_in_time",
                violation_error_message=_("Ủy quyền phải có ngày kết thúc."),
            ),
            models.CheckConstraint(
                condition=~Q(matters="") & ~Q(document=""),
                name="organisation_delegation_is_written_and_limited",
                violation_error_message=_("Ủy quyền phải ghi rõ nội dung và văn bản."),
            ),
            ExclusionConstraint(
                name="organisation_same_delegation_once_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Chức vụ này đã được ủy quyền cho người đó trong thời gian này."),
            ),
        ]
