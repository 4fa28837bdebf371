"""Who may keep, compose and count what, and who sees it: rights over things follow the unit that holds them (house § 7)."""

from datetime import timedelta

import pytest

from taicho.organisation import policies
from taicho.organisation.actions.merger import merge_units
from taicho.organisation.actions.posts import delegate
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import Gate, Post, Room, Site, StandingBody, Unit
from taicho.organisation.queries.merger_plan import NewUnit
from tests.organisation.land import NOW, SETUP, actor, post, staff, unit
from tests.organisation.standing_land import built, land, own, people, things  # noqa: F401

DAY = timedelta(days=1)
EVERYBODY = [
    "staff", "head", "office", "guard", "leader", "administrator", "superior", "researcher", "villager", "stranger",
]  # fmt: skip
KEEPERS, MAKERS = {"office", "administrator"}, {"leader", "administrator"}
TABLE = [
    # policy, thing (None: any at all) → who may
    (policies.may_compose_body, "body", MAKERS),
    (policies.may_compose_body, "commune", {"administrator"}),
    (policies.may_compose_body, "elsewhere", set()),
    (policies.may_compose_body, None, MAKERS),
    (policies.may_keep_places, "station", KEEPERS),
    (policies.may_keep_places, "site", KEEPERS),
    (policies.may_keep_places, "gate", KEEPERS),
    (policies.may_keep_places, "room", KEEPERS),
    (policies.may_keep_places, "commune", {"administrator"}),
    (policies.may_keep_places, None, KEEPERS),
    (policies.may_manage_structure, "bureau", {"administrator"}),
    (policies.may_manage_structure, "commune", {"administrator"}),
    (policies.may_manage_structure, None, {"administrator"}),
]


@pytest.mark.parametrize(("policy", "thing", "allowed"), TABLE, ids=lambda x: x.name if hasattr(x, "name") else None)
def test_who_may_over_what(policy, thing, allowed, things, people):  # S-01
    over = getattr(things, thing) if thing else None
    assert {who for who in EVERYBODY if policy.test(actor(getattr(people, who)), over)} == allowed


def test_the_chief_of_office_keeps_the_places_and_composes_the_bodies(things, people):  # B2, B3
    post(people.staff, things.office, PostRole.CHIEF_OF_OFFICE)
    chief = actor(people.staff)
    assert policies.may_keep_places.test(chief, things.gate)
    assert policies.may_compose_body.test(chief, things.body)
    assert not policies.may_manage_structure.test(chief, things.bureau)


def test_the_office_and_the_leader_of_the_body_above_do_not_reach_into_the_agency_below(things):  # trust.md A9
    for role in (PostRole.OFFICE, PostRole.LEADER, PostRole.CHIEF_OF_OFFICE):
        holder = staff(f"Người {role}", things.province)
        post(holder, things.province, role)
        assert not policies.may_keep_places.test(actor(holder), things.site), role
        assert not policies.may_compose_body.test(actor(holder), things.body), role


def test_the_leader_of_a_department_composes_nothing_for_the_agency_above_it(things):
    head = staff("Trưởng Tổ", things.department)
    post(head, things.department, PostRole.LEADER)
    assert not policies.may_compose_body.test(actor(head), things.body)
    assert policies.may_compose_body.test(actor(head), things.department)


def test_a_delegate_of_the_leader_composes_until_the_delegation_ends(things, people):  # TUQ., B2
    delegate(
        things.post, by=actor(people.leader), to=people.head, matters="Ban Chỉ đạo", document="1/GUQ", until=NOW + DAY
    )
    may = policies.may_compose_body.test
    assert [may(actor(people.head, at), things.body) for at in (NOW, NOW + DAY)] == [True, False]


def test_a_site_that_passed_to_another_agency_is_kept_by_that_one(things, people):  # D8
    things.site.holdings.update(unit=things.commune)
    clerk = staff("Cán bộ xã", things.commune)
    post(clerk, things.commune, PostRole.OFFICE)
    for thing in (
        Site.objects.get(pk=things.site.pk),
        Gate.objects.get(pk=things.gate.pk),
        Room.objects.get(pk=things.room.pk),
    ):
        assert policies.may_keep_places.test(actor(clerk), thing)
        assert not policies.may_keep_places.test(actor(people.office), thing)


