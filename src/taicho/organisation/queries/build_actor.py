"""Who acts: the person of an account with every capacity held at an instant (three queries, in a drill four)."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Left

from taicho.accounts.models import Account, AdministratorGrant
from taicho.kernel import clock
from taicho.kernel.actor import Actor, Assurance, Capacity
from taicho.organisation.enums import SENSITIVE_ROLES, PostRole, StandingBodyKind
from taicho.organisation.models import (
    Activation,
    BodyMember,
    Delegation,
    Person,
    Post,
    StaffMembership,
    Unit,
    UnitSuccession,
)
from taicho.organisation.rules.reach import EVERYTHING, STEP, reach_of, reach_of_root


class Held(NamedTuple):
    """One capacity as the database tells it."""

    is_home: bool
    key: UUID
    held_role: str
    unit_key: UUID
    unit_path: str
    agency_path: str
    root_key: UUID


def build_actor(
    account: Account,
    at: datetime | None = None,
    *,
    assurance: Assurance = Assurance.ONE_FACTOR,
    confirmed_at: datetime | None = None,
) -> Actor | None:
    """The actor behind `account` at `at` (now when not given); None when the account has neither person nor grant.

    Capacities come from memberships, posts, delegations of posts still held, and active standing bodies, each in
    force at `at` in a unit that exists on that day. What has ended gives nothing, from that very instant (A13).
    A grant of administrator rights adds the whole tree of the person; for an account without a person (the first
    start) the whole installation, and the account itself stands in the trail.
    """
    person = Person.objects.filter(account=account).values_list("pk", "key").first()
    rows = _held(person[0], at or clock.now()) if person else ()
    held = sorted(map(Held._make, rows), key=lambda h: (not h.is_home, h.unit_path, h.held_role, str(h.key)))
    granted = _granted(account, held, at or clock.real_now(), everywhere=person is None)
    if person is None and not granted:
        return None
    return Actor(
        person=person[1] if person else account.key,
        root=held[0].root_key if held else None,
        unit=held[0].unit_key if held else None,
        capacities=(*(_capacity(one) for one in held), *granted),
        assurance=assurance,
        confirmed_at=confirmed_at,
    )


def needs_second_factor(account: Account) -> bool:
    """Whether the account holds a role now that must sign in with two factors (S-13)."""
    actor = build_actor(account)
    return actor is not None and any(capacity.role in SENSITIVE_ROLES for capacity in actor.capacities)


def _capacity(held: Held) -> Capacity:
    reach = reach_of(held.held_role, path=held.unit_path, agency_path=held.agency_path)
    return Capacity(held.key, held.held_role, held.unit_key, reach)


def _granted(account: Account, held: list[Held], at: datetime, *, everywhere: bool) -> tuple[Capacity, ...]:
    """Administrator for a while, over the person's whole tree; a person who belongs nowhere now has no tree."""
    if not held and not everywhere:
        return ()
    grants = AdministratorGrant.objects.in_force(at).filter(account=account).values_list("key", flat=True)
    unit, reach = (held[0].root_key, reach_of_root(held[0].unit_path)) if held else (account.key, EVERYTHING)
    return tuple(Capacity(grant, PostRole.ADMINISTRATOR, unit, reach) for grant in grants)


def _held(person: int, at: datetime) -> QuerySet[Any, Any]:
    """One row per capacity in force, from the four sources of rights."""
    memberships = _rows(
        StaffMembership.objects.in_force(at).filter(person=person), "", Value(PostRole.STAFF), at, F("main")
    )
    posts = _rows(Post.objects.in_force(at).filter(person=person), "", F("role"), at)
    held_post = Q(post__starts_at__lte=at) & (Q(post__ends_at__isnull=True) | Q(post__ends_at__gt=at))
    delegations = _rows(Delegation.objects.in_force(at).filter(held_post, person=person), "post__", F("post__role"), at)
    return memberships.union(
        posts, delegations, _rows(_seats(person, at), "composition__body__", _role_of_body(), at), all=True
    )


def _seats(person: int, at: datetime) -> QuerySet[Any, Any]:
    """Seats in compositions in force of standing bodies that are active, while their holders serve where they did.

    Who has left, or was transferred to another agency after being seated, keeps the line in the decision and no right
    until the body is recomposed (A13). Who came along when the own unit was merged has not moved (house D15).
    """
    active = Activation.objects.in_force(at).filter(body=OuterRef("composition__body"))
    merged = UnitSuccession.objects.filter(successor=OuterRef("unit"), predecessor__memberships__person=person)
    same_place = (
        Q(starts_at__lte=OuterRef("composition__starts_at"))
        | Q(unit__agency_path=OuterRef("composition__body__unit__agency_path"))
        | Exists(merged)
    )
    serving = StaffMembership.objects.in_force(at).filter(same_place, person=person)
    return BodyMember.objects.filter(
        Exists(active),
        Exists(serving),
        Q(composition__ends_at__isnull=True) | Q(composition__ends_at__gt=at),
        composition__starts_at__lte=at,
        person=person,
    )


def _role_of_body() -> Case:
    kinds = [When(composition__body__kind=kind, then=Value(kind.role.value)) for kind in StandingBodyKind]
    return Case(*kinds, output_field=CharField())


def _rows(
    held: QuerySet[Any, Any], to: str, role: F | Value | Case, at: datetime, is_home: F | Value | None = None
) -> QuerySet[Any, Any]:
    """The columns of a capacity; `to` is the way from the row to its unit, which must exist on that day."""
    day, unit = clock.today(at), f"{to}unit__"
    root = Unit.objects.filter(path=Left(OuterRef("unit_path"), STEP)).order_by().values("key")
    exists = Q(**{f"{unit}valid_to__isnull": True}) | Q(**{f"{unit}valid_to__gte": day})
    return (
        held.filter(exists, **{f"{unit}valid_from__lte": day})
        .order_by()
        .annotate(
            is_home=is_home or Value(False, BooleanField()),
            held_role=Cast(role, CharField()),
            unit_key=F(f"{unit}key"),
            unit_path=F(f"{unit}path"),
            agency_path=F(f"{unit}agency_path"),
            root_key=Subquery(root),
        )
        .values_list(*Held._fields)
    )
