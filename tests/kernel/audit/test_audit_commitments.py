"""A commitment proves exactly what was said, in any order of telling, and nothing near it (S-18)."""

import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum

import pytest

from taicho.kernel.audit import forget, proves
from taicho.kernel.audit.commitments import commit, new_salt
from taicho.kernel.models import AuditSalt


class Kind(StrEnum):
    FEVER = "fever"


SALT = b"s" * 16


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.TAICHO_KEYS = tmp_path / "keys"


def test_the_order_in_which_facts_are_told_does_not_matter():
    assert commit({"a": 1, "b": 2}, SALT) == commit({"b": 2, "a": 1}, SALT)
    assert len(commit({}, SALT)) == 32


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ({"t": 38}, {"t": "38"}),
        ({"t": "38.2"}, {"t": "38.20"}),
        ({"t": None}, {}),
        ({"t": None}, {"t": ""}),
        ({"t": True}, {"t": 1}),
        ({"ab": "c"}, {"a": "bc"}),
        ({"t": ["a", "b"]}, {"t": ["b", "a"]}),
        ({"t": "Hòa"}, {"t": "Hoà"}),
    ],
)
def test_near_is_not_equal(said, near):
    assert commit(said, SALT) != commit(near, SALT)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2021, 9, 4), "2021-09-04"),
        (time(5, 30), "05:30:00"),
        (datetime(2021, 9, 4, 5, tzinfo=UTC), "2021-09-04T05:00:00+00:00"),
        (Decimal("38.20"), "38.20"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (Kind.FEVER, "fever"),
    ],
)
def test_dates_figures_keys_and_codes_are_committed_to_as_they_are_written(value, text):
    assert commit({"v": value}, SALT) == commit({"v": text}, SALT)


@pytest.mark.parametrize("thing", [object(), b"bytes", {1, 2}])
def test_what_is_no_plain_value_is_refused_by_its_type(thing):
    with pytest.raises(TypeError, match=type(thing).__name__):
        commit({"v": thing}, SALT)


def test_another_salt_and_another_key_make_another_commitment(settings, tmp_path):
    before = commit({"t": 38}, SALT)
    assert commit({"t": 38}, b"t" * 16) != before
    settings.TAICHO_KEYS = tmp_path / "thief"
    assert commit({"t": 38}, SALT) != before


def test_salts_are_sixteen_random_bytes():
    salts = {new_salt() for _ in range(100)}
    assert (len(salts), {len(salt) for salt in salts}) == (100, {16})


def test_only_all_the_facts_together_are_proven(trail):
    (entry,) = trail.write(1, facts={"temperature": "38.2", "taken": date(2021, 9, 4)})
    assert proves(entry, {"taken": "2021-09-04", "temperature": "38.2"})
    assert not proves(entry, {"temperature": "38.2"})
    assert not proves(entry, {"temperature": "38.2", "taken": "2021-09-04", "more": 1})


def test_even_empty_facts_are_a_commitment_and_no_facts_are_none(trail):
    (said,), (nothing,) = trail.write(1, facts={}), trail.write(1)
    assert proves(said, {})
    assert not proves(nothing, {})
    assert AuditSalt.objects.filter(entry=said).exists()
    assert not AuditSalt.objects.filter(entry=nothing).exists()


def test_a_salt_without_a_commitment_proves_nothing(trail):
    (entry,) = trail.write(1)
    AuditSalt.objects.create(entry=entry, salt=SALT)
    assert not proves(entry, {})


def test_forgetting_takes_every_entry_about_an_object_and_no_other(trail):
    entries = trail.write(3, facts={"a": 1})
    assert forget([]) == 0
    assert forget([uuid.uuid4()]) == 0
    assert forget(entry.object_key for entry in entries[:2]) == 2
    assert [proves(entry, {"a": 1}) for entry in entries] == [False, False, True]
    assert forget([entries[0].object_key]) == 0
