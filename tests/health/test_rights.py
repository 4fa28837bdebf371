"""Who may do what with health, role by role, and what a post that ended, a border or a machine changes (L3, A13)."""

from datetime import timedelta

import pytest

from taicho.health import policies
from taicho.health.models import Declaration
from taicho.kernel import clock
from taicho.kernel.actor import ANONYMOUS, Actor, system
from taicho.kernel.refusals import NotPermitted
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.actions.posts import appoint, end_post
from taicho.organisation.actions.staff import end_service
from taicho.organisation.models import Person, Post
from taicho.organisation.queries.build_actor import build_actor
from tests.health.clinic import declared
from tests.organisation.land import SETUP, actor, post, staff

pytestmark = pytest.mark.django_db
RULES = {
    "keep": policies.may_keep_health, "follow": policies.may_follow_declarations,
    "type": policies.may_declare_for, "accept": policies.may_accept_outside,
    "measure": policies.may_take_temperature,
}  # fmt: skip
ABOUT_LAN = {
    "staff": {"type"},
    "head": {"follow", "type"},
    "leader": {"follow", "type"},
    "guard": {"accept", "measure"},
    "nurse": {"keep", "follow", "type", "accept", "measure"},
    "office": set(),
    "administrator": set(),
    "superior": set(),
    "researcher": set(),
    "other_nurse": set(),
    "stranger": set(),
}


def allowed(who, person):
    return {name for name, rule in RULES.items() if rule.test(who, person)}


def test_what_each_role_may_do_about_lan(sick_bay):
    found = {role: allowed(actor(getattr(sick_bay, role)), sick_bay.staff) for role in ABOUT_LAN}
    assert found == ABOUT_LAN


def test_nobody_and_no_machine_may_do_anything(sick_bay):
    for nobody in (ANONYMOUS, Actor(), system("import")):
        assert allowed(nobody, sick_bay.staff) == set()
        assert not policies.may_keep_health.test(nobody)
        assert not policies.may_follow_declarations.test(nobody)


def test_without_a_person_a_rule_says_only_whether_the_post_is_held(sick_bay):
    assert allowed(actor(sick_bay.staff), None) == allowed(actor(sick_bay.guard), None) == set()
    assert allowed(actor(sick_bay.head), None) == {"follow"}
    assert allowed(actor(sick_bay.nurse), None) == {"keep", "follow"}


def test_a_head_of_one_department_has_nothing_to_follow_in_another(land, sick_bay):
    assert allowed(actor(sick_bay.head), sick_bay.office) == set()
    other = staff("Lý Văn Sáu", land.office)
    post(other, land.office, "unit_head")
    assert allowed(actor(other), sick_bay.staff) == set()
    assert "follow" in allowed(actor(other), sick_bay.office)


def test_the_leader_of_the_agency_above_has_nothing_to_follow_in_the_one_below(land, sick_bay):
    assert allowed(actor(sick_bay.leader), sick_bay.researcher) == set()
    assert allowed(actor(sick_bay.nurse), sick_bay.researcher) == set()


def test_with_the_post_the_right_ends_in_the_same_instant(sick_bay):  # A13
    for person in (sick_bay.head, sick_bay.guard, sick_bay.nurse):
        assert allowed(actor(person), sick_bay.staff)
        end_post(Post.objects.get(person=person), by=SETUP, at=clock.now())
        assert allowed(actor(person), sick_bay.staff) == set()


def test_a_post_that_begins_tomorrow_gives_nothing_today(land, sick_bay):
    tomorrow = clock.now() + timedelta(days=1)
    appoint(sick_bay.office, by=SETUP, unit=land.bureau, role="health_post", at=tomorrow)
    assert allowed(actor(sick_bay.office), sick_bay.staff) == set()
    assert "keep" in allowed(actor(sick_bay.office, tomorrow), sick_bay.staff)


def test_who_has_left_declares_for_nobody_and_not_for_themselves(sick_bay, time_machine):  # A13
    end_service(sick_bay.staff, by=SETUP)
    time_machine.shift(1)
    account = Person.objects.get(pk=sick_bay.staff.pk).account
    assert allowed(build_actor(account), Person.objects.get(pk=sick_bay.staff.pk)) == set()


def test_a_visitor_is_declared_for_by_nobody_of_the_staff(land, sick_bay):
    visitor = register_outsider(
        by=actor(sick_bay.guard), kind="visitor", registered_in=land.bureau, full_name="Lò Văn Khách"
    )
    assert "type" not in allowed(actor(sick_bay.nurse), visitor)
    assert "type" not in allowed(actor(sick_bay.leader), visitor)
    assert {"keep", "measure"} <= allowed(actor(sick_bay.nurse), visitor)
    assert "measure" in allowed(actor(sick_bay.guard), visitor)


def test_a_declaration_is_corrected_by_who_declared_and_by_nobody_else(sick_bay, ordered):  # A4
    one = declared(sick_bay.staff)
    corrects = {role for role in ABOUT_LAN if policies.may_correct.test(actor(getattr(sick_bay, role)), one)}
    assert corrects == {"staff"}
    assert not policies.may_correct.test(actor(sick_bay.staff), None)


WHO_MAY = {
    "keep": "Chỉ y tế cơ quan làm được việc này.",
    "follow": "Chỉ trưởng phòng và y tế cơ quan xem được ai đã khai báo.",
    "type": "Đồng chí chỉ khai báo cho mình.",
    "accept": "Chỉ bảo vệ, bộ phận thường trực và y tế cơ quan ghi nhận khai báo làm ở nơi khác.",
    "measure": "Chỉ bảo vệ, bộ phận thường trực và y tế cơ quan đo thân nhiệt.",
}


def test_who_may_not_is_told_who_may(sick_bay):  # ux.md 6
    for name, words in WHO_MAY.items():
        with pytest.raises(NotPermitted) as refused:
            RULES[name].permit(actor(sick_bay.stranger), sick_bay.staff)
        assert refused.value.sentence.startswith(words)


def test_the_policy_asks_where_the_person_is_and_not_where_the_row_was_written(land, sick_bay, ordered):
    one = declared(sick_bay.staff)
    Declaration.objects.filter(pk=one.pk).update(agency=land.institute)
    moved = Declaration.objects.select_related("person").get(pk=one.pk)
    assert policies.may_keep_health.test(actor(sick_bay.nurse), moved)
    assert not policies.may_keep_health.test(actor(sick_bay.other_nurse), moved)
