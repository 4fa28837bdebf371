"""Who did what to whom and when, and who hears of it: one audit row and the right news for each verb (L4, house § 6)."""

from datetime import timedelta

import pytest

from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.entry import issue_entry_slip
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.actions.posts import appoint, delegate, end_post, revoke
from taicho.organisation.actions.staff import (
    end_service,
    register_staff,
    state_home_working,
    take_back,
    transfer,
    update_staff,
)
from taicho.organisation.models import Delegation, Person, Post
from tests.organisation.land import BEGAN, NOW, SETUP, actor, staff

DAY = timedelta(days=1)
SECRETS = ("Ngô Thùy Linh", "Linh", "0912345678", "Số 1, phố Kín", "nghỉ hưu", "12/QĐ", "Ký báo cáo")


def leader_post(people):
    return Post.objects.get(person=people.leader)


def delegated(people):
    return delegate(
        leader_post(people), by=actor(people.leader), to=people.head, at=BEGAN, until=NOW + DAY,
        matters="Ký báo cáo", document="5/GUQ",
    )  # fmt: skip


VERBS = {
    # verb: (how, the object's key, the unit's name, news)
    "register_staff": (
        lambda who, land, by: register_staff(by=by, unit=land.office, full_name="Ngô Thùy Linh", residence="Số 1, phố Kín"),
        lambda done: done.key, "office", ["StaffRegistered"],
    ),
    "update_staff": (
        lambda who, land, by: update_staff(who.staff, by=by, seen=1, personal_phone="0912345678", lodging_division="00002"),
        lambda done: done.key, "department", ["LodgingChanged"],
    ),
    "transfer": (
        lambda who, land, by: transfer(who.staff, by=by, to=land.office, decision="12/QĐ"),
        lambda done: done.person.key, "office", ["PersonTransferred"],
    ),
    "end_service": (
        lambda who, land, by: end_service(who.staff, by=by, reason="nghỉ hưu", at=NOW + DAY),
        lambda done: done.key, "department", ["ServiceEnded"],
    ),
    "state_home_working": (
        lambda who, land, by: state_home_working(who.staff, by=by, has_computer=True),
        lambda done: done.key, None, [],
    ),
    "appoint": (
        lambda who, land, by: appoint(who.staff, by=by, unit=land.department, role="clerk", decision="12/QĐ"),
        lambda done: done.key, "department", ["PostTaken"],
    ),
    "end_post": (
        lambda who, land, by: end_post(leader_post(who), by=by), lambda done: done.key, "bureau", ["PostEnded"],
    ),
    "register_outsider": (
        lambda who, land, by: register_outsider(by=by, kind="visitor", registered_in=land.bureau, full_name="Ngô Thùy Linh"),
        lambda done: done.key, "bureau", [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_leaves_one_row_with_actor_object_and_unit_and_announces_its_news(verb, people, land):
    how, key_of, unit, announced = VERBS[verb]
    by = actor(people.administrator)
    last = AuditEntry.objects.latest("pk").pk
    NewsItem.objects.all().delete()
    done = how(people, land, by)
    [row] = AuditEntry.objects.filter(pk__gt=last)
    assert row.verb == f"organisation.{verb}"
    assert (row.actor, row.object_key) == (people.administrator.key, key_of(done))
    if unit is not None:
        assert row.unit == getattr(land, unit).key
    assert row.chain == land.province.key
    kinds = [item.kind.rsplit(".", 1)[1] for item in NewsItem.objects.order_by("pk")]
    assert kinds == announced


@pytest.mark.parametrize("verb", VERBS)
def test_neither_the_trail_nor_the_news_holds_a_name_a_number_or_a_reason(verb, people, land):  # L3, L4
    how = VERBS[verb][0]
    last = AuditEntry.objects.latest("pk").pk
    NewsItem.objects.all().delete()
    how(people, land, actor(people.administrator))
    told = str(list(AuditEntry.objects.filter(pk__gt=last).values())) + str(list(NewsItem.objects.values("payload")))
    assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize("verb", ["delegate", "revoke"])
def test_giving_and_taking_back_a_delegation_are_rows_of_the_one_who_delegates(verb, people, land):  # TUQ.
    given = delegated(people) if verb == "revoke" else None
    last = AuditEntry.objects.latest("pk").pk
    NewsItem.objects.all().delete()
    given = revoke(given, by=actor(people.leader)) if given else delegated(people)
    [row] = AuditEntry.objects.filter(pk__gt=last)
    assert (row.verb, row.actor) == (f"organisation.{verb}", people.leader.key)
    assert (row.object_key, row.unit) == (given.key, land.bureau.key)
    [item] = NewsItem.objects.all()
    assert item.payload == {"delegation": str(given.key), "person": str(people.head.key)}


def test_a_slip_is_two_rows_one_at_the_door_and_one_in_the_register(people, land):  # ux.md 14
    last = AuditEntry.objects.latest("pk").pk
    issue_entry_slip(people.staff, by=actor(people.office))
    rows = AuditEntry.objects.filter(pk__gt=last).values_list("verb", "actor")
    assert sorted(rows) == [
        ("accounts.slip_issued", people.office.key), ("organisation.issue_entry_slip", people.office.key),
    ]  # fmt: skip


def test_taking_somebody_back_is_announced_like_a_registration(people, land):
    end_service(people.staff, by=SETUP)
    NewsItem.objects.all().delete()
    take_back(people.staff, by=SETUP, unit=land.office, at=NOW + DAY)
    told = NewsItem.objects.get(kind__endswith="StaffRegistered").payload
    assert (told["person"], told["unit"]) == (str(people.staff.key), str(land.office.key))
    assert told["at"] == (NOW + DAY).isoformat()


def test_moving_somebody_tells_where_from_where_to_and_that_the_posts_ended(people, land):
    NewsItem.objects.all().delete()
    transfer(people.head, by=SETUP, to=land.office)
    told = {item.kind.rsplit(".", 1)[1]: item.payload for item in NewsItem.objects.all()}
    assert told["PersonTransferred"]["from_unit"] == str(land.department.key)
    assert told["PersonTransferred"]["to_unit"] == str(land.office.key)
    assert told["PostEnded"]["role"] == "unit_head"


@pytest.mark.parametrize(
    "refused",
    [
        lambda who, land, by: register_staff(by=by, unit=land.office, full_name="Ngô Thùy Linh", personal_phone="1"),
        lambda who, land, by: register_staff(by=by, unit=land.office, full_name="Ngô Thùy Linh", email="linh"),
        lambda who, land, by: register_staff(by=by, unit=land.office, full_name="N", at=BEGAN - 9 * DAY),
        lambda who, land, by: update_staff(who.staff, by=by, seen=9, position="Kế toán"),
        lambda who, land, by: update_staff(who.staff, by=by, seen=1, category="general"),
        lambda who, land, by: transfer(who.head, by=by, to=land.department),
        lambda who, land, by: transfer(who.head, by=by, to=land.office, at=BEGAN),
        lambda who, land, by: appoint(who.staff, by=by, unit=land.department, role="clerk", until=NOW - DAY),
        lambda who, land, by: appoint(who.staff, by=by, unit=land.department, role="unit_head", accountable_head=True),
        lambda who, land, by: appoint(who.administrator, by=by, unit=land.bureau, role="leader"),
        lambda who, land, by: end_post(leader_post(who), by=by, at=BEGAN - DAY),
        lambda who, land, by: end_post(leader_post(who), by=by, at=BEGAN),
        lambda who, land, by: issue_entry_slip(who.administrator, by=by),
    ],
)
def test_a_refused_verb_leaves_no_row_no_news_and_no_trace(refused, people, land):
    by = actor(people.administrator)
    last, told = AuditEntry.objects.latest("pk").pk, NewsItem.objects.count()
    before = list(Person.objects.order_by("pk").values())
    posts, given = list(Post.objects.order_by("pk").values()), Delegation.objects.count()
    with pytest.raises(Refusal) as why:
        refused(people, land, by)
    assert why.value.sentence.endswith((".", "?"))
    assert not AuditEntry.objects.filter(pk__gt=last).exists()
    assert NewsItem.objects.count() == told
    assert list(Person.objects.order_by("pk").values()) == before
    assert (list(Post.objects.order_by("pk").values()), Delegation.objects.count()) == (posts, given)


def test_every_person_registered_in_a_loop_has_a_row_of_the_own(land):
    last = AuditEntry.objects.latest("pk").pk
    people = [staff(f"Người {word}", land.office) for word in ("Một", "Hai", "Ba")]
    rows = AuditEntry.objects.filter(pk__gt=last).values_list("object_key", flat=True)
    assert sorted(map(str, rows)) == sorted(str(person.key) for person in people)
