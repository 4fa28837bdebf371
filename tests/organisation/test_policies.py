"""May I do it? Every right by its one name, with the sentence that says who can (house § 7)."""

import pytest

from taicho.kernel.actor import ANONYMOUS
from taicho.kernel.refusals import NotPermitted
from taicho.organisation import policies
from taicho.organisation.models import Person, Post
from tests.organisation.land import actor

EVERYBODY = [
    "staff", "head", "office", "guard", "leader", "administrator", "superior", "researcher", "villager", "stranger",
]  # fmt: skip
TABLE = {
    # policy, thing → who may
    (policies.may_manage_structure, "department"): {"administrator"},
    (policies.may_manage_structure, "province"): {"administrator"},
    (policies.may_manage_structure, "elsewhere"): set(),
    (policies.may_appoint, "department"): {"administrator"},
    (policies.may_keep_register, "department"): {"office", "administrator"},
    (policies.may_keep_register, "institute"): {"administrator"},
    (policies.may_keep_register, "commune"): {"administrator"},
    (policies.may_keep_register, "elsewhere"): set(),
    (policies.may_compose_body, "bureau"): {"leader", "administrator"},
    (policies.may_compose_body, "institute"): {"administrator"},
    (policies.may_keep_places, "bureau"): {"office", "administrator"},
}


@pytest.mark.parametrize(("policy", "thing"), TABLE, ids=lambda x: getattr(x, "name", x))
def test_who_may(policy, thing, people, land):
    allowed = {who for who in EVERYBODY if policy.test(actor(getattr(people, who)), getattr(land, thing))}
    assert allowed == TABLE[policy, thing]


@pytest.mark.parametrize(
    ("of", "allowed"),
    [
        ("staff", {"staff", "head", "office", "leader", "administrator"}),
        ("head", {"head", "office", "leader", "administrator"}),
        ("leader", {"leader", "office", "administrator"}),
        ("researcher", {"researcher", "administrator"}),
        ("stranger", {"stranger"}),
    ],
)
def test_residence_lodging_and_own_phone_are_for_those_who_need_them(of, allowed, people):  # B5, L3
    person = Person.objects.get(pk=getattr(people, of).pk)
    may = policies.may_see_private_details
    assert {who for who in EVERYBODY if may.test(actor(getattr(people, who)), person)} == allowed


def test_only_the_holder_of_a_post_delegates_it(people):  # TUQ.
    held = Post.objects.get(person=people.leader)
    assert {who for who in EVERYBODY if policies.may_delegate.test(actor(getattr(people, who)), held)} == {"leader"}


def test_only_an_administrator_of_a_whole_tree_adds_another_tree(people):
    assert {who for who in EVERYBODY if policies.may_add_top_unit.test(actor(getattr(people, who)))} == {
        "administrator"
    }


def test_a_refusal_says_who_can(people, land):
    with pytest.raises(NotPermitted) as refused:
        policies.may_keep_register.permit(actor(people.staff), land.department)
    assert refused.value.sentence.startswith("Chỉ Văn phòng và người quản trị")


def test_nobody_signed_in_may_nothing(land):
    for policy in (policies.may_manage_structure, policies.may_keep_register, policies.may_compose_body):
        assert not policy.test(ANONYMOUS, land.bureau)
        assert not policy.test(ANONYMOUS)
