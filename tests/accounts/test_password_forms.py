"""One password however it is typed, judged and hashed in one form; a hash of yesterday is renewed. # L3, S-13"""

import unicodedata

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, get_hasher, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taicho.accounts.hashers import TunedArgon2Hasher
from taicho.accounts.models import Account
from taicho.accounts.rules.passwords import is_guessable, one_form
from taicho.accounts.validators import common_passwords
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_passwords import BAD, GOOD

FORMS = ["NFC", "NFD", "NFKC", "NFKD"]


def refusals(password):
    try:
        validate_password(password, Account(name="xyz"))
    except ValidationError as refused:
        return {error.code for error in refused.error_list}
    return set()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("password", [*GOOD, *BAD, "đò dọc", "mậtkhẩu", "ễ" * 14, "ễ" * 8])
def test_a_password_is_judged_alike_in_every_unicode_form(password, form):
    assert refusals(unicodedata.normalize(form, password)) == refusals(password)


def test_marks_typed_on_keys_of_their_own_make_no_password_longer():
    typed = unicodedata.normalize("NFD", "Ễ ộ ắ ử ị")
    assert len(typed) > 15
    assert "password_too_short" in refusals(typed)
    with pytest.raises(ValidationError, match="vừa nhập 9 ký tự"):
        validate_password(typed)


def wide(text):
    """The text in the wide letters of East Asian keyboards, which NFKC makes plain."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@pytest.mark.parametrize("password", ["matkhau12345678", "nguyenvana123456", "passwordpassword", "p@ssw0rd12345678"])
def test_wide_letters_do_not_hide_a_password_that_everybody_tries(password):
    assert wide(password) != password
    assert "password_guessable" in refusals(wide(password))


DISGUISES = [str.upper, str.title, str.swapcase, lambda t: f"  {t}  ", lambda t: f"{t}!!!", lambda t: f"123{t}"]


@pytest.mark.parametrize("disguise", DISGUISES, ids=["capitals", "title", "swapped", "spaces", "signs", "digits"])
@pytest.mark.parametrize("word", ["Mật khẩu phòng chống dịch", "Ủy ban nhân dân", "Đặng Thị Hồng", "Anh yêu em"])
def test_vietnamese_words_are_known_however_they_are_dressed(word, disguise):
    assert is_guessable(disguise(word))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["matkhau", "ubndphuong", "nguyenvannam", "phongchongdich"]), st.data())
def test_marks_put_anywhere_do_not_make_a_weak_word_strong(word, data):
    marks = data.draw(st.lists(st.sampled_from("\u0300\u0301\u0303\u0309\u0323"), max_size=6))
    places = [data.draw(st.integers(1, len(word))) for _ in marks]
    marked = "".join(
        char + "".join(m for m, p in zip(marks, places, strict=True) if p == n + 1) for n, char in enumerate(word)
    )
    assert is_guessable(one_form(marked))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_the_one_form_is_one_and_stays_one(text):
    assert one_form(one_form(text)) == one_form(text)
    assert {one_form(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")} == {one_form(text)}


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_a_further_list_is_asked_too(text):
    assume(text.lower() == text)
    assert is_guessable(text, {text})


def test_the_common_list_is_small_letters_only():
    assert all(word == word.lower() for word in common_passwords())


def test_the_hash_is_tuned_as_the_benchmark_measures_it():
    parameters = get_hasher().decode(make_password(PASSWORD))["params"]
    assert (parameters.type.name, parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (
        "ID",
        32768,
        2,
        1,
    )
    assert (parameters.hash_len, parameters.salt_len >= 16) == (32, True)


def test_two_people_with_one_password_have_two_hashes():
    assert make_password(PASSWORD) != make_password(PASSWORD)


class YesterdaysHasher(Argon2PasswordHasher):
    """Weaker than today's."""

    time_cost, memory_cost, parallelism = 1, 8 * 1024, 1


@pytest.fixture
def hash_of_yesterday(an):
    """An's password as an earlier release kept it."""
    hasher = YesterdaysHasher()
    Account.objects.filter(pk=an.pk).update(password=hasher.encode(PASSWORD, hasher.salt()))
    return Account.objects.get(pk=an.pk)


def test_a_weaker_hash_is_renewed_when_its_person_signs_in(hash_of_yesterday, sign_in):
    assert sign_in().status_code == 302
    renewed = Account.objects.get(pk=hash_of_yesterday.pk)
    assert "m=32768,t=2,p=1" in renewed.password
    assert renewed.check_password(PASSWORD)
    assert renewed.has_long_password


def test_a_wrong_password_renews_nothing(hash_of_yesterday, sign_in):
    sign_in(password="sai mật khẩu rồi")
    assert Account.objects.get(pk=hash_of_yesterday.pk).password == hash_of_yesterday.password


def test_a_hash_of_today_is_left_alone(an, sign_in):
    sign_in()
    assert Account.objects.get(pk=an.pk).password == an.password


def test_renewing_the_hash_does_not_throw_other_devices_out(hash_of_yesterday, sign_in):
    from django.test import Client

    phone = Client()
    sign_in(using=phone)
    sign_in(using=Client())
    assert phone.get("/").status_code == 200


OTHERS = {
    "md5": "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99",
    "plain": PASSWORD,
    "pbkdf2": "pbkdf2_sha256$1000$salt$Dq7v3sJ0",
    "empty": "",
    "a lock": "!" + "x" * 40,
}


@pytest.mark.parametrize("kept", OTHERS.values(), ids=OTHERS)
def test_a_hash_of_another_kind_opens_nothing_and_breaks_nothing(an, sign_in, client, kept):
    Account.objects.filter(pk=an.pk).update(password=kept)
    page = sign_in()
    assert page.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page.content.decode()
    assert client.get("/").status_code == 302


def test_only_one_kind_of_hash_is_known(settings):
    assert settings.PASSWORD_HASHERS == ["taicho.accounts.hashers.TunedArgon2Hasher"]
    assert isinstance(identify_hasher(make_password("x")), TunedArgon2Hasher)
    assert check_password("x", make_password("x"))
