"""The bytes that are hashed are those that PostgreSQL sends, and no two rows share them (L4)."""

import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taicho.kernel.audit.encoding import FIELDS, encode, fingerprint, instant, sized, stamp, take_apart

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
times = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
keys = st.none() | st.uuids()
rows = st.fixed_dictionaries(
    {
        "chain": keys, "writer": st.integers(-(2**63), 2**63 - 1), "number": st.integers(0, 2**63 - 1),
        "happened_at": times, "shown_at": times, "actor": keys, "machine": texts, "verb": texts, "object_kind": texts,
        "object_key": keys, "unit": keys, "commitment": st.none() | st.binary(max_size=40),
        "stamp": st.binary(min_size=16, max_size=16),
    }
)  # fmt: skip


@pytest.mark.django_db
def test_rows_are_encoded_exactly_as_postgresql_sends_them():
    from django.db import connection
    from psycopg import sql

    from taicho.kernel.audit.rows import copied

    types = ["uuid", *["bigint"] * 2, *["timestamptz"] * 2, "uuid", *["text"] * 3, *["uuid"] * 2, *["bytea"] * 2]

    @settings(max_examples=150, deadline=None, database=None)
    @given(rows)
    def agrees(row):
        values = sql.SQL(", ").join(
            sql.SQL("({})::{}").format(sql.Literal(row[name]), sql.SQL(kind))
            for name, kind in zip(FIELDS, types, strict=True)
        )
        with connection.cursor() as cursor:
            assert list(copied(cursor, sql.SQL("SELECT {}").format(values))) == [encode(row)]

    agrees()


@given(rows, rows)
def test_two_different_rows_never_share_an_encoding(one, other):
    assert (one == other) == (encode(one) == encode(other))


@given(rows)
def test_an_encoding_comes_apart_into_its_columns(row):
    columns = list(take_apart(encode(row)))
    assert len(columns) == len(FIELDS)
    assert b"".join(map(sized, columns)) == encode(row)
    assert instant(columns[3]) == row["happened_at"]


@given(rows, st.sampled_from(FIELDS))
def test_the_fingerprint_names_the_column_that_changed(row, column):
    changed = row | {column: b"\x00" * 16 if isinstance(row[column], bytes) else None}
    before, after = fingerprint(encode(row)), fingerprint(encode(changed))
    differing = {FIELDS[i] for i in range(len(FIELDS)) if before[4 * i : 4 * i + 4] != after[4 * i : 4 * i + 4]}
    assert differing == ({column} if row[column] != changed[column] else set())


def test_nothing_and_the_empty_text_are_different():
    assert encode({"machine": ""}) != encode({"machine": None})
    assert fingerprint(encode({"machine": ""})) != fingerprint(encode({"machine": None}))


def test_a_stamp_needs_the_key():
    entry = encode({"verb": "a"})
    assert stamp(b"k" * 32, entry) == stamp(b"k" * 32, entry)
    assert stamp(b"k" * 32, entry) != stamp(b"l" * 32, entry)
    assert len(stamp(b"k" * 32, entry)) == 16


def test_what_has_no_encoding_is_refused():
    with pytest.raises(TypeError, match="no audit encoding"):
        encode({"verb": 1.5})
    assert encode({"actor": uuid.UUID(int=0)})[:4] == b"\x00\x00\x00\x10"
