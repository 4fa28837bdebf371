"""What the measures in force ask becomes duties: of whom, once, and of nobody else (A9, A12)."""

from datetime import date, timedelta

import pytest

from taicho.directives.actions.measures import withdraw
from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import DutyState, ExemptionReason
from taicho.duties.models import Duty, Exemption
from taicho.duties.queries.work import my_work, work_count
from taicho.kernel import clock
from taicho.messaging.models import Message
from taicho.organisation.actions.staff import end_service, register_staff, transfer
from tests.duties.rounds import ACKNOWLEDGE, ROUND, decision, here, letter, order, owed
from tests.organisation.land import NOW, SETUP, actor

SO = [
    "Lê Minh Quân", "Nguyễn Thị Lan", "Phạm Văn Đạt", "Trần Đức Lộc", "Vũ Hải Ân", "Bùi Thu Trang", "Đặng Thị Hồng",
]  # fmt: skip
EVERYONE = sorted(SO)
TODAY = "2026-11-20"


@pytest.fixture(autouse=True)
def _people(people):
    """Everyone is there."""


def test_a_measure_gives_each_person_in_its_scope_one_duty(land):  # A9
    order(land)
    assert open_duties(NOW) == len(EVERYONE) * 2  # the round, and to acknowledge its letter
    assert owed(ROUND, TODAY) == EVERYONE


def test_asked_again_nothing_is_opened_twice(land):  # D8
    order(land)
    open_duties(NOW)
    assert open_duties(NOW) == 0
    assert open_duties(NOW + timedelta(minutes=1)) == 0
    assert len(owed()) == len(EVERYONE)


def test_only_the_units_in_the_scope_owe_it(land, people):
    order(land, scope=[land.department])
    open_duties(NOW)
    assert owed() == ["Lê Minh Quân", "Nguyễn Thị Lan"]
    assert not my_work(actor(people.office), NOW)


def test_a_measure_that_begins_later_opens_nothing_yet(land):
    order(land, from_day=date(2026, 11, 23))
    assert open_duties(NOW) == 0
    assert open_duties(here("2026-11-23")) == len(EVERYONE) * 2


def test_the_last_day_is_opened_and_the_day_after_is_not(land):  # measures.md 3, no. 3
    order(land, until_day=date(2026, 11, 21))
    open_duties(NOW)
    open_duties(here("2026-11-21", 23, 59))
    open_duties(here("2026-11-22"))
    assert sorted(set(Duty.objects.filter(kind=ROUND).values_list("occasion", flat=True))) == [TODAY, "2026-11-21"]


def test_a_duty_that_was_over_when_its_measure_was_confirmed_is_never_owed(land):
    order(land, params={"by": ["07:30"]})  # confirmed at 10h00
    open_duties(NOW)
    assert owed() == []
    open_duties(here("2026-11-21", 0, 1))
    assert owed() == EVERYONE
    assert set(Duty.objects.filter(kind=ROUND).values_list("due_at", flat=True)) == {here("2026-11-21", 7, 30)}


def test_two_documents_that_ask_the_same_make_one_duty_with_both_reasons(land, people):  # measures.md 1, coalesce
    order(land)
    order(land, document=letter(land, number="59"))
    open_duties(NOW)
    [item] = [item for item in my_work(actor(people.staff), NOW) if item.kind == ROUND]
    assert [reason.text for reason in item.reasons] == [
        "Công văn 58/VP-HC-QT, mục 1", "Công văn 59/VP-HC-QT, mục 1",
    ]  # fmt: skip


def test_clauses_of_one_document_stand_on_one_line(land, people):
    document = letter(land)
    order(land, document=document)
    order(land, document=document, clause="2")
    order(land, document=document, clause="4/-3", until_day=date(2026, 12, 1))
    open_duties(NOW)
    [item] = [item for item in my_work(actor(people.staff), NOW) if item.kind == ACKNOWLEDGE]
    assert [reason.clause for reason in item.reasons] == ["mục 1; mục 2", "mục 4, ý thứ 3"]


def test_a_stricter_hour_confirmed_later_moves_the_open_duty(land, people):
    order(land)
    open_duties(NOW)
    order(land, document=letter(land, number="59"), params={"by": ["17:00"]})
    open_duties(NOW)
    assert set(Duty.objects.filter(kind=ROUND).values_list("due_at", flat=True)) == {here(TODAY, 17)}


def test_a_request_is_shown_and_never_late(land, people):  # A7
    order(land, force="request", params={"by": ["17:00"]})
    open_duties(NOW)
    # a request has no bound to combine, so the day is its time
    [item] = [item for item in my_work(actor(people.staff), here(TODAY, 23, 59)) if item.kind == ROUND]
    assert item.state is DutyState.ASKED and not item.is_late


def test_who_joins_while_it_is_open_owes_it_too(land):
    order(land)
    open_duties(NOW)
    register_staff(by=SETUP, unit=land.department, full_name="Trịnh Văn Mới", at=NOW + timedelta(minutes=5))
    assert open_duties(NOW + timedelta(minutes=6)) == 2
    assert "Trịnh Văn Mới" in owed(ROUND, TODAY)


