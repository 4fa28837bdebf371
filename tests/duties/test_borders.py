"""Days begin at midnight in Việt Nam, whatever the server counts; people come and go in the middle of them (A9, C5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from taicho.duties.actions.discharging import discharge
from taicho.duties.actions.opening import open_duties
from taicho.duties.enums import DutyState, ExemptionReason
from taicho.duties.models import Duty, Exemption
from taicho.duties.queries.work import my_work
from taicho.organisation.actions.staff import end_service, register_staff, transfer
from tests.duties.rounds import ACKNOWLEDGE, ROUND, decision, here, order, owed
from tests.organisation.land import NOW, SETUP, actor

pytestmark = pytest.mark.usefixtures("people")
TODAY = "2026-11-20"
SECOND = timedelta(seconds=1)


def days(kind=ROUND):
    return sorted(set(Duty.objects.filter(kind=kind).values_list("occasion", flat=True)))


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("2026-11-30", "2026-12-01"), ("2026-12-31", "2027-01-01"), ("2027-02-28", "2027-03-01"),
        ("2028-02-29", "2028-03-01"), ("2027-03-27", "2027-03-28"), ("2027-10-30", "2027-10-31"),
    ],
    ids=["month", "year", "february", "leap day", "clocks forward elsewhere", "clocks back elsewhere"],
)  # fmt: skip
def test_the_next_day_opens_at_midnight_and_not_a_second_before(land, time_machine, last, first):
    evening = here(first) - SECOND
    time_machine.move_to(evening - timedelta(hours=1), tick=False)
    order(land, from_day=date.fromisoformat(last))
    open_duties(evening)
    assert days() == [last]
    open_duties(here(first))
    assert days() == [last, first]
    [tonight] = set(Duty.objects.filter(kind=ROUND, occasion=last).values_list("due_at", flat=True))
    assert tonight == here(first) and tonight.astimezone(UTC).hour == 17


def test_a_server_that_counts_in_utc_still_opens_the_vietnamese_day(land):
    order(land)
    open_duties(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC))
    assert days() == ["2026-11-20"]
    open_duties(datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
    assert days() == ["2026-11-20", "2026-11-21"]


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (here("2026-11-21") - SECOND, DutyState.DONE), (here(TODAY, 17), DutyState.DONE),
        (here("2026-11-21"), DutyState.DONE_LATE),
    ],
)  # fmt: skip
def test_done_in_the_last_second_of_the_day_is_done_today(land, people, at, state):
    order(land)
    open_duties(NOW)
    discharge(ROUND, people.staff, TODAY, by=actor(people.staff), at=at, evidence=people.staff.key)
    assert Duty.objects.get(owner=people.staff, kind=ROUND).state(here("2026-11-22")) is state


def test_at_midnight_what_was_not_done_leaves_the_list_and_the_new_day_takes_its_place(land, people):
    order(land)
    open_duties(NOW)
    open_duties(here("2026-11-21"))
    rounds = [item for item in my_work(actor(people.staff), here("2026-11-21")) if item.kind == ROUND]
    assert [item.title for item in rounds] == ["Kiểm tra ngày 2026-11-21"]
    assert Duty.objects.get(owner=people.staff, occasion=TODAY).state(here("2026-11-21")) is DutyState.MISSED


def test_a_letter_is_acknowledged_once_however_many_days_it_holds(land, people):
    order(land)
    for day in range(5):
        open_duties(NOW + timedelta(days=day))
    assert Duty.objects.filter(kind=ACKNOWLEDGE, owner=people.staff).count() == 1
    assert Duty.objects.filter(kind=ROUND, owner=people.staff).count() == 5


def test_the_last_day_of_a_month_is_the_last_day_of_a_measure(land):  # measures.md 3, no. 3
    order(land, until_day=date(2026, 11, 30))
    open_duties(NOW)
    open_duties(here("2026-11-30", 23, 59))
    open_duties(here("2026-12-01", 0, 1))
    assert days()[-1] == "2026-11-30"


def test_who_joins_a_second_before_the_hour_owes_it_and_who_joins_after_does_not(land):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    register_staff(by=SETUP, unit=land.department, full_name="Trịnh Văn Trước", at=here(TODAY, 17) - SECOND)
    register_staff(by=SETUP, unit=land.department, full_name="Trịnh Văn Sau", at=here(TODAY, 17) + SECOND)
    open_duties(here(TODAY, 17, 1))
    assert "Trịnh Văn Trước" in owed(ROUND, TODAY) and "Trịnh Văn Sau" not in owed(ROUND, TODAY)


def test_who_joined_just_before_the_hour_is_not_accused_of_what_opened_after_it(land):  # ADR 0010, 6
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    new = register_staff(by=SETUP, unit=land.department, full_name="Trịnh Văn Mới", at=here(TODAY, 16, 59))
    open_duties(here(TODAY, 17, 1))
    assert Duty.objects.get(owner=new, kind=ROUND).state(here(TODAY, 18)) is DutyState.UNSEEN


def test_who_comes_and_goes_between_two_looks_owes_nothing(land):
    order(land)
    open_duties(NOW)
    guest = register_staff(by=SETUP, unit=land.department, full_name="Trịnh Văn Thoáng", at=NOW + SECOND)
    end_service(guest, by=SETUP, at=NOW + 5 * SECOND)
    open_duties(NOW + timedelta(minutes=1))
    assert not Duty.objects.filter(owner=guest).exists()


def test_who_leaves_before_the_hour_is_exempted_and_who_left_after_it_stays_late(land, people):
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    end_service(people.staff, by=SETUP, at=here(TODAY, 16))
    end_service(people.guard, by=SETUP, at=here(TODAY, 17, 30))
    open_duties(here(TODAY, 16, 1))
    open_duties(here(TODAY, 17, 31))
    late = here(TODAY, 18)
    assert Duty.objects.get(owner=people.staff, kind=ROUND).state(late) is DutyState.EXEMPT
    assert Duty.objects.get(owner=people.guard, kind=ROUND).state(late) is DutyState.LATE


def test_who_leaves_tomorrow_owes_today_and_nothing_after(land, people):
    order(land)
    open_duties(NOW)
    end_service(people.staff, by=SETUP, at=here("2026-11-21", 8))
    for at in (here(TODAY, 23), here("2026-11-21", 0, 1), here("2026-11-21", 8, 1), here("2026-11-22", 8)):
        open_duties(at)
    mine = Duty.objects.filter(owner=people.staff, kind=ROUND)
    states = {duty.occasion: duty.state(here("2026-11-22", 9)) for duty in mine}
    assert states == {TODAY: DutyState.MISSED, "2026-11-21": DutyState.EXEMPT}


def test_who_moves_to_another_unit_keeps_the_duty_in_the_unit_where_it_was_opened(land, people):  # ADR 0010, 2
    order(land, params={"by": ["17:00"]})
    open_duties(NOW)
    transfer(people.staff, by=SETUP, to=land.office, at=here(TODAY, 12))
    open_duties(here(TODAY, 12, 1))
    assert Duty.objects.get(owner=people.staff, kind=ROUND).unit == land.department
    open_duties(here("2026-11-21", 0, 1))
    assert Duty.objects.get(owner=people.staff, occasion="2026-11-21").unit == land.office


def test_who_comes_from_outside_the_scope_at_noon_owes_the_rest_of_the_day_in_the_new_unit(land, people):
    order(land, scope=[land.department])
    open_duties(NOW)
    transfer(people.office, by=SETUP, to=land.department, at=here(TODAY, 12))
    open_duties(here(TODAY, 12, 1))
    duty = Duty.objects.get(owner=people.office, kind=ROUND)
    assert (duty.unit, duty.opened_at, duty.state(here(TODAY, 13))) == (
        land.department, here(TODAY, 12, 1), DutyState.OPEN,
    )  # fmt: skip


def test_who_comes_back_in_the_afternoon_owes_it_where_they_sit_now(land, people):
    order(land, scope=[land.department, land.office])
    open_duties(NOW)
    transfer(people.staff, by=SETUP, to=land.institute, at=here(TODAY, 12))
    open_duties(here(TODAY, 12, 1))
    assert Exemption.objects.standing().filter(reason=ExemptionReason.LEFT).count() == 2
    transfer(people.staff, by=SETUP, to=land.office, at=here(TODAY, 14))
    open_duties(here(TODAY, 14, 1))
    duty = Duty.objects.get(owner=people.staff, kind=ROUND)
    assert (duty.unit, duty.agency) == (land.office, land.bureau)
    assert duty.state(here(TODAY, 15)) is DutyState.OPEN


def test_a_task_goes_to_the_new_head_and_leaves_the_old_one(land, people):  # C5
    from taicho.organisation.actions.posts import appoint, end_post
    from taicho.organisation.enums import PostRole
    from taicho.organisation.models import Post

    decision(land, kind="duties.task", params={"what": "lập danh sách", "due": "2026-11-30"}, scope=[land.department])
    open_duties(NOW)
    turn = here(TODAY, 12)
    end_post(Post.objects.get(person=people.head), by=SETUP, at=turn)
    appoint(people.staff, by=SETUP, unit=land.department, role=PostRole.UNIT_HEAD, at=turn, accountable_head=True)
    open_duties(turn + timedelta(minutes=1))
    later = here(TODAY, 13)
    states = {duty.owner: duty.state(later) for duty in Duty.objects.filter(kind="duties.task")}
    assert states == {people.head: DutyState.EXEMPT, people.staff: DutyState.OPEN}
