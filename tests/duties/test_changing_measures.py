"""Measures are withdrawn, replaced, suspended and made stricter while their duties are open (A6, A7, A9)."""

from datetime import date, timedelta

import pytest

from taicho.directives.actions.measures import record_relation, withdraw
from taicho.directives.enums import RelationKind
from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.discharging import discharge
from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import DutyState, ExemptionReason
from taicho.duties.models import Duty, Escalation, Exemption
from taicho.duties.queries.progress import progress
from taicho.duties.queries.unit_work import undone_of_units
from taicho.duties.queries.work import my_work
from tests.duties.rounds import ACKNOWLEDGE, ROUND, here, letter, order
from tests.organisation.land import NOW, SETUP, actor

pytestmark = pytest.mark.usefixtures("people")
TODAY = "2026-11-20"
AT_FIVE, AT_SIX = {"by": ["17:00"]}, {"by": ["18:00"]}


def rounds(person, at=NOW):
    return [item for item in my_work(actor(person), at) if item.kind == ROUND]


def due_times(kind=ROUND):
    return set(Duty.objects.filter(kind=kind).values_list("due_at", flat=True))


def another(land, number="59", **facts):
    return order(land, document=letter(land, number=number), **facts)


def test_a_letter_that_replaces_another_takes_over_its_duty_with_its_hour_and_reason(land, people):  # A7
    old = order(land, params=AT_FIVE)
    open_duties(NOW)
    record_relation(another(land, params=AT_SIX), by=SETUP, kind=RelationKind.REPLACES, what=old)
    open_duties(NOW)
    assert due_times() == {here(TODAY, 18)} and Duty.objects.filter(kind=ROUND).count() == 7
    assert "Công văn 59/VP-HC-QT, mục 1" in [reason.text for item in rounds(people.staff) for reason in item.reasons]


def test_a_replaced_letter_need_not_be_acknowledged_any_more(land, people):
    old = order(land)
    open_duties(NOW)
    record_relation(another(land), by=SETUP, kind=RelationKind.REPLACES, what=old)
    open_duties(NOW)
    letters = [item.title for item in my_work(actor(people.staff), NOW) if item.kind == ACKNOWLEDGE]
    assert letters == ["Xác nhận đã nhận Công văn 59/VP-HC-QT"]
    seen = progress(old.clause.document, actor(people.office))
    assert (seen.addressed, seen.exempted) == (0, 6)


def test_a_suspended_measure_asks_nothing_and_what_was_done_stays_done(land, people):
    old = order(land)
    open_duties(NOW)
    discharge(ROUND, people.staff, TODAY, by=actor(people.staff), at=NOW, evidence=people.staff.key)
    halt = another(land, kind="trial.report", params={"to": "Sở"})
    record_relation(halt, by=SETUP, kind=RelationKind.SUSPENDS, what=old)
    open_duties(NOW)
    states = {duty.owner: duty.state(NOW) for duty in Duty.objects.filter(kind=ROUND)}
    assert states.pop(people.staff) is DutyState.DONE and set(states.values()) == {DutyState.EXEMPT}
    assert set(Exemption.objects.filter(duty__kind=ROUND).values_list("reason", flat=True)) == {ExemptionReason.LAPSED}


def test_of_two_hours_the_stricter_holds_and_when_it_is_withdrawn_the_other(land):
    order(land, params=AT_SIX)
    strict = another(land, params=AT_FIVE)
    open_duties(NOW)
    assert due_times() == {here(TODAY, 17)}
    withdraw(strict, by=SETUP, reason="đọc nhầm giờ")
    open_duties(NOW)
    assert due_times() == {here(TODAY, 18)} and not Exemption.objects.filter(duty__kind=ROUND).exists()


def test_a_later_hour_that_replaces_one_already_missed_gives_the_rest_of_the_time(land, people):
    old = order(land, params=AT_FIVE)
    open_duties(NOW)
    late = here(TODAY, 17, 30)
    assert Duty.objects.get(owner=people.staff, kind=ROUND).state(late) is DutyState.LATE
    record_relation(another(land, params=AT_SIX), by=SETUP, kind=RelationKind.REPLACES, what=old)
    open_duties(late + timedelta(minutes=1))
    assert Duty.objects.get(owner=people.staff, kind=ROUND).state(late) is DutyState.OPEN
    assert due_times() == {here(TODAY, 18)} and Duty.objects.filter(kind=ROUND).count() == 7