def test_a_site_that_nobody_holds_is_kept_by_nobody(things, people):  # D8
    things.site.holdings.update(valid_to=NOW.date() - DAY)
    empty = Site.objects.get(pk=things.site.pk)
    assert not [who for who in EVERYBODY if policies.may_keep_places.test(actor(getattr(people, who)), empty)]


SEES_BODY = {"staff", "head", "office", "guard", "leader", "administrator", "superior", "researcher"}


def test_a_body_is_seen_by_those_who_see_its_unit(things, people):  # B2, D13
    seen = {who for who in EVERYBODY if StandingBody.objects.visible_to(actor(getattr(people, who))).exists()}
    assert seen == SEES_BODY


COUNTS = {
    # J3: whoever answers for what is below counts it; everyone else the own agency only.
    "staff": {"bureau", "office", "department"},
    "leader": {"bureau", "office", "department", "institute"},
    "superior": {"province", "bureau", "office", "department", "institute", "commune", "other_commune"},
    "researcher": {"institute"},
    "villager": {"commune"},
    "stranger": {"elsewhere"},
}


@pytest.mark.parametrize("who", COUNTS)
def test_headcounts_are_for_the_own_agency_and_for_those_who_answer_for_what_is_below(who, things, people):
    found = set(Unit.objects.countable_by(actor(getattr(people, who))).values_list("pk", flat=True))
    names = {name for name, thing in vars(things).items() if isinstance(thing, Unit) and thing.pk in found}
    assert names == COUNTS[who]


def test_the_staff_of_a_successor_read_what_it_came_from_and_nobody_beside_it_does(things, people):  # D15
    first, second = (unit(f"Chi cục {word}", things.province) for word in ("Một", "Hai"))
    member = staff("Cán bộ cũ", first)
    merge_units(
        [first, second], into=NewUnit(things.province, UnitKind.AGENCY, "Chi cục Ba"), on=NOW.date(), document="1",
        by=SETUP,
    )  # fmt: skip
    assert {first, second} <= set(Unit.objects.visible_to(actor(member)))
    for who in ("staff", "villager", "stranger"):
        assert not Unit.objects.visible_to(actor(getattr(people, who))).filter(pk__in=[first.pk, second.pk]).exists()


def test_party_and_mass_bodies_beside_the_line_show_their_units_to_their_own_people_only(things, people):  # B1, S1d L25
    party = unit("Đảng ủy", things.province, UnitKind.PARTY_BODY)
    office = unit("Văn phòng Đảng ủy", party, UnitKind.DEPARTMENT)
    member = actor(staff("Đảng viên", office))
    assert {one.name for one in Unit.objects.visible_to(member)} == {
        "UBND tỉnh Minh Giang",
        "Đảng ủy",
        "Văn phòng Đảng ủy",
    }
    assert not Unit.objects.visible_to(actor(people.staff)).filter(pk=party.pk).exists()


def test_a_post_that_ended_an_instant_ago_gives_no_right_over_the_structure(things, people):  # trust.md A13
    Post.objects.filter(person=people.administrator).update(ends_at=NOW)
    may = policies.may_manage_structure.test
    assert [may(actor(people.administrator, at), things.bureau) for at in (NOW - DAY, NOW)] == [True, False]


@pytest.mark.parametrize(
    "policy",
    [policies.may_manage_structure, policies.may_compose_body, policies.may_keep_places, policies.may_add_top_unit],
)
def test_every_refusal_is_a_sentence_that_begins_with_who_may(policy, things, people):  # ux.md 6
    reason = policy.explain(actor(people.staff), things.bureau)
    assert reason.startswith("Chỉ ") and reason.endswith(".")
    assert policy.explain(actor(people.administrator), things.bureau) is None
