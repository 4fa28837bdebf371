"""Standing bodies: decision, members with fields, kiện toàn, kích hoạt lại (B2)."""

from datetime import timedelta

import pytest

from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.actions.standing_bodies import (
    Seat,
    reactivate_body,
    recompose_body,
    set_up_body,
    stand_down_body,
)
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Composition
from tests.organisation.land import BEGAN, NOW, SETUP, START, actor

HOUR = timedelta(hours=1)


@pytest.fixture
def post_of_command(people, land):
    """A command post headed by the director."""
    return set_up_body(
        by=actor(people.leader, BEGAN), unit=land.bureau, kind="command_post", name="Sở Chỉ huy", decision="12/QĐ",
        decided_on=START, at=BEGAN, seats=[Seat(people.leader, "head"), Seat(people.head, portfolio="Hậu cần")],
    )  # fmt: skip


def holds(person, at=NOW):
    return PostRole.COMMAND_POST in [c.role for c in actor(person, at).capacities]


def test_members_hold_its_role_over_the_whole_agency(post_of_command, people, land):
    assert actor(people.head).holds([PostRole.COMMAND_POST], over=land.office.path)
    assert not actor(people.head).holds([PostRole.COMMAND_POST], over=land.commune.path)
    assert not holds(people.staff)


def test_a_new_composition_ends_the_old_one_which_stays_readable(post_of_command, people):
    recompose_body(
        post_of_command, by=actor(people.leader), decision="20/QĐ-SKHCN", decided_on=NOW.date(), at=NOW,
        seats=[Seat(people.leader, "head"), Seat(people.staff)],
    )  # fmt: skip
    assert holds(people.staff)
    assert not holds(people.head)
    assert holds(people.head, NOW - HOUR)
    first, second = Composition.objects.filter(body=post_of_command).order_by("starts_at")
    assert (first.ends_at, first.members.count(), second.decision) == (NOW, 2, "20/QĐ-SKHCN")


def test_standing_down_takes_the_rights_at_once_and_reactivation_gives_them_back(post_of_command, people):
    stand_down_body(post_of_command, by=actor(people.leader), document="Thông báo 5", at=NOW)
    assert not holds(people.head)
    assert holds(people.head, NOW - HOUR)
    reactivate_body(post_of_command, by=actor(people.leader), document="Công điện 3", at=NOW + HOUR)
    assert holds(people.head, NOW + HOUR)
    assert not holds(people.head, NOW + HOUR / 2)


def test_a_body_stands_down_and_starts_once(post_of_command, people):
    with pytest.raises(Refusal) as refused:
        reactivate_body(post_of_command, by=SETUP, document="1")
    assert refused.value.code == "organisation_one_activation_at_a_time"
    stand_down_body(post_of_command, by=SETUP, document="1")
    with pytest.raises(Refusal) as refused:
        stand_down_body(post_of_command, by=SETUP, document="1")
    assert refused.value.code == "not-active"


@pytest.mark.parametrize("functions", [("member", "member"), ("head", "head")])
def test_a_body_has_exactly_one_head(functions, people, land):
    with pytest.raises(Refusal) as refused:
        set_up_body(
            by=SETUP, unit=land.bureau, kind="support_team", name="Tổ giúp việc", decision="1/QĐ", decided_on=START,
            seats=[Seat(people.head, functions[0]), Seat(people.staff, functions[1])],
        )  # fmt: skip
    assert refused.value.code == "no-head"


def test_a_member_sits_once(people, land):
    with pytest.raises(Refusal) as refused:
        set_up_body(
            by=SETUP, unit=land.bureau, kind="support_team", name="Tổ giúp việc", decision="1/QĐ", decided_on=START,
            seats=[Seat(people.head, "head"), Seat(people.head)],
        )  # fmt: skip
    assert refused.value.code == "organisation_member_once_in_a_composition"


def test_an_administrator_gives_no_seat_to_himself(people, land):  # trust.md A11
    with pytest.raises(NotPermitted) as refused:
        set_up_body(
            by=actor(people.administrator), unit=land.bureau, kind="command_post", name="Sở Chỉ huy", decision="1/QĐ",
            decided_on=START, seats=[Seat(people.administrator, "head")],
        )  # fmt: skip
    assert refused.value.code == "own-appointment"


def test_a_subcommittee_hangs_on_its_committee(people, land, post_of_command):
    part = set_up_body(
        by=SETUP, unit=land.bureau, kind="subcommittee", name="Tiểu ban Hậu cần", decision="1/QĐ", decided_on=START,
        seats=[Seat(people.staff, "head")], parent=post_of_command, at=NOW,
    )  # fmt: skip
    assert list(post_of_command.children.all()) == [part]
    assert PostRole.SUBCOMMITTEE in [c.role for c in actor(people.staff).capacities]
