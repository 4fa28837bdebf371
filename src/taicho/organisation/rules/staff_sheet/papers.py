"""Sheets that go back to the office: the template to fill in, and the rows that were not taken with the reason."""

from collections.abc import Sequence

from taicho.organisation.rules.staff_sheet.columns import Field, field_of
from taicho.organisation.rules.staff_sheet.rows import ReadRow

TEMPLATE = {
    "STT": 6, "Họ và tên": 26, "Ngày sinh": 14, "Phòng, đơn vị": 26, "Chức vụ": 20, "Đối tượng": 18, "Đảng viên": 10,
    "Di động": 14, "Điện thoại cơ quan": 18, "Thư điện tử": 24, "Nơi cư trú": 36, "Nơi lưu trú": 36,
    "Máy tính tại nhà": 16, "Điện thoại thông minh": 16, "Internet tại nhà": 16,
}  # fmt: skip
"""Columns of the template with their widths in characters. An office's own list needs none of this."""
WHY, ROW, UNIT = "Vì sao chưa nhập", "Hàng trong tệp", "Phòng, đơn vị"
WHY_WIDTH, ROW_WIDTH = 60, 10


def errors_as_table(rows: Sequence[ReadRow]) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of the sheet of errors: why, where it stood, then the list's own columns.

    The sheet can be corrected and given back as it is: its header is read like any other, and the department a row got
    from a section or a merged cell stands in a column.
    """
    labels: list[str] = []
    for row in rows:
        for label in row.labels:
            if label not in labels or row.labels.count(label) > labels.count(label):
                labels.append(label)
    names_units = any(field_of(label) in (Field.UNIT, Field.AGENCY) for label in labels)
    header = [WHY, ROW, *([] if names_units else [UNIT]), *labels]
    table = []
    for row in rows:
        why = " ".join(fault.sentence for fault in row.faults)
        own = _under(labels, row)
        table.append([why, f"{row.sheet} {row.number}".strip(), *([] if names_units else [row.unit]), *own])
    return header, table


def _under(labels: Sequence[str], row: ReadRow) -> list[str]:
    """The cells of a row in the order of `labels`; a label may be there twice."""
    left = list(zip(row.labels, row.cells, strict=True))
    cells = []
    for label in labels:
        pair = next((pair for pair in left if pair[0] == label), None)
        if pair is not None:
            left.remove(pair)
        text = pair[1] if pair else ""
        cells.append(text or row.unit if field_of(label) in (Field.UNIT, Field.AGENCY) else text)
    return cells
