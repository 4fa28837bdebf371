"""Measures: what a clause orders, or the office itself decided, as data that a person confirmed (A6, A7; house D4, D6)."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taicho.directives.enums import Force, RelationKind
from taicho.directives.models.clause import Clause
from taicho.kernel.actor import Actor
from taicho.kernel.models import Record
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Unit
from taicho.organisation.models.person import NO_NAMES
from taicho.organisation.models.unit import agencies_of


class OfAgencyQuerySet(models.QuerySet):
    """Questions about what an agency keeps."""

    def visible_to(self, actor: Actor) -> Self:
        """What the agencies keep in which the actor works: a rule is read by everyone it binds."""
        return self.filter(agency__path__in=agencies_of(actor, frozenset(PostRole) - NO_NAMES))


class OfficeDecision(Record):
    """A rule the office gave itself because no document states it: who decided, in which capacity, when, why (D6)."""

    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="decisions")
    subject = models.CharField(_("nội dung quyết định"), max_length=250)
    reason = models.CharField(_("lý do"), max_length=500)
    decided_by = models.UUIDField(_("người quyết định"), null=True, editable=False)
    decided_as = models.CharField(_("tư cách"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("lúc quyết định"))

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyết định của cơ quan")
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return self.subject


class Measure(Record):
    """One thing ordered, asked, forbidden or decided; never edited: a wrong one is withdrawn, a new one confirmed.

    Its source is a clause or an office decision, one of the two. `from_day` and `until_day` are local days, both
    included; `until_day` None = until replaced, `from_day` None = in force for nobody. `written_from` and
    `written_until` are the days as the document writes them, `shifted_weeks` by how many whole weeks a drill moved them
    (house D14). `rank`: 0 for a document from above, 1 for the agency's own.
    """

    agency = models.ForeignKey(Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="measures")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, related_name="measures")
    decision = models.ForeignKey(OfficeDecision, on_delete=models.PROTECT, null=True, related_name="measures")
    kind = models.CharField(_("loại biện pháp"), max_length=60)
    params = models.JSONField(_("tham số"), default=dict, blank=True)
    force = models.CharField(_("mức độ"), max_length=10, choices=Force)
    scope = models.ManyToManyField(Unit, verbose_name=_("phạm vi"), related_name="+")
    from_day = models.DateField(_("từ ngày"), null=True, blank=True)
    until_day = models.DateField(_("đến hết ngày"), null=True, blank=True)
    written_from = models.DateField(_("từ ngày theo văn bản"), null=True, blank=True)
    written_until = models.DateField(_("đến hết ngày theo văn bản"), null=True, blank=True)
    shifted_weeks = models.IntegerField(_("số tuần dời trong diễn tập"), default=0)
    rank = models.PositiveSmallIntegerField(default=0)
    confirmed_by = models.UUIDField(_("người xác nhận"), null=True, editable=False)
    confirmed_as = models.CharField(_("tư cách"), max_length=120, blank=True)
    confirmed_at = models.DateTimeField(_("lúc xác nhận"))

    objects = OfAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("biện pháp")
        indexes = [models.Index(fields=["agency", "kind"], name="directives_measure_of_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(clause__isnull=False, decision__isnull=True)
                | Q(clause__isnull=True, decision__isnull=False),
                name="directives_measure_has_one_source",
                violation_error_message=_(
                    "Biện pháp phải có đúng một căn cứ: một mục văn bản hoặc quyết định cơ quan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(from_day__isnull=True) | Q(until_day__gte=F("from_day")),
                name="directives_measure_ends_after_start",
                violation_error_message=_("Ngày hết hiệu lực không được trước ngày bắt đầu."),
            ),
        ]


class OfMeasureQuerySet(models.QuerySet):
    """Questions about steps taken on measures."""

    def visible_to(self, actor: Actor) -> Self:
        """Steps on the measures the actor sees."""
        return self.filter(measure__in=Measure.objects.visible_to(actor).order_by().values("pk"))


class Withdrawal(Record):
    """A measure confirmed by mistake is taken back, with the reason; its line stays."""

    measure = models.OneToOneField(Measure, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("lý do"), max_length=500)
    withdrawn_by = models.UUIDField(null=True, editable=False)
    withdrawn_at = models.DateTimeField()

    objects = OfMeasureQuerySet.as_manager()


class MeasureRelation(Record):
    """A recorded "thay thế" or "tạm dừng": `measure` does it to `what`."""

    kind = models.CharField(_("quan hệ"), max_length=10, choices=RelationKind)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="relations")
    what = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="lifted_by")
    recorded_by = models.UUIDField(null=True, editable=False)
    recorded_at = models.DateTimeField()

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "what"],
                name="directives_relation_once",
                violation_error_message=_("Quan hệ này đã được ghi."),
            ),
            models.CheckConstraint(
                condition=~Q(measure=F("what")),
                name="directives_measure_does_not_lift_itself",
                violation_error_message=_("Một biện pháp không thể thay thế chính nó."),
            ),
        ]
