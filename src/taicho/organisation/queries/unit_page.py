"""What the page of a unit and the tree show, in a bounded number of queries (B1, B3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from taicho.kernel.actor import Actor, PathRange
from taicho.organisation.enums import HEAD_ROLES
from taicho.organisation.models import (
    FormerUnitName,
    Post,
    Site,
    StaffMembership,
    StandingBody,
    Unit,
    UnitSuccession,
)
from taicho.organisation.models.person import units_of_colleagues
from taicho.organisation.models.unit import agencies_of
from taicho.organisation.queries.names import names_on
from taicho.organisation.rules.reach import ancestors_of, depth_of

MOST_LINES = 400  # not a rule: a longer tree is shown by its upper levels


@dataclass(slots=True)
class TreeLine:
    """One line of the tree: the unit, its name on the day asked for, who heads it, how many people."""

    unit: Unit
    name: str
    indent: int
    head: Post | None = None
    people: int | None = None


@dataclass(slots=True)
class UnitPage:
    """Everything the page of one unit shows. `people`, by tên and not read yet, is None where names are not the
    viewer's business."""

    unit: Unit
    above: list[Unit]
    children: list[TreeLine]
    people: QuerySet[StaffMembership] | None
    headcount: int | None
    heads: list[Post]
    posts: list[Post]
    bodies: list[StandingBody]
    sites: list[Site]
    former_names: list[FormerUnitName] = field(default_factory=list)
    successions: list[UnitSuccession] = field(default_factory=list)


def org_tree(actor: Actor, at: datetime, day: date) -> tuple[list[TreeLine], bool]:
    """The units the actor sees that exist on `day`, as lines of a tree; whether deeper levels were left out.

    A tree of more than 400 units is shown by its upper levels and the actor's own agency.
    """
    units = Unit.objects.visible_to(actor).in_force(day).order_by("path")
    total = units.count()
    if total > MOST_LINES:
        top = min((depth_of(capacity.reach.start) for capacity in actor.capacities), default=1)
        upper = Q(depth__lte=top + 1) | Q(agency_path__in=agencies_of(actor))
        units = units.filter(upper)[:MOST_LINES]
    lines = tree_lines(actor, list(units), at, day)
    return lines, total > len(lines)


def tree_lines(actor: Actor, units: Sequence[Unit], at: datetime, day: date) -> list[TreeLine]:
    """Lines for units in the order of the tree, with heads and headcounts as far as the actor may know them."""
    ids = [unit.pk for unit in units]
    names = names_on(units, day)
    named = units_of_colleagues(actor).order_by().values("pk")
    posts = Post.objects.in_force(at).filter(unit__in=ids, accountable_head=True).filter(unit__in=named)
    heads = {post.unit_id: post for post in posts.select_related("person")}
    people = headcounts(actor, units, at)
    top = min((unit.depth for unit in units), default=1)
    return [
        TreeLine(unit, names[unit.pk], unit.depth - top, head=heads.get(unit.pk), people=people.get(unit.pk))
        for unit in units
    ]


def headcounts(actor: Actor, units: Sequence[Unit], at: datetime) -> dict[int, int]:
    """How many people each unit has with everything below it, by primary key.

    Counted is only what the actor may count: the own agencies, and all below for posts that answer for it; a unit
    outside of that is left out, never shown as 0.
    """
    countable = Unit.objects.countable_by(actor)
    shown = set(countable.filter(pk__in=[unit.pk for unit in units]).order_by().values_list("pk", flat=True))
    below = countable.within(*_outermost([unit for unit in units if unit.pk in shown]))
    staff = StaffMembership.objects.in_force(at).filter(main=True, unit__in=below.order_by().values("pk"))
    counted = list(staff.order_by().values_list("unit__path").annotate(Count("pk")))
    totals: dict[str, int] = {}
    for path, people in counted:
        for above in (*ancestors_of(path), path):
            totals[above] = totals.get(above, 0) + people
    return {unit.pk: totals.get(unit.path, 0) for unit in units if unit.pk in shown}


def _outermost(units: Sequence[Unit]) -> list[PathRange]:
    """Ranges of the units that lie under no other one of them."""
    found: list[PathRange] = []
    for unit in sorted(units, key=lambda unit: unit.path):
        if not found or unit.path not in found[-1]:
            found.append(unit.reach)
    return found


def unit_page(actor: Actor, unit: Unit, at: datetime, day: date) -> UnitPage:
    """The page of `unit` as `actor` sees it at `at`; about a dozen queries however many people."""
    seen = Unit.objects.visible_to(actor)
    named = units_of_colleagues(actor)
    staff = StaffMembership.objects.in_force(at).filter(unit=unit)
    shows_names = named.filter(pk=unit.pk).exists()
    posts = list(
        Post.objects.in_force(at).filter(unit=unit).select_related("person").order_by("-accountable_head", "pk")
    )
    return UnitPage(
        unit=unit,
        above=list(seen.filter(path__in=ancestors_of(unit.path))),
        children=tree_lines(actor, list(seen.children_of(unit).in_force(day)), at, day),
        people=staff.select_related("person").order_by("person__name_key", "pk") if shows_names else None,
        headcount=headcounts(actor, [unit], at).get(unit.pk),
        heads=[post for post in posts if post.role in HEAD_ROLES] if shows_names else [],
        posts=[post for post in posts if post.role not in HEAD_ROLES] if shows_names else [],
        bodies=list(StandingBody.objects.filter(unit=unit).order_by("name")),
        sites=list(Site.objects.held_by(Unit.objects.filter(pk=unit.pk), day)),
        former_names=list(FormerUnitName.objects.filter(unit=unit)),
        successions=list(
            (unit.successions.all() | unit.precessions.all())
            .select_related("predecessor", "successor")
            .order_by("on", "pk")
        ),
    )
