"""The one question of every room, asked of the database: what holds for a unit, and by which clause (A6, A7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from taicho.directives.actions.measures import confirm_measure, decide, record_relation, withdraw
from taicho.directives.enums import Force
from taicho.directives.models import Clause, Measure, MeasureRelation, OfficeDecision, Withdrawal
from taicho.directives.queries.in_force import everything_for, everything_on, measures_in_force
from taicho.directives.queries.measure_list import Standing, measure_rows, questions, standing_of, units_concerned
from taicho.documents.actions.striking import strike_out
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Refusal
from tests.directives.papers import cap, clause_of, letter
from tests.organisation.land import SETUP, actor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def held(unit, day=TODAY, kind="trial.cap"):
    """The bound on a day, or None."""
    effects = [effect for effect in everything_on(unit, day) if effect.kind == kind]
    return effects[0].params.get("max_pct") if effects else None


def test_every_reason_names_a_clause_that_stands_in_the_register(land):  # A6
    cap(land)
    cap(land, number="60", force="request")
    cap(land, number="61", params={"max_pct": 20}, scope=[land.department])
    for unit in (land.bureau, land.department, land.office):
        for effect in everything_on(unit, TODAY):
            for reason in (*effect.reasons, *effect.requests):
                measure = Measure.objects.get(key=reason.measure)
                clause = Clause.objects.get(document__key=reason.document, pk=measure.clause_id)
                assert reason.text == f"{clause.document.title}, {clause.label}"
                assert reason.url == f"/bien-phap/{measure.key}"
                assert reason.since == measure.confirmed_at


@pytest.mark.parametrize(
    ("where", "bound"), [("bureau", 50), ("department", 20), ("office", 50), ("institute", 50), ("commune", None)]
)
def test_scope_is_what_the_document_names_and_all_that_stands_under_it(land, where, bound):  # A6
    cap(land)
    cap(land, number="61", params={"max_pct": 20}, scope=[land.department])
    assert held(getattr(land, where)) == bound


def test_supersession_withdrawal_and_end_are_read_day_by_day(land):  # A7
    old = cap(land, params={"max_pct": 30})
    new = cap(
        land, number="61", issued_on=date(2026, 11, 18), from_day=date(2026, 11, 22), until_day=date(2026, 11, 24),
        params={"max_pct": 60},
    )  # fmt: skip
    record_relation(new, by=SETUP, kind="suspends", what=old)
    days = [date(2026, 11, 16) + timedelta(days=n) for n in range(10)]
    assert [held(land.bureau, day) for day in days] == [None, 30, 30, 30, 30, 30, 60, 60, 60, 30]
    withdraw(new, by=SETUP, reason="Đọc nhầm")
    assert [held(land.bureau, day) for day in days] == [None] + [30] * 9
    withdraw(old, by=SETUP, reason="Đọc nhầm")
    assert [held(land.bureau, day) for day in days] == [None] * 10


def test_a_chain_of_replacements_brings_the_first_letter_back_never(land):  # A7
    first, second, third = (cap(land, number=str(n), params={"max_pct": n}) for n in (30, 40, 50))
    record_relation(second, by=SETUP, kind="replaces", what=first)
    record_relation(third, by=SETUP, kind="replaces", what=second)
    assert held(land.bureau) == 50


@pytest.mark.parametrize("links", [1, 2])
def test_measures_do_not_replace_each_other_in_a_circle(land, links):  # A7
    chain = [cap(land, number=str(n), params={"max_pct": n}) for n in (30, 40, 50)][: links + 1]
    for new, old in zip(chain[1:], chain, strict=False):
        record_relation(new, by=SETUP, kind="replaces", what=old)
    with pytest.raises(Refusal, match="đang được ghi là thay thế biện pháp này") as refused:
        record_relation(chain[0], by=SETUP, kind="suspends", what=chain[-1])
    assert refused.value.code == "lifts-in-circle"
    assert MeasureRelation.objects.count() == links
    withdraw(chain[1], by=SETUP, reason="Ghi nhầm")
    if links == 1:
        assert held(land.bureau) == 30


def test_once_the_mistaken_one_is_taken_back_the_other_way_may_be_recorded(land):  # A7
    one, other = cap(land), cap(land, number="61")
    record_relation(one, by=SETUP, kind="replaces", what=other)
    withdraw(one, by=SETUP, reason="Ghi nhầm")
    again = confirm_measure(
        one.clause, by=SETUP, kind="trial.cap", params={"max_pct": 70}, force="require", scope=[land.bureau],
        from_day=date(2026, 11, 17),
    )  # fmt: skip
    record_relation(other, by=SETUP, kind="replaces", what=again)
    assert held(land.bureau) == 50


@pytest.mark.parametrize("same", [True, False])
def test_a_relation_is_recorded_once_and_never_with_itself(land, same):  # D8
    one, other = cap(land), cap(land, number="61")
    if not same:
        record_relation(one, by=SETUP, kind="replaces", what=other)
    with pytest.raises(Refusal) as refused:
        record_relation(one, by=SETUP, kind="replaces", what=one if same else other)
    name = "directives_measure_does_not_lift_itself" if same else "directives_relation_once"
    assert refused.value.code == name
    assert NewsItem.objects.filter(kind__endswith="MeasureConfirmed").count() == 2 + (not same)


def test_a_measure_of_a_struck_out_document_is_not_confirmed(land):  # A1
    document = letter(land)
    strike_out(document, by=SETUP, reason="Vào sổ trùng")
    with pytest.raises(Refusal, match="đã hủy, lý do: Vào sổ trùng"):
        confirm_measure(
            clause_of(document),
            by=SETUP,
            kind="trial.cap",
            params={},
            force="require",
            scope=[land.bureau],
            from_day=TODAY,
        )
    assert not Measure.objects.exists()


def test_a_document_that_gave_a_measure_is_not_struck_out_not_even_when_it_is_taken_back(land):  # A1
    measure = cap(land)
    for _ in range(2):
        with pytest.raises(Refusal, match="đã xác nhận biện pháp “tối đa tại cơ quan” từ văn bản này") as refused:
            strike_out(measure.clause.document, by=SETUP, reason="Nhầm")
        assert refused.value.code == "in-use"
        if not Withdrawal.objects.exists():
            withdraw(measure, by=SETUP, reason="Đọc nhầm")
    assert strike_out(letter(land, number="99"), by=SETUP, reason="Nhầm").is_struck_out


def test_at_midnight_in_hanoi_a_new_day_is_asked(land):  # A6
    cap(land, from_day=date(2026, 11, 21))
    midnight = datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert not measures_in_force(land.bureau, "trial.cap", midnight - timedelta(microseconds=1))
    assert measures_in_force(land.bureau, "trial.cap", midnight)
    assert not measures_in_force(land.bureau, "trial.trip", midnight)


def test_the_last_day_of_a_month_and_of_february_belong_to_the_measure(land):  # A6
    cap(land, from_day=date(2028, 2, 29), until_day=date(2028, 2, 29))
    assert [held(land.bureau, date(2028, 2, 28) + timedelta(days=n)) for n in range(3)] == [None, 50, None]


def test_a_contradiction_is_an_answer_that_says_so_and_names_both_letters(land):  # A7, edge 9
    cap(land, params={"max_pct": 80})
    cap(land, number="61", params={"min_home": 90})
    (effect,) = everything_on(land.department, TODAY)
    assert effect.contradiction == "Số tối đa thấp hơn số phải có mặt."
    assert {reason.source for reason in effect.reasons} == {"Công văn 58/VP-HC-QT", "Công văn 61/VP-HC-QT"}
    (question,) = questions([land.department], TODAY)
    assert question.effect.contradiction == effect.contradiction


def test_contradictions_are_asked_about_before_milder_letters(land):  # A7
    cap(land, params={"max_pct": 30}, issued_on=date(2026, 11, 10), scope=[land.office])
    cap(land, number="61", params={"max_pct": 50}, scope=[land.office])
    cap(land, number="62", params={"max_pct": 80, "min_home": 90}, scope=[land.department])
    asked = questions([land.office, land.department], TODAY)
    assert [bool(one.effect.contradiction) for one in asked] == [True, False]
    assert {unit.name for unit in units_concerned(measure_rows(land.bureau, TODAY))} == {"Văn phòng", "Phòng Tổng hợp"}


@pytest.mark.parametrize("force", list(Force))
def test_only_a_request_binds_nobody(land, force):  # A7
    cap(land, force=force)
    (effect,) = everything_on(land.bureau, TODAY)
    assert effect.binding is (force is not Force.REQUEST)
    assert len(effect.measures) == 1


def test_the_number_of_questions_does_not_grow_with_units_and_documents(land, django_assert_num_queries):
    units = [land.bureau, land.department, land.office, land.institute]
    for n in range(6):
        cap(land, number=str(n + 1))
    with django_assert_num_queries(3):
        found = everything_for(units, TODAY)
    assert {len(found[unit.pk][0].reasons) for unit in units} == {6}


def test_nothing_confirmed_is_nothing_in_force(land):
    assert everything_for([], TODAY) == {}
    assert everything_on(land.bureau, TODAY) == ()
    assert measure_rows(land.bureau, TODAY) == []


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"from_day": None}, Standing.UNDATED), ({"from_day": date(2026, 11, 21)}, Standing.COMING),
        ({"from_day": TODAY}, Standing.NOW), ({"until_day": date(2026, 11, 28)}, Standing.NOW),
        ({"until_day": date(2026, 11, 27)}, Standing.ENDING), ({"until_day": TODAY}, Standing.ENDING),
        ({"until_day": date(2026, 11, 19)}, Standing.ENDED),
    ],
)  # fmt: skip
def test_where_a_measure_stands_turns_on_its_first_and_last_day(land, facts, standing):  # A7
    assert standing_of(cap(land, **facts), TODAY) is standing


def test_a_confirmation_says_who_in_which_capacity_and_is_in_the_trail(land, people):  # A6, L4
    measure = cap(land, by=actor(people.office), capacity="Chuyên viên Văn phòng")
    assert (measure.confirmed_by, measure.confirmed_as) == (people.office.key, "Chuyên viên Văn phòng")
    entry = AuditEntry.objects.get(verb="directives.confirm_measure")
    assert (entry.actor, entry.object_key) == (people.office.key, measure.key)
    assert NewsItem.objects.get(kind__endswith="MeasureConfirmed").payload == {
        "measure": str(measure.key),
        "kind": "trial.cap",
    }


def test_a_withdrawal_without_reason_changes_nothing(land):  # A6
    measure = cap(land)
    with pytest.raises(Refusal, match="Ghi lý do rút biện pháp"):
        withdraw(measure, by=SETUP, reason=" ")
    assert held(land.bureau) == 50
    assert not AuditEntry.objects.filter(verb="directives.withdraw").exists()


def test_a_decision_with_a_wrong_parameter_leaves_no_decision_behind(land):  # D6
    with pytest.raises(Refusal):
        decide(
            land.bureau,
            by=SETUP,
            kind="trial.trip",
            params={"mode": "never"},
            subject="Đi lại",
            reason="Dịch",
            from_day=TODAY,
        )
    assert not (OfficeDecision.objects.exists() or Measure.objects.exists())
    assert not NewsItem.objects.filter(kind__endswith="MeasureConfirmed").exists()


def test_the_database_refuses_a_measure_of_two_sources_of_none_or_that_ends_before_it_begins(land):  # D8
    measure = cap(land)
    decision = OfficeDecision.objects.create(agency=land.bureau, subject="a", reason="b", decided_at=clock.now())
    rows = Measure.objects.filter(pk=measure.pk)
    for broken, name in (
        ({"decision": decision}, "directives_measure_has_one_source"), ({"clause": None}, "directives_measure_has_one_source"),
        ({"until_day": date(2026, 11, 16)}, "directives_measure_ends_after_start"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**broken)


def test_the_database_takes_a_measure_back_once(land):  # D8
    measure = cap(land)
    withdraw(measure, by=SETUP, reason="Nhầm")
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(measure=measure, reason="Lần nữa", withdrawn_at=clock.now())
