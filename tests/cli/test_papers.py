"""What `taicho read` prints of one paper, for a person and for a program; what it will not read. # A1, A6, L1"""

import json
import zipfile
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from taicho.cli.papers import in_words, read, read_file
from taicho.kernel.refusals import Refusal
from tests.directives.letters import LETTER

FIELDS = {
    "type", "number", "symbol", "issuer", "superior", "place", "date", "subject", "addressees", "signer_name", "recipients",
}  # fmt: skip


@pytest.fixture
def paper(tmp_path):
    """A file with these words or bytes under that name."""

    def write(content, name="van-ban.txt"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return file

    return write


def found(**facts):
    """What a reader found: nothing but `facts`."""
    return dict.fromkeys(FIELDS) | {"doubts": [], "cites": [], "clauses": []} | facts


def test_every_field_has_a_line_and_what_is_not_there_is_said():
    lines = in_words("a.txt", found()).splitlines()
    assert len(lines) == 1 + len(FIELDS)
    assert all(line.endswith("không có trong tệp") for line in lines[1:])


def test_a_day_is_written_as_offices_write_it():
    assert "05/02/2021" in in_words("a.txt", found(date=date(2021, 2, 5).isoformat()))


def test_several_receivers_stand_in_one_line():
    assert "Kính gửi          Sở A; Sở B" in in_words("a.txt", found(addressees=["Sở A", "Sở B"]))


def test_an_empty_list_of_receivers_is_none():
    assert "Nơi nhận          không có trong tệp" in in_words("a.txt", found(recipients=[]))


def test_only_what_is_doubtful_is_marked_to_be_looked_at():
    said = in_words("a.txt", found(number="07", symbol="BDT-VP", doubts=["symbol"]))
    assert "BDT-VP (cần xem lại)" in said and said.count("cần xem lại") == 1


def test_clauses_are_a_tree_and_long_ones_are_cut():
    clauses = [
        {"path": "1", "text": "x" * 200},
        {"path": "1/-2", "text": "ý hai"},
        {"path": "1/-2/+1", "text": "ý con"},
    ]
    lines = in_words("a.txt", found(clauses=clauses)).splitlines()[-3:]
    assert lines == [f"  1  {'x' * 70}", "    1/-2  ý hai", "      1/-2/+1  ý con"]


def test_each_document_cited_has_a_line_of_its_own():
    said = in_words("a.txt", found(cites=[{"number": "15/CT-TTg"}, {"number": "3/CĐ-UBND"}]))
    assert [line.split()[-1] for line in said.splitlines() if "Căn cứ" in line] == ["15/CT-TTg", "3/CĐ-UBND"]


def test_the_name_of_the_file_names_the_paper_and_its_ending_does_not(paper):
    assert read_file(paper(LETTER, "07-BDT.ban-chinh.txt"))["id"] == "07-BDT.ban-chinh"


def test_a_paper_without_an_ending_is_known_by_its_words(paper):
    assert read_file(paper(LETTER, "khong-duoi"))["symbol"] == "BDT-VP"


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secrecy_mark_is_refused_whatever_its_degree(paper, mark):  # L1
    with pytest.raises(Refusal):
        read_file(paper(f"{mark}\n{LETTER}"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "rong.txt"), (b"\x00\x01\x02", "nhi-phan.txt"), (b"\xff\xfe\xfa", "la.txt"), (b"MZ\x90\x00", "chay.txt"),
        (b"%PDF-1.7 nothing", "hong.pdf"), (b"PK\x03\x04 nothing", "hong.docx"), (b"<html><script>x</script>", "trang.html"),  (LETTER.encode(), "bang.xlsx"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused_in_a_sentence_and_never_breaks(paper, content, name):
    with pytest.raises(Refusal) as refusal:
        read_file(paper(content, name))
    assert refusal.value.sentence.endswith(".") and refusal.value.code


def test_a_docx_that_swells_is_refused(paper, tmp_path):
    bomb = tmp_path / "phinh.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(Refusal):
        read_file(bomb)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "Z"]), min_size=1, max_size=300))
def test_whatever_words_a_file_holds_a_person_and_a_program_can_read_the_answer(tmp_path_factory, words):
    file = tmp_path_factory.mktemp("paper") / "x.txt"
    file.write_text(f"{words}\n", encoding="utf-8")
    try:
        answer = read_file(file)
    except Refusal:
        return
    assert json.loads(json.dumps(answer))["id"] == "x"
    assert in_words("x.txt", answer).count("\n") >= len(FIELDS)


# The command


def test_each_file_is_answered_in_its_turn_and_one_refusal_fails_the_whole(paper):
    done = CliRunner().invoke(read, [str(paper(b"", "rong.txt")), str(paper(LETTER))])
    assert done.exit_code == 1
    assert "rong.txt: Tệp trống" in done.stderr and "BDT-VP" in done.stdout
    assert not done.exception or isinstance(done.exception, SystemExit)


def test_a_file_that_is_not_there_and_a_folder_are_said_before_anything_is_read(paper, tmp_path):
    for wrong in (tmp_path / "khong-co.txt", tmp_path):
        done = CliRunner().invoke(read, [str(paper(LETTER)), str(wrong)])
        assert (done.exit_code, done.stdout) == (2, "")


def test_without_a_file_the_command_says_what_it_wants():
    done = CliRunner().invoke(read, [])
    assert done.exit_code == 2 and "FILES" in done.stderr
