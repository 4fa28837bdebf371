"""Posts and delegations: given by others, in writing, for a time (B3, TUQ.)."""

from datetime import timedelta

import pytest

from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.actions.posts import appoint, delegate, end_post, revoke
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Delegation, Post
from tests.organisation.land import BEGAN, NOW, SETUP, actor

DAY = timedelta(days=1)
WRITTEN = {"matters": "Ký báo cáo nhanh", "document": "05/GUQ-SKHCN"}


@pytest.fixture
def led(people):
    """The director's post."""
    return Post.objects.get(person=people.leader)


def test_nobody_appoints_oneself(people, land):  # trust.md A11
    with pytest.raises(NotPermitted) as refused:
        appoint(people.administrator, by=actor(people.administrator), unit=land.bureau, role=PostRole.LEADER)
    assert refused.value.code == "own-appointment"


def test_a_deputy_is_named_with_field_and_area(people, land):  # B3
    deputy = appoint(
        people.staff, by=SETUP, unit=land.department, role=PostRole.DEPUTY_HEAD, portfolio="Địa bàn các xã vùng cao",
        decision="14/QĐ-SKHCN",
    )  # fmt: skip
    assert deputy.title == "Phó trưởng phòng"
    assert deputy.portfolio == "Địa bàn các xã vùng cao"


def test_only_somebody_on_the_staff_list_holds_a_post(land, people):
    from taicho.organisation.actions.staff import end_service

    end_service(people.staff, by=SETUP)
    with pytest.raises(Refusal) as refused:
        appoint(people.staff, by=SETUP, unit=land.department, role=PostRole.CLERK, at=NOW + DAY)
    assert refused.value.code == "not-staff"


def test_a_post_ends_once(led):
    end_post(led, by=SETUP)
    with pytest.raises(Refusal) as refused:
        end_post(led, by=SETUP)
    assert refused.value.code == "not-running"


@pytest.mark.parametrize("who", ["head", "office", "administrator"])
def test_only_the_holder_delegates_so_a_delegate_cannot_pass_it_on(who, people, led):  # NĐ 30/2020, Điều 13
    if who == "head":
        delegate(led, by=actor(people.leader), to=people.head, until=NOW + DAY, **WRITTEN)
    with pytest.raises(NotPermitted) as refused:
        delegate(led, by=actor(getattr(people, who)), to=people.staff, until=NOW + DAY, **WRITTEN)
    assert refused.value.code == "not-the-holder"


@pytest.mark.parametrize(
    ("to", "until", "code"),
    [
        ("leader", NOW + DAY, "to-oneself"),
        ("villager", NOW + DAY, "outside-agency"),
        ("head", NOW - DAY, "organisation_delegation_ends_after_start"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused(to, until, code, people, led):
    with pytest.raises(Refusal) as refused:
        delegate(led, by=actor(people.leader), to=getattr(people, to), until=until, **WRITTEN)
    assert refused.value.code == code


def test_a_delegation_is_not_longer_than_the_post(people, led):
    Post.objects.filter(pk=led.pk).update(ends_at=NOW + DAY)
    led.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        delegate(led, by=actor(people.leader), to=people.head, until=NOW + 2 * DAY, **WRITTEN)
    assert refused.value.code == "longer-than-post"


def test_a_post_no_longer_held_is_not_delegated(people, led):
    who = actor(people.leader)
    end_post(led, by=SETUP)
    led.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        delegate(led, by=who, to=people.head, until=NOW + DAY, at=NOW + timedelta(hours=1), **WRITTEN)
    assert refused.value.code == "post-not-running"


def test_administrator_rights_are_not_delegated(people):
    held = Post.objects.get(person=people.administrator)
    with pytest.raises(Refusal) as refused:
        delegate(held, by=actor(people.administrator), to=people.head, until=NOW + DAY, **WRITTEN)
    assert refused.value.code == "not-delegable"


def test_a_delegation_without_matter_or_paper_is_refused(people, led):
    with pytest.raises(Refusal) as refused:
        delegate(led, by=actor(people.leader), to=people.head, until=NOW + DAY, matters="Ký", document="")
    assert refused.value.field == "document"


def test_a_delegation_is_revoked_once(people, led):
    given = delegate(led, by=actor(people.leader), to=people.head, until=NOW + DAY, at=BEGAN, **WRITTEN)
    revoke(given, by=actor(people.leader))
    given.refresh_from_db()
    assert given.ends_at == NOW
    with pytest.raises(Refusal) as refused:
        revoke(given, by=actor(people.leader))
    assert refused.value.code == "not-running"


def test_ending_a_post_ends_its_delegations_at_the_same_instant(people, led):
    delegate(led, by=actor(people.leader), to=people.head, until=NOW + DAY, at=BEGAN, **WRITTEN)
    end_post(led, by=SETUP, at=NOW)
    assert Delegation.objects.get().ends_at == NOW
