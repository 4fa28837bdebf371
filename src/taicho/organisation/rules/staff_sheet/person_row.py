"""One row of the list as a person: each column read by its own rule; what cannot be read is a fault with a sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from taicho.kernel.intake.answers import Cell
from taicho.kernel.refusals import Refusal
from taicho.organisation.enums import StaffCategory
from taicho.organisation.rules.staff_sheet.births import Birth, join_birth, read_birth
from taicho.organisation.rules.staff_sheet.cells import is_ditto, says_nothing, words
from taicho.organisation.rules.staff_sheet.columns import NAMES, Field
from taicho.organisation.rules.staff_sheet.grid import Grid
from taicho.organisation.rules.staff_sheet.header import Header
from taicho.organisation.rules.staff_sheet.kinds import only_ticks, read_category, read_party, read_yes_no
from taicho.organisation.rules.staff_sheet.names import read_name
from taicho.organisation.rules.staff_sheet.phones import read_phones
from taicho.organisation.rules.staff_sheet.rows import ReadRow

LONGEST = {"position": 120, "residence": 250, "lodging": 250, "email": 254}
MAIL = re.compile(r"[A-Z0-9._%+\-]+@[A-Z0-9\-]+(?:\.[A-Z0-9\-]+)*\.[A-Z]{2,}", re.IGNORECASE)
YES_OR_NO = (Field.PARTY, Field.COMPUTER, Field.SMARTPHONE, Field.INTERNET)
MEANS = (Field.COMPUTER, Field.SMARTPHONE, Field.INTERNET)
CATEGORY_COLUMNS = {
    Field.CIVIL_SERVANT: StaffCategory.CIVIL_SERVANT,
    Field.PUBLIC_EMPLOYEE: StaffCategory.PUBLIC_EMPLOYEE,
    Field.WORKER: StaffCategory.WORKER,
}
TEXTS = ((Field.POSITION, "position"), (Field.RESIDENCE, "residence"), (Field.LODGING, "lodging"))
COMMUNES = {Field.RESIDENCE: Field.RESIDENCE_COMMUNE, Field.LODGING: Field.LODGING_COMMUNE}
BIRTHS = (Field.BIRTH, Field.BIRTH_DAY, Field.BIRTH_MONTH)
TAKEN = frozenset(Field) - {Field.NOTHING, Field.NUMBER}


@dataclass(slots=True)
class _Reader:
    """The row under way."""

    grid: Grid
    number: int
    header: Header
    today: date
    row: ReadRow
    ticked: frozenset[Field]

    def cells(self, *fields: Field) -> list[Cell]:
        """The filled cells of these columns, merged ones included."""
        found = [self.grid.at(self.number, place) for place in self.header.places(*fields)]
        return [cell for cell in found if words(cell)]

    def said(self, *fields: Field) -> list[Cell]:
        """The cells that say something."""
        return [cell for cell in self.cells(*fields) if not says_nothing(cell)]

    def fault(self, refusal: Refusal, *fields: Field, prefix: str = "") -> None:
        """Refuse the row with the column as the list names it."""
        label = next((self.header.label(place) for place in self.header.places(*fields)), "")
        self.row.refuse(refusal.code, f"{prefix}{refusal.sentence}", label)


def ticked_columns(grid: Grid, people: Iterable[tuple[int, Header]]) -> frozenset[Field]:
    """Columns of yes and no that hold ticks only, in which a blank means no."""
    cells: dict[Field, list[Cell]] = defaultdict(list)
    for row, header in people:
        for kind in YES_OR_NO:
            cells[kind] += [grid.at(row, place) for place in header.places(kind)]
    return frozenset(kind for kind in YES_OR_NO if only_ticks(cells[kind]))


def read_person(
    grid: Grid, number: int, header: Header, today: date, *, above: ReadRow | None, ticked: frozenset[Field]
) -> ReadRow:
    """Read row `number` (from 0). `above` answers for cells that say "như trên", `ticked` from `ticked_columns`."""
    row = ReadRow(grid.sheet.name, number + 1, *_as_it_stood(grid, number, header))
    reader = _Reader(grid, number, header, today, row, ticked)
    if number in grid.sheet.hidden_rows:
        row.notes.append(_("Hàng này đang bị ẩn trong tệp; kiểm tra xem có cần nhập không."))
    _refuse_formulas(reader)
    _name(reader)
    _birth(reader)
    _phones(reader)
    _mail(reader)
    _category(reader)
    _party(reader)
    _texts(reader, above)
    _means(reader)
    return row


def _as_it_stood(grid: Grid, number: int, header: Header) -> tuple[tuple[str, ...], tuple[str, ...]]:
    columns = header.columns
    return tuple(c.label for c in columns), tuple(words(grid.at(number, c.place)) for c in columns)


def _refuse_formulas(reader: _Reader) -> None:
    """A formula's result is nobody's word (S-08). Running numbers and columns that are not taken do not matter."""
    for column in reader.header.columns:
        if column.field in TAKEN and (reader.number, column.place) in reader.grid.sheet.formulas:
            sentence = _("Hàng %(row)d, cột “%(column)s” là công thức. Thay công thức bằng giá trị rồi nhập lại.")
            reader.row.refuse("formula", sentence % {"row": reader.row.number, "column": column.label}, column.label)
            return


def _name(reader: _Reader) -> None:
    parts: list[Cell] = []
    for place in reader.header.places(*NAMES):
        cell = reader.grid.raw(reader.number, place)
        if words(cell) and not says_nothing(cell):
            parts.append(cell)
    try:
        reader.row.facts["full_name"], remark = read_name(*parts)
    except Refusal as refusal:
        if not any(fault.code == "formula" for fault in reader.row.faults):
            reader.fault(refusal, *NAMES)
        return
    if remark:
        reader.row.notes.append(_("Bỏ phần ghi thêm sau họ tên: %(remark)s.") % {"remark": remark})


def _birth(reader: _Reader) -> None:
    cells = reader.said(Field.BIRTH)
    if not cells:
        return
    try:
        birth = _one_birth(reader, cells)
    except Refusal as refusal:
        reader.fault(refusal, Field.BIRTH)
        return
    reader.row.facts["birth_year"] = birth.year
    if birth.day:
        reader.row.facts["birth_date"] = birth.day.isoformat()


def _one_birth(reader: _Reader, cells: list[Cell]) -> Birth:
    """One birthday out of its columns: Ngày, Tháng, Năm apart; Nam or Nữ; a year beside a whole day."""
    day, month = reader.said(Field.BIRTH_DAY), reader.said(Field.BIRTH_MONTH)
    if day and month:
        return join_birth(day[0], month[0], cells[-1], reader.today)
    births = [read_birth(cell, reader.today) for cell in cells]
    if len({birth.year for birth in births}) > 1:
        raise Refusal(_("Hai cột ngày sinh, năm sinh không khớp nhau."), code="bad-birth", field="birth_date")
    return next((birth for birth in births if birth.day), births[0])


def _phones(reader: _Reader) -> None:
    """A mobile is the person's own, a landline the office's, unless the column says otherwise."""
    own: list[str] = []
    office: list[str] = []
    for kind in (Field.PERSONAL_PHONE, Field.OFFICIAL_PHONE, Field.PHONE):
        for cell in reader.said(kind):
            try:
                read = read_phones(cell)
            except Refusal as refusal:
                reader.fault(refusal, kind, prefix=_("Điện thoại: "))
                continue
            own += read.landlines if kind is Field.PERSONAL_PHONE else ()
            office += read.mobiles if kind is Field.OFFICIAL_PHONE else ()
            own += read.mobiles if kind is not Field.OFFICIAL_PHONE else ()
            office += read.landlines if kind is not Field.PERSONAL_PHONE else ()
    own, office = list(dict.fromkeys(own)), list(dict.fromkeys(office))
    if len(own) > 1 and not office:
        office = own[1:]
        reader.row.notes.append(_("Có hai số điện thoại; số thứ hai giữ ở “điện thoại cơ quan”."))
    for key, numbers in (("personal_phone", own), ("official_phone", office)):
        if numbers:
            reader.row.facts[key] = numbers[0]
    if len({*own, *office}) > 2:
        reader.row.notes.append(_("Có nhiều hơn hai số điện thoại; giữ hai số đầu."))


def _mail(reader: _Reader) -> None:
    for cell in reader.said(Field.EMAIL):
        text = words(cell).removeprefix("mailto:").replace(" ", "").strip(";,.")
        if MAIL.fullmatch(text) is None or len(text) > LONGEST["email"]:
            sentence = _("Địa chỉ thư điện tử không đúng, ví dụ đúng: ten@coquan.gov.vn.")
            reader.fault(Refusal(sentence, code="bad-email", field="email"), Field.EMAIL)
            return
        reader.row.facts["email"] = text.lower()


def _category(reader: _Reader) -> None:
    facts, unread = reader.row.facts, ""
    for cell in reader.said(Field.CATEGORY):
        category, member = read_category(cell)
        if category:
            facts["category"] = category.value
        if member:
            facts["party_member"] = True
        unread = "" if category or member else words(cell)
    for kind, category in CATEGORY_COLUMNS.items():
        if any(read_yes_no(cell) for cell in reader.cells(kind)):
            facts["category"] = category.value
    if unread:
        reader.row.notes.append(_("Không hiểu “%(text)s” ở cột đối tượng; để trống.") % {"text": unread})


def _party(reader: _Reader) -> None:
    facts = reader.row.facts
    if Field.PARTY in reader.ticked:
        facts.setdefault("party_member", False)
    for cell in reader.cells(Field.PARTY):
        member = read_party(cell)
        if member is not None:
            facts["party_member"] = member
        elif not says_nothing(cell):
            reader.row.notes.append(_("Không hiểu “%(text)s” ở cột đảng viên; để trống.") % {"text": words(cell)})


def _texts(reader: _Reader, above: ReadRow | None) -> None:
    for kind, key in TEXTS:
        parts = [_text_of(cell, key, above) for cell in reader.said(kind) + _dittos(reader, kind)]
        parts += [words(cell) for cell in reader.said(COMMUNES[kind])] if kind in COMMUNES else []
        text = ", ".join(dict.fromkeys(part for part in parts if part))
        if len(text) > LONGEST[key]:
            sentence = _("Nội dung dài hơn %(most)d chữ. Hãy viết gọn lại.") % {"most": LONGEST[key]}
            reader.fault(Refusal(sentence, code="too-long", field=key), kind)
        elif text:
            reader.row.facts[key] = text


def _dittos(reader: _Reader, kind: Field) -> list[Cell]:
    return [cell for cell in reader.cells(kind) if is_ditto(cell) and says_nothing(cell)]


def _text_of(cell: Cell, key: str, above: ReadRow | None) -> str:
    if is_ditto(cell):
        return str(above.facts.get(key, "")) if above else ""
    return words(cell)


def _means(reader: _Reader) -> None:
    for kind in MEANS:
        if kind in reader.ticked:
            reader.row.means[kind.value] = False
        for cell in reader.cells(kind):
            if (has := read_yes_no(cell)) is not None:
                reader.row.means[kind.value] = has