def test_a_mistake_withdrawn_after_the_hour_clears_everyone_of_being_late(land, people):
    measure = order(land, params=AT_FIVE)
    open_duties(NOW)
    late = here(TODAY, 17, 30)
    assert undone_of_units(actor(people.head), late)
    withdraw(measure, by=SETUP, reason="đọc nhầm mục")
    open_duties(late)
    assert undone_of_units(actor(people.head), late) == []
    run_clocks(late)
    assert not Escalation.objects.exists()


def test_where_only_the_request_is_left_nobody_is_late_any_more(land, people):  # A7
    ordered = order(land, params=AT_FIVE)
    another(land, force="request")
    open_duties(NOW)
    assert {duty.binding for duty in Duty.objects.filter(kind=ROUND)} == {True}
    withdraw(ordered, by=SETUP, reason="đọc nhầm mục")
    open_duties(NOW)
    [item] = rounds(people.staff)
    assert item.state is DutyState.ASKED and {duty.binding for duty in Duty.objects.filter(kind=ROUND)} == {False}


def test_a_request_that_becomes_an_order_binds_from_then_on(land, people):
    order(land, force="request")
    open_duties(NOW)
    another(land, params=AT_FIVE)
    open_duties(NOW)
    [item] = rounds(people.staff, here(TODAY, 17))
    assert item.is_late and len(item.reasons) == 2


def test_a_narrower_letter_adds_its_hour_only_where_it_reaches(land, people):
    order(land, params=AT_SIX)
    another(land, params=AT_FIVE, scope=[land.department])
    open_duties(NOW)
    hours = {duty.owner.full_name: duty.due_at for duty in Duty.objects.filter(kind=ROUND)}
    assert hours.pop("Nguyễn Thị Lan") == hours.pop("Lê Minh Quân") == here(TODAY, 17)
    assert set(hours.values()) == {here(TODAY, 18)}


def test_one_letter_with_two_measures_is_acknowledged_while_one_of_them_holds(land, people):
    document = letter(land)
    first = order(land, document=document)
    order(land, document=document, clause="2", kind="duties.stay_reachable")
    open_duties(NOW)
    withdraw(first, by=SETUP, reason="đọc nhầm mục")
    open_duties(NOW)
    kinds = sorted(item.kind for item in my_work(actor(people.staff), NOW))
    assert kinds == [ACKNOWLEDGE, "duties.stay_reachable"]


def test_what_was_done_keeps_its_reason_though_the_measure_is_withdrawn(land, people):
    measure = order(land)
    open_duties(NOW)
    discharge(ROUND, people.staff, TODAY, by=actor(people.staff), at=NOW, evidence=people.staff.key)
    withdraw(measure, by=SETUP, reason="đọc nhầm mục")
    open_duties(NOW)
    duty = Duty.objects.get(owner=people.staff, kind=ROUND)
    assert duty.state(NOW) is DutyState.DONE and duty.reasons.get().measure == measure
    assert not duty.exemptions.exists()


def test_a_letter_that_asks_for_an_answer_within_hours_has_a_due_time(land, people):  # A9
    order(land, kind="duties.answer_each", params={"purpose": "acknowledge", "within_h": 4})
    open_duties(NOW)
    assert due_times(ACKNOWLEDGE) == {NOW + timedelta(hours=4)}
    item = my_work(actor(people.staff), NOW + timedelta(hours=4))[0]
    assert item.is_late


def test_a_measure_of_tomorrow_withdrawn_today_opens_nothing_tomorrow(land):
    measure = order(land, from_day=date(2026, 11, 21))
    open_duties(NOW)
    withdraw(measure, by=SETUP, reason="hoãn")
    open_duties(here("2026-11-21", 1))
    assert not Duty.objects.exists()