def test_who_joins_after_it_was_due_does_not_owe_it(land):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    register_staff(by=SETUP, unit=land.department, full_name="Trịnh Văn Mới", at=here(TODAY, 17, 30))
    open_duties(here(TODAY, 17, 31))
    assert "Trịnh Văn Mới" not in owed(ROUND, TODAY)
    assert "Trịnh Văn Mới" in owed(ACKNOWLEDGE)


def test_who_leaves_is_exempted_with_the_reason_and_nothing_is_deleted(land, people, time_machine):
    order(land)
    open_duties(NOW)
    end_service(people.staff, by=SETUP, at=NOW + timedelta(minutes=5))
    open_duties(NOW + timedelta(minutes=6))
    assert set(Exemption.objects.values_list("duty__owner__full_name", "reason")) == {
        ("Nguyễn Thị Lan", ExemptionReason.LEFT)
    }
    assert len(owed()) == len(EVERYONE)


def test_who_moves_out_of_the_scope_and_back_owes_it_again(land, people):
    order(land, scope=[land.department])
    open_duties(NOW)
    transfer(people.staff, by=SETUP, to=land.office, at=NOW + timedelta(minutes=5))
    open_duties(NOW + timedelta(minutes=6))
    later = NOW + timedelta(minutes=20)
    assert my_work(actor(people.staff, later), later) == []
    transfer(people.staff, by=SETUP, to=land.department, at=NOW + timedelta(minutes=10))
    open_duties(NOW + timedelta(minutes=11))
    assert len(my_work(actor(people.staff, later), later)) == 2
    assert Exemption.objects.standing().count() == 0


def test_a_transfer_inside_the_scope_changes_nothing(land, people):
    order(land)
    open_duties(NOW)
    transfer(people.staff, by=SETUP, to=land.office, at=NOW + timedelta(minutes=5))
    assert open_duties(NOW + timedelta(minutes=6)) == 0
    assert not Exemption.objects.exists()


def test_a_withdrawn_measure_takes_its_duties_with_it(land, people):
    measure = order(land)
    open_duties(NOW)
    withdraw(measure, by=SETUP, reason="đọc nhầm mục")
    open_duties(NOW)
    assert set(Exemption.objects.values_list("reason", flat=True)) == {ExemptionReason.WITHDRAWN}
    assert my_work(actor(people.staff), NOW) == [] and work_count(actor(people.staff)) == 0
    assert {duty.state(NOW) for duty in Duty.objects.all()} == {DutyState.EXEMPT}


def test_a_duty_that_another_measure_still_asks_stays(land, people):
    measure = order(land)
    order(land, document=letter(land, number="59"))
    open_duties(NOW)
    withdraw(measure, by=SETUP, reason="đọc nhầm mục")
    open_duties(NOW)
    rounds = [item for item in my_work(actor(people.staff), NOW) if item.kind == ROUND]
    assert [[reason.text for reason in item.reasons] for item in rounds] == [["Công văn 59/VP-HC-QT, mục 1"]]


def test_a_measure_confirmed_anew_after_a_mistake_is_owed_again_not_twice(land, people):
    document = letter(land)
    withdraw(order(land, document=document), by=SETUP, reason="sai ngày")
    open_duties(NOW)
    order(land, document=document, clause="2")
    open_duties(NOW)
    assert len(my_work(actor(people.staff), NOW)) == 2
    assert len(owed(ACKNOWLEDGE)) == len(EVERYONE)


def test_an_order_that_ran_out_is_acknowledged_no_more_but_its_missed_days_stay(land, people):
    order(land, until_day=date(2026, 11, 20))
    open_duties(NOW)
    next_day = here("2026-11-21", 8)
    open_duties(next_day)
    states = {duty.kind: duty.state(next_day) for duty in Duty.objects.filter(owner=people.staff)}
    assert states == {ROUND: DutyState.MISSED, ACKNOWLEDGE: DutyState.EXEMPT}
    assert set(Exemption.objects.values_list("reason", flat=True)) == {ExemptionReason.LAPSED}


def test_a_decision_of_the_office_opens_its_duty_and_nothing_to_acknowledge(land):  # D6
    decision(land)
    open_duties(NOW)
    assert owed() == EVERYONE and owed(ACKNOWLEDGE) == []


def test_the_sweep_of_a_quiet_minute_asks_little(land, django_assert_max_num_queries):
    order(land)
    open_duties(NOW)
    with django_assert_max_num_queries(10):
        open_duties(NOW + timedelta(minutes=1))


def test_the_owners_are_told_once_that_there_is_a_document(land):
    order(land)
    open_duties(NOW)
    open_duties(NOW + timedelta(hours=2))
    [message] = Message.objects.all()
    assert message.title == "Xác nhận đã nhận Công văn 58/VP-HC-QT"
    assert message.receipts.count() == len(EVERYONE)


def test_news_of_a_measure_opens_its_duties(land):
    from taicho.directives.news import MeasureConfirmed
    from taicho.duties.listeners import on_measure_confirmed

    measure = order(land)
    on_measure_confirmed(MeasureConfirmed(str(measure.key), measure.kind))
    assert owed(ROUND, clock.today().isoformat()) == EVERYONE
