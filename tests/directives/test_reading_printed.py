"""Text out of a PDF is read like the paper it was printed from: lines broken by the paper's width, no blank lines (A1)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.rules.reading import read_structure
from taicho.directives.rules.reading.paragraphs import as_paragraphs
from tests.directives.letters import LETTER, PLAN, WITHOUT_HEAD


def printed(text, width):
    """The text as a PDF gives it back: broken at the width, blank lines gone."""
    pieces = (re.findall(rf"\S.{{0,{width}}}(?=\s|$)", line) for line in text.splitlines() if line.strip())
    return "\n".join(piece for line in pieces for piece in line)


@pytest.mark.parametrize("width", [70, 80, 95])
@pytest.mark.parametrize("letter", [LETTER, PLAN, WITHOUT_HEAD])
def test_a_printed_letter_reads_like_the_letter(letter, width):
    here, there = read_structure(as_paragraphs(printed(letter, width))), read_structure(letter)
    for name in ("number", "symbol", "kind", "place", "day", "subject", "addressees", "recipients", "title", "signer"):
        assert getattr(here, name) == getattr(there, name), name
    assert [clause.path for clause in here.clauses] == [clause.path for clause in there.clauses]
    assert [one.number for one in here.cites] == [one.number for one in there.cites]


def test_a_line_that_ends_a_sentence_or_an_entry_is_not_joined():
    text = "Bố trí tối đa 50% công chức làm việc tại cơ quan.\nNhững trường hợp cần thiết mới đến làm việc tại trụ sở"
    assert as_paragraphs(text) == text


def test_a_line_that_only_the_paper_broke_is_joined():
    text = "1. Thực hiện chế độ làm việc trực tuyến tại nhà ít nhất\n50% quân số, kể từ ngày 17/02/2021"
    assert as_paragraphs(text) == text.replace("\n", " ")


def test_a_short_line_ends_its_paragraph():
    text = "Thực hiện nghiêm việc khai báo y tế và đo thân nhiệt với khách\nra vào cơ quan\nlễ tân phục vụ phòng họp"
    assert as_paragraphs(text).splitlines()[1:] == ["lễ tân phục vụ phòng họp"]


@given(st.text(alphabet="ab Đ.;:-1\n", max_size=200))
def test_joining_loses_and_moves_no_letter(text):
    assert "".join(as_paragraphs(text).split()) == "".join(text.split())
