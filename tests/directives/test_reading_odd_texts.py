"""Texts as they really arrive: decomposed, tabbed, in columns, in tables, empty, endless; the reader keeps its head (A1, A6)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.rules.reading import read_structure
from taicho.directives.rules.reading.exchange import as_exchanged
from taicho.directives.rules.reading.marking import LONGEST_MARKED, marked_lines
from taicho.directives.rules.reading.paragraphs import as_paragraphs
from taicho.directives.rules.reading.periods import period_in
from taicho.directives.rules.reading.values import Doubt
from tests.directives.letters import LETTER, PLAN, WITHOUT_HEAD


def as_read(text):
    return as_exchanged(read_structure(text), name="a")


def paths(text):
    return [clause.path for clause in read_structure(text).clauses]


SPOILT = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old mac line ends": lambda text: text.replace("\n", "\r"),
    "tabs": lambda text: text.replace("\n", "\n\t"),
    "no-break blanks": lambda text: text.replace(" ", "\u00a0"),
    "doubled blanks": lambda text: text.replace(" ", "   "),
    "trailing blanks": lambda text: text.replace("\n", "  \t\n"),
    "bold of a web page": lambda text: text.replace("Số: ", "**Số: **"),
    "table bars": lambda text: "\n".join(f"| {line} |" for line in text.splitlines()),
    "page feeds": lambda text: text.replace("\n\n", "\n\f\n"),
}


@pytest.mark.parametrize("letter", [LETTER, PLAN, WITHOUT_HEAD], ids=["letter", "plan", "without head"])
@pytest.mark.parametrize("way", SPOILT)
def test_what_a_program_does_to_blanks_and_letters_changes_nothing(letter, way):  # A1
    assert as_read(SPOILT[way](letter)) == as_read(letter)


@pytest.mark.parametrize("text", ["", "\n", " \t\r\n ", "\ufeff", "\x0c", "\u200b\n\u200b"])
def test_an_empty_text_is_nothing_and_no_error(text):
    read = read_structure(text)
    assert (read.number, read.symbol, read.kind, read.issuer, read.day, read.signer) == (None,) * 6
    assert read.cites == ()
    assert marked_lines(text, read, most=10) == [] or all(
        not line.clause or line.pieces for line in marked_lines(text, read, most=10)
    )


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Điều 1. Một\n1. Hai\na) Ba\nĐiều 2. Bốn", ["Điều 1", "Điều 1/1", "Điều 1/1/a", "Điều 2"]),
        ("I. MỘT\n1. Hai\n1.1. Ba\na) Bốn\n- Năm\n+ Sáu", ["I", "I/1", "I/1/1.1", "I/1/1.1/a", "I/1/1.1/a/-1", "I/1/1.1/a/-1/+1"]),
        ("I. MỘT\n- Hai\n1. Ba", ["I", "I/-1", "I/1"]), ("1. Một\nII. HAI\n1. Ba", ["1", "II", "II/1"]),
        ("Điều 10: Một\nĐiều 100. Hai", ["Điều 10", "Điều 100"]), ("điều 1. thường", ["¶1"]), ("Điều 1 nói rằng", ["¶1"]),
        ("12. Một\n13. Hai", ["12", "13"]), ("100. Một trăm", ["¶1"]), ("1.1.1.1.1.1. Sáu bậc", ["1.1.1.1.1.1"]),
        ("1.1.1.1.1.1.1. Bảy bậc", ["¶1"]), ("a. Một\nb. Hai\nf. Ba", ["a", "b"]), ("A. Một", ["¶1"]), ("(1) Một", ["¶1"]),
        ("1/ Một", ["¶1"]), ("1.Một\n2.Hai", ["1", "2"]), ("−1 độ", ["¶1"]),
    ],
)  # fmt: skip
def test_labels_of_many_styles_give_the_paths_that_are_printed(printed, read):  # A6
    assert paths(printed) == read


def test_an_annex_after_the_signature_is_no_clause_of_the_letter():  # A6
    annex = "\nPHỤ LỤC\nDanh mục vật tư\n1. Khẩu trang\n2. Dung dịch sát khuẩn\n"
    assert paths(LETTER + annex) == paths(LETTER)
    assert read_structure(LETTER + annex).number == "07"


def test_an_annex_before_the_recipients_goes_on_in_the_body_and_its_labels_do_not_vanish():  # A6
    text = PLAN.replace("Nơi nhận:", "PHỤ LỤC\n1. Khẩu trang\n\nNơi nhận:")
    assert len(paths(text)) == len(paths(PLAN)) + 1


def test_a_copy_stamp_below_does_not_change_the_number_of_the_letter():  # A1
    stamped = LETTER + "\nSỞ NỘI VỤ\nSố: 15/SY-SNV\nSAO Y\nNơi nhận:\n- Các phòng;\n"
    read = read_structure(stamped)
    assert (read.number, read.symbol) == ("07", "BDT-VP")
    assert read.doubts["number"] == Doubt.SEVERAL


def test_two_columns_on_one_line_do_not_invent_a_number():  # A1
    text = "UBND TỈNH MINH GIANG      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/UBND-VP      Minh Giang, ngày 05 tháng 02 năm 2021\n"
    read = read_structure(text)
    assert (read.number, read.symbol) == ("12", "UBND-VP")


def test_a_citation_that_stands_before_the_own_number_is_not_taken_for_it():  # A1
    read = read_structure("Tiếp theo Công văn số 3/SYT-NVY ngày 01/02/2021\n" + LETTER)
    assert (read.number, read.symbol) == ("07", "BDT-VP")
    assert "3/SYT-NVY" in {cited.number for cited in read.cites}


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000, "a " * 200_000, "- " * 200_000, "1. " * 100_000, "Số: " + "1 " * 100_000, "I" * 300_000,
        "Kính gửi:\n- x\n" + "abc\n" * 20_000, "Nơi nhận:\n- x\n" + "abc\n" * 20_000,
        " ".join(f"Quyết định số {n}/QĐ-UB ngày 1/1/2021 của A," for n in range(4_000)),
        "\n".join(".".join(["1"] * n) + " a" for n in range(1, 400)), "(" * 100_000, "|" * 300_000, "ngày " * 60_000,
        "Số: 1/QĐ-UB\nV/v " + "a b " * 50_000,
    ],
    ids=lambda text: text[:12].strip(),
)  # fmt: skip
def test_a_hostile_text_is_read_through_and_what_is_kept_stays_in_proportion(text):  # S-04
    read = read_structure(text)
    assert sum(len(clause.path) + len(clause.text) for clause in read.clauses) <= 2 * len(text) + 100
    shown = marked_lines(text, read, most=2_000)
    assert sum(len(piece.text) for line in shown for piece in line.pieces) <= len(text)
    assert len(as_paragraphs(text)) <= len(text)


def test_an_endless_line_of_citations_is_read_and_left_unmarked():  # S-04
    text = " ".join(f"Quyết định số {n}/QĐ-UB ngày 1/1/2021 của A," for n in range(1_000))
    read = read_structure(text)
    assert len(read.cites) == 1_000
    assert len(text) > LONGEST_MARKED
    assert not any(piece.key for line in marked_lines(text, read, most=10) for piece in line.pieces)


def test_entries_of_a_list_that_goes_on_over_lines_are_put_together():  # A2
    text = LETTER.replace("- UBND Thành phố (để b/c);", "- UBND\nThành phố\n(để b/c);")
    assert read_structure(text).recipients == ("Như trên", "UBND Thành phố", "Lưu: VT, VP")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Từ ngày 17/02/2021 đến hết ngày 02/3/2021", (2021, 2, 17), (2021, 3, 2)), ("từ 17/02 đến 02/3", (2021, 2, 17), (2021, 3, 2)),
        ("kể từ ngày 17 / 02 / 2021", (2021, 2, 17), None), ("đến hết ngày 31/4/2021", None, None), ("đến ngày 29/02", None, None),
        ("trong 14 ngày", None, None), ("", None, None), ("từ ngày 00/00", None, None),
    ],
)  # fmt: skip
def test_the_days_a_clause_writes_are_proposed_and_impossible_ones_are_not(written, first, last):  # A6
    from datetime import date

    found = period_in(written, date(2021, 2, 16))
    assert (found.first, found.last) == (first and date(*first), last and date(*last))


def test_a_day_without_a_year_is_not_guessed_when_the_letter_has_none():  # A6
    assert period_in("từ 17/02 đến 02/3", None).first is None


pieces = st.sampled_from(
    ["Số: 07/BDT-VP", "Kính gửi:", "- Như trên;", "Nơi nhận:", "I. MỘT", "1. Hai", "a) Ba", "Điều 1. Bốn", "V/v họp", "./.",
     "PHỤ LỤC", "Minh Giang, ngày 05 tháng 02 năm 2021", "CHỦ TỊCH", "", "như sau:", "Căn cứ Chỉ thị số 11-CT/TU ngày 03/02/2021"]
)  # fmt: skip


@given(st.lists(pieces, max_size=25))
def test_parts_in_any_order_are_read_without_error_and_every_clause_stands_on_its_line(parts):
    text = "\n".join(parts)
    read = read_structure(text)
    lines = text.splitlines()
    for clause in read.clauses:
        assert clause.path and clause.line <= clause.last_line < max(len(lines), 1)
    assert all(cited.number == "11-CT/TU" for cited in read.cites)
