"""Who acts: the person of an account with every capacity held at an instant. Asked once per request, in two queries."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Left

from taicho.accounts.models import Account
from taicho.kernel import clock
from taicho.kernel.actor import Actor, Assurance, Capacity
from taicho.organisation.enums import PostRole, StandingBodyKind
from taicho.organisation.models import Activation, BodyMember, Delegation, Person, Post, StaffMembership, Unit
from taicho.organisation.rules.reach import STEP, reach_of


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
    """The actor behind `account` at `at` (now when not given); None when the account belongs to nobody.

    Capacities come from memberships, posts, delegations of posts still held, and active standing bodies, each in
    force at `at` in a unit that exists on that day. What has ended gives nothing, from that very instant (A13).
    """
    person = Person.objects.filter(account=account).values_list("pk", "key").first()
    if person is None:
        return None
    return actor_of_person(*person, at or clock.now(), assurance=assurance, confirmed_at=confirmed_at)


def actor_of_person(
    pk: int, key: UUID, at: datetime, *, assurance: Assurance, confirmed_at: datetime | None = None
) -> Actor:
    """The actor for the person with primary key `pk` and public key `key`; the main unit's capacity comes first."""
    held = sorted(map(Held._make, _held(pk, at)), key=lambda h: (not h.is_home, h.unit_path, h.held_role, str(h.key)))
    return Actor(
        person=key,
        root=held[0].root_key if held else None,
        unit=held[0].unit_key if held else None,
        capacities=tuple(
            Capacity(h.key, h.held_role, h.unit_key, reach_of(h.held_role, path=h.unit_path, agency_path=h.agency_path))
            for h in held
        ),
        assurance=assurance,
        confirmed_at=confirmed_at,
    )


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
    """Seats in compositions in force of standing bodies that are active."""
    active = Activation.objects.in_force(at).filter(body=OuterRef("composition__body"))
    return BodyMember.objects.filter(
        Exists(active),
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
