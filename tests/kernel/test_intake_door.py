"""Only what was looked at comes in; of what is refused nothing stays (house.md § 7, D12, S-07, S-17)."""

import hashlib
import io
import logging
import tempfile
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from taicho.kernel.intake import Accepted, Kind, Read, take_in
from taicho.kernel.intake.names import clean_name, honest_name
from taicho.kernel.intake.sentences import _SENTENCES, sentence_for
from taicho.kernel.intake.verdicts import Fault, Unfit
from taicho.kernel.refusals import Refusal
from tests.kernel.corpus.images import jpeg, png
from tests.kernel.corpus.office import docx, odt
from tests.kernel.corpus.pdf import pdf

EVERYTHING = frozenset(Kind)
SECRET_SENTENCE = "Văn bản có dấu MẬT không được đưa vào hệ thống. Hãy xử lý tại bộ phận văn thư mật."


def refusal(data: bytes, name: str, accept: frozenset[Kind] = EVERYTHING, read: Read = Read.NOTHING) -> Refusal:
    """The refusal of a file that must be refused."""
    with pytest.raises(Refusal) as caught:
        take_in(data, name=name, accept=accept, read=read)
    return caught.value


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A .xlsx of one sheet."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (workbook(("STT", "Họ tên")), "ds.xlsx", Kind.XLSX),
        (docx("Kế hoạch"), "kh.docx", Kind.DOCX),
        (odt("Kế hoạch"), "kh.odt", Kind.ODT),
        (pdf(["Ke hoach"]), "kh.pdf", Kind.PDF),
        (png(8, 8), "anh.png", Kind.PNG),
        (jpeg(8, 8), "anh.jpg", Kind.JPEG),
        ("Kế hoạch".encode(), "kh.txt", Kind.TXT),
        ("STT;Họ tên\n1;An\n".encode(), "ds.csv", Kind.CSV),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_comes_in_with_its_bytes_unchanged(data: bytes, name: str, kind: Kind) -> None:
    accepted = take_in(data, name=name, accept=EVERYTHING)
    assert (accepted.kind, accepted.name, accepted.data) == (kind, name, data)
    assert accepted.sha256 == hashlib.sha256(data).hexdigest()


def test_a_kind_that_is_not_wanted_here_is_refused_with_what_is() -> None:
    said = refusal(pdf(["a"]), "a.pdf", frozenset({Kind.XLSX, Kind.CSV}))
    assert said.code == "intake.kind_unwanted"
    assert ".csv, .xlsx" in said.sentence


def test_a_renamed_program_is_refused_with_a_sentence() -> None:
    said = refusal(b"MZ\x90\x00\x03" + bytes(500), "Danh sách.xlsx")
    assert said.code == "intake.program"
    assert said.sentence.endswith(".")


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"", "a.docx").code == "intake.empty"
    assert refusal(b"\xef\xbb\xbf \n\n", "a.txt").code == "intake.empty"


def test_a_file_over_25_mb_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taicho.kernel.intake.door.ask_child", lambda *a, **k: pytest.fail("it was opened"))
    said = refusal(b"a" * 25_000_001, "a.txt")
    assert said.code == "intake.too_large"
    assert "25 MB" in said.sentence


def test_a_secret_paper_is_refused_with_the_sentence_that_says_where_it_belongs() -> None:
    said = refusal(docx("ỦY BAN NHÂN DÂN", "TỐI MẬT", "Báo cáo"), "bao cao.docx")
    assert (said.code, said.sentence) == ("intake.secret", SECRET_SENTENCE)


def test_a_file_whose_name_says_secret_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taicho.kernel.intake.door.ask_child", lambda *a, **k: pytest.fail("it was opened"))
    assert refusal(b"whatever", "[TUYỆT MẬT] phương án.docx").sentence == SECRET_SENTENCE


def test_the_log_of_a_refusal_has_neither_name_nor_hash_nor_content(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="taicho.intake")
    content = docx("MẬT", "Kế hoạch chim-hoàng-yến")
    with pytest.raises(Refusal):
        take_in(content, name="chim-hoàng-yến.docx", accept=EVERYTHING, actor="a-key-7")
    (line,) = [record.getMessage() for record in caplog.records]
    assert line == f"refused code=secret size={len(content)} actor=a-key-7"


def test_the_log_of_what_came_in_names_its_hash_and_not_its_name(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="taicho.intake")
    accepted = take_in(b"abc", name="chim.txt", accept=EVERYTHING)
    (line,) = [record.getMessage() for record in caplog.records]
    assert accepted.sha256 in line
    assert "chim" not in line


def test_what_came_in_does_not_show_itself_in_a_repr() -> None:
    accepted = take_in("riêng tư".encode(), name="chim.txt", accept=EVERYTHING, read=Read.TEXT)
    assert "chim" not in repr(accepted)
    assert "riêng" not in repr(accepted)


def listing(*places: str) -> set[tuple[str, int]]:
    """Every file below the places, with its size."""
    return {(str(p), p.stat().st_size) for place in places for p in Path(place).rglob("*") if p.is_file()}


