"""Who was where, from when until when: one place at a time, each entry once, nothing made up. # D11, E3"""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.models import AuditEntry
from taicho.organisation.enums import PostRole
from taicho.presence.actions.stays import arrive, leave
from taicho.presence.enums import Direction
from taicho.presence.models import Passage, Stay
from taicho.presence.queries.inside import inside
from taicho.presence.rules.stays import Passed, stays_of
from tests.organisation.land import actor, post, staff
from tests.presence.conftest import office, shown

IN, OUT = Direction.IN, Direction.OUT
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""8h00 in Hà Nội."""


# The rule


def told(*steps):
    """Stays out of (direction, hours after 8h00, site)."""
    passages = [Passed(ref, way, START + timedelta(hours=hour), site) for ref, (way, hour, site) in enumerate(steps)]
    return [
        (
            stay.site,
            *(at and (at - START).total_seconds() / 3600 for at in (stay.from_at, stay.until_at)),
            stay.departure,
        )
        for stay in stays_of(passages)
    ]


def test_in_and_out_is_one_stay():
    assert told((IN, 0, "A"), (OUT, 4, None)) == [("A", 0, 4, 1)]


def test_who_has_not_gone_out_is_there():
    assert told((IN, 0, "A")) == [("A", 0, None, None)]


def test_scanned_twice_in_a_day_is_one_stay():
    assert told((IN, 0, "A"), (IN, 1, "A"), (OUT, 4, None)) == [("A", 0, 4, 2)]


def test_who_comes_in_elsewhere_has_left_unseen_at_the_latest_then():
    assert told((IN, 0, "A"), (IN, 2, "B")) == [("A", 0, 2, None), ("B", 2, None, None)]


def test_who_forgot_to_scan_out_and_comes_the_next_day_was_not_there_all_night_for_sure():
    assert told((IN, 0, "A"), (IN, 24, "A")) == [("A", 0, 24, None), ("A", 24, None, None)]


def test_a_night_on_duty_is_one_stay_over_midnight():
    assert told((IN, 10, "A"), (OUT, 23, None)) == [("A", 10, 23, 1)]


def test_going_out_without_having_come_in_tells_of_no_stay():
    assert told((OUT, 1, None), (IN, 2, "A"), (OUT, 3, None), (OUT, 4, None)) == [("A", 2, 3, 2)]


def test_in_and_out_in_one_instant_is_a_stay_without_length():
    assert told((OUT, 1, None), (IN, 1, "A")) == [("A", 1, 1, 0)]


PASSAGES = st.lists(
    st.builds(
        lambda way, minutes, site: (way, START + timedelta(minutes=minutes), site),
        st.sampled_from([IN, OUT]), st.integers(0, 3 * 24 * 60), st.sampled_from("AB"),
    ),
    max_size=12,
)  # fmt: skip


@given(PASSAGES)
def test_stays_never_overlap_and_only_the_last_one_may_run(passages):
    stays = stays_of(Passed(ref, *one) for ref, one in enumerate(passages))
    assert all(one.until_at is not None and one.until_at <= after.from_at for one, after in pairwise(stays))


# What is kept


@pytest.mark.django_db
def test_who_came_in_is_inside_until_going_out(came, went, people, sites):
    came("20 08:00")
    assert [stay.person for stay in inside(sites[0], office("20 09:00"))] == [people.staff]
    assert not inside(sites[0], office("20 07:59"))
    assert not inside(sites[1], office("20 09:00"))
    went("20 11:30")
    assert inside(sites[0], office("20 11:29")).exists()
    assert not inside(sites[0], office("20 11:30"))


@pytest.mark.django_db
def test_the_same_entry_told_twice_is_kept_once(came, went):  # house D3
    first, last = uuid4(), uuid4()
    assert came("20 08:00", key=first) == came("20 08:00", key=first)
    assert went("20 11:30", key=last) == went("20 11:30", key=last)
    assert came("20 08:00", key=first).until_at == office("20 11:30"), "an old entry told again opens nothing"
    assert (
        Stay.objects.count(),
        Passage.objects.count(),
        AuditEntry.objects.filter(verb__startswith="presence.").count(),
    ) == (1, 2, 2)


@pytest.mark.django_db
def test_an_entry_key_may_serve_both_ways(came, went):
    key = uuid4()
    came("20 08:00", key=key)
    assert went("20 09:00", key=key) is not None


@pytest.mark.django_db
def test_going_out_unseen_before_is_kept_and_ends_nothing(went):
    assert went("20 11:30") is None
    assert Passage.objects.count() == 1


@pytest.mark.django_db
def test_a_gate_that_was_offline_tells_of_the_morning_in_the_evening(came, went, sites):
    assert went("20 11:30") is None
    came("20 13:00")
    assert came("20 08:00").until_at == office("20 11:30")
    assert shown(Stay.objects.all()) == [("Trụ sở", "20 08:00", "20 11:30"), ("Trụ sở", "20 13:00", None)]


@pytest.mark.django_db
def test_whatever_the_order_of_telling_the_stays_are_the_same(people, sites):
    day = [
        (IN, "20 07:30", 0), (IN, "20 07:31", 0), (OUT, "20 11:30", 0), (IN, "20 13:00", 0), (IN, "20 14:00", 1),
        (OUT, "20 17:00", 0), (IN, "21 07:40", 0), (IN, "22 07:35", 0), (OUT, "22 17:00", 0),
    ]  # fmt: skip
    expected, order = None, random.Random(20211)
    for _ in range(12):
        Stay.objects.all().delete()
        Passage.objects.all().delete()
        for way, at, site in day:
            tell(people.staff, way, office(at), sites[site])
        stays = shown(Stay.objects.all())
        expected = expected or stays
        assert stays == expected
        order.shuffle(day)
    assert len(expected) == 5


def tell(person, way, at, site):
    if way is IN:
        arrive(person, site, at=at, evidence="gate.entry", evidence_key=uuid4())
    else:
        leave(person, at=at, evidence_key=uuid4())


@pytest.mark.django_db
def test_the_database_itself_lets_nobody_be_in_two_places(came, people, sites):
    stay = came("20 08:00")
    other = Passage.objects.create(
        person=people.staff, direction=IN, site=sites[1], at=office("20 09:00"), evidence="x", evidence_key=uuid4()
    )
    with pytest.raises(IntegrityError, match="presence_in_one_place_at_a_time"), transaction.atomic():
        Stay.objects.create(person=people.staff, site=sites[1], from_at=office("20 09:00"), arrival=other)
    assert stay.until_at is None


# Who sees it


@pytest.mark.django_db
def test_the_house_is_seen_by_those_who_keep_it_and_by_nobody_from_above(came, people):  # A9, trust.md 5
    came("20 08:00")
    seen = {name: Stay.objects.visible_to(actor(who)).exists() for name, who in vars(people).items()}
    assert {name for name, sees in seen.items() if sees} == {"staff", "head", "office", "guard", "leader"}


@pytest.mark.django_db
def test_a_head_sees_the_own_unit_only(came, people):
    came("20 08:00", who=people.guard)
    assert not Stay.objects.visible_to(actor(people.head)).exists()
    assert Stay.objects.visible_to(actor(people.guard)).exists()


@pytest.mark.django_db
def test_a_colleague_who_keeps_no_house_does_not_see_when_others_come(came, people):
    came("20 08:00", who=people.head)
    assert not Stay.objects.visible_to(actor(people.staff)).exists()


@pytest.mark.django_db
def test_the_leader_of_the_province_does_not_see_who_is_in_the_house_of_a_bureau(came, people, land):  # A9
    chairman = staff("Lò Văn Cường", land.province)
    post(chairman, land.province, PostRole.LEADER, accountable_head=True)
    came("20 08:00")
    assert not Stay.objects.visible_to(actor(chairman)).exists()
