"""Who acts, in which capacities, over which units (house § 7: rights come from posts, never from levels)."""

from dataclasses import FrozenInstanceError
from uuid import uuid4

import pytest

from taicho.kernel.actor import ANONYMOUS, Actor, Assurance, Capacity, PathRange, system
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal


def holding(**paths):
    """Someone who holds each role over each of its paths."""
    hats = [Capacity(uuid4(), role, uuid4(), PathRange.under(path)) for role, held in paths.items() for path in held]
    return Actor(person=uuid4(), capacities=tuple(hats))


def test_a_visitor_and_the_system_have_not_signed_in():
    assert ANONYMOUS.signed_in is False
    assert system("sealer").signed_in is False
    assert Actor(person=uuid4()).signed_in is True


def test_a_step_of_the_system_bears_the_name_of_the_job_and_the_chain_of_its_office():
    root = uuid4()
    actor = system("import", root=root)
    assert (actor.machine, actor.root, actor.person) == ("import", root, None)
    assert system("sealer").root is None


def test_nobody_may_change_who_he_is_while_he_acts():
    with pytest.raises(FrozenInstanceError):
        ANONYMOUS.person = uuid4()
    with pytest.raises(FrozenInstanceError):
        PathRange.under("0001").end = "9"
    with pytest.raises(FrozenInstanceError):
        holding(office=["0001"]).capacities[0].role = "leader"


def test_two_factors_are_surer_than_one_and_one_than_none():
    assert Assurance.NONE < Assurance.ONE_FACTOR < Assurance.TWO_FACTORS
    assert not Assurance.NONE
    assert ANONYMOUS.assurance is Assurance.NONE


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("0001", True),
        ("00010001", True),
        ("0001ZZZZ", True),
        ("0002", False),
        ("000", False),
        ("00", False),
        ("", False),
    ],
)
def test_a_unit_reaches_itself_and_what_is_under_it(path, inside):
    assert (path in PathRange.under("0001")) is inside


def test_the_end_of_a_reach_is_outside_and_its_start_inside():
    reach = PathRange("0001", "0002")
    assert "0001" in reach
    assert "0002" not in reach


def test_every_reach_of_the_asked_roles_is_told_in_the_order_of_the_hats():
    actor = holding(office=["0001", "0003"], leader=["0002"])
    assert actor.reach(["office"]) == (PathRange.under("0001"), PathRange.under("0003"))
    assert actor.reach(["leader", "office"]) == tuple(PathRange.under(path) for path in ("0001", "0003", "0002"))
    assert actor.reach(["guard"]) == actor.reach([]) == ()


def test_a_role_is_held_only_over_its_own_units():
    actor = holding(office=["0001", "0003"], leader=["0002"])
    assert actor.holds(["office"])
    assert actor.holds(["office"], over="00030007")
    assert not actor.holds(["office"], over="0002")
    assert actor.holds(["guard", "leader"], over="0002")
    assert not actor.holds(["guard"])
    assert not ANONYMOUS.holds(["office"])


@pytest.mark.parametrize(("kind", "status"), [(Refusal, 400), (NotPermitted, 403), (Conflict, 409)])
def test_a_refusal_carries_its_sentence_its_code_and_its_field(kind, status):
    refusal = kind("Chưa ghi họ tên.", code="no-name", field="name")
    assert (refusal.status, refusal.sentence, refusal.code, refusal.field) == (
        status,
        "Chưa ghi họ tên.",
        "no-name",
        "name",
    )
    assert str(refusal) == "Chưa ghi họ tên."
    assert kind("Chưa được.", code="x").field is None
    assert isinstance(refusal, Refusal)
