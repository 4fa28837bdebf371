"""May I see it? A foreign object is not there at all (house § 7, D13; trust.md S-01)."""

import pytest

from taicho.kernel.actor import ANONYMOUS
from taicho.organisation.actions.staff import end_service, transfer
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import OutsideAuthority, Person, Unit
from tests.organisation.land import BEGAN, NOW, SETUP, START, actor

UNITS = {
    # B1: own agency and the line above; posts that answer for what is below also see below.
    "staff": {"province", "bureau", "office", "department"},
    "head": {"province", "bureau", "office", "department"},
    "office": {"province", "bureau", "office", "department"},
    "guard": {"province", "bureau", "office", "department"},
    "leader": {"province", "bureau", "office", "department", "institute"},
    "superior": {"province", "bureau", "office", "department", "institute", "commune", "other_commune"},
    "administrator": {"province", "bureau", "office", "department", "institute", "commune", "other_commune"},
    "researcher": {"province", "bureau", "institute"},
    "villager": {"province", "commune"},
    "stranger": {"elsewhere"},
}
BUREAU = {"staff", "head", "office", "guard", "leader", "administrator"}
PERSONS = {
    # B5, trust.md A9: the people of an agency are shown inside it; above it only counts.
    "staff": BUREAU,
    "head": BUREAU,
    "office": BUREAU,
    "guard": BUREAU,
    "leader": BUREAU,
    "superior": {"superior"},
    "administrator": BUREAU | {"superior", "researcher", "villager"},
    "researcher": {"researcher"},
    "villager": {"villager"},
    "stranger": {"stranger"},
}


def names(things, found):
    by_pk = {thing.pk: name for name, thing in vars(things).items()}
    return {by_pk[thing.pk] for thing in found}


@pytest.mark.parametrize("who", UNITS)
def test_units_are_seen_by_agency_line_and_post(who, land, people):
    assert names(land, Unit.objects.visible_to(actor(getattr(people, who)))) == UNITS[who]


@pytest.mark.parametrize("who", PERSONS)
def test_people_are_seen_inside_their_agency_and_not_from_above(who, land, people):
    assert names(people, Person.objects.visible_to(actor(getattr(people, who)))) == PERSONS[who]


def test_nobody_signed_in_sees_nothing(people):
    assert not Person.objects.visible_to(ANONYMOUS).exists()
    assert not Unit.objects.visible_to(ANONYMOUS).exists()


def test_a_person_transferred_away_no_longer_sees_old_colleagues_and_they_no_longer_see_the_person(people, land):
    transfer(people.staff, by=SETUP, to=land.commune)
    assert names(people, Person.objects.visible_to(actor(people.staff))) == {"staff", "villager"}
    assert "staff" not in names(people, Person.objects.visible_to(actor(people.head)))


def test_those_who_left_stay_visible_to_the_office_that_keeps_the_register(people):
    end_service(people.staff, by=SETUP)
    assert "staff" in names(people, Person.objects.visible_to(actor(people.office)))
    assert "staff" in names(people, Person.objects.visible_to(actor(people.administrator)))
    assert "staff" not in names(people, Person.objects.visible_to(actor(people.head)))


def test_a_visitor_is_visible_to_those_who_receive_visitors_in_that_agency_only(people, land):  # E4
    visitor = Person.objects.create(kind=PersonKind.VISITOR, registered_in=land.bureau)
    sees = {name for name in PERSONS if visitor in Person.objects.visible_to(actor(getattr(people, name)))}
    assert sees == {"office", "guard", "administrator"}


def test_a_predecessor_stays_readable_to_the_successor(people, land):  # D15
    from taicho.organisation.models import UnitSuccession

    UnitSuccession.objects.create(predecessor=land.other_commune, successor=land.commune, on=START, document="01/NQ")
    assert land.other_commune in Unit.objects.visible_to(actor(people.villager))


def test_telephone_numbers_of_authorities_need_no_right(land):  # B6
    assert OutsideAuthority.VISIBLE_TO_EVERYONE


def test_yesterday_s_visibility_can_be_asked(people, land):
    transfer(people.staff, by=SETUP, to=land.commune, at=NOW)
    seen_before = Person.objects.visible_to(actor(people.head, BEGAN), BEGAN)
    assert people.staff in seen_before
