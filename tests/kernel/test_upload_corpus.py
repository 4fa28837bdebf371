"""The upload corpus is itself right: large enough, every file different, clean ones readable (L1, S-07)."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.kernel.corpus.make_hostile_uploads import (
    Outcome,
    Upload,
    clean,
    every,
    marked,
    name_is_safe,
    unmarked,
    write_to,
)

FAMILIES = "archive damaged empty entity formula image link macro name password pdf size type"


@pytest.fixture(scope="module")
def everything() -> list[Upload]:
    """All files, made once."""
    return list(every())


def test_the_corpus_has_the_numbers_that_the_trust_plan_asks_for(everything: list[Upload]) -> None:
    """S-07: at least 60 hostile and 60 clean; S-17: at least 60 marked and 100 unmarked."""
    attacks = [upload for upload in everything if upload.group in FAMILIES.split()]
    assert len([upload for upload in attacks if upload.outcome is Outcome.REFUSED]) >= 60
    assert {upload.group for upload in attacks} == set(FAMILIES.split())
    assert len(list(clean())) >= 60
    assert len(list(marked())) >= 60
    assert len(list(unmarked())) >= 100


def test_every_file_has_its_own_trait_and_comes_out_the_same_twice(everything: list[Upload]) -> None:
    counts = Counter(upload.trait for upload in everything)
    assert [trait for trait, count in counts.items() if count > 1] == []
    # openpyxl stamps the moment of saving into its files: those alone may differ.
    first = {upload.trait: upload.content for upload in everything if not upload.name.endswith(".xlsx")}
    again = {upload.trait: upload.content for upload in every() if upload.trait in first}
    assert [trait for trait, content in first.items() if again[trait] != content] == []


def test_clean_and_innocent_packages_stay_far_from_the_bomb_limit() -> None:
    """A clean file that trips the limit of 100:1 would make a right door look wrong."""
    for upload in [*clean(), *marked(), *unmarked()]:
        if upload.name.lower().endswith((".docx", ".xlsx", ".odt")):
            with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
                assert archive.testzip() is None, upload
                parts = archive.infolist()
            assert all(part.file_size < 90 * max(part.compress_size, 1) for part in parts), upload


def test_clean_sheets_and_pages_open_in_ordinary_readers() -> None:
    for upload in [*clean(), *marked()]:
        if upload.name.endswith(".xlsx"):
            assert openpyxl.load_workbook(io.BytesIO(upload.content)).sheetnames, upload
        if upload.name.endswith(".pdf"):
            assert len(pypdf.PdfReader(io.BytesIO(upload.content), strict=True).pages) >= 1, upload


def test_a_marked_page_gives_its_mark_to_a_reader_of_text() -> None:
    """Without this, a PDF whose mark nobody can read would be counted as a miss of the door."""
    pages = {upload.trait: upload.content for upload in marked() if upload.name.endswith(".pdf")}
    text = pypdf.PdfReader(io.BytesIO(pages["mark-stamp-toi-mat-pdf"])).pages[0].extract_text()
    assert "TỐI MẬT" in text.splitlines()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Báo cáo nhanh 03.9.2021.docx", True),
        ("../passwd", False),
        ("a\\b.pdf", False),
        ("bao cao \u202efdp.exe", False),
        ("a\x00.pdf", False),
        ("ệ" * 99 + ".pdf", False),
        (" ", False),
        ("", False),
    ],
)
def test_a_safe_name_has_no_path_no_hidden_letter_and_fits_in_255_bytes(name: str, safe: bool) -> None:
    assert name_is_safe(name) is safe


def test_the_corpus_can_be_written_out_for_a_look(tmp_path: Path) -> None:
    written = write_to(tmp_path)
    assert len(written) == len(set(written)) == sum(path.is_file() for path in tmp_path.rglob("*"))
    assert len(written) > 500
    assert all(path.resolve().is_relative_to(tmp_path.resolve()) for path in written)
