"""The same person twice in one list, and what only looks like it."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from taicho.kernel.vietnamese import fold
from taicho.organisation.rules.staff_sheet.rows import ReadRow

MOBILE = "personal_phone"


def mark_twins(rows: Iterable[ReadRow]) -> None:
    """Refuse rows that repeat an earlier one; note a mobile number that two people share."""
    seen: dict[str, list[ReadRow]] = defaultdict(list)
    owners: dict[str, ReadRow] = {}
    for row in rows:
        if not row.name:
            continue
        first = next((earlier for earlier in seen[fold(row.name)] if are_twins(earlier, row)), None)
        if first is not None:
            row.refuse("twin", _("Trùng với %(name)s ở %(where)s.") % {"name": first.name, "where": _where(first, row)})
            continue
        seen[fold(row.name)].append(row)
        mobile = row.facts.get(MOBILE)
        owner = owners.setdefault(mobile, row) if mobile else row
        if owner is not row:
            sentence = _("Cùng số điện thoại với %(name)s ở %(where)s; kiểm tra lại.")
            row.notes.append(sentence % {"name": owner.name, "where": _where(owner, row)})


def are_twins(one: ReadRow, other: ReadRow) -> bool:
    """Same name, nothing that tells them apart, and something that ties them: phone, birthday, or year and department.

    Two people may bear one name: another year or day of birth, or two phone numbers, or two departments with nothing
    else known, make them two.
    """
    for key in ("birth_year", "birth_date"):
        mine, theirs = one.facts.get(key), other.facts.get(key)
        if mine and theirs and mine != theirs:
            return False
    if one.phones & other.phones and (one.facts.get(MOBILE) in other.phones or other.facts.get(MOBILE) in one.phones):
        return True
    if one.facts.get(MOBILE) and other.facts.get(MOBILE):
        return False
    if one.facts.get("birth_date") and one.facts.get("birth_date") == other.facts.get("birth_date"):
        return True
    return fold(one.unit) == fold(other.unit)


def _where(earlier: ReadRow, row: ReadRow) -> str:
    if earlier.sheet == row.sheet:
        return _("hàng %(number)d") % {"number": earlier.number}
    return _("hàng %(number)d, trang tính “%(sheet)s”") % {"number": earlier.number, "sheet": earlier.sheet}
