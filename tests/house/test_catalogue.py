"""English is a complete second catalogue (house D10)."""

import re

import pytest
from tools import write_catalogue

HOLES = re.compile(r"%\((\w+)\)[sd]|{(\w+)}|%[sd]")


@pytest.fixture(scope="module")
def english():
    return {message.id: message for message in write_catalogue.read("en") if message.id}


def test_the_catalogue_holds_exactly_the_strings_of_the_source(english):
    marked = write_catalogue.marked_strings()
    assert set(marked) - set(english) == set(), "run tools/write_catalogue.py"
    assert set(english) - set(marked) == set(), "run tools/write_catalogue.py"


def test_every_marked_string_has_its_english(english):
    assert not [msgid for msgid, message in english.items() if not message.string or message.string == ("", "")]


def test_no_english_entry_is_a_guess(english):
    assert not [msgid for msgid, message in english.items() if message.fuzzy]


def test_placeholders_are_the_same_in_both_languages(english):
    def holes(text):
        return sorted(HOLES.findall(text))

    single = {msgid: message.string for msgid, message in english.items() if isinstance(msgid, str)}
    assert not [msgid for msgid, string in single.items() if holes(msgid) != holes(string)]


def test_no_english_entry_still_speaks_vietnamese(english):
    letters = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    names = re.compile(r"Tại Chỗ|Tiếng Việt|DIỄN TẬP|TM\.|Điện Biên")
    assert not [
        m.string for m in english.values() if isinstance(m.string, str) and letters.search(names.sub("", m.string))
    ]
