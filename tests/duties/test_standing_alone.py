"""One measure that fails stops nobody else's duties: logged, shown to the administrator, tried again (A9, D8)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from taicho.directives.queries import in_force
from taicho.duties import jobs
from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.discharging import discharge
from taicho.duties.actions.opening import TRY_AGAIN, open_duties
from taicho.duties.kinds import KINDS, DutyKind, Occasion, start_of
from taicho.duties.models import Duty, Exemption, Hindrance, SweptDay
from taicho.kernel.models import AuditEntry
from taicho.messaging.models import Message
from tests.duties.rounds import ACKNOWLEDGE, ROUND, DailyRound, decision, here, letter, order, owed
from tests.organisation.land import NOW, actor

pytestmark = pytest.mark.usefixtures("people", "hindered")
TODAY = "2026-11-20"
SOON = NOW + TRY_AGAIN


class Failing(DailyRound):
    """A kind with a mistake in it: it fails for one unit, or for all."""

    name = "trial.failing"
    measure_kinds = ("trial.round",)
    only = None

    def occasions(self, effect, unit, day):
        if self.only in (None, unit.name):
            raise ZeroDivisionError("Nguyễn Thị Lan")
        yield from super().occasions(effect, unit, day)


@pytest.fixture
def failing(monkeypatch):
    kind = Failing()
    monkeypatch.setitem(KINDS, kind.name, kind)
    return kind


@pytest.fixture
def wall(land):
    """The database itself refuses every duty of one agency; returns how to lift it."""
    body = f"BEGIN IF NEW.agency_id = {land.institute.pk} THEN RAISE EXCEPTION 'hỏng'; END IF; RETURN NEW; END"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE FUNCTION refuse_duty() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
        cursor.execute("CREATE TRIGGER wall BEFORE INSERT ON duties_duty FOR EACH ROW EXECUTE FUNCTION refuse_duty()")

    def lift():
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER wall ON duties_duty")

    return lift


def hindrances():
    return [(one.kind, one.agency and one.agency.name, one.error, one.times) for one in Hindrance.objects.standing()]


def test_a_kind_that_fails_stops_no_other_kind(land, failing):
    order(land)
    assert open_duties(NOW) == 14  # seven people, the round and the letter
    assert len(owed(ROUND)) == len(owed(ACKNOWLEDGE)) == 7 and owed("trial.failing") == []
    assert {kind for kind, *_ in hindrances()} == {"trial.failing"}


def test_a_kind_that_fails_for_one_unit_opens_for_the_others(land, failing):
    failing.only = "Phòng Tổng hợp"
    order(land)
    open_duties(NOW)
    assert owed("trial.failing") == sorted(set(owed(ROUND)) - {"Nguyễn Thị Lan", "Lê Minh Quân"})
    assert hindrances() == [("trial.failing", "Sở Khoa học và Công nghệ", "ZeroDivisionError", 1)]


def test_an_agency_the_database_refuses_stops_no_other_agency(land, wall):
    order(land)
    assert open_duties(NOW) == 12  # six people of the Sở
    assert "Bùi Thu Trang" not in owed(ROUND) and len(owed(ROUND)) == 6
    assert {(kind, agency) for kind, agency, *_ in hindrances()} == {
        (ROUND, "Trung tâm Ứng dụng"), (ACKNOWLEDGE, "Trung tâm Ứng dụng"),
    }  # fmt: skip
    [message] = Message.objects.filter(kind="duties.opened")
    assert message.receipts.count() == 6


def test_what_failed_is_opened_as_soon_as_it_can_be_and_nothing_twice(land, wall):
    order(land)
    open_duties(NOW)
    wall()
    assert open_duties(SOON) == 2
    assert open_duties(SOON + TRY_AGAIN) == 0
    assert len(owed(ROUND)) == len(owed(ACKNOWLEDGE)) == 7
    assert hindrances() == [] and set(Hindrance.objects.values_list("ended_at", flat=True)) == {SOON}
    told = [receipt.person.full_name for message in Message.objects.all() for receipt in message.receipts.all()]
    assert len(told) == len(set(told)) == 7


def test_it_is_tried_again_after_a_while_and_not_each_minute(land, wall):
    order(land)
    open_duties(NOW)
    open_duties(NOW + timedelta(minutes=1))
    assert {times for *_, times in hindrances()} == {1}
    open_duties(SOON)
    assert {times for *_, times in hindrances()} == {2} and Hindrance.objects.count() == 2


def test_the_trail_says_once_that_something_fails(land, wall):  # L4
    order(land)
    open_duties(NOW)
    open_duties(SOON)
    entries = AuditEntry.objects.filter(verb="duties.hinder")
    assert entries.count() == 2 and set(entries.values_list("unit", flat=True)) == {land.institute.key}


def test_a_day_that_could_not_be_opened_is_not_closed(land, failing, monkeypatch):
    order(land)
    open_duties(NOW)
    next_day = here("2026-11-21", 8)
    open_duties(next_day)
    assert not SweptDay.objects.get(day=date(2026, 11, 20)).closed
    monkeypatch.delitem(KINDS, "trial.failing")
    open_duties(next_day + TRY_AGAIN)
    assert SweptDay.objects.get(day=date(2026, 11, 20)).closed and hindrances() == []


def test_a_day_with_a_failure_is_left_alone_until_it_is_tried_again(land, failing, django_assert_max_num_queries):
    order(land)
    open_duties(NOW)
    next_day = here("2026-11-21", 8)
    open_duties(next_day)
    with django_assert_max_num_queries(12):  # two days are looked at, none is swept
        open_duties(next_day + timedelta(minutes=1))


def test_who_might_owe_it_for_all_one_knows_is_not_exempted(land, monkeypatch):
    order(land, kind="duties.stay_reachable")
    open_duties(NOW)
    monkeypatch.setattr(type(KINDS["duties.stay_reachable"]), "occasions", Failing.occasions, raising=True)
    monkeypatch.setattr(type(KINDS["duties.stay_reachable"]), "only", None, raising=False)
    open_duties(NOW + timedelta(hours=2))
    assert hindrances() and not Exemption.objects.exists()


def test_who_was_chosen_by_a_kind_that_now_fails_is_not_exempted(land, people, monkeypatch):  # C5
    decision(land, kind="duties.task", params={"what": "lập danh sách"}, scope=[land.department])
    open_duties(NOW)
    assert owed("duties.task") == ["Lê Minh Quân"]

    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(type(KINDS["duties.task"]), "owners", fail)
    open_duties(NOW + timedelta(hours=2))
    assert {kind for kind, *_ in hindrances()} == {"duties.task"} and not Exemption.objects.exists()


def test_measures_that_cannot_be_read_for_one_agency_leave_the_others_theirs(land, monkeypatch):
    order(land)
    open_duties(NOW)
    sound = in_force.resolve

    def fail_below(stated, relations, *, path, day):
        if path.startswith(land.institute.path):
            raise ValueError(path)
        return sound(stated, relations, path=path, day=day)

    monkeypatch.setattr(in_force, "resolve", fail_below)
    open_duties(here("2026-11-21", 8))
    assert "Bùi Thu Trang" not in owed(ROUND, "2026-11-21") and len(owed(ROUND, "2026-11-21")) == 6
    assert ("", "Trung tâm Ứng dụng", "ValueError", 1) in hindrances()
    assert not Exemption.objects.exists()


def test_somebody_can_do_what_is_owed_though_another_kind_fails(land, people, failing):  # D9
    order(land)
    done = discharge(ROUND, people.staff, TODAY, by=actor(people.staff), at=NOW, evidence=people.staff.key)
    assert done is not None and Duty.objects.get().owner == people.staff


def test_reminders_go_out_though_the_whole_sweep_fails(land, people, monkeypatch, time_machine):
    order(land, params={"by": ["17:00"]}, scope=[land.department])
    open_duties(NOW)
    time_machine.move_to(here(TODAY, 16, 30), tick=False)

    def fail(at):
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "open_duties", fail)
    with pytest.raises(ZeroDivisionError):  # the job fails, which the page of the system counts
        jobs._run()
    assert Message.objects.filter(kind="duties.reminded").count() == 1


def test_a_task_of_many_words_is_opened_with_a_short_title_and_read_in_full(land, people, enter):  # C5
    words = "lập danh sách máy tính " * 40 + "và gửi Văn phòng"
    decision(land, kind="duties.task", params={"what": words, "due": TODAY}, scope=[land.department])
    open_duties(NOW)
    task = Duty.objects.get(kind="duties.task")
    assert len(task.title) == 250 and task.title.endswith("…") and hindrances() == []
    assert "và gửi Văn phòng" in enter(people.head).get(reverse("duties:work", args=[task.key])).content.decode()
    run_clocks(here(TODAY, 23, 30))
    assert Message.objects.get(kind="duties.reminded").title.startswith("Trước 24h00: Lập danh sách")


def test_the_administrator_sees_agency_kind_and_error_and_no_name(land, people, enter, failing):  # trust.md A11
    order(land)
    open_duties(NOW)
    page = enter(people.administrator).get(reverse("desks:system")).content.decode()
    assert "Trung tâm Ứng dụng" in page and "ZeroDivisionError" in page and "Nguyễn Thị Lan" not in page
    assert "các cơ quan khác không bị ảnh hưởng" in page


def test_without_a_failure_the_page_of_the_system_says_nothing_of_it(land, people, enter):
    order(land)
    open_duties(NOW)
    page = enter(people.administrator).get(reverse("desks:system")).content.decode()
    assert "các cơ quan khác không bị ảnh hưởng" not in page and hindrances() == []


class Far(DutyKind):
    """A kind whose occasion is dated so far off that no calendar holds it."""

    name = "trial.far"
    measure_kinds = ("trial.round",)

    def occasions(self, effect, unit, day):
        yield Occasion(day.isoformat(), start_of(day), start_of(day) + timedelta(days=10**7), "xa")


def test_an_impossible_date_of_one_kind_costs_only_that_kind(land, monkeypatch):
    monkeypatch.setitem(KINDS, Far.name, Far())
    order(land, document=letter(land, number="60"))
    open_duties(NOW)
    assert len(owed(ROUND)) == 7 and owed("trial.far") == []
    assert {error for _, _, error, _ in hindrances()} == {"OverflowError"}


def test_an_agency_below_is_asked_in_its_own_name(land, people):
    order(land)
    open_duties(NOW)
    agencies = dict(Duty.objects.filter(kind=ROUND).values_list("owner__full_name", "agency__name"))
    assert agencies["Bùi Thu Trang"] == "Trung tâm Ứng dụng"
    assert agencies["Nguyễn Thị Lan"] == "Sở Khoa học và Công nghệ"
