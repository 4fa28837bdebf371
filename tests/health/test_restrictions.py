"""A restriction holds at once and until it is lifted with a reason (F8, F9)."""

from datetime import timedelta

import pytest

from taicho.health.actions.restrictions import lift, restrict
from taicho.health.models import Restriction
from taicho.health.queries.standing import Standing, standing
from taicho.kernel import clock
from taicho.kernel.refusals import Conflict, Refusal
from tests.health.clinic import declared, measured, stands, threshold
from tests.organisation.land import actor
from tests.organisation.traces import traces

pytestmark = pytest.mark.django_db


def restricted(person, nurse, *, kind="no_entry", reason="sốt từ tối qua"):
    return restrict(person, by=actor(nurse), kind=kind, reason=reason, at=clock.now())


def test_a_restriction_holds_from_the_very_instant_and_leaves_a_trail(sick_bay):
    with traces() as left:
        one = restricted(sick_bay.staff, sick_bay.nurse)
    assert stands(sick_bay.staff).restricted
    assert left.verbs == ["health.restrict"]
    assert left.news == [("RestrictionSet", {"restriction": str(one.key)})]


def test_lifted_with_a_reason_it_holds_no_longer(sick_bay):
    one = restricted(sick_bay.staff, sick_bay.nurse)
    done = lift(one, by=actor(sick_bay.nurse), reason="xét nghiệm âm tính", at=clock.now())
    later = clock.now() + timedelta(seconds=1)
    assert not stands(sick_bay.staff, later).restricted
    assert (done.reason, done.lifted_by) == ("xét nghiệm âm tính", sick_bay.nurse.key)
    assert Restriction.objects.get().reason == "sốt từ tối qua"


@pytest.mark.parametrize("reason", ["", "   "])
def test_nobody_is_restricted_or_released_without_a_reason(sick_bay, reason):
    with pytest.raises(Refusal) as refused:
        restricted(sick_bay.staff, sick_bay.nurse, reason=reason)
    assert refused.value.code == "without-reason"
    one = restricted(sick_bay.staff, sick_bay.nurse)
    with pytest.raises(Refusal):
        lift(one, by=actor(sick_bay.nurse), reason=reason, at=clock.now())
    assert stands(sick_bay.staff).restricted


def test_a_person_has_one_open_restriction_of_a_kind(sick_bay):  # D8
    restricted(sick_bay.staff, sick_bay.nurse)
    with pytest.raises(Conflict) as conflict:
        restricted(sick_bay.staff, sick_bay.nurse)
    assert conflict.value.code == "health_one_restriction_of_a_kind_at_a_time"
    restricted(sick_bay.staff, sick_bay.nurse, kind="self")


def test_who_is_restricted_twice_is_free_only_when_both_are_lifted(sick_bay):
    one, other = (restricted(sick_bay.staff, sick_bay.nurse, kind=kind) for kind in ("no_entry", "self"))
    later = clock.now() + timedelta(minutes=1)
    lift(one, by=actor(sick_bay.nurse), reason="âm tính", at=clock.now())
    assert stands(sick_bay.staff, later).restricted
    lift(other, by=actor(sick_bay.nurse), reason="âm tính", at=clock.now())
    assert not stands(sick_bay.staff, later).restricted


def test_a_restriction_is_lifted_once(sick_bay):
    one = restricted(sick_bay.staff, sick_bay.nurse)
    lift(one, by=actor(sick_bay.nurse), reason="âm tính", at=clock.now())
    with pytest.raises(Conflict) as conflict:
        lift(one, by=actor(sick_bay.nurse), reason="âm tính", at=clock.now())
    assert conflict.value.code == "lifted-already"


def test_after_a_lift_the_same_restriction_can_be_set_again(sick_bay):
    one = restricted(sick_bay.staff, sick_bay.nurse)
    at = clock.now() + timedelta(hours=1)
    lift(one, by=actor(sick_bay.nurse), reason="âm tính", at=at)
    restrict(sick_bay.staff, by=actor(sick_bay.nurse), kind="no_entry", reason="sốt lại", at=at)
    assert stands(sick_bay.staff, at).restricted


def test_standing_knows_everybody_asked_for_in_four_questions(land, sick_bay, ordered, django_assert_num_queries):
    threshold(land.bureau, 37.5)
    declared(sick_bay.staff)
    measured(sick_bay.guard, "38.2", by=sick_bay.nurse)
    restricted(sick_bay.office, sick_bay.nurse)
    asked = [sick_bay.staff, sick_bay.guard, sick_bay.office, sick_bay.leader]
    at = clock.now()
    with django_assert_num_queries(4):
        found = standing([one.pk for one in asked], at)
    assert [found[one.pk] for one in asked] == [
        Standing(declared=True),
        Standing(temperature_today=True, high=True, alert=True),
        Standing(restricted=True),
        Standing(),
    ]


def test_standing_tells_booleans_and_nothing_else():  # trust.md A3
    assert set(Standing.__annotations__.values()) == {bool}
