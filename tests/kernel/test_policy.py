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


@policy("Chỉ Lãnh đạo xem được.")
def is_leader(actor, thing=None):
    return actor.holds(["leader"])


@pytest.mark.parametrize(
    ("actor", "thing", "reason"),
    [
        (ANONYMOUS, "other", "Chỉ người có tên trong sổ xem được."),
        (ANONYMOUS, "named", "Chỉ Lãnh đạo xem được."),
        (office_of("1"), "other", "Chỉ Lãnh đạo xem được."),
    ],
    ids=["neither way in", "one way in but not the other part", "the other way in but not the other part"],
)
def test_of_nested_conditions_the_one_that_fails_is_named(actor, thing, reason):
    assert ((is_office | is_named) & is_leader).explain(actor, thing) == reason


def test_an_or_of_ands_names_the_last_way_in():
    either = (is_office & is_leader) | (is_named & is_leader)
    assert either.explain(office_of("1"), "other") == "Chỉ người có tên trong sổ xem được."
    assert either.explain(office_of("1"), "named") == "Chỉ Lãnh đạo xem được."


def test_a_permit_of_several_conditions_refuses_as_a_single_one_does():
    both = is_office & is_named
    both.permit(office_of("1"), "named")
    with pytest.raises(NotPermitted) as refused:
        both.permit(office_of("1"), "other")
    assert refused.value.sentence == "Chỉ người có tên trong sổ xem được."
    assert refused.value.code


def test_the_sentence_is_said_in_the_language_of_the_moment():
    from django.utils.translation import gettext_lazy, override

    @policy(gettext_lazy("dưới 1 phút"))
    def never(actor, thing=None):
        return False

    with override("vi"):
        assert never.explain(ANONYMOUS) == "dưới 1 phút"
    with override("en"):
        assert never.explain(ANONYMOUS) != "dưới 1 phút"


def test_a_policy_that_asks_about_a_thing_permits_nothing_when_there_is_none():
    assert is_named.explain(office_of("1")) == "Chỉ người có tên trong sổ xem được."
    assert is_named.name == "is_named"
