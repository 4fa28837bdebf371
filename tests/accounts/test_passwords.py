"""Passwords: long, and none that everybody tries. No rule about kinds of characters. # L3, S-13"""

import unicodedata

import pytest
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from taicho.accounts.models import Account
from taicho.accounts.rules.passwords import holds_own_name, is_guessable, least_length
from taicho.accounts.rules.weak_words import LISTS, fewest_words, listed, weak_words, words
from taicho.accounts.validators import common_passwords

GOOD = [
    "con trâu đi cày ruộng", "xe đạp mưa phùn ghế", "correct horse battery staple", "kim chi cà pháo tím",
    "hoa sen xanh lá chuối", "bốn quả bưởi vàng rơi", "x7Qm-2Lp9-vv31-KzT", "trời xanh mây trắng nắng",
]  # fmt: skip
BAD = [
    "nguyenvana123456", "matkhau12345678", "Matkhau@123456789", "aaaaaaaaaaaaaaaa", "abcabcabcabcabc",
    "qwertyuiop12345", "09123456780912345", "ubndphuong2021@", "nguyenvannam1990", "Nguyễn Văn Nam 1990",
    "Nguyễn Thị Thúy Hằng", "taichotaichotaicho", "V13tn4m2021@@@@", "p@ssw0rd12345678", "19900101 19900101",
    "matkhau matkhau1", "passwordpassword", "iloveyouiloveyou", "Phòng chống dịch 2021", "Ủy ban nhân dân 2026",
    "30041975 02091945", "Maatjkhaaur12345", "123456789asdfghjkl",
]  # fmt: skip


def refusals(password, account=None):
    try:
        validate_password(password, account)
    except ValidationError as refused:
        return {error.code for error in refused.error_list}
    return set()


@pytest.mark.parametrize("password", GOOD)
def test_a_few_words_that_do_not_belong_together_are_good(password):
    assert refusals(password) == set()


@pytest.mark.parametrize("password", BAD)
def test_what_everybody_tries_is_refused_however_long(password):
    assert "password_guessable" in refusals(password)


def test_alone_a_password_has_fifteen_characters_beside_a_second_factor_eight():
    assert (least_length(has_second_factor=False), least_length(has_second_factor=True)) == (15, 8)
    assert "password_too_short" in refusals("vịt bơi ao sen")
    assert refusals("vịt bơi ao sen!") == set()


def test_long_passwords_are_taken_and_endless_ones_refused():
    assert refusals("đò dọc sông Lô mùa nước nổi, gió bấc thổi ràn rạt qua hàng tre già") == set()
    assert refusals("mưa rào tháng sáu " * 14) <= {"password_guessable"}
    assert "password_too_long" in refusals("gió " * 65)


def test_the_refusal_says_how_long_it_must_be():
    with pytest.raises(ValidationError, match="ít nhất 15 ký tự; vừa nhập 5 ký tự"):
        validate_password("vịt b")


def test_the_block_list_has_more_than_ten_thousand_vietnamese_and_twenty_thousand_common_entries():
    assert len(weak_words()) > 10_000
    assert len(common_passwords()) >= 19_000
    assert {"matkhau123", "ubnd2021", "nguyenan", "taicho@123", "anhyeuem1"} <= weak_words()


def test_the_lists_are_folded_and_free_of_doubles():
    for name in LISTS:
        assert len(listed(name)) == len(set(listed(name)))
    assert all(word.isascii() and word == word.lower() for word in words())


@pytest.mark.parametrize(
    ("text", "count"), [("nguyenvana", 2), ("nguyenvanan", 3), ("matkhau", 1), ("contrau", None), ("", 0)]
)
def test_the_fewest_known_words_of_a_text(text, count):
    assert fewest_words(text) == count


@given(st.text(max_size=300))
def test_judging_a_password_never_fails(password):
    assert is_guessable(password) in (True, False)


@given(st.text(alphabet="0123456789 .-/", min_size=1, max_size=60))
def test_numbers_dates_and_phone_numbers_alone_are_always_refused(password):
    assert is_guessable(password)


@pytest.mark.parametrize(("password", "too_near"), [("an.nv 1234567890!", True), ("nguyen.hoa nguyen.hoa", True),
                                                    ("con trâu đi cày ruộng", False)])  # fmt: skip
def test_the_own_account_name_is_no_password(password, too_near):
    assert holds_own_name(password, "an.nv" if "an" in password else "nguyen.hoa") == too_near


def test_the_own_name_is_refused_by_the_validators(make_account):
    assert "password_is_own_name" in refusals("vịt.giời vịt.giời 77", make_account("vit.gioi"))


def test_an_accent_typed_on_another_keyboard_is_the_same_password(make_account):
    account = make_account(password=unicodedata.normalize("NFD", "con trâu đi cày ruộng"))
    assert account.check_password(unicodedata.normalize("NFC", "con trâu đi cày ruộng"))
    assert not account.check_password("con trau di cay ruong")


def test_an_account_knows_whether_its_password_may_stand_alone():
    account = Account(name="an.nv")
    account.set_password("vịt bơi ao sen!")
    assert account.has_long_password
    account.set_password("vịt bơi!")
    assert not account.has_long_password


def test_the_hash_is_argon2id_with_the_tuned_cost():
    encoded = get_hasher().encode("con trâu đi cày ruộng", get_hasher().salt())
    assert encoded.startswith("argon2$argon2id$v=19$m=32768,t=2,p=1$")
