"""Phone numbers: whatever people type, one kept form (ux.md 7; issue, done-when 4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.phone import display_phone, parse_phone
from taicho.kernel.refusals import Refusal

mobiles = st.from_regex(r"\A0[35789][0-9]{8}\Z")
landlines = st.from_regex(r"\A02[0-9]{9}\Z")
numbers = mobiles | landlines


@pytest.mark.parametrize(
    "written",
    [
        "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "0912–345–678", "(0912) 345 678",
        "+84 912 345 678", "84912345678", "+84 (0)912.345.678", "0084912345678", "+84-912-345-678",
        "912345678", 912345678, 912345678.0, "\u00a00912\t345\u00a0678 ", "０９１２３４５６７８",
        "ĐT: 0912345678", "SĐT 0912.345.678", "Di động: 0912345678", "Tel. 0912345678", "0912345678 (Zalo)",
    ],
)  # fmt: skip
def test_a_mobile_number_is_read_however_it_is_typed(written):
    assert parse_phone(written) == "0912345678"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("024 3825 1234", "02438251234"),
        ("(024) 38251234", "02438251234"),
        ("+84 24 3825 1234", "02438251234"),
        (2438251234, "02438251234"),
        ("0220.385.1234", "02203851234"),
        ("84 220 385 1234", "02203851234"),
    ],
)
def test_a_landline_is_read_with_its_area_code(written, kept):
    assert parse_phone(written) == kept


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("01681234567", "0381234567"),
        (1681234567, "0381234567"),
        ("+84 120 123 4567", "0701234567"),
        ("0199.123.4567", "0591234567"),
    ],
)
def test_a_mobile_prefix_that_ended_in_2018_becomes_the_one_of_today(old, today):
    assert parse_phone(old) == today


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("1234567", "7 chữ số"),
        ("38251234", "8 chữ số"),
        ("091234567", "9 chữ số"),
        ("09123456789", "Đầu số 091"),
        ("0412345678", "Đầu số 041"),
        ("01111234567", "Đầu số 011"),
        ("", "Chưa có"),
        ("chưa có", "Chưa có"),
        ("0912345678 / 0987654321", "Mỗi ô ghi một số"),
        ("0912345678; 0987654321", "Mỗi ô ghi một số"),
        ("0912345678 máy lẻ 12", "ký tự lạ"),
        ("O912345678", "ký tự lạ"),
        ("0912345678 0987654321", "20 chữ số"),
        ("+1 415 555 2671", "nước ngoài"),
        ("1900 9095", "tổng đài"),
        ("115", "tổng đài"),
        ("0" * 1000, "ký tự lạ"),
        ("٠٩١٢٣٤٥٦٧٨", "Chưa có"),
    ],
)
def test_what_is_not_one_number_of_a_person_is_refused_with_the_reason(written, sentence):
    with pytest.raises(Refusal) as refused:
        parse_phone(written)
    assert refused.value.code == "bad-phone"
    assert sentence in refused.value.sentence


def test_a_refusal_does_not_repeat_the_number():
    with pytest.raises(Refusal) as refused:
        parse_phone("0912345")
    assert "0912345" not in str(refused.value)


# B6: authorities publish hotlines
@pytest.mark.parametrize(
    ("written", "kept"), [("1900 9095", "19009095"), ("1800.599.920", "1800599920"), ("115", "115")]
)
def test_an_authority_may_have_a_hotline(written, kept):
    assert parse_phone(written, hotlines=True) == kept


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("0912345678", "0912 345 678"),
        ("02438251234", "024 3825 1234"),
        ("02838251234", "028 3825 1234"),
        ("02203851234", "0220 385 1234"),
        ("19009095", "1900 9095"),
        ("115", "115"),
    ],
)
def test_a_number_is_shown_in_groups(kept, shown):
    assert display_phone(kept) == shown


@given(numbers)
def test_a_kept_number_is_read_as_itself(number):
    assert parse_phone(number) == number
    assert parse_phone(display_phone(number)) == number


@given(numbers)
def test_the_international_form_and_the_lost_zero_are_the_same_number(number):
    assert parse_phone(f"+84{number[1:]}") == number
    assert parse_phone(int(number)) == number


@given(st.text(max_size=80))
def test_any_other_text_is_refused_or_becomes_a_kept_form(text):
    try:
        kept = parse_phone(text)
    except Refusal as refused:
        assert refused.code == "bad-phone"
    else:
        assert parse_phone(kept) == kept


# --- where one rule ends and the next begins ---


def test_sixty_characters_are_looked_at_and_one_more_is_not():
    assert parse_phone("0912345678".rjust(60)) == "0912345678"
    assert parse_phone("0 9 1 2 3 4 5 6 7 8" + "." * 41) == "0912345678"
    with pytest.raises(Refusal, match="ký tự lạ"):
        parse_phone("0 9 1 2 3 4 5 6 7 8" + "." * 42)


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("0120", "070"), ("0121", "079"), ("0122", "077"), ("0126", "076"), ("0128", "078"), ("0123", "083"),
        ("0124", "084"), ("0125", "085"), ("0127", "081"), ("0129", "082"), ("0162", "032"), ("0163", "033"),
        ("0164", "034"), ("0165", "035"), ("0166", "036"), ("0167", "037"), ("0168", "038"), ("0169", "039"),
        ("0186", "056"), ("0188", "058"), ("0199", "059"),
    ],
)  # fmt: skip
def test_each_prefix_that_ended_in_2018_became_its_own_new_one(old, today):
    assert parse_phone(f"{old}1234567") == f"{today}1234567"


@pytest.mark.parametrize("prefix", ["0160", "0161", "0187", "0189", "0198", "0130", "0110"])
def test_prefixes_of_eleven_digits_that_never_were_are_refused_by_name(prefix):
    with pytest.raises(Refusal, match=f"Đầu số {prefix[:3]}"):
        parse_phone(f"{prefix}1234567")


@pytest.mark.parametrize("first", "124680")
def test_a_mobile_number_begins_with_3_5_7_8_or_9(first):
    number = f"0{first}12345678"
    if first == "8":
        assert parse_phone(number) == number
    else:
        with pytest.raises(Refusal, match="Đầu số"):
            parse_phone(number)


@pytest.mark.parametrize("hotline", ["111", "119", "18001234", "1900123456"])
def test_hotlines_are_taken_where_they_may_be_and_named_where_they_may_not(hotline):
    assert parse_phone(hotline, hotlines=True) == hotline
    with pytest.raises(Refusal, match="tổng đài"):
        parse_phone(hotline)


@pytest.mark.parametrize("wrong", ["110", "1700123456", "180012345", "1234"])
def test_what_only_resembles_a_hotline_is_refused_even_there(wrong):
    with pytest.raises(Refusal):
        parse_phone(wrong, hotlines=True)


@pytest.mark.parametrize("written", ["+8401234567", "+849123456789", "+84912345", "0084 91234567", "+912345678"])
def test_a_country_code_before_a_wrong_number_does_not_mend_it(written):
    with pytest.raises(Refusal):
        parse_phone(written)


def test_a_number_that_is_no_whole_number_is_no_phone_number():
    with pytest.raises(Refusal):
        parse_phone(912345678.5)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("18001234", "1800 1234"), ("1900123456", "1900 123456"), ("113", "113"), ("02412345678", "024 1234 5678")],
)
def test_every_kept_form_has_its_groups(kept, shown):
    assert display_phone(kept) == shown


@pytest.mark.parametrize(
    "written", ["ĐTDĐ: 0912345678", "điện thoại 0912345678", "MOBILE:0912345678", "0912345678 (gọi buổi tối)"]
)
def test_a_label_before_and_a_remark_behind_are_read_past(written):
    assert parse_phone(written) == "0912345678"


def test_a_second_number_in_brackets_is_not_taken_for_a_remark():
    with pytest.raises(Refusal):
        parse_phone("0912345678 (0987654321)")
