"""What the clerk sees of a reading: marks in the original, facts for the register, clauses that can be kept (A1, A6)."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.rules.reading import Clause, read_structure
from taicho.directives.rules.reading.facts import KINDS, LONGEST_PATH, clauses_to_keep, doubts_of, facts_of
from taicho.directives.rules.reading.marking import CITED, KEYS, Line, Piece, keys_found, marked_lines
from taicho.directives.rules.reading.stored import as_stored, from_stored
from taicho.directives.rules.reading.values import Doubt
from taicho.documents.enums import DocType
from tests.directives.letters import LETTER, PLAN

SHARED = Path(__file__).parents[3] / "shared"
needs_seeds = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="LEFT OUT: the design folder with the seeds does not lie beside the project"
)


def marked(text, most=1000):
    return marked_lines(text, read_structure(text), most=most)


def under(lines, field):
    """What is marked with the letter of a field, in the order of the text."""
    key = KEYS.get(field, CITED)
    return [piece.text for line in lines for piece in line.pieces if piece.key == key]


def plain(lines):
    return ["".join(piece.text for piece in line.pieces).rstrip() for line in lines]


def test_each_field_is_marked_where_it_stands():  # A1
    lines = marked(LETTER)
    assert under(lines, "number") == ["07"]
    assert under(lines, "symbol") == ["BDT-VP"]
    assert under(lines, "issued_on") == ["05 tháng 02 năm 2021"]
    assert under(lines, "place") == ["Minh Giang"]
    assert under(lines, "addressees") == ["Lãnh đạo Ban", "Trưởng các phòng, đơn vị trực thuộc Ban"]
    assert under(lines, "signer") == ["Phạm Thị Ngọc Ánh"]
    assert under(lines, "capacity") == ["KT. TRƯỞNG BAN"]
    assert under(lines, "signer_title") == ["PHÓ TRƯỞNG BAN"]


def test_a_subject_over_two_lines_is_one_mark_with_its_letter_at_the_end():  # A1
    runs = [p for line in marked(LETTER) for p in line.pieces if p.key == KEYS["subject"]]
    assert [(run.text, run.ends) for run in runs] == [
        ("thực hiện các biện pháp phòng, chống dịch", False), ("tại cơ quan Ban Dân tộc", True),
    ]  # fmt: skip


def test_cited_documents_carry_one_letter_of_their_own():  # A1
    assert under(marked(LETTER), CITED) == ["11-CT/TU", "570/QĐ- UBND"]


def test_a_clause_is_named_where_it_begins():  # A6
    named = {line.clause: "".join(p.text for p in line.pieces) for line in marked(LETTER) if line.clause}
    assert list(named) == ["1", "2", "2/-1", "2/-2", "2/-2/+1", "2/-2/+2", "3", "KẾT"]
    assert named["2/-2/+1"].startswith("+ Bàn khai báo")


def test_what_is_doubtful_is_marked_so():  # A1
    pieces = [p for line in marked(PLAN) for p in line.pieces if p.key]
    assert [p.text for p in pieces if p.doubtful] == ["Sở Nội vụ"]
    assert not [p for p in pieces if p.key in (KEYS["number"], KEYS["issued_on"])], "what is blank is marked nowhere"


def test_the_original_is_shown_letter_for_letter_with_runs_of_empty_lines_made_one():
    text = "A\n\n\n\nSố:  7 /BDT-VP\n\n"
    assert plain(marked(text)) == ["A", "", "Số:  7 /BDT-VP", ""]


def test_only_so_many_lines_are_shown():
    assert len(marked("dòng\n" * 50, most=10)) == 10


def test_an_empty_text_has_no_lines():
    assert marked("") == []


words = st.text(alphabet="abc ĐđƯ.\n\t|*/-0123456789:V", max_size=120)


@given(words)
def test_marking_never_changes_or_loses_a_letter(text):
    whole = "Số: 07/BDT-VP\n" + text + "\nNơi nhận:\n- Như trên;\n"
    lines = marked(whole)
    letters = [letter for line in lines for piece in line.pieces for letter in piece.text if not letter.isspace()]
    assert letters == [letter for letter in whole if not letter.isspace()]


def test_the_letters_in_the_text_are_those_of_the_pieces():
    assert keys_found([Line((Piece("x", "a"), Piece("y"), Piece("z", "n")))]) == {"a", "n"}


@pytest.mark.parametrize("text", [LETTER, PLAN, ""])
def test_a_reading_is_stored_and_comes_back_unchanged(text):
    reading = read_structure(text)
    assert from_stored(as_stored(reading)) == reading


@given(st.text(max_size=300))
def test_whatever_is_read_can_be_stored(text):
    reading = read_structure("Số: 1/KH-UBND\n" + text)
    assert from_stored(as_stored(reading)) == reading


def test_facts_bear_the_names_of_the_register_and_what_is_not_there_is_left_out():  # A1
    facts = facts_of(read_structure(PLAN))
    assert (facts["kind"], facts["symbol"], facts["signer"]) == ("plan", "KH-SNV", "Lê Minh Quân")
    assert not {"number", "issued_on", "superior", "addressees"} & set(facts)


def test_the_subject_stands_without_v_v():  # A1
    assert facts_of(read_structure(LETTER))["subject"].startswith("thực hiện các biện pháp")


def test_a_kind_the_register_does_not_list_is_another_document():  # A1
    reading = replace(read_structure(LETTER), kind="Nghị quyết")
    assert facts_of(reading)["kind"] == "other"


def test_every_kind_the_register_lists_is_known_by_the_name_on_the_paper():  # A1
    with translation.override("vi"):
        assert {str(code.label): code for code in DocType if code != DocType.OTHER} == KINDS


def test_doubts_bear_the_names_of_the_register():  # A1
    assert doubts_of(read_structure(PLAN)) == {
        "number": Doubt.BLANK, "issued_on": Doubt.BLANK, "issuer": Doubt.FROM_BODY
    }  # fmt: skip


def test_a_label_printed_twice_is_kept_twice():  # A6
    twice = [Clause("1", "một", 0, 0), Clause("1", "hai", 1, 1), Clause("1", "ba", 2, 2)]
    assert [(c.path, c.text) for c in clauses_to_keep(twice)] == [("1", "một"), ("1 (2)", "hai"), ("1 (3)", "ba")]


@given(st.lists(st.text(alphabet="1./", min_size=1, max_size=80), max_size=12))
def test_every_clause_is_kept_with_a_path_that_fits_and_occurs_once(paths):
    kept = clauses_to_keep(Clause(path, "", 0, 0) for path in paths)
    assert len({c.path for c in kept}) == len(paths)
    assert all(len(c.path) <= LONGEST_PATH for c in kept)


@pytest.mark.shared
@needs_seeds
def test_the_letter_of_the_tet_of_2021_is_marked_and_its_signer_is_not_in_the_file():  # A1
    text = next((SHARED / "seeds").glob("003_*.txt")).read_text(encoding="utf-8")
    lines, facts = marked(text), facts_of(read_structure(text))
    assert under(lines, "number") + under(lines, "symbol") == ["58", "VP-HC-QT"]
    assert facts["issued_on"] == date(2021, 2, 16)
    assert not {"signer", "superior", "signer_title", "capacity"} & set(facts)
    assert under(lines, CITED) == ["11-CT/TU", "570/QĐ-UBND"]
    assert [line.clause for line in lines if line.clause][-1] == "KẾT"


@pytest.mark.shared
@needs_seeds
def test_every_seed_is_marked_without_losing_a_letter():
    for seed in sorted((SHARED / "seeds").glob("*.txt")):
        text = seed.read_text(encoding="utf-8")
        letters = [c for line in marked(text, 10_000) for p in line.pieces for c in p.text if not c.isspace()]
        assert letters == [c for c in unicodedata.normalize("NFC", text) if not c.isspace()], seed.name
