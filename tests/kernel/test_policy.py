"""A policy says yes, or says who can."""

from uuid import uuid4

import pytest

from taicho.kernel.actor import ANONYMOUS, Actor, Capacity, PathRange
from taicho.kernel.policy import policy
from taicho.kernel.refusals import NotPermitted


@policy("Chỉ Văn phòng xem được.")
def is_office(actor, thing=None):
    return actor.holds(["office"])


@policy("Chỉ người có tên trong sổ xem được.")
def is_named(actor, thing=None):
    return thing == "named"


def office_of(path):
    return Actor(person=uuid4(), capacities=(Capacity(uuid4(), "office", uuid4(), PathRange.under(path)),))


def test_a_permitted_actor_gets_no_reason():
    assert is_office.explain(office_of("0001")) is None


def test_a_refusal_says_who_can():
    with pytest.raises(NotPermitted) as refused:
        is_office.permit(ANONYMOUS)
    assert refused.value.sentence == "Chỉ Văn phòng xem được."
    assert refused.value.code == "is_office"
    assert refused.value.status == 403


@pytest.mark.parametrize(
    ("actor", "thing", "reason"),
    [
        (ANONYMOUS, "named", "Chỉ Văn phòng xem được."),
        (office_of("1"), "other", "Chỉ người có tên trong sổ xem được."),
        (office_of("1"), "named", None),
    ],
    ids=["first part fails", "second part fails", "both hold"],
)
def test_an_and_names_the_part_that_fails(actor, thing, reason):
    assert (is_office & is_named).explain(actor, thing) == reason


@pytest.mark.parametrize(
    ("actor", "thing", "reason"),
    [
        (ANONYMOUS, "other", "Chỉ người có tên trong sổ xem được."),
        (ANONYMOUS, "named", None),
        (office_of("1"), "other", None),
    ],
    ids=["neither holds", "second holds", "first holds"],
)
def test_an_or_needs_one_part(actor, thing, reason):
    assert (is_office | is_named).explain(actor, thing) == reason


def test_a_role_over_a_unit_reaches_everything_under_it_and_nothing_beside_it():
    head = office_of("00010002")
    assert head.holds(["office"], over="00010002")
    assert head.holds(["office"], over="000100020005")
    assert not head.holds(["office"], over="00010003")
    assert not head.holds(["office"], over="0001")
    assert not head.holds(["leader"], over="00010002")


def test_the_range_of_a_unit_holds_the_last_possible_child():
    assert "0001ZZZZ" in PathRange.under("0001")
    assert "0002" not in PathRange.under("0001")
