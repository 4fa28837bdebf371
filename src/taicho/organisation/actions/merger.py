"""Merge units in one guided step: nothing moves, predecessors end and successors begin (house D15)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.kernel import audit, news
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import judged, keep
from taicho.organisation.actions.posts import close
from taicho.organisation.actions.units import close_unit, plant
from taicho.organisation.models import (
    Activation,
    Composition,
    OutsideAuthority,
    Person,
    Post,
    SiteHolding,
    StaffMembership,
    Unit,
    UnitSuccession,
)
from taicho.organisation.news import UnitCreated, UnitEnded
from taicho.organisation.queries.merger_plan import MergerPlan, NewUnit, Step, plan_merger
from taicho.organisation.rules.days import start_of


@transaction.atomic
def merge_units(
    units: Sequence[Unit],
    *,
    into: Unit | NewUnit,
    on: date,
    document: str,
    by: Actor,
    continuing: Collection[UUID] = (),
) -> Unit:
    """Let `units` become one on the day `on`; return the successor.

    Units and sub-units end the day before and successors begin; staff follow their unit; posts whose key is in
    `continuing` go on in the successor, all others end with their delegations; standing bodies of the old units stand
    down; sites, contacts and directory entries are handed over. Old papers keep the old names.
    Refused: what `plan_merger` refuses, two-heads, and a name or level that the successor cannot have.
    Announces UnitEnded for each predecessor and UnitCreated for each new unit.
    """
    units = _locked(units)
    plan = plan_merger(units, into=into, on=on)
    _check_heads(plan, continuing)
    for unit in reversed(plan.ending):
        close_unit(unit, plan.last_day)
    heirs = _begin_successors(plan, document)
    _staff_follow(plan, heirs)
    _posts_follow(plan, heirs, document, continuing)
    _hand_over(plan, heirs)
    successor = heirs[units[0].pk]
    facts = {"on": on.isoformat(), "document": document, "ended": sorted(str(unit.key) for unit in plan.ending)}
    audit.record("organisation.merge_units", by=by, of=successor, unit=successor.key, facts=facts)
    _announce(plan, heirs)
    return successor


def _locked(units: Sequence[Unit]) -> list[Unit]:
    """The units as they are now, held with all that is below them until the merger is written."""
    held = {unit.pk: unit for unit in Unit.objects.within(*(unit.reach for unit in units)).select_for_update()}
    return [held[unit.pk] for unit in units]


def _begin_successors(plan: MergerPlan, document: str) -> dict[int, Unit]:
    """Plant the new units from the top; return the successor of every unit that ends, by primary key."""
    heirs: dict[int, Unit] = {}
    begun: dict[int, Unit] = {}
    for step in plan.steps:
        parent = begun[id(step.parent)] if step.parent else None
        heir = step.existing or plant(_new_unit(plan, step), parent or _parent_of(plan))
        begun[id(step)] = heir
        for unit in step.predecessors:
            heirs[unit.pk] = heir
            keep(UnitSuccession(predecessor=unit, successor=heir, on=plan.on, document=document))
    return heirs


def _parent_of(plan: MergerPlan) -> Unit | None:
    return plan.into.parent if isinstance(plan.into, NewUnit) else None


def _new_unit(plan: MergerPlan, step: Step) -> Unit:
    """The unit a step begins: as the person described it at the top, like its first predecessor below."""
    like = plan.into if step.parent is None and isinstance(plan.into, NewUnit) else step.predecessors[0]
    described = ("kind", "name", "short_name", "symbol", "identifier", "level", "division")
    return Unit(valid_from=plan.on, **{name: getattr(like, name) for name in described})


def _check_heads(plan: MergerPlan, continuing: Collection[UUID]) -> None:
    """Refuse a choice that would leave a unit with two accountable heads."""
    at = start_of(plan.on)
    for step in plan.steps:
        ids = {unit.pk for unit in step.predecessors}
        heads = [p for p in plan.posts if p.accountable_head and p.key in continuing and p.unit_id in ids]
        own = step.existing and Post.objects.in_force(at).filter(unit=step.existing, accountable_head=True).count()
        if len({post.person_id for post in heads}) + (own or 0) > 1:
            raise Refusal(
                _("“%(name)s” sẽ có hai người đứng đầu. Hãy chọn một người tiếp tục giữ chức vụ.")
                % {"name": step.name},
                code="two-heads",
                field="continuing",
            )


def _staff_follow(plan: MergerPlan, heirs: dict[int, Unit]) -> None:
    """End every membership in an ending unit and begin it in the successor; what had not begun yet goes there."""
    at = start_of(plan.on)
    running = StaffMembership.objects.not_over(at)
    seconded = running.filter(unit__in=set(heirs.values()), main=False)
    placed = {(membership.person_id, membership.unit_id): membership for membership in seconded}
    for membership in running.filter(unit__in=heirs).order_by("person", "-main", "starts_at"):
        heir = heirs[membership.unit_id]
        if membership.starts_at >= at:
            membership.unit = heir
            keep(membership)
            continue
        until, membership.ends_at = membership.ends_at, at
        keep(membership)
        there = placed.get((membership.person_id, heir.pk))
        if there and membership.main:
            there.ends_at = at
            keep(there)
        if there is None or membership.main:
            facts = {"person_id": membership.person_id, "unit": heir, "main": membership.main}
            placed[membership.person_id, heir.pk] = keep(StaffMembership(**facts, starts_at=at, ends_at=until))


def _posts_follow(plan: MergerPlan, heirs: dict[int, Unit], document: str, continuing: Collection[UUID]) -> None:
    """End every post at the turn; those chosen go on in the successor, once per person and role."""
    at = start_of(plan.on)
    going_on: dict[tuple[int, int, str], Post] = {}
    for post in plan.posts:
        heir, ends_at = heirs[post.unit_id], post.ends_at
        if post.starts_at >= at:
            post.unit = heir
            keep(post)
            continue
        with judged(Post):
            close(post, at)
        if post.key in continuing:
            heir_post = _same_post(post, heir, document, at, ends_at)
            known = going_on.setdefault((post.person_id, heir.pk, post.role), heir_post)
            known.accountable_head = known.accountable_head or post.accountable_head
    for post in going_on.values():
        keep(post)


def _same_post(post: Post, heir: Unit, document: str, at: datetime, ends_at: datetime | None) -> Post:
    return Post(
        person=post.person,
        unit=heir,
        role=post.role,
        title=post.title,
        accountable_head=post.accountable_head,
        portfolio=post.portfolio,
        decision=post.decision or document,
        starts_at=at,
        ends_at=ends_at,
    )


def _hand_over(plan: MergerPlan, heirs: dict[int, Unit]) -> None:
    """Stand down the old bodies; give sites, contacts and directory entries to the successors."""
    at = start_of(plan.on)
    for kind in (Activation, Composition):
        with judged(kind):
            kind.objects.in_force(at).filter(body__in=plan.bodies, starts_at__lt=at).update(ends_at=at)
    for holding in plan.holdings:
        _hand_site_over(holding, heirs[holding.unit_id], plan)
    for pk, heir in heirs.items():
        Person.objects.filter(registered_in=pk).update(registered_in=heir)
        OutsideAuthority.objects.filter(kept_by=pk).update(kept_by=heir)


def _hand_site_over(holding: SiteHolding, heir: Unit, plan: MergerPlan) -> None:
    """The site stays; its holder changes at the turn."""
    if holding.valid_from >= plan.on:
        holding.unit = heir
        keep(holding)
        return
    until, holding.valid_to = holding.valid_to, plan.last_day
    keep(holding)
    keep(SiteHolding(site=holding.site, unit=heir, valid_from=plan.on, valid_to=until))


def _announce(plan: MergerPlan, heirs: dict[int, Unit]) -> None:
    for step in plan.steps:
        heir = heirs[step.predecessors[0].pk]
        if step.existing is None:
            news.announce(UnitCreated(unit=str(heir.key), on=plan.on.isoformat()))
        for unit in step.predecessors:
            news.announce(
                UnitEnded(unit=str(unit.key), last_day=plan.last_day.isoformat(), successors=(str(heir.key),))
            )
