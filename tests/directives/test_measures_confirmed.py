"""Measures confirmed from a clause, and decisions of the office, as every other room asks for them (A6, A7)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from taicho.directives.actions.measures import confirm_measure, decide, record_relation, withdraw
from taicho.directives.models import Measure, OfficeDecision, Withdrawal
from taicho.directives.queries.in_force import everything_on, measures_in_force
from taicho.directives.queries.measure_list import Standing, measure_rows, questions, standing_of
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Refusal
from tests.directives.papers import by_clerk, cap, clause_of, letter
from tests.organisation.land import SETUP

pytestmark = pytest.mark.django_db


def on(day, hour=8):
    """An instant of a local day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


def test_a_confirmed_cap_holds_from_its_first_to_its_last_day_both_included(land):  # A6
    cap(land, until_day=date(2026, 12, 2))
    days = {d: bool(everything_on(land.department, d)) for d in (date(2026, 11, 17), date(2026, 12, 2))}
    assert days == {date(2026, 11, 17): True, date(2026, 12, 2): True}
    assert not everything_on(land.department, date(2026, 11, 16))
    assert not everything_on(land.department, date(2026, 12, 3))


def test_the_last_day_ends_at_midnight_in_hanoi(land):  # A6
    cap(land, until_day=date(2026, 12, 2))
    last_second = datetime(2026, 12, 2, 16, 59, 59, tzinfo=UTC)
    assert measures_in_force(land.department, "trial.cap", last_second)
    assert not measures_in_force(land.department, "trial.cap", last_second + timedelta(seconds=1))


def test_a_measure_says_which_clause_of_which_document_orders_it(land):  # A6
    cap(land)
    (effect,) = everything_on(land.department, date(2026, 11, 20))
    (reason,) = effect.reasons
    assert reason.text == "Công văn 58/VP-HC-QT, mục 1"
    assert not reason.own_decision
    assert effect.params == {"max_pct": 50, "binding": True}


def test_a_measure_for_one_department_does_not_bind_its_neighbour(land):  # A6
    cap(land, scope=[land.department])
    assert everything_on(land.department, date(2026, 11, 20))
    assert not everything_on(land.office, date(2026, 11, 20))
    assert not everything_on(land.institute, date(2026, 11, 20))


def test_of_two_caps_the_stricter_holds_with_both_clauses(land):  # A7
    cap(land)
    cap(land, number="60", params={"max_pct": 30})
    (effect,) = everything_on(land.department, date(2026, 11, 20))
    assert effect.params["max_pct"] == 30
    assert len(effect.reasons) == 2


def test_a_request_binds_nobody(land):  # A7
    cap(land, force="request")
    (effect,) = everything_on(land.department, date(2026, 11, 20))
    assert not effect.binding
    assert [reason.text for reason in effect.requests] == ["Công văn 58/VP-HC-QT, mục 1"]


def test_what_no_document_states_is_a_decision_of_the_office_and_says_so(land):  # D6
    decide(
        land.bureau, by=SETUP, kind="trial.trip", params={"mode": "consent"}, subject="Đi lại cuối tuần",
        reason="Tỉnh bạn có dịch", from_day=date(2026, 11, 1), capacity="Giám đốc Sở",
    )  # fmt: skip
    (effect,) = everything_on(land.department, date(2026, 11, 20))
    assert effect.reasons[0].own_decision
    assert effect.reasons[0].text == "quyết định của cơ quan: Đi lại cuối tuần"
    assert OfficeDecision.objects.get().decided_as == "Giám đốc Sở"


def test_a_decision_without_reason_is_refused(land):  # D6
    with pytest.raises(Refusal, match="Ghi lý do"):
        decide(
            land.bureau, by=SETUP, kind="trial.trip", params={}, subject="Đi lại", reason=" ",
            from_day=date(2026, 11, 1),
        )  # fmt: skip
    assert not OfficeDecision.objects.exists()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "trial.nothing"}, "unknown-kind"),
        ({"params": {"max_pct": 150}}, "bad-parameter"),
        ({"params": {"min_m": 2}}, "unknown-parameter"),
        ({"scope": []}, "bad-scope"),
        ({"until_day": date(2026, 11, 1)}, "directives_measure_ends_after_start"),
        ({"shift_weeks": 3}, "shift-outside-drill"),
    ],
)
def test_a_wrong_measure_is_refused_and_nothing_is_written(land, settings, facts, code):  # A6
    settings.TAICHO_DRILL = False
    with pytest.raises(Refusal) as refused:
        cap(land, **facts)
    assert refused.value.code == code
    assert not Measure.objects.exists()


