"""Two languages, one time zone: set up once, whole, and the same in every process. # D10, S-20 (time zone)"""

from datetime import UTC, datetime

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings as house
from django.utils import timezone, translation
from django.utils.functional import Promise
from tools import write_catalogue

LOCALE = house.LOCALE_PATHS[0]
ROOMS = ("taicho/accounts", "taicho/ui", "taicho/desks")


@pytest.fixture(scope="module")
def source():
    """Every marked string of the source (a tuple for plurals) and the file it stands in."""
    return write_catalogue.marked_strings()


@pytest.fixture(scope="module")
def marked(source):
    """Those of these rooms."""
    return {msgid: place for msgid, place in source.items() if place.startswith(ROOMS)}


def catalogue(language, kind):
    read = {"po": read_po, "mo": read_mo}[kind]
    with (LOCALE / language / "LC_MESSAGES" / f"django.{kind}").open("rb") as file:
        return {as_told(message.id): as_told(message.string) for message in read(file) if message.id and message.string}


def as_told(words):
    """Babel writes plurals as tuples or as lists."""
    return words if isinstance(words, str) else tuple(words)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_compiled_is_what_was_written(language):
    assert catalogue(language, "mo") == catalogue(language, "po")


def test_vietnamese_is_the_language_and_english_the_other_one():
    assert house.LANGUAGE_CODE == "vi"
    assert dict(house.LANGUAGES) == {"vi": "Tiếng Việt", "en": "English"}
    assert house.USE_I18N


def test_the_words_of_libraries_are_vietnamese_too():
    with translation.override("vi"):
        assert translation.gettext("This field is required.") == "Hãy điền mục này."
        assert not [
            english
            for english in catalogue("vi", "po")
            if isinstance(english, str) and translation.gettext(english) == english
        ]


def test_instants_are_kept_in_utc_and_shown_in_ha_noi():
    assert house.USE_TZ
    assert house.TIME_ZONE == "Asia/Ho_Chi_Minh"
    evening = datetime(2021, 9, 3, 17, 30, tzinfo=UTC)
    assert timezone.localtime(evening).strftime("%d/%m/%Y %H:%M") == "04/09/2021 00:30"


def test_summer_time_moves_nothing():
    for month in range(1, 13):
        assert timezone.localtime(datetime(2026, month, 15, tzinfo=UTC)).hour == 7


def counted(msgid):
    """Whether a string says how many of something there are."""
    return isinstance(msgid, str) and any(hole in msgid for hole in ("%(count)", "%(total)", "%(n)", "%(left)", "%(hours)d", "%(longest)d",
                                                                    "%(least)d", "%(waiting)", "%(failed)"))  # fmt: skip


def test_who_counts_says_one_and_many_apart(marked):
    assert not {msgid: place for msgid, place in marked.items() if counted(msgid)}
    plurals = [msgid for msgid in marked if isinstance(msgid, tuple)]
    assert len(plurals) >= 10
    assert all(one == many for one, many in plurals), "Vietnamese has one form"


def test_english_has_two_forms_for_every_count_that_is_in_the_catalogue():
    for msgid, string in catalogue("en", "po").items():
        if isinstance(msgid, tuple):
            assert isinstance(string, tuple), msgid
            assert len(string) == 2, msgid


def test_the_sentences_of_the_two_open_policies_are_marked(source):
    from taicho.kernel.pages import anyone, signed_in

    for policy in (anyone, signed_in):
        assert isinstance(policy.sentence, Promise), "lazy, so that each reader gets the own language"
        assert str(policy.sentence) in source


def test_no_marked_string_begins_or_ends_with_a_space(marked):
    texts = [
        one for msgid in marked for one in (msgid if isinstance(msgid, tuple) else (msgid,)) if isinstance(one, str)
    ]
    assert not [text for text in texts if text != text.strip()]


FORBIDDEN = ("user", "login", "dashboard", "submit", "email", "click")


def test_no_vietnamese_sentence_borrows_a_word_the_glossary_forbids(marked):
    texts = [
        one for msgid in marked for one in (msgid if isinstance(msgid, tuple) else (msgid,)) if isinstance(one, str)
    ]
    assert not [
        text for text in texts if set(text.lower().replace(".", " ").replace(",", " ").split()) & set(FORBIDDEN)
    ]


def test_the_routes_of_the_house_name_a_page_for_every_way_to_fail():
    from importlib import import_module

    from config import urls

    for name in ("handler400", "handler403", "handler404", "handler500"):
        module, _, view = getattr(urls, name).rpartition(".")
        assert callable(getattr(import_module(module), view))
