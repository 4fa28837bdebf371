"""Units: a tree of any depth (B1). A unit never moves; it ends and successors begin (house D15)."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left, Length
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from taicho.kernel.actor import Actor, PathRange
from taicho.kernel.models import Record, Versioned
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models.named import ComparedByName
from taicho.organisation.models.term import VALIDITY
from taicho.organisation.rules.identifier import parse_identifier
from taicho.organisation.rules.reach import STEP, ancestors_of, path_of_depth

SEES_UNITS_BELOW = (PostRole.ADMINISTRATOR, PostRole.SUPERIOR_BODY, PostRole.LEADER, PostRole.INSPECTOR)
"""Roles that see the units of the agencies below their own; everyone else sees the own agency and the line above."""


class UnitQuerySet(MP_NodeQuerySet):
    """Questions about units; the tree is always asked by ranges of paths, which one index answers."""

    def within(self, *ranges: PathRange) -> Self:
        """Units inside any of the ranges."""
        return self.filter(in_ranges("path", ranges))

    def under(self, unit: "Unit") -> Self:
        """The unit and everything below it."""
        return self.within(unit.reach)

    def children_of(self, unit: "Unit") -> Self:
        """The units one step below, past and present."""
        return self.under(unit).filter(depth=unit.depth + 1)

    def in_force(self, day: date) -> Self:
        """Units that exist on `day`; `valid_to` is the last day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def countable_by(self, actor: Actor) -> Self:
        """Units whose headcount the actor may know: the own agencies, and everything below for some posts."""
        own = agencies_of(actor)
        return self.filter(Q(agency_path__in=own) | in_ranges("path", actor.reach(SEES_UNITS_BELOW)))

    def visible_to(self, actor: Actor) -> Self:
        """Own agency, the line above it, what it came from, and for some posts everything below."""
        if not actor.signed_in:
            return self.none()
        own = agencies_of(actor)
        above = {path for c in actor.capacities for path in ancestors_of(c.reach.start)}
        former = UnitSuccession.objects.filter(predecessor=OuterRef("pk"), successor__agency_path__in=own)
        return self.filter(
            Q(agency_path__in=own)
            | Q(path__in=above)
            | Exists(former)
            | in_ranges("path", actor.reach(SEES_UNITS_BELOW))
        )


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """Units in the order of the tree, with treebeard's verbs for adding."""

    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


def in_ranges(field: str, ranges: "tuple[PathRange, ...]") -> Q:
    """The condition that the path in `field` lies in one of the ranges; never true for none."""
    condition = Q(pk__in=[])
    for reach in ranges:
        condition |= Q(**{f"{field}__gte": reach.start, f"{field}__lt": reach.end})
    return condition


def agencies_of(actor: Actor, roles: "tuple[str, ...] | frozenset[str] | None" = None) -> models.QuerySet:
    """Paths of the agencies in which the actor holds one of `roles` (any role when not given), as a subquery."""
    units = [c.unit for c in actor.capacities if roles is None or c.role in roles]
    return Unit.objects.filter(key__in=units).order_by().values("agency_path")


class Unit(ComparedByName, MP_Node, Record, Versioned):
    """A node of the organisation tree. `valid_from` and `valid_to` are days; both belong to its life."""

    path = models.CharField(max_length=252, unique=True, db_collation="C")
    kind = models.CharField(_("loại đơn vị"), max_length=20, choices=UnitKind)
    level = models.CharField(_("cấp hành chính"), max_length=20, blank=True)
    name = models.CharField(_("tên đơn vị"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    short_name = models.CharField(_("tên gọi tắt"), max_length=80, blank=True)
    symbol = models.CharField(_("ký hiệu văn bản"), max_length=20, blank=True)
    identifier = models.CharField(_("mã định danh"), max_length=35, blank=True)
    division = models.CharField(_("mã đơn vị hành chính"), max_length=8, blank=True)
    agency_depth = models.PositiveSmallIntegerField(editable=False)
    agency_path = models.GeneratedField(
        expression=Left("path", F("agency_depth") * STEP),
        output_field=models.CharField(max_length=252, db_collation="C"),
        db_persist=True,
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = UnitManager()

    class Meta:
        verbose_name = _("đơn vị")
        indexes = [models.Index(fields=["agency_path", "path"], name="organisation_unit_agency")]
        constraints = [
            ExclusionConstraint(
                name="organisation_unit_name_once_among_siblings",
                expressions=[
                    (Left("path", Length("path") - STEP), RangeOperators.EQUAL),
                    ("name_folded", RangeOperators.EQUAL),
                    (VALIDITY, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Trong cùng đơn vị cấp trên đã có đơn vị mang tên này. Hãy chọn tên khác."),
            ),
            ExclusionConstraint(
                name="organisation_unit_identifier_once_at_a_time",
                expressions=[("identifier", RangeOperators.EQUAL), (VALIDITY, RangeOperators.OVERLAPS)],
                condition=~Q(identifier=""),
                violation_error_message=_("Mã định danh này đang thuộc một đơn vị khác. Hãy kiểm tra lại mã."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="organisation_unit_ends_after_start",
                violation_error_message=_("Ngày kết thúc của đơn vị không được trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(agency_depth__gte=1, agency_depth__lte=F("depth")),
                name="organisation_unit_belongs_to_an_agency",
                violation_error_message=_("Phòng, ban phải nằm trong một cơ quan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def tidy(self) -> None:
        """Keep the stored forms true: composed name, folded name, identifier in capitals. Refused: bad-identifier."""
        super().tidy()
        self.identifier = parse_identifier(self.identifier)

    @property
    def reach(self) -> PathRange:
        """The unit and everything below it, as a range of paths."""
        return PathRange.under(self.path)

    @property
    def parent_path(self) -> str:
        """Path of the superior unit; empty at the top."""
        return path_of_depth(self.path, self.depth - 1)

    @property
    def root_path(self) -> str:
        """Path of the top-level unit, whose audit chain records this one."""
        return path_of_depth(self.path, 1)

    @property
    def is_agency(self) -> bool:
        """Whether this unit is an agency of its own."""
        return UnitKind(self.kind).is_agency

    @property
    def agency(self) -> "Unit":
        """The agency this unit belongs to: the unit itself when it is one. One query otherwise."""
        return self if self.path == self.agency_path else Unit.objects.get(path=self.agency_path)

    def exists_on(self, day: date) -> bool:
        """Whether the unit is in force on `day`."""
        return self.valid_from <= day <= (self.valid_to or date.max)


class UnitSuccession(Record):
    """A unit came after another: merger, division, renewal under a new law (house D15)."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="precessions")
    on = models.DateField(_("từ ngày"))
    document = models.CharField(_("văn bản"), max_length=200)

    objects: models.Manager["UnitSuccession"]

    VISIBLE_TO_EVERYONE = "Read only beside a unit, which has visible_to."

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="organisation_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="organisation_succession_of_another",
                violation_error_message=_("Một đơn vị không thể kế thừa chính nó."),
            ),
        ]


class FormerUnitName(Record):
    """What a unit was called until a day: its old papers keep the old name."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    symbol = models.CharField(max_length=20, blank=True)
    until = models.DateField(_("đến hết ngày"))
    document = models.CharField(_("văn bản"), max_length=200, blank=True)

    VISIBLE_TO_EVERYONE = "Read only beside a unit, which has visible_to."

    class Meta:
        ordering = ["until"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "until"],
                name="organisation_one_name_until_a_day",
                violation_error_message=_("Tên đơn vị đã được đổi trong ngày này."),
            )
        ]
