"""The rules of health, tried with whatever people may answer and type (F1, E2)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.health.actions.discharging import occasion_of
from taicho.health.measures import DailyDeclaration, DeclarationHour, FeverThreshold
from taicho.health.rules.answers import calls_for_help, checked, only_completes
from taicho.health.rules.questionnaire import latest
from taicho.health.rules.temperature import is_high, parse_celsius, plausible
from taicho.kernel.refusals import Refusal

ASKED = latest()
QUESTIONS = [one.key for one in ASKED.questions]
TICKS = {one.detail_key(detail): one.key for one in ASKED.questions for detail in one.details}
COMPLETE = st.fixed_dictionaries(
    {key: st.booleans() for key in QUESTIONS}, optional={key: st.booleans() for key in TICKS}
)
PARTIAL = st.fixed_dictionaries({}, optional={key: st.booleans() for key in [*QUESTIONS, *TICKS]})
BODY = st.integers(int(ASKED.least_c * 10), int(ASKED.most_c * 10)).map(lambda tenths: Decimal(tenths) / 10)
SPELLINGS = ["{0},{1}", "{0}.{1}", "{0}{1}", " {0},{1} ", "{0},{1} °C", "{0}.{1}c", "{0},{1} độ"]


@given(COMPLETE)
def test_complete_answers_are_kept_whole_and_ticks_only_under_their_yes(answers):
    said = checked(ASKED, answers)
    assert {key: said[key] for key in QUESTIONS} == {key: answers[key] for key in QUESTIONS}
    ticked = {key for key in said if key in TICKS}
    assert ticked == {key for key, of in TICKS.items() if answers.get(key) and answers[of]}
    assert all(said[key] is True for key in ticked)


@given(COMPLETE)
def test_to_check_twice_changes_nothing(answers):
    assert checked(ASKED, checked(ASKED, answers)) == checked(ASKED, answers)


@given(COMPLETE)
def test_a_declaration_calls_for_help_exactly_when_a_question_was_answered_yes(answers):
    assert calls_for_help(checked(ASKED, answers)) == any(answers[key] for key in QUESTIONS)


@given(PARTIAL)
def test_a_part_is_taken_only_with_a_yes_in_it(answers):  # F8
    whole = all(key in answers for key in QUESTIONS)
    says_yes = any(answers.get(key) for key in QUESTIONS)
    if whole or says_yes:
        assert set(checked(ASKED, answers)) <= set(answers)
    else:
        with pytest.raises(Refusal, match="Trả lời đủ các câu rồi gửi"):
            checked(ASKED, answers)


@given(COMPLETE, st.text(min_size=1).filter(lambda key: key not in {*QUESTIONS, *TICKS}))
def test_a_question_nobody_asks_spoils_the_sheet(answers, strange):
    with pytest.raises(Refusal, match="Phiếu khai báo đã đổi câu hỏi"):
        checked(ASKED, answers | {strange: True})


@given(COMPLETE, st.sampled_from(QUESTIONS))
def test_to_complete_keeps_every_answer_and_to_turn_one_round_is_a_change(answers, turned):
    part = {key: value for key, value in answers.items() if key != turned}
    assert only_completes(answers, part)
    assert only_completes(answers, answers)
    assert not only_completes(answers | {turned: not answers[turned]}, answers)
    assert not only_completes(part, answers)


@given(BODY, st.sampled_from(SPELLINGS))
def test_every_body_temperature_is_read_in_every_spelling(value, spelling):  # ux.md 7
    whole, tenths = str(value.quantize(Decimal("0.1"))).split(".")
    assert parse_celsius(spelling.format(whole, tenths), ASKED) == value


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_body_temperature_or_refused_at_the_field(typed):
    try:
        value = parse_celsius(typed, ASKED)
    except Refusal as refused:
        assert (refused.code, refused.field) == ("bad-temperature", "temperature")
    else:
        assert ASKED.least_c <= value <= ASKED.most_c
        assert value == value.quantize(Decimal("0.1"))


@pytest.mark.parametrize(("value", "kept"), [("34.0", "34.0"), ("43.0", "43.0"), ("36.60", "36.6")])
def test_the_ends_of_the_believed_range_belong_to_it(value, kept):
    assert str(plausible(Decimal(value), ASKED)) == kept


@given(BODY, BODY)
def test_a_threshold_is_reached_by_itself_and_by_what_is_above(value, threshold):
    assert is_high(value, threshold) == (value >= threshold)
    assert is_high(value, float(threshold)) == (value >= threshold)  # JSON keeps 37.5 as a float


@given(st.dates(), st.dates(), st.integers(1, 3), st.integers(1, 3))
def test_two_declarations_are_one_occasion_only_on_one_day_in_one_turn(day, other_day, turn, other_turn):
    same = (day, turn) == (other_day, other_turn)
    assert (occasion_of(day, turn) == occasion_of(other_day, other_turn)) == same


THRESHOLDS = st.lists(st.sampled_from([37, 37.3, 37.5, 37.8, 38, 38.5]), min_size=1, max_size=4)


@given(THRESHOLDS)
def test_of_any_thresholds_the_lowest_holds_in_any_order(figures):
    stated = [FeverThreshold.read({"at_least_c": figure}) for figure in figures]
    assert FeverThreshold.combine(stated) == FeverThreshold.combine(stated[::-1]) == {"at_least_c": min(figures)}


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_voluntary_declaration_never_raises_what_is_mandatory(times, voluntary):
    stated = [{"times_per_day": n, "voluntary": free} for n, free in zip(times, voluntary, strict=False)]
    binding = [one["times_per_day"] for one in stated if not one["voluntary"]]
    assert DailyDeclaration.combine(stated)["times_per_day"] == max(binding or times)


@pytest.mark.parametrize("wrong", [{}, {"by": ["25:00"]}, {"by": "7h"}, {"by": [7]}, {"until": ["07:30"]}])
def test_an_hour_that_no_clock_shows_is_refused(wrong):
    with pytest.raises(Refusal):
        DeclarationHour.read(wrong)
