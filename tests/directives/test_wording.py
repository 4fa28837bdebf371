"""What a measure says reads as an official would say it, not as a form asks for it (A6; ux.md 16)."""

from datetime import date, time
from typing import ClassVar

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.rules import parameters as p
from taicho.directives.rules.kinds import KINDS, Exhortation, Kind
from taicho.directives.rules.parameters import Shape
from taicho.directives.rules.wording import in_words
from taicho.directives.web.parameter_fields import PREFIX, parameter_fields


class Cap(Kind):
    """A cap that says itself in a sentence of its own."""

    name = "words.cap"
    label = "tối đa"
    parameters: ClassVar = {"max_pct": p.share_at_most(), "binding": p.flag(), "per": p.ordered("unit", "office")}
    says: ClassVar = {"max_pct": "tối đa, % số người", "binding": "bắt buộc", "per": "tính theo", "unit": "từng đơn vị"}
    phrases: ClassVar = {"max_pct": "không quá %(value)s%% số người tại trụ sở", "binding": "không được vượt"}


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("tối đa, % số người", 50, "tối đa 50% số người"), ("tối đa, % số người", 37.5, "tối đa 37,5% số người"),
        ("tối đa, số người", 1200, "tối đa 1.200 người"), ("ít nhất, số người", 0, "ít nhất 0 người"),
        ("cách nhau, m", 2, "cách nhau 2 m"), ("cách nhau, m", 1.5, "cách nhau 1,5 m"),
        ("at most, number of people", 3, "at most 3 people"), ("số lần mỗi ngày", 2, "số lần mỗi ngày: 2"),
        ("tối đa, % số người", 50.0, "tối đa 50% số người"),
    ],
)  # fmt: skip
def test_a_figure_stands_where_it_is_spoken(label, value, said):  # A6
    assert in_words({"n": p.most()}, {"n": label}, {"n": value}) == said


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        (p.clock_times(), ["06:00", "17:30"], "x: 6h00, 17h30"), (p.clock_times(), (time(6), time(17, 30)), "x: 6h00, 17h30"),
        (p.last_day(), "2021-08-31", "x: 31/8/2021"), (p.text(), "a, b", "x: a, b"), (p.several(), ["một", "hai"], "x: một, hai"),
        (p.flag(), True, "x"), (p.flag(), False, ""),
    ],
)  # fmt: skip
def test_every_shape_of_value_is_said_in_words(parameter, value, said):  # A6
    assert in_words({"n": parameter}, {"n": "x"}, {"n": value}) == said


def test_a_kind_says_its_own_sentence_where_it_has_one():  # A6
    assert Cap.describe({"max_pct": 50, "binding": True}) == "không quá 50% số người tại trụ sở · không được vượt"
    assert Cap.describe({"max_pct": 50, "per": "unit"}) == "không quá 50% số người tại trụ sở · tính theo: từng đơn vị"
    assert Cap.describe({"binding": False}) == Cap.describe({}) == ""


def test_a_form_still_asks_with_the_label_and_not_with_the_sentence():
    assert parameter_fields(Cap)[f"{PREFIX}max_pct"].label == "Tối đa, % số người"


def test_a_word_nobody_named_stays_itself():
    assert Cap.describe({"per": "office"}) == "tính theo: office"


def test_an_exhortation_says_whom_it_speaks_to():  # A6
    assert Exhortation.describe({"audience": "cán bộ, đảng viên"}) == "với cán bộ, đảng viên"
    assert Exhortation.describe({}) == ""


def test_what_a_document_writes_is_never_taken_for_a_pattern():
    hostile = "%(value)s %s 100% {x}"
    assert Exhortation.describe({"audience": hostile}) == f"với {hostile}"


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_kind_asks_for_a_figure_in_the_middle_of_its_sentence(name, language):  # A6
    kind = KINDS[name]
    with translation.override(language):
        for parameter, shape in kind.parameters.items():
            if shape.shape is Shape.NUMBER:
                said = in_words({parameter: shape}, kind.says, {parameter: 2}, kind.phrases)
                assert "%:" not in said
                assert ", %" not in said


@pytest.mark.parametrize("name", sorted(KINDS))
def test_sentences_of_a_kind_are_about_parameters_it_has(name):
    kind = KINDS[name]
    assert set(kind.phrases) <= set(kind.parameters)
    for parameter, said in kind.phrases.items():
        assert kind.parameters[parameter].shape is Shape.FLAG or "50" in str(said) % {"value": "50"}


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("gate.entry_requirements", {"who": "visitors", "need": ["declaration", "mask"], "direction": "in_out", "if_missing": "refuse"},
         "đối với khách · phải khai báo y tế, đeo khẩu trang · khi vào và ra · nếu thiếu thì không cho vào"),
        ("gate.entry_requirements", {"who": "all", "need": ["book"], "book_fields": ["họ tên"], "min_m": 2},
         "đối với tất cả mọi người · phải ghi sổ · sổ ghi họ tên · cách nhau 2 m"),
        ("gate.visits", {"mode": "official_only", "purpose": "official"}, "chỉ khách công vụ · đối với khách đến liên hệ công tác"),
        ("gate.visits", {"mode": "closed", "purpose": "all"}, "dừng tiếp khách · đối với mọi khách"),
        ("duties.answer_each", {"purpose": "acknowledge", "within_h": 24, "chase_h": 4},
         "xác nhận đã nhận · trong vòng 24 giờ · nhắc lại sau 4 giờ"),
        ("duties.stay_reachable", {"hours": "24x7", "channels": ["điện thoại"], "check_h": 2, "recall": True, "recall_min": 30},
         "24/24 giờ, cả 7 ngày trong tuần · qua điện thoại · xem tin ít nhất 2 giờ một lần · có mặt khi được triệu tập · có mặt trong vòng 30 phút"),
        ("duties.task", {"what": "Lập danh sách", "owner": ["Tổ 1"], "due": "2021-08-31", "approver": "Chánh Văn phòng"},
         "Lập danh sách · giao Tổ 1 · xong chậm nhất hết ngày 31/8/2021 · trình Chánh Văn phòng duyệt"),
    ],
)  # fmt: skip
def test_measures_are_said_as_an_official_would_say_them(name, written, said):  # A6
    kind = KINDS[name]
    assert kind.describe(kind.read(written)) == said


@given(
    st.fixed_dictionaries(
        {},
        optional={"max_pct": st.integers(0, 100), "binding": st.booleans(), "per": st.sampled_from(["unit", "office"])},
    )
)
def test_all_that_is_stated_is_said_and_nothing_else(params):
    said = Cap.describe(params)
    assert (f"không quá {params.get('max_pct')}%" in said) is ("max_pct" in params)
    assert ("không được vượt" in said) is params.get("binding", False)
    assert ("tính theo" in said) is ("per" in params)
    assert not said.startswith(" ·") and not said.endswith("· ")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.times())
def test_days_and_hours_are_said_as_texts_say_them(day, hour):
    assert in_words({"d": p.last_day()}, {}, {"d": day.isoformat()}).startswith("d: ")
    said = in_words({"h": p.clock_times()}, {}, {"h": [hour.isoformat("minutes")]})
    assert said == f"h: {hour.hour}h{hour.minute:02}"
