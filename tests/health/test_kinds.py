"""What measures about health may say, and what holds of two documents (A6, A7; measures.md)."""

import pytest

from taicho.directives.rules.kinds import KINDS
from taicho.health.rules.questionnaire import latest, versions
from taicho.kernel.refusals import Refusal

DAILY, FEVER, HOUR = (
    KINDS[name] for name in ("health.daily_declaration", "health.fever_threshold", "health.declaration_hour")
)


@pytest.mark.parametrize(
    "params",
    [
        {
            "times_per_day": 1,
            "temperature": False,
            "accepted": ["tokhaiyte.vn", "NCOVI", "Bluezone", "VHD"],
            "voluntary": False,
        },
        {"times_per_day": 1, "temperature": True, "accepted": ["Vietnam Health"], "voluntary": False},
        {"voluntary": True},
    ],
    ids=["40/KH-BDT II/3/3.3", "/KH-KHCN II/1/-11", "/KH-KHCN I/2/-1"],
)
def test_the_clauses_of_the_sources_are_read(params):
    assert {name: list(v) if isinstance(v, tuple) else v for name, v in DAILY.read(params).items()} == params


@pytest.mark.parametrize(
    "params", [{"times_per_day": 4}, {"times_per_day": 0}, {"temperature": "có"}, {"app": "NCOVI"}]
)
def test_what_no_declaration_can_mean_is_refused(params):
    with pytest.raises(Refusal):
        DAILY.read(params)


def test_two_mandatory_declarations_are_the_sum_of_both():
    one, other = (
        {"times_per_day": 1, "accepted": ("NCOVI",)},
        {"times_per_day": 2, "temperature": True, "accepted": ("VHD",)},
    )
    assert DAILY.combine([one, other]) == {"times_per_day": 2, "temperature": True, "accepted": ("NCOVI", "VHD")}


def test_a_voluntary_one_beside_a_mandatory_one_changes_nothing():  # 002: two measures, never merged
    mandatory = {"times_per_day": 1, "voluntary": False}
    assert DAILY.combine([{"voluntary": True, "accepted": ("X",), "times_per_day": 3}, mandatory]) == mandatory
    assert DAILY.combine([{"voluntary": True}]) == {"voluntary": True}


def test_no_fever_threshold_is_built_in():  # D6: no source gives a number
    with pytest.raises(Refusal) as refused:
        FEVER.read({})
    assert refused.value.code == "missing-parameter"
    assert FEVER.by_office
    assert HOUR.by_office


def test_an_hour_cannot_be_decided_without_an_hour():  # D6
    with pytest.raises(Refusal) as refused:
        HOUR.read({"by": []})
    assert refused.value.sentence == "Tham số “by”: nêu ít nhất một giờ, ví dụ 06:00."


def test_of_two_thresholds_the_lower_holds():
    assert FEVER.combine([FEVER.read({"at_least_c": 38}), FEVER.read({"at_least_c": 37.5})]) == {"at_least_c": 37.5}


@pytest.mark.parametrize("wrong", [33, 50, "37", True])
def test_a_threshold_that_is_no_body_temperature_is_refused(wrong):
    with pytest.raises(Refusal):
        FEVER.read({"at_least_c": wrong})


def test_kinds_say_their_parameters_in_words():
    assert FEVER.describe({"at_least_c": 37.5}) == "từ 37,5 °C trở lên"
    assert DAILY.describe({"times_per_day": 1, "temperature": True}) == "1 lần mỗi ngày · kèm thân nhiệt"
    assert DAILY.describe({"accepted": ["PC-Covid"]}) == "chấp nhận cả khai báo tại PC-Covid"
    assert HOUR.describe({"by": ["09:00"]}) == "trước 9h00"


def test_the_three_questions_name_the_clause_they_come_from():  # F1, F8, F9, F6
    asked = latest()
    assert asked.version == "covid-2021/1"
    assert [one.key for one in asked.questions] == ["symptoms", "contact", "affected_place"]
    for one in asked.questions:
        assert one.verified
        assert {source.document for source in one.sources} & {"40/KH-BDT"}
        assert all(source.clause and source.words for source in one.sources)


def test_no_question_invents_a_number_of_days():  # the sources say "thời gian qua"
    assert not [
        char for one in latest().questions for char in one.ask.vi if char.isdigit() and f"F{char}" not in one.ask.vi
    ]


def test_every_version_a_declaration_may_hold_is_known():
    assert latest().version in versions()
