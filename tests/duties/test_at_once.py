"""Two workers, or two hands, at the very same instant: one writes, the other finds it written (D8)."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.discharging import discharge
from taicho.duties.actions.exempting import exempt
from taicho.duties.actions.opening import TRY_AGAIN, open_duties
from taicho.duties.enums import DutyState
from taicho.duties.models import (
    Discharge,
    Duty,
    DutyMeasure,
    Escalation,
    Exemption,
    Hindrance,
    Reminder,
)
from taicho.kernel.actor import Actor
from taicho.kernel.models import AuditEntry
from taicho.messaging.models import Message
from taicho.organisation.enums import PostRole, UnitKind
from tests.duties.rounds import ROUND, DailyRound, here, order
from tests.organisation.land import NOW, post, staff, unit
from tests.organisation.test_structure_at_once import together

TODAY = "2026-11-20"


def bureau():
    """A Sở with a department of twenty and its head, committed."""
    made = SimpleNamespace(bureau=unit("Sở Nội vụ"))
    made.room = unit("Phòng Một", made.bureau, UnitKind.DEPARTMENT)
    made.people = [staff(f"Người Thứ {n}", made.room) for n in range(20)]
    post(made.people[0], made.room, PostRole.UNIT_HEAD, accountable_head=True)
    return made


def test_of_two_sweeps_at_once_each_duty_is_opened_once(committed):
    order(bureau(), params={"by": ["17:00"]})
    assert together(lambda: open_duties(NOW), lambda: open_duties(NOW)) == ["done", "done"]
    assert Duty.objects.filter(kind=ROUND).count() == 20
    assert DutyMeasure.objects.count() == Duty.objects.count() == 40
    assert Message.objects.filter(kind="duties.opened").count() == 1


def test_sweeps_at_different_clocks_at_once_double_nothing(committed):
    order(bureau(), params={"by": ["17:00"]})
    later = NOW + timedelta(days=5)
    assert together(*(lambda at=at: open_duties(at) for at in (NOW, later, NOW, later))) == ["done"] * 4
    assert Duty.objects.filter(kind=ROUND).count() == 20 * 6


def test_of_two_clocks_at_once_each_step_is_taken_once(committed):
    order(bureau(), params={"by": ["17:00"]})
    open_duties(NOW)
    for hour, minute in ((16, 30), (16, 50), (17, 5)):
        at = here(TODAY, hour, minute)
        assert together(lambda at=at: run_clocks(at), lambda at=at: run_clocks(at)) == ["done", "done"]
    assert Message.objects.filter(kind="duties.reminded").count() == 2
    assert Message.objects.filter(kind="duties.late").count() == 1
    assert Reminder.objects.count() == 40 and Escalation.objects.count() == 20


def test_of_two_hands_that_do_the_same_one_record_is_kept(committed):
    lan = bureau_with_lan()
    evidence = UUID(int=7)

    def press():
        discharge(ROUND, lan, TODAY, by=Actor(person=lan.key), at=NOW, evidence=evidence)

    assert together(press, press) == ["done", "done"]
    assert Discharge.objects.count() == 1
    assert AuditEntry.objects.filter(verb="duties.discharge").count() == 1


def test_a_hand_and_a_sweep_at_once_leave_one_duty_done(committed):
    lan = bureau_with_lan()
    done = together(
        lambda: open_duties(NOW),
        lambda: discharge(ROUND, lan, TODAY, by=Actor(person=lan.key), at=NOW, evidence=UUID(int=7)),
    )
    assert done == ["done", "done"]
    assert Duty.objects.filter(owner=lan, kind=ROUND).count() == 1 == Discharge.objects.count()


def bureau_with_lan():
    """The same, with an order in force that nobody has swept yet; one of its people."""
    made = bureau()
    order(made)
    return made.people[5]


def test_an_excuse_and_the_deed_at_once_leave_it_done(committed):  # A9
    """Whichever comes first, it is done in the end; the excuse is refused or stands beside it, never twice."""
    lan = bureau_with_lan()
    open_duties(NOW)
    duty = Duty.objects.get(owner=lan, kind=ROUND)
    outcomes = together(
        lambda: exempt(duty, by=Actor(person=lan.key), why="nghỉ phép", at=NOW),
        lambda: discharge(ROUND, lan, TODAY, by=Actor(person=lan.key), at=NOW, evidence=UUID(int=7)),
    )
    assert outcomes in (["already-done", "done"], ["done", "done"])
    assert Discharge.objects.count() == 1 and duty.exemptions.count() == outcomes.count("done") - 1
    assert Duty.objects.get(pk=duty.pk).state(NOW) is DutyState.DONE


def test_of_two_heads_who_excuse_at_once_one_decides(committed):
    lan = bureau_with_lan()
    open_duties(NOW)
    duty = Duty.objects.get(owner=lan, kind=ROUND)

    def excuse():
        exempt(duty, by=Actor(person=lan.key), why="nghỉ phép", at=NOW)

    assert together(excuse, excuse) == ["already-exempt", "done"]
    trail = AuditEntry.objects.filter(verb="duties.exempt", object_key=Exemption.objects.get().key)
    assert Exemption.objects.count() == 1 == trail.count()


def test_a_sweep_that_fails_and_one_that_does_not_leave_everything_open_and_no_hindrance(committed, hindered):
    """Two workers at once, and the kind of one of them broken for a moment: the other opens it, nothing is doubled."""
    order(bureau(), params={"by": ["17:00"]})
    turns = iter([True])

    def stumble(kind, effect, unit, day, sound=DailyRound.occasions):
        if next(turns, False):
            raise ZeroDivisionError
        return sound(kind, effect, unit, day)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DailyRound, "occasions", stumble)
        assert together(lambda: open_duties(NOW), lambda: open_duties(NOW)) == ["done", "done"]
    open_duties(NOW + TRY_AGAIN)
    assert Duty.objects.filter(kind=ROUND).count() == 20 and not Hindrance.objects.standing().exists()