def test_a_measure_cannot_bind_another_agency(land):  # A6
    with pytest.raises(Refusal) as refused:
        cap(land, scope=[land.commune])
    assert refused.value.code == "bad-scope"


def test_in_a_drill_an_old_letter_moves_by_whole_weeks_and_keeps_its_own_days(land, settings):  # D14
    settings.TAICHO_DRILL = True
    measure = cap(land, from_day=date(2021, 2, 17), until_day=date(2021, 3, 2), shift_weeks=300)
    assert measure.from_day == date(2021, 2, 17) + timedelta(weeks=300)
    assert (measure.until_day - measure.from_day).days == 13
    assert measure.from_day.weekday() == measure.written_from.weekday()
    assert (measure.written_from, measure.written_until) == (date(2021, 2, 17), date(2021, 3, 2))


def test_a_document_without_a_day_is_in_force_for_nobody(land):  # A6
    measure = cap(land, from_day=None)
    assert not everything_on(land.department, date(2026, 11, 20))
    assert standing_of(measure, date(2026, 11, 20)) is Standing.UNDATED


def test_a_measure_taken_back_holds_no_longer_and_stays_readable(land):  # A6
    measure = cap(land)
    withdraw(measure, by=SETUP, reason="Đọc nhầm mục")
    assert not everything_on(land.department, date(2026, 11, 20))
    assert Withdrawal.objects.get().reason == "Đọc nhầm mục"
    (row,) = measure_rows(land.bureau, date(2026, 11, 20))
    assert row.standing is Standing.WITHDRAWN
    with pytest.raises(Refusal, match="đã được rút"):
        withdraw(measure, by=SETUP, reason="Lần nữa")


def test_a_letter_that_replaces_another_ends_it_where_it_says_so(land):  # A7
    old, new = cap(land, params={"max_pct": 30}), cap(land, number="61", issued_on=date(2026, 11, 18))
    assert everything_on(land.department, date(2026, 11, 20))[0].params["max_pct"] == 30
    record_relation(new, by=SETUP, kind="replaces", what=old)
    assert everything_on(land.department, date(2026, 11, 20))[0].params["max_pct"] == 50


def test_a_milder_letter_without_replacement_does_not_loosen_and_the_head_is_asked(land):  # A7
    cap(land, params={"max_pct": 30}, issued_on=date(2026, 11, 10))
    cap(land, number="61", params={"max_pct": 50}, issued_on=date(2026, 11, 18))
    (effect,) = everything_on(land.department, date(2026, 11, 20))
    assert effect.params["max_pct"] == 30
    (question,) = questions([land.department], date(2026, 11, 20))
    assert [reason.source for reason in question.effect.milder] == ["Công văn 61/VP-HC-QT"]


def test_the_office_itself_cannot_loosen_what_a_higher_body_orders(land):  # A7
    above = cap(land, params={"max_pct": 30})
    own = clause_of(letter(land, number="5", issuer=land.bureau.name))
    milder = confirm_measure(
        own, by=SETUP, kind="trial.cap", params={"max_pct": 50}, force="require", scope=[land.bureau],
        from_day=date(2026, 11, 18),
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        record_relation(milder, by=SETUP, kind="replaces", what=above)
    assert refused.value.code == "may-not-lift"


def test_what_cannot_be_met_is_shown_and_never_settled_by_the_system(land):  # A7
    cap(land, params={"max_pct": 60, "min_home": 100})
    (question,) = questions([land.department], date(2026, 11, 20))
    assert question.effect.contradiction == "Số tối đa thấp hơn số phải có mặt."


def test_confirming_is_audited_and_announced(land, people):  # L4
    measure = cap(land, by=by_clerk(people))
    entry = AuditEntry.objects.get(verb="directives.confirm_measure")
    assert (entry.object_key, entry.actor) == (measure.key, people.office.key)
    assert NewsItem.objects.filter(kind__endswith="MeasureConfirmed", payload__measure=str(measure.key)).exists()
    assert measure.confirmed_by == people.office.key


def test_the_list_counts_what_ends_within_the_week_as_still_in_force(land):  # A7
    measure = cap(land, until_day=date(2026, 11, 24))
    assert standing_of(measure, date(2026, 11, 20)) is Standing.ENDING
    (row,) = measure_rows(land.bureau, date(2026, 11, 20))
    assert row.days_left == 4
    assert row.words == "max_pct: 50 · binding"
