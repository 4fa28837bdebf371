"""Vietnamese text: what counts as the same, and what comes before what."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.vietnamese import (
    NameParts,
    clean_name,
    fold,
    name_sort_key,
    proper_case,
    search_terms,
    split_name,
)

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
SYLLABLES = [
    "An", "Ân", "Ánh", "Anh", "Bích", "Châu", "Đạt", "Đức", "Dung", "Hà", "Hạ", "Hoà",
    "Hồng", "Lê", "Nguyễn", "Ơn", "Thị", "Ước", "Văn", "Yến", "Ý",
]  # fmt: skip

names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join)
any_text = st.text(max_size=60)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# --- fold (ux.md 8, test vectors) ---


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đặng Thị Hồng", "dang thi hong"),
        ("ĐỖ", "do"),
        ("Nguyễn", "nguyen"),
        ("ươn ướt", "uon uot"),
        ("  Trần\t Văn\u00a0An\n", "tran van an"),
        ("Ðặng", "dang"),
        ("Lê\u200b Thị\u202e Hoa\ufeff", "le thi hoa"),
        ("Ｎｇｕｙễn", "ｎｇｕｙen"),
        ("", ""),
    ],
)
def test_folding_leaves_plain_small_letters_and_single_spaces(written, folded):
    assert fold(written) == folded


@given(any_text)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_folding_twice_changes_nothing_for_any_single_character():
    unstable = [hex(n) for n in range(sys.maxunicode + 1) if fold(once := fold(chr(n))) != once]
    assert unstable == []


@given(any_text)
def test_both_unicode_forms_fold_alike(text):
    assert fold(decomposed(text)) == fold(unicodedata.normalize("NFC", text))


@given(any_text)
def test_folding_never_leaves_what_the_database_refuses(text):
    assert not {"\0", "\t", "\n", "\u00a0"} & set(fold(text))


# --- names as stored (B5, ux.md 7) ---


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn   Văn\tAn ", "Nguyễn Văn An"),
        ("Nguyễn\u00a0Văn An", "Nguyễn Văn An"),
        (decomposed("Đặng Thị Hồng"), "Đặng Thị Hồng"),
        ("Ðặng Văn Ðức", "Đặng Văn Đức"),
        ("NGUYỄN văn An", "NGUYỄN văn An"),
        ("Lê\0 Hoa\u200b", "Lê Hoa"),
    ],
)
def test_a_name_is_stored_clean_and_keeps_its_capitals(typed, stored):
    assert clean_name(typed) == stored


@given(any_text)
def test_cleaning_twice_changes_nothing(text):
    assert clean_name(clean_name(text)) == clean_name(text)


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        (decomposed("ĐẶNG THỊ ÁNH"), "Đặng Thị Ánh"),
        ("lê thị ước", "Lê Thị Ước"),
        ("H'HEN Y-BLÔ NIÊ", "H'Hen Y-Blô Niê"),
        ("Nguyễn Văn AN", "Nguyễn Văn AN"),
        ("", ""),
    ],
)
def test_a_name_typed_in_capitals_gets_its_proper_case_on_request(typed, proper):
    assert proper_case(typed) == proper


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Văn An", NameParts("Nguyễn", "Văn", "An")),
        ("Đặng Thị Hồng Ánh", NameParts("Đặng", "Thị Hồng", "Ánh")),
        ("Lê Lợi", NameParts("Lê", "", "Lợi")),
        ("Hoa", NameParts("", "", "Hoa")),
        ("", NameParts("", "", "")),
        (decomposed(" Trần  Bình "), NameParts("Trần", "", "Bình")),
    ],
)
def test_a_full_name_has_family_middle_and_given_name(name, parts):
    assert split_name(name) == parts


@given(names)
def test_the_parts_of_a_name_make_the_name(name):
    assert " ".join(part for part in split_name(name) if part) == name


# --- order (ux.md 8: by tên, then họ đệm) ---


def in_order(*names: str) -> list[str]:
    return sorted(names, key=name_sort_key)


def test_people_are_listed_by_given_name_then_family_then_middle_names():
    listed = ["Trần Văn An", "Đặng Thị Ánh", "Lê Văn Ân", "Bùi Thị Dung", "Lê Văn Đức", "Lê Xuân Đức", "Phạm Văn Đức"]
    assert in_order(*reversed(listed)) == listed


def test_letters_follow_the_vietnamese_alphabet():
    assert in_order(*sorted(ALPHABET)) == ALPHABET


def test_foreign_letters_stand_at_their_latin_places():
    assert in_order("Zoe", "Wim", "Yến", "Jan", "Finn", "Hà", "Xuân", "Khoa", "Ê", "Gấm", "Vy") == [
        "Ê", "Finn", "Gấm", "Hà", "Jan", "Khoa", "Vy", "Wim", "Xuân", "Yến", "Zoe",
    ]  # fmt: skip


def test_tones_decide_only_between_equal_letters():
    assert in_order("Mạ", "Mã", "Man", "Má", "Ma", "Mả", "Mà", "Mán") == [
        "Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Man", "Mán",
    ]  # fmt: skip


def test_every_marked_vowel_follows_all_words_of_its_plain_vowel():
    assert in_order("Ẩn", "Ăn", "Az", "Ân", "An") == ["An", "Az", "Ăn", "Ân", "Ẩn"]


def test_a_shorter_name_comes_before_the_longer_one_that_begins_with_it():
    assert in_order("Anh", "Lê An", "An", "Lê Văn An", "Lê Thị Anh") == [
        "An",
        "Lê An",
        "Lê Văn An",
        "Anh",
        "Lê Thị Anh",
    ]


def test_all_people_of_one_family_stand_together():
    assert in_order("Lê Văn An", "Lệ Bá An", "Lê Bá An", "Lế An") == ["Lê Bá An", "Lê Văn An", "Lế An", "Lệ Bá An"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("NGUYỄN VĂN AN", "Nguyễn Văn An"), ("Đức", "Ðức"), ("Y-Blô", "Yblô")],
)
def test_two_spellings_of_one_name_have_one_place(one, other):
    assert name_sort_key(one) == name_sort_key(other)


@given(names)
def test_both_unicode_forms_have_one_place(name):
    assert name_sort_key(decomposed(name)) == name_sort_key(name)


@given(any_text)
def test_a_sort_key_is_plain_ascii_for_any_text(text):
    assert name_sort_key(text).isascii()
    assert name_sort_key(text).isprintable()


@given(names, names)
def test_different_names_of_the_list_have_different_places(one, other):
    assert (name_sort_key(one) == name_sort_key(other)) == (one == other)


@given(st.lists(names, min_size=2, max_size=12))
def test_the_place_of_the_given_name_never_depends_on_the_rest(people):
    for before, after in pairwise(sorted(people, key=name_sort_key)):
        assert name_sort_key(split_name(before).given) <= name_sort_key(split_name(after).given)


@pytest.mark.django_db
def test_postgresql_sorts_the_keys_as_python_does():
    people = [
        f"{family} {middle} {given}" for family in SYLLABLES[:8] for middle in ("Văn", "Thị") for given in SYLLABLES
    ]
    people += ["", "Ω Ж", "Y-Blô", "Ba 2", "Ba 10", "A~B", "Jan Ñandú"]
    keys = sorted({name_sort_key(name) for name in people})
    with connection.cursor() as cursor:
        cursor.execute('select key from unnest(%s::text[]) as given(key) order by key collate "C"', [keys[::-1]])
        assert [key for (key,) in cursor.fetchall()] == keys


# --- search ---


@pytest.mark.parametrize(
    ("query", "name"),
    [("dang", "Đặng Thị Hồng"), ("do", "Đỗ Văn Bình"), ("nguyen", "Nguyễn An"), ("HỒNG đặng", "Đặng Thị Hồng")],
)
def test_a_search_without_accents_hits(query, name):
    assert all(term in fold(name) for term in search_terms(query))
    assert all(term in fold(decomposed(name)) for term in search_terms(decomposed(query)))


def test_search_terms_are_words_each_once():
    assert search_terms("Đặng, 40/KH-BDT; đặng") == ("dang", "40", "kh", "bdt")


def test_a_search_of_nothing_has_no_terms():
    assert search_terms(" %_\\' ") == ()


def test_a_hostile_query_is_bounded():
    assert len(search_terms("a b c d e f g h i k l m n")) == 8
    assert search_terms("x" * 10_000) == ("x" * 200,)


@given(any_text)
def test_no_term_holds_a_wildcard(text):
    assert not any(set(term) & set("%_\\ '") for term in search_terms(text))
