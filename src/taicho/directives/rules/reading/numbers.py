"""Numbers and symbols of documents (NĐ 30/2020 Điều 8, 15; Party style by HD 36-HD/VPTW)."""

import re

KINDS = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời", "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển", "PB": "Phiếu báo", "KL": "Kết luận",
    "TT": "Thông tư", "NĐ": "Nghị định",
}  # fmt: skip
"""Abbreviations of the 27 kinds of NĐ 30/2020 that have one, of Party conclusions, and of two legal documents."""
LETTER = "Công văn"

_ISSUER = r"[A-ZĐƯ0-9&.][A-Za-zĐđƯư0-9&.]*(?:\s?-\s?[A-ZĐƯ0-9&.][A-Za-zĐđƯư0-9&.]*)*"
LEGAL = re.compile(
    r"(?<![\d/])(?P<number>\d{1,4})/(?P<year>\d{4})/(?P<symbol>(?:NĐ|TT|QĐ|TTLT|NQ|PL|L)-[A-ZĐ0-9]+|QH\d+)"
)
STATE = re.compile(rf"(?<![\d/])(?P<number>\d{{1,5}})\s*/\s*(?P<symbol>[A-ZĐ][A-Za-zĐđy]{{0,5}}\s?-\s?{_ISSUER})")
PARTY = re.compile(r"(?<![\d/])(?P<number>\d{1,4})\s*-\s*(?P<symbol>[A-ZĐ][A-Za-zĐ]{0,3}/[A-ZĐ]+)")
_OWN_SYMBOL = rf"[A-ZĐ][\w&.]*(?:\s?[-/]\s?{_ISSUER})?"
OWN = re.compile(
    rf"^[Ss][ốốỐoO]\s*[:.]?\s*(?P<number>\d(?:[\d ]*\d)?)?\s*"
    rf"(?:/\s*(?P<symbol>{_OWN_SYMBOL})|-\s*(?P<party>[A-ZĐ][A-Za-zĐ]{{0,3}}/[A-ZĐ]+))"
)
"""The document's own line "Số: 40/KH-BDT"; the number may be blank, spaced, or of the Party's style "Số 16-CT/TU"."""


def without_blanks(symbol: str) -> str:
    """The symbol as NĐ 30 writes it: "QĐ- UBND" is "QĐ-UBND"."""
    return re.sub(r"\s+", "", symbol)


def kind_of(symbol: str) -> str | None:
    """The kind of document that a symbol names, "Công văn" where its first part is no kind; None without a symbol."""
    first = re.split(r"[-/]", symbol, maxsplit=1)[0]
    return KINDS.get(first, LETTER) if first else None
