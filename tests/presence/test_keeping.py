"""What presence keeps, refuses and shows: constraints, the agency of the day, rights that end, few queries. # D11, E3"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taicho.kernel import clock
from taicho.kernel.actor import ANONYMOUS
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.kernel.saving import keep
from taicho.organisation.actions.posts import delegate, end_post
from taicho.organisation.actions.staff import transfer
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Person, Post, SiteHolding
from taicho.presence.actions.stays import arrive, leave
from taicho.presence.enums import Direction
from taicho.presence.models import Passage, Stay
from taicho.presence.queries.inside import inside
from taicho.presence.rules.stays import Passed, stays_of
from tests.organisation.land import SETUP, actor, post
from tests.presence.conftest import office

pytestmark = pytest.mark.django_db
IN, OUT = Direction.IN, Direction.OUT
QUIET = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


# Constraints


def passage(people, sites, **more):
    facts = {"person": people.staff, "direction": IN, "site": sites[0], "at": office("20 08:00")}
    return Passage(**facts | {"evidence": "gate.entry", "evidence_key": uuid4()} | more)


@pytest.mark.parametrize("way", [IN, OUT])
def test_one_record_shows_one_passing_each_way(people, sites, way):
    key = uuid4()
    passage(people, sites, direction=way, evidence_key=key).save()
    with pytest.raises(Refusal, match="đã được ghi") as refused:
        keep(passage(people, sites, direction=way, evidence_key=key, person=people.head))
    assert refused.value.code == "presence_passage_once"


def test_nobody_comes_in_nowhere_and_everybody_may_go_out(people, sites):
    with pytest.raises(IntegrityError, match="presence_come_in_somewhere"), transaction.atomic():
        passage(people, sites, site=None).save()
    passage(people, sites, site=None, direction=OUT).save()


@pytest.mark.parametrize(
    "change, name",
    [
        ({"until_at": office("20 07:59")}, "presence_ends_after_start"),
        ({"departure": True}, "presence_departure_ends_the_stay"),
    ],
    ids=["ends before it began", "gone without an hour"],
)
def test_a_stay_that_cannot_be_is_refused_by_the_database(people, sites, change, name):
    came, left = passage(people, sites), passage(people, sites, direction=OUT, at=office("20 09:00"))
    came.save()
    left.save()
    if "departure" in change:
        change = {"departure": left}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Stay.objects.create(person=people.staff, site=sites[0], from_at=came.at, arrival=came, **change)


def test_two_people_may_be_in_one_place_at_one_time(came, people, sites):
    came("20 08:00")
    came("20 08:00", who=people.head)
    assert inside(sites[0], office("20 08:00")).count() == 2


# What is kept


@pytest.mark.parametrize("way, verb", [(IN, "presence.pass_in"), (OUT, "presence.pass_out")])
def test_a_passing_stands_in_the_trail_with_who_told_it(people, sites, way, verb):
    guard, key = actor(people.guard), uuid4()
    told = {"at": office("20 08:00"), "evidence": "gate.entry", "evidence_key": key, "by": guard}
    arrive(people.staff, sites[0], **told) if way is IN else leave(people.staff, **told)
    row, kept = AuditEntry.objects.get(verb=verb), Passage.objects.get()
    assert (row.actor, row.object_key) == (people.guard.key, kept.key)
    assert (kept.evidence, kept.evidence_key, kept.direction) == ("gate.entry", key, way)


def test_a_stay_is_of_the_agency_that_held_the_site_on_that_day(came, land, sites):
    """The Sở hands its store over on the 21st: the days before stay its own."""
    the_21st = office("21 00:00").date()
    sites[1].holdings.update(valid_to=the_21st - timedelta(days=1))
    SiteHolding.objects.create(site=sites[1], unit=land.institute, valid_from=the_21st)
    before, after = came("20 23:59", site=sites[1]), came("21 00:00", site=sites[1])
    assert (before.agency, after.agency) == (land.bureau, land.institute)


def test_at_a_site_nobody_holds_a_stay_has_no_agency_and_is_seen_by_nobody_else(came, people, sites):
    SiteHolding.objects.filter(site=sites[1]).delete()
    stay = came("20 08:00", site=sites[1])
    assert stay.agency is None
    seen = {name for name, who in vars(people).items() if Stay.objects.visible_to(actor(who)).exists()}
    assert seen == {"staff"}


def test_a_passing_told_late_between_two_others_changes_only_its_own_stay(came, went):
    first, _out = came("20 07:30"), went("20 08:30")
    third = came("20 10:00")
    went("20 09:30")
    came("20 09:00")
    spans = list(Stay.objects.values_list("from_at", "until_at"))
    assert spans == [
        (office("20 07:30"), office("20 08:30")), (office("20 09:00"), office("20 09:30")), (office("20 10:00"), None),
    ]  # fmt: skip
    assert {first.pk, third.pk} < set(Stay.objects.values_list("pk", flat=True))


@QUIET
@given(
    st.lists(
        st.tuples(st.sampled_from([IN, OUT]), st.integers(0, 2 * 24 * 60), st.integers(0, 1)),
        max_size=6, unique_by=lambda one: one[1],
    )
)  # fmt: skip
def test_what_is_kept_is_what_the_rule_tells_in_whatever_order_it_was_told(people, sites, steps):
    start = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    with transaction.atomic():
        for way, minutes, place in steps:
            told = {"at": start + timedelta(minutes=minutes), "evidence": "gate.entry", "evidence_key": uuid4()}
            arrive(people.staff, sites[place], **told) if way is IN else leave(people.staff, **told)
        kept = list(Stay.objects.filter(person=people.staff).values_list("site", "from_at", "until_at", "departure"))
        rows = Passage.objects.filter(person=people.staff).values_list("pk", "direction", "at", "site")
        told = stays_of(Passed(pk, Direction(way), at, site) for pk, way, at, site in rows)
        assert kept == [(one.site, one.from_at, one.until_at, one.departure) for one in told]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "at, there", [("20 07:59", False), ("20 08:00", True), ("20 11:29", True), ("20 11:30", False), ("21 08:00", False)]
)
def test_somebody_is_inside_from_the_instant_of_coming_to_the_instant_of_going(came, went, sites, at, there):
    came("20 08:00")
    went("20 11:30")
    assert inside(sites[0], office(at)).exists() == there


def test_who_is_inside_stands_by_arrival_and_costs_one_query(came, people, sites, django_assert_num_queries):
    for minute, who in enumerate((people.leader, people.staff, people.guard, people.head)):
        came(f"20 08:{minute:02}", who=who)
    with django_assert_num_queries(1):
        names = [stay.person.full_name for stay in inside(sites[0], office("20 09:00"))]
    assert names == ["Đặng Thị Hồng", "Nguyễn Thị Lan", "Phạm Văn Đạt", "Lê Minh Quân"]


# Who sees it


def sees(person, at=None):
    return Stay.objects.visible_to(actor(Person.objects.get(pk=person.pk), at)).exists()


def test_who_has_signed_in_as_nobody_sees_nothing(came):
    came("20 08:00")
    assert not Stay.objects.visible_to(ANONYMOUS).exists()


@pytest.mark.parametrize(
    "role, sees_it",
    [
        (PostRole.GUARD, True), (PostRole.ENTRANCE_DESK, True), (PostRole.OFFICE, True), (PostRole.HEALTH_POST, True),
        (PostRole.COMMAND_POST, True), (PostRole.CLERK, False), (PostRole.SUPERIOR_BODY, False),
        (PostRole.ADMINISTRATOR, False),
    ],
)  # fmt: skip
def test_the_house_is_known_to_posts_whose_work_it_is(came, land, people, role, sees_it):
    came("20 08:00", who=people.leader)
    more = {"until": datetime(2027, 1, 1, tzinfo=UTC)} if role == PostRole.ADMINISTRATOR else {}
    post(people.staff, land.office, role, **more)
    assert sees(people.staff) == sees_it


def test_with_the_post_the_sight_ends_at_once(came, people, time_machine):  # A13
    came("20 08:00", who=people.leader)
    assert sees(people.guard)
    time_machine.shift(60)
    end_post(Post.objects.get(role=PostRole.GUARD), by=SETUP, at=clock.now())
    assert not sees(people.guard)


def test_who_moves_to_another_agency_keeps_the_own_days_and_loses_the_house(came, land, people, time_machine):  # A13
    came("20 08:00", who=people.leader)
    came("20 09:00", who=people.guard)
    time_machine.shift(60)
    transfer(people.guard, by=SETUP, to=land.institute, at=clock.now())
    seen = Stay.objects.visible_to(actor(Person.objects.get(pk=people.guard.pk)))
    assert [stay.person for stay in seen] == [people.guard]


def test_whoever_acts_for_the_head_sees_the_unit_as_the_head_does(came, land, people):
    came("20 08:00")
    held = Post.objects.get(role=PostRole.UNIT_HEAD)
    until = datetime(2026, 12, 1, tzinfo=UTC)
    delegate(held, by=actor(people.head), to=people.leader, matters="trực", document="1/GUQ", until=until)
    assert sees(people.leader)


def test_a_head_sees_the_days_people_served_in_the_unit_and_no_others(came, land, people, time_machine):
    """Lan came on the 20th as one of the department; on the 21st she comes as one of the office."""
    came("20 08:00")
    time_machine.move_to(office("20 18:00"), tick=False)
    transfer(people.staff, by=SETUP, to=land.office, at=clock.now())
    came("21 08:00")
    days = [clock.local(stay.from_at).day for stay in Stay.objects.visible_to(actor(people.head))]
    assert days == [20]
