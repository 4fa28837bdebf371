"""What the pages of standing bodies show (B2)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from taicho.kernel.actor import Actor
from taicho.organisation.enums import BodyFunction
from taicho.organisation.models import Activation, BodyMember, Composition, Person, StandingBody

RANK = Case(
    *(When(function=function, then=Value(rank)) for rank, function in enumerate(BodyFunction)),
    output_field=IntegerField(),
)
"""Head first, then deputies, secretary, members."""


@dataclass(slots=True)
class BodyPage:
    """One body: composition and activation now, and all there have been."""

    composition: Composition | None
    members: list[BodyMember]
    former: list[Composition]
    activations: list[Activation]
    running: Activation | None


def bodies_seen_by(actor: Actor, at: datetime) -> QuerySet[StandingBody]:
    """The bodies the actor sees, `is_active` first, with their unit."""
    active = Activation.objects.in_force(at).filter(body=OuterRef("pk"))
    seen = StandingBody.objects.visible_to(actor).annotate(is_active=Exists(active))
    return seen.select_related("unit").order_by("-is_active", "unit__path", "name")


def members_now(body: StandingBody, at: datetime) -> QuerySet[BodyMember]:
    """Who sits in `body` at `at`, head first; for those who compose it."""
    seats = BodyMember.objects.filter(composition__in=Composition.objects.in_force(at).filter(body=body))
    return seats.select_related("person").order_by(RANK, "person__name_key")


def body_page(body: StandingBody, actor: Actor, at: datetime) -> BodyPage:
    """The page of `body` at `at`. A member whom the actor may not see keeps the seat and loses the name (`is_named`)."""
    compositions = list(Composition.objects.filter(body=body).order_by("-starts_at"))
    now = next((one for one in compositions if one.holds_at(at)), None)
    seen = Person.objects.visible_to(actor, at).filter(pk=OuterRef("person"))
    activations = list(Activation.objects.filter(body=body).order_by("-starts_at"))
    return BodyPage(
        composition=now,
        members=list(members_now(body, at).annotate(is_named=Exists(seen))),
        former=[one for one in compositions if one is not now],
        activations=activations,
        running=next((one for one in activations if one.holds_at(at)), None),
    )
