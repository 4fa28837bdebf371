"""The simple reader finds what stands in a document by its form, and says what is not there (A1, A2, A6)."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.rules.reading import read_structure
from taicho.directives.rules.reading.exchange import as_exchanged
from taicho.directives.rules.reading.values import Doubt
from tests.directives.letters import LETTER, PLAN

SHARED = Path(__file__).parents[3] / "shared"
needs_seeds = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="LEFT OUT: the design folder with the seeds does not lie beside the project"
)


@pytest.fixture(scope="module")
def letter():
    return read_structure(LETTER)


@pytest.fixture(scope="module")
def plan():
    return read_structure(PLAN)


def test_the_number_and_symbol_are_read_as_printed(letter):  # A1
    assert (letter.number, letter.symbol, letter.kind) == ("07", "BDT-VP", "Công văn")


def test_the_last_name_above_the_number_is_the_issuer_and_the_one_over_it_the_superior(letter):  # A1
    assert letter.issuer == "BAN DÂN TỘC"
    assert letter.superior == "ỦY BAN NHÂN DÂN THÀNH PHỐ MINH GIANG"


def test_place_day_and_subject_are_read_though_the_lines_are_broken(letter):  # A1
    assert (letter.place, letter.day) == ("Minh Giang", date(2021, 2, 5))
    assert letter.subject == "V/v thực hiện các biện pháp phòng, chống dịch tại cơ quan Ban Dân tộc"


def test_addressees_and_recipients_are_lists_without_dashes_and_purposes(letter):  # A2
    assert letter.addressees == ("Lãnh đạo Ban", "Trưởng các phòng, đơn vị trực thuộc Ban")
    assert letter.recipients == ("Như trên", "UBND Thành phố", "Lưu: VT, VP")


def test_the_signer_has_a_capacity_a_title_and_a_name(letter):  # A1
    assert (letter.capacity, letter.title, letter.signer) == ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Thị Ngọc Ánh")


def test_clauses_carry_the_labels_that_are_printed(letter):  # A6
    assert [clause.path for clause in letter.clauses] == ["1", "2", "2/-1", "2/-2", "2/-2/+1", "2/-2/+2", "3", "KẾT"]


def test_a_paragraph_without_a_label_belongs_to_the_clause_above_it(letter):  # A6
    first = letter.clauses[0]
    assert first.text.splitlines()[1] == "Những trường hợp cần thiết do lãnh đạo Ban quyết định."
    assert LETTER.splitlines()[first.line].startswith("1. Bố trí")
    assert LETTER.splitlines()[first.last_line].startswith("Những trường hợp")


def test_a_document_that_is_cited_has_number_kind_issuer_and_day(letter):  # A4
    cited = {one.number: (one.kind, one.issuer, one.day) for one in letter.cites}
    assert cited["11-CT/TU"] == ("Chỉ thị", "Ban Thường vụ Thành ủy", date(2021, 2, 3))
    assert cited["570/QĐ-UBND"] == ("Quyết định", "UBND Thành phố", date(2021, 2, 4))
    assert len(cited) == 2, "the letter does not cite itself"


def test_a_blank_number_and_day_stay_empty_and_are_marked(plan):  # ux.md finding 10
    assert (plan.number, plan.symbol, plan.day) == (None, "KH-SNV", None)
    assert plan.doubts["number"] == Doubt.BLANK
    assert plan.doubts["day"] == Doubt.BLANK


def test_an_issuer_that_only_the_text_names_is_marked_as_doubtful(plan):
    assert plan.issuer == "Sở Nội vụ"
    assert plan.doubts["issuer"] == Doubt.FROM_BODY


def test_deep_labels_nest_as_they_are_printed(plan):  # A6
    paths = [clause.path for clause in plan.clauses]
    assert paths == [
        "I", "I/1", "I/1/-1", "I/2", "II", "II/1", "II/1/1.1", "II/1/1.1/a", "II/1/1.1/b", "II/1/1.2", "KẾT",
    ]  # fmt: skip


def test_what_is_not_in_the_text_is_none_and_never_invented():
    empty = read_structure("Cuộc họp bắt đầu lúc 8h00.")
    assert (empty.number, empty.symbol, empty.issuer, empty.day, empty.signer) == (None,) * 5
    assert empty.addressees == empty.recipients == empty.cites == ()
    assert not empty.doubts


def test_an_impossible_day_is_marked_and_not_repaired():
    read = read_structure(LETTER.replace("ngày 05 tháng 02", "ngày 31 tháng 02"))
    assert read.day is None
    assert read.doubts["day"] == Doubt.IMPOSSIBLE_DATE


def test_a_file_with_two_letters_gives_the_first_and_says_so():
    read = read_structure(LETTER + "\n" + LETTER.replace("07/BDT-VP", "08/BDT-VP"))
    assert read.number == "07"
    assert read.doubts["number"] == Doubt.SEVERAL
    assert read.clauses == read_structure(LETTER).clauses


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 40 /KH-BDT", "40", "KH-BDT"), ("Số: **1061**/UBND-VP", "1061", "UBND-VP"), ("Số 16-CT/TU", "16", "CT/TU"),
        ("Số: 1756/QĐ- UBND", "1756", "QĐ-UBND"), ("Số: 1 0 9/TB-VP", "109", "TB-VP"), ("Số: 2194/QĐ-BCĐQG", "2194", "QĐ-BCĐQG"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_every_style_of_the_sources(line, number, symbol):
    read = read_structure(f"{line}\n\nKế hoạch")
    assert (read.number, read.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("symbol", "kind"), [("QĐ-UBND", "Quyết định"), ("CĐ-TTg", "Công điện"), ("UBND-VP", "Công văn")]
)
def test_the_symbol_tells_the_kind_where_no_heading_does(symbol, kind):
    assert read_structure(f"Số: 5/{symbol}").kind == kind


def test_decomposed_letters_and_table_bars_do_not_hide_anything():
    import unicodedata

    spoilt = unicodedata.normalize("NFD", LETTER).replace("\n", "|\n|")
    assert as_exchanged(read_structure(spoilt), name="a") == as_exchanged(read_structure(LETTER), name="a")


def test_a_day_in_words_after_a_citation_counts():
    read = read_structure(
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;"
    )
    (cited,) = read.cites
    assert (cited.number, cited.day, cited.issuer) == ("30/2020/NĐ-CP", date(2020, 3, 5), "Chính phủ")


@given(
    st.text(alphabet=st.sampled_from("Số:07/KH-BDTđĐ IVX1.2)-+–•|*ngàythángnăm2021\nNơi nhận:Kính gửi.;"), max_size=400)
)
def test_no_text_breaks_the_reader_and_no_path_is_given_twice_in_a_row(text):
    read = read_structure(text)
    assert all(0 <= clause.line <= clause.last_line for clause in read.clauses)
    assert all(first <= last for first, last in read.places.values())
    assert [clause.line for clause in read.clauses] == sorted(clause.line for clause in read.clauses)


@needs_seeds
@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "001a", "002", "003"])
def test_the_source_letters_are_read_as_the_gold_labels_say(name):  # A1, A6
    gold = json.loads((SHARED / "reading" / f"{name}.json").read_text(encoding="utf-8"))
    (file,) = (SHARED / "seeds").glob(f"{name[:3]}_*.txt")
    read = as_exchanged(read_structure(file.read_text(encoding="utf-8")), name=name)
    for field in ("number", "symbol", "type", "superior", "place", "date", "subject", "signer_title", "signer_name"):
        assert read[field] == gold[field], field
    assert read["addressees"] == gold["addressees"]
    assert {one["clause"] for one in gold["obligations"]} <= {clause["path"] for clause in read["clauses"]}
    assert {(one["number"], one["date"]) for one in gold["cites"]} == {
        (one["number"], one["date"]) for one in read["cites"]
    }
