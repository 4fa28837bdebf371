"""Documents that a text names are found once each, with what is said of them (A4)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.rules.reading.citations import read_citations
from taicho.directives.rules.reading.numbers import KINDS


def cited(text, own="1/X-Y"):
    return [(one.number, one.kind, one.issuer, one.day) for one in read_citations([text], own)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chỉ thị số 20/CT-UBND ngày 03/9/2021 của UBND Thành phố về dịch", ("20/CT-UBND", "Chỉ thị", "UBND Thành phố", date(2021, 9, 3))),
        ("Quyết định 3888/QĐ-BYT ngày 8/9/2020 của Bộ Y tế Về việc", ("3888/QĐ-BYT", "Quyết định", "Bộ Y tế", date(2020, 9, 8))),
        ("Chi thị số 11-CT/TU ngày 15/02/2021 của Tỉnh uỷ", ("11-CT/TU", "Chỉ thị", "Tỉnh uỷ", date(2021, 2, 15))),
        ("Kết luận số 77-KL/TW ngày 05/6/2020", ("77-KL/TW", "Kết luận", None, date(2020, 6, 5))),
        ("Nghị định 30/2020/NĐ-CP của Chính phủ", ("30/2020/NĐ-CP", "Nghị định", "Chính phủ", None)),
        ("Thông tư số 15/2026/TT-BYT", ("15/2026/TT-BYT", "Thông tư", None, None)),
        ("(Kế hoạch 349/KH-UBND tỉnh ngày 13/5/2021)", ("349/KH-UBND", "Kế hoạch", None, date(2021, 5, 13))),
        ("văn bản số 1597/UBND-KGVX ngày 25/5/2021", ("1597/UBND-KGVX", "Văn bản", None, date(2021, 5, 25))),
        ("Quyết định số 1756/QĐ- UBND ngày 23/10/2019", ("1756/QĐ-UBND", "Quyết định", None, date(2019, 10, 23))),
        ("Phương án số 01/PA-BDT ngày 02/8/2021", ("01/PA-BDT", "Phương án", None, date(2021, 8, 2))),
        ("01/PA-BDT ngày 02/8/2021", ("01/PA-BDT", "Phương án", None, date(2021, 8, 2))),
        ("Công điện số 16/CĐ-UBND ngày 31 tháng 7 năm 2021", ("16/CĐ-UBND", "Công điện", None, date(2021, 7, 31))),
        ("Chỉ thị số 5/CT-UBND ngày 31/02/2021", ("5/CT-UBND", "Chỉ thị", None, None)),
    ],
)  # fmt: skip
def test_a_citation_tells_number_kind_issuer_and_day_as_far_as_the_text_does(text, found):
    assert cited(text) == [found]


@pytest.mark.parametrize(
    "text",
    ["khung giờ 6h00/12h00", "trực 24/24", "trực 24/24/7", "ngày 17/02/2021", "tỷ lệ 1/2", "Đ/c Bí thư", "họp 08/9",
     "15/02/2021-20/02/2021", "Luật Phòng, chống bệnh"],
)  # fmt: skip
def test_figures_with_a_slash_are_no_documents(text):
    assert cited(text) == []


def test_a_document_named_twice_is_given_once_with_the_day_that_one_place_tells():
    lines = ["theo Chỉ thị 17/CT-UBND", "Chỉ thị số 17/CT-UBND ngày 23/7/2021 của UBND Thành phố"]
    (found,) = read_citations(lines, "1/X-Y")
    assert (found.day, found.line) == (date(2021, 7, 23), 1)


def test_the_document_does_not_cite_itself():
    assert cited("Kế hoạch số 40/KH-BDT", own="40/KH-BDT") == []


def test_two_documents_of_one_sentence_keep_their_own_days_and_issuers():
    text = "Chỉ thị số 11-CT/TU ngày 03/02/2021 của Thành ủy; Quyết định số 570/QĐ-UBND ngày 04/02/2021 của UBND tỉnh"
    assert cited(text) == [
        ("11-CT/TU", "Chỉ thị", "Thành ủy", date(2021, 2, 3)),
        ("570/QĐ-UBND", "Quyết định", "UBND tỉnh", date(2021, 2, 4)),
    ]


@given(
    st.integers(1, 99999), st.sampled_from(sorted(KINDS)), st.sampled_from(["UBND", "BYT", "BCĐQG", "SKHCN", "TTg"]),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)  # fmt: skip
def test_any_number_of_the_official_form_is_found_with_its_day(number, kind, body, day):
    text = f"Căn cứ {KINDS[kind]} số {number}/{kind}-{body} ngày {day.day:02}/{day.month}/{day.year} của cơ quan,"
    ((found, named, _, when),) = cited(text)
    assert (found, named, when) == (f"{number}/{kind}-{body}", KINDS[kind], day)
