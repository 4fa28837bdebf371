"""What a merger would do, before anybody confirms it (house D15); the action carries out this very plan."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from taicho.kernel.actor import PathRange
from taicho.kernel.refusals import Refusal
from taicho.kernel.vietnamese import fold
from taicho.organisation.models import Delegation, Post, SiteHolding, StaffMembership, StandingBody, Unit
from taicho.organisation.rules.days import start_of


@dataclass(frozen=True, slots=True)
class NewUnit:
    """The unit that is to begin: where, what, called how."""

    parent: Unit | None
    kind: str
    name: str
    short_name: str = ""
    symbol: str = ""
    identifier: str = ""
    level: str = ""
    division: str = ""


@dataclass(slots=True)
class Step:
    """Predecessors that become one unit: a new one called `name`, or the existing one."""

    predecessors: list[Unit]
    name: str
    parent: "Step | None" = None
    existing: Unit | None = None
    depth: int = 0

    @property
    def joins(self) -> bool:
        """Whether several units become one here (and not just follow under the new roof)."""
        return len(self.predecessors) > 1 or self.existing is not None


@dataclass(slots=True)
class MergerPlan:
    """The whole merger: steps from the top, and what hangs on the units that end."""

    on: date
    into: Unit | NewUnit
    steps: list[Step] = field(default_factory=list)
    memberships: int = 0
    posts: list[Post] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)
    bodies: list[StandingBody] = field(default_factory=list)
    holdings: list[SiteHolding] = field(default_factory=list)

    @property
    def last_day(self) -> date:
        """The last day of the units that end."""
        return self.on - timedelta(days=1)

    @property
    def ending(self) -> list[Unit]:
        """Every unit that ends, from the top."""
        return [unit for step in self.steps for unit in step.predecessors]


def plan_merger(units: Sequence[Unit], *, into: Unit | NewUnit, on: date) -> MergerPlan:
    """Plan the merger of `units` into an existing or a new unit on the day `on`, their first day together.

    Sub-units follow under the same names; those that bear one name become one. Refused: nothing-to-merge, nested-units,
    into-itself, unit-not-in-force, sub-unit-begins-later.
    """
    plan = MergerPlan(on=on, into=into)
    _check(units, into, plan)
    reaches = [unit.reach for unit in units]
    below = Unit.objects.within(*reaches).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    children = _by_parent(below)
    if late := next((unit for unit in below if unit.valid_from >= on), None):
        raise Refusal(
            _("“%(name)s” bắt đầu sau ngày sáp nhập. Hãy chọn ngày khác hoặc kết thúc đơn vị đó trước.")
            % {"name": late.name},
            code="sub-unit-begins-later",
            field="on",
        )
    existing = into if isinstance(into, Unit) else None
    top = Step(predecessors=list(units), name=into.name, existing=existing)
    plan.steps = _spread(top, children, _by_parent(_kept_by(existing, reaches, on)))
    _hang_on(plan)
    return plan


def _spread(top: Step, children: dict[str, list[Unit]], kept: dict[str, list[Unit]]) -> list[Step]:
    """The top step and, level by level, one step for every name among the children."""
    steps, waiting = [], [top]
    while waiting:
        step = waiting.pop(0)
        steps.append(step)
        named: dict[str, list[Unit]] = defaultdict(list)
        for unit in step.predecessors:
            for child in children.get(unit.path, []):
                named[child.name_folded].append(child)
        homes = {home.name_folded: home for home in kept.get(step.existing.path, [])} if step.existing else {}
        waiting += [
            Step(group, group[0].name, parent=step, existing=homes.get(name), depth=step.depth + 1)
            for name, group in named.items()
        ]
    return steps


def _kept_by(existing: Unit | None, ending: list[PathRange], on: date) -> Iterable[Unit]:
    """Units under the existing successor that go on, and so can take in one of the same name."""
    if existing is None:
        return []
    return [
        unit for unit in Unit.objects.under(existing).in_force(on) if not any(unit.path in reach for reach in ending)
    ]


def _by_parent(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[unit.parent_path].append(unit)
    return found


def _hang_on(plan: MergerPlan) -> None:
    """Collect what people must decide about or be told of."""
    ids = [unit.pk for unit in plan.ending]
    at = start_of(plan.on)
    plan.memberships = StaffMembership.objects.not_over(at).filter(unit__in=ids).count()
    plan.posts = list(
        Post.objects.not_over(at).filter(unit__in=ids).select_related("unit", "person").order_by("unit__path", "pk")
    )
    plan.delegations = list(
        Delegation.objects.not_over(at).filter(post__in=plan.posts).select_related("post__person", "person")
    )
    plan.bodies = list(StandingBody.objects.filter(unit__in=ids).select_related("unit").order_by("name"))
    plan.holdings = list(
        SiteHolding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=plan.on), unit__in=ids).select_related(
            "site", "unit"
        )
    )


def _check(units: Sequence[Unit], into: Unit | NewUnit, plan: MergerPlan) -> None:
    """Refuse what cannot be merged."""
    if not units or (len(units) == 1 and isinstance(into, NewUnit) and _is_same(units[0], into)):
        raise Refusal(_("Chọn các đơn vị sẽ sáp nhập."), code="nothing-to-merge", field="units")
    if len({unit.pk for unit in units}) < len(units) or any(
        one.pk != other.pk and other.path in one.reach for one in units for other in units
    ):
        raise Refusal(
            _("Trong các đơn vị đã chọn có đơn vị nằm trong đơn vị khác. Chỉ chọn đơn vị trên cùng."),
            code="nested-units",
            field="units",
        )
    for unit in units:
        _check_in_force(unit, plan.last_day, "units")
        if unit.valid_to is not None:
            raise Refusal(
                _("“%(name)s” đã có ngày kết thúc.") % {"name": unit.name}, code="already-ended", field="units"
            )
    place = into if isinstance(into, Unit) else into.parent
    if place is not None:
        _check_in_force(place, plan.on, "into")
        if place.valid_to is not None:
            raise Refusal(
                _("“%(name)s” đã có ngày kết thúc.") % {"name": place.name}, code="already-ended", field="into"
            )
        if any(place.path in unit.reach for unit in units):
            raise Refusal(
                _("Đơn vị tiếp nhận không được nằm trong đơn vị sẽ kết thúc."), code="into-itself", field="into"
            )


def _is_same(unit: Unit, into: NewUnit) -> bool:
    """One unit that would end only to begin again: same place and name."""
    parent_path = into.parent.path if into.parent else ""
    return unit.parent_path == parent_path and unit.name_folded == fold(into.name) and unit.kind == into.kind


def _check_in_force(unit: Unit, day: date, field_name: str) -> None:
    if not unit.exists_on(day):
        raise Refusal(
            _("“%(name)s” không tồn tại vào ngày này.") % {"name": unit.name},
            code="unit-not-in-force",
            field=field_name,
        )
