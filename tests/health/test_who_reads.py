"""Who reads health data, table by table (L3; trust.md 5.1, S-01, S-19)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from taicho.health.actions.alerts import record_step
from taicho.health.actions.declaring import record_outside_declaration
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.models import AlertStep, Declaration, HealthAlert, Restriction, RestrictionLift, Temperature
from taicho.kernel import clock
from taicho.kernel.audit import proves
from taicho.kernel.models import AuditEntry
from taicho.organisation.actions.staff import transfer
from tests.health.clinic import ILL, declared, measured, stands, threshold
from tests.organisation.browsing import said
from tests.organisation.land import SETUP, actor
from tests.organisation.traces import traces

pytestmark = pytest.mark.django_db
EVERY_TABLE = (Declaration, Temperature, HealthAlert, AlertStep, Restriction, RestrictionLift)
CANARY = "hoàng yến ho khan"


@pytest.fixture
def ill(land, sick_bay, ordered):
    """Lan answered "có", was measured hot, restricted and released again; one row in every table."""
    threshold(land.bureau, 37.5)
    sick_bay.declaration = declared(sick_bay.staff, answers=ILL)
    sick_bay.temperature = measured(sick_bay.staff, "38.4", by=sick_bay.guard)
    sick_bay.alert = HealthAlert.objects.get(declaration=sick_bay.declaration)
    record_step(sick_bay.alert, by=actor(sick_bay.nurse), kind="waiting_area", at=clock.now(), note=CANARY)
    by, now = actor(sick_bay.nurse), clock.now()
    ended = restrict(sick_bay.staff, by=by, kind="self", reason=CANARY, at=now - timedelta(hours=1))
    lift(ended, by=by, reason=CANARY, at=now)
    sick_bay.restriction = restrict(sick_bay.staff, by=by, kind="no_entry", reason=CANARY, at=now)
    return sick_bay


def tables_open_to(person):
    """The tables of which the person sees any row."""
    return {table for table in EVERY_TABLE if table.objects.visible_to(actor(person)).exists()}


def test_no_table_of_health_opens_to_a_guard_an_office_a_leader_a_head_or_a_body_above(ill):
    roles = ("guard", "office", "leader", "head", "superior", "researcher", "stranger", "other_nurse")
    assert {role: tables_open_to(getattr(ill, role)) for role in roles} == {role: set() for role in roles}


def test_a_guard_never_reads_symptoms_answers_or_level(ill, enter):  # L3, A3
    browser = enter(ill.guard)
    for name, thing in addresses(ill):
        assert browser.get(reverse(f"health:{name}", args=[thing.key])).status_code == 404, name
    for name in ("desk", "followed"):
        assert browser.get(reverse(f"health:{name}")).status_code == 403
    assert tables_open_to(ill.guard) == set()
    assert set(vars_of(stands(ill.staff)).values()) <= {True, False}


def test_the_upper_body_never_reads_names(ill, enter):  # L3, A9
    browser = enter(ill.superior)
    for name, thing in addresses(ill):
        assert browser.get(reverse(f"health:{name}", args=[thing.key])).status_code == 404, name
    assert browser.get(reverse("health:desk")).status_code == 403
    assert browser.get(reverse("health:followed")).status_code == 403


def test_the_system_administrator_never_reads_health_data(ill, enter):  # L3, A11
    browser = enter(ill.administrator)
    for name, thing in addresses(ill):
        assert browser.get(reverse(f"health:{name}", args=[thing.key])).status_code == 404, name
    assert browser.get(reverse("health:desk")).status_code == 403
    assert tables_open_to(ill.administrator) == set()


def test_a_transferred_person_loses_access_at_the_next_request(land, ill, enter, time_machine):  # L3, A13
    browser = enter(ill.nurse)
    address = reverse("health:declaration", args=[ill.declaration.key])
    assert browser.get(address).status_code == 200
    transfer(ill.nurse, by=SETUP, to=land.department, at=clock.now())
    time_machine.move_to(clock.real_now() + timedelta(seconds=1), tick=False)
    assert browser.get(address).status_code == 404


def test_one_reads_ones_own_declarations_readings_and_restrictions(ill, enter):  # Điều 4
    assert tables_open_to(ill.staff) == {Declaration, Temperature, Restriction, RestrictionLift}
    browser = enter(ill.staff)
    assert "Ho" in said(browser.get(reverse("health:declaration", args=[ill.declaration.key])))
    assert browser.get(reverse("health:alert", args=[ill.alert.key])).status_code == 404


def test_the_health_post_reads_its_own_agency_and_not_the_one_below(ill, enter):  # L3
    assert tables_open_to(ill.nurse) == set(EVERY_TABLE)
    browser = enter(ill.nurse)
    page = browser.get(reverse("health:alert", args=[ill.alert.key]))
    assert CANARY in said(page)
    declared(ill.researcher, answers=ILL)
    assert not HealthAlert.objects.visible_to(actor(ill.nurse)).filter(person=ill.researcher).exists()


def test_a_head_sees_who_needs_care_and_never_why(ill, enter):  # L3
    declared(ill.head)
    page = said(enter(ill.head).get(reverse("health:followed")))
    assert "Nguyễn Thị Lan" in page
    assert "cần theo dõi" in page
    for secret in (CANARY, "38,4", "38.4", "Ho,", "Sốt, ho"):
        assert secret not in page


def test_a_head_follows_the_own_unit_and_no_other(ill, enter):
    page = said(enter(ill.head).get(reverse("health:followed")))
    assert "Trần Đức Lộc" not in page


@pytest.mark.parametrize(
    ("role", "name", "verb"),
    [
        ("staff", "declaration", "health.read_declaration"),
        ("nurse", "declaration", "health.read_declaration"),
        ("nurse", "alert", "health.read_alert"),
        ("nurse", "person", "health.read_person"),
    ],
)
def test_every_look_at_health_data_is_in_the_read_log(ill, enter, role, name, verb, django_capture_on_commit_callbacks):
    thing = {"declaration": ill.declaration, "alert": ill.alert, "person": ill.staff}[name]
    browser = enter(getattr(ill, role))
    with traces() as left, django_capture_on_commit_callbacks(execute=True):
        assert browser.get(reverse(f"health:{name}", args=[thing.key])).status_code == 200
    assert [(one.verb, one.actor, one.object_key) for one in left.entries] == [
        (verb, getattr(ill, role).key, thing.key)
    ]


def test_the_desk_and_the_heads_list_log_every_person_they_name(ill, enter, django_capture_on_commit_callbacks):
    for role, name, verb, count in (
        ("nurse", "desk", "health.read_desk", 3),
        ("head", "followed", "health.read_flag", 1),
    ):
        browser = enter(getattr(ill, role))
        with traces() as left, django_capture_on_commit_callbacks(execute=True):
            browser.get(reverse(f"health:{name}"))
        assert [one.verb for one in left.entries] == [verb] * count


def test_looking_writes_nothing_but_the_read_log(ill, enter):
    before = {table: table.objects.count() for table in EVERY_TABLE}
    browser = enter(ill.nurse)
    for name, thing in addresses(ill):
        browser.get(reverse(f"health:{name}", args=[thing.key]))
    assert before == {table: table.objects.count() for table in EVERY_TABLE}


def test_a_declaration_shown_elsewhere_tells_the_health_post_which(ill, enter):  # F2
    one = record_outside_declaration(
        ill.office, by=actor(ill.guard), shown="NCOVI", at=clock.now(), client_id=uuid4()
    )  # fmt: skip
    assert "NCOVI" in said(enter(ill.nurse).get(reverse("health:declaration", args=[one.key])))


def test_the_trail_of_a_declaration_commits_to_no_answer(ill):  # trust.md 5.3, 5: three answers would be guessed
    entry = AuditEntry.objects.get(verb="health.declare")
    assert proves(entry, {"day": "2026-11-20"})


def addresses(ill):
    """Every page about one thing of Lan's health."""
    return [
        ("declaration", ill.declaration), ("correct-declaration", ill.declaration), ("declare-for", ill.staff),
        ("person", ill.staff), ("measure", ill.staff), ("restrict", ill.staff), ("lift", ill.restriction),
        ("alert", ill.alert), ("alert-step", ill.alert),
    ]  # fmt: skip


def vars_of(standing):
    """The fields of a standing by name."""
    return {name: getattr(standing, name) for name in type(standing).__annotations__}