def test_of_a_refused_file_not_a_byte_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = listing(str(tmp_path))
    for name in ("a.docx", "MẬT.docx"):
        refusal(docx("TUYỆT MẬT", "Kế hoạch"), name)
    refusal(docx("Thường")[:200], "hong.docx")
    assert listing(str(tmp_path)) == before == set()


def test_text_is_read_when_it_is_asked_for() -> None:
    for data, name in ((docx("Điều 1", "Điều 2"), "a.docx"), ("Điều 1\r\nĐiều 2".encode("utf-16"), "a.txt")):
        text = take_in(data, name=name, accept=EVERYTHING, read=Read.TEXT).text
        assert text is not None
        assert text.split("\n") == ["Điều 1", "Điều 2"]
    assert "Dieu 1" in (take_in(pdf(["Dieu 1"]), name="a.pdf", accept=EVERYTHING, read=Read.TEXT).text or "")
    assert take_in(docx("Điều 1"), name="a.docx", accept=EVERYTHING).text is None


def test_text_of_a_picture_and_rows_of_a_letter_cannot_be_asked_for() -> None:
    assert refusal(png(8, 8), "a.png", read=Read.TEXT).code == "intake.kind_unwanted"
    assert refusal(docx("a"), "a.docx", read=Read.ROWS).code == "intake.kind_unwanted"


def test_text_in_another_encoding_is_refused_with_advice() -> None:
    said = refusal("Kế hoạch số 40".encode("cp1258", "ignore") + b"\xd0\xff", "a.txt")
    assert said.code == "intake.encoding"
    assert "UTF-8" in said.sentence
    assert refusal(b"a\x00b\x1bc", "a.txt").code == "intake.encoding"


def test_an_old_office_file_is_refused_with_advice_to_save_anew() -> None:
    said = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ds.xls")
    assert said.code == "intake.old_office"
    assert ".xlsx" in said.sentence


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Rar!\x1a\x07\x00" + bytes(50), "archive"),
        (b"GIF89a" + bytes(50), "other_image"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "other_image"),
        (b"{\\rtf1 a}", "rtf"),
        (b"\xff\xfe<\x00s\x00v\x00g\x00>\x00", "markup"),
        (b"  <!DOCTYPE html><p>", "markup"),
        (b"#!/bin/sh\nls\n", "program"),
        (b"PK\x03\x04" + bytes(40), "broken"),
    ],
)
def test_each_stranger_is_refused_by_its_own_reason(data: bytes, code: str) -> None:
    assert refusal(data, "a.txt").code == f"intake.{code}"


def test_words_that_begin_like_a_program_are_words() -> None:
    for words in (b"MZ la ten vung", b"BM mau 01", b"GIF8 la mot tu"):
        assert take_in(words, name="a.txt", accept=EVERYTHING).kind is Kind.TXT


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\kh.pdf", "kh.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\u202efdp.pdf", "afdp.pdf"),
        ("Ke\u0302\u0301 hoạch.pdf", "Kế hoạch.pdf"),
        ("a\r\nb.pdf", "a b.pdf"),
        ('<b>"x"|?*.pdf', "_b__x____.pdf"),
        ("  .htaccess.pdf", "htaccess.pdf"),
        ("con.pdf", "_con.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("ệ" * 300 + ".pdf", "ệ" * 78 + ".pdf"),
        ("", "tep"),
        ("...", "tep"),
    ],
)
def test_a_shown_name_has_no_path_and_no_trick(given: str, shown: str) -> None:
    assert clean_name(given) == shown
    assert clean_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "kind", "honest"),
    [
        ("a.PDF", Kind.PDF, "a.pdf"),
        ("a.jpeg", Kind.JPEG, "a.jpeg"),
        ("a.jpg", Kind.PNG, "a.png"),
        ("a.txt", Kind.CSV, "a.csv"),
        ("Số 40", Kind.PDF, "Số 40.pdf"),
        ("BC.nhanh.03", Kind.PDF, "BC.nhanh.03.pdf"),
    ],
)
def test_a_name_gets_the_ending_of_what_it_is(name: str, kind: Kind, honest: str) -> None:
    assert honest_name(name, kind) == honest


@pytest.mark.parametrize("name", ["a.pdf.exe", "a.docm", "a.docx", "a.html", "a.zip"])
def test_a_name_that_promises_something_else_is_refused(name: str) -> None:
    with pytest.raises(Unfit) as caught:
        honest_name(name, Kind.PDF)
    assert caught.value.fault is Fault.NAME_LIES


def test_every_fault_has_one_whole_sentence() -> None:
    assert set(_SENTENCES) == set(Fault)
    with translation.override("vi"):
        for fault in Fault:
            sentence = sentence_for(Unfit(fault, where="pdf", number=7), {Kind.PDF})
            assert sentence[0].isupper()
            assert sentence.endswith((".", ")."))
            assert "%(" not in sentence


def test_accepted_says_its_size() -> None:
    assert Accepted("a.txt", Kind.TXT, b"abc", "0").size == 3
