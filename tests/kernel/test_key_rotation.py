"""Rotation: every row under the new key, nobody waits, nothing is lost (S-15)."""

import logging
from threading import Thread
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import isolate_apps

from taicho.kernel.encrypted import EncryptedTextField
from taicho.kernel.key_rotation import Resealed, reseal, retire, stale_rows, tables
from taicho.kernel.keyring import FIELD, INDEX, KeyProblem, ring
from taicho.kernel.models import Record
from tests.kernel.sealed_models import MODELS, Guest, Visitor, committed_tables, create_tables, overwrite, stored


@pytest.fixture
def visitors(keys, db):
    create_tables()
    Visitor.objects.bulk_create(
        [
            Visitor(name=f"Khách {n}", phone=f"0912345{n:03}" if n % 3 else None, answers=[n] if n % 2 else None)
            for n in range(25)
        ]
    )
    return Visitor.objects.order_by("pk")


@pytest.fixture
def committed(keys, django_db_setup, django_db_blocker):
    """Tables that several connections see. They are dropped again, so the rest of the database need not be emptied."""
    with django_db_blocker.unblock(), committed_tables():
        yield


def key_ids(field):
    return {stored(row, field)[1:5] for row in Visitor.objects.all() if stored(row, field)}


def rotate(**options):
    return reseal(MODELS, pause=0, **options)


def test_a_fresh_table_needs_nothing(visitors):
    assert stale_rows(MODELS) == 0
    assert rotate() == Resealed(rows=0, broken=0, left=0)


def test_every_row_is_sealed_with_the_new_key_and_says_the_same(visitors):
    new = ring().renew(FIELD)
    assert stale_rows(MODELS) == 25
    heard = []
    assert rotate(batch=10, progress=heard.append) == Resealed(rows=25, broken=0, left=0)
    assert heard == [10, 10, 5]
    assert key_ids("name") == key_ids("phone") == key_ids("answers") == {new.id}
    assert [row.name for row in visitors] == [f"Khách {n}" for n in range(25)]
    assert visitors[1].answers == [1]
    assert visitors[0].phone is None


def test_rows_of_both_keys_are_read_and_found_half_way(visitors):
    ring().renew(FIELD)
    later = Visitor.objects.create(name="Khách mới", phone="0987654321")
    assert stale_rows(MODELS) == 25
    assert [row.name for row in visitors] == [*(f"Khách {n}" for n in range(25)), "Khách mới"]
    assert Visitor.objects.get(phone_index="0912345013").name == "Khách 13"
    assert Visitor.objects.get(phone_index="0987654321") == later


def test_a_new_index_key_renews_every_index(visitors):
    before = stored(visitors[1], "phone_index")
    new = ring().renew(INDEX)
    assert rotate() == Resealed(rows=16, broken=0, left=0)
    after = stored(visitors[1], "phone_index")
    assert after != before
    assert after[:4] == new.id
    assert Visitor.objects.get(phone_index="0912.345.001").name == "Khách 1"


def test_rotation_started_again_goes_on_where_it_stopped(visitors):
    ring().renew(FIELD)

    class Stopped(Exception):
        pass

    def stop(rows):
        raise Stopped

    with pytest.raises(Stopped):
        rotate(batch=10, progress=stop)
    assert stale_rows(MODELS) == 15
    assert rotate() == Resealed(rows=15, broken=0, left=0)


def test_a_row_that_does_not_open_is_named_and_stops_nobody(visitors, caplog):
    bad = visitors[7]
    damaged = bytearray(stored(bad, "name"))
    damaged[40] ^= 1
    overwrite(bad, "name", bytes(damaged))
    ring().renew(FIELD)
    with caplog.at_level(logging.ERROR):
        assert rotate(batch=10) == Resealed(rows=24, broken=1, left=0)
    assert str(bad.key) in caplog.text
    assert stored(bad, "name") == bytes(damaged)


def test_an_old_key_is_destroyed_only_when_no_row_needs_it(visitors):
    old = ring().active(FIELD)
    ring().renew(FIELD)
    with pytest.raises(KeyProblem) as refused:
        retire(FIELD, old.id, MODELS)
    assert refused.value.code == "key-in-use"
    rotate()
    retire(FIELD, old.id, MODELS)
    assert ring().keys(FIELD) == [ring().active(FIELD)]
    assert visitors[3].name == "Khách 3"


def test_an_old_index_key_is_destroyed_only_when_no_index_needs_it(visitors):
    old = ring().active(INDEX)
    ring().renew(INDEX)
    with pytest.raises(KeyProblem):
        retire(INDEX, old.id, MODELS)
    rotate()
    retire(INDEX, old.id, MODELS)
    assert Visitor.objects.filter(phone_index="0912345013").exists()


def test_rotation_finds_every_model_with_encrypted_fields():
    assert {table.model for table in tables(MODELS)} == {Visitor, Guest}
    assert [field.name for field in tables([Visitor])[0].fields] == ["name", "phone", "phone_index", "answers"]
    assert all(table.fields for table in tables())


def test_a_row_that_somebody_holds_is_sealed_when_it_is_let_go(committed):
    rows = [Visitor.objects.create(name=f"Khách {n}") for n in range(3)]
    ring().renew(FIELD)
    results = []

    def in_another_connection():
        try:
            results.append(reseal(MODELS, pause=0))
        finally:
            connection.close()

    with transaction.atomic():
        Visitor.objects.select_for_update().get(pk=rows[1].pk)
        (other := Thread(target=in_another_connection)).start()
        other.join()
    assert results == [Resealed(rows=2, broken=0, left=1)]
    assert rotate() == Resealed(rows=1, broken=0, left=0)


def test_people_go_on_saving_while_keys_rotate_and_nothing_is_lost(committed):
    rows = [Visitor.objects.create(name="trước", phone="0912345678") for _ in range(40)]
    ring().renew(FIELD)

    def save_them_all():
        try:
            for row in rows:
                row.refresh_from_db()
                row.name = "sau"
                row.save()
        finally:
            connection.close()

    (people := Thread(target=save_them_all)).start()
    done = reseal(MODELS, batch=3, pause=0.05)
    people.join()
    assert done.broken == 0
    assert {row.name for row in Visitor.objects.all()} == {"sau"}
    assert {row.phone for row in Visitor.objects.all()} == {"0912345678"}
    assert rotate().left == 0
    assert key_ids("name") == {ring().active(FIELD).id}


@pytest.fixture
def waits(monkeypatch):
    """How long rotation waited between its walks."""
    told = []
    monkeypatch.setattr("taicho.kernel.key_rotation.time", SimpleNamespace(sleep=told.append))
    return told


def test_rows_that_stay_held_are_met_on_five_walks_with_a_pause_between_them(committed, waits):
    row = Visitor.objects.create(name="Khách")
    ring().renew(FIELD)
    results = []

    def in_another_connection():
        try:
            results.append(reseal(MODELS, pause=7))
        finally:
            connection.close()

    with transaction.atomic():
        Visitor.objects.select_for_update().get(pk=row.pk)
        (other := Thread(target=in_another_connection)).start()
        other.join()
    assert results == [Resealed(rows=0, broken=0, left=1)]
    assert waits == [7, 7, 7, 7]


def test_nobody_waits_when_only_rows_are_left_that_do_not_open(visitors, waits):
    damaged = bytearray(stored(visitors[7], "name"))
    damaged[40] ^= 1
    overwrite(visitors[7], "name", bytes(damaged))
    ring().renew(FIELD)
    assert reseal(MODELS) == Resealed(rows=24, broken=1, left=0)
    assert waits == []


def test_nobody_waits_when_everything_is_done(visitors, waits):
    ring().renew(FIELD)
    assert reseal(MODELS).rows == 25
    assert waits == []


def test_models_without_a_table_of_their_own_are_not_walked():
    with isolate_apps("taicho.kernel"):

        class Shown(Visitor):
            class Meta:
                app_label = "kernel"
                proxy = True

        class Foreign(Record):
            name = EncryptedTextField()

            class Meta:
                app_label = "kernel"
                managed = False

    assert tables([Shown, Foreign]) == []
    assert [table.model for table in tables([Shown, Visitor])] == [Visitor]


@pytest.mark.parametrize(("purpose", "other"), [(FIELD, INDEX), (INDEX, FIELD)])
def test_a_new_key_of_one_purpose_leaves_the_values_of_the_other_as_they_are(visitors, purpose, other):
    untouched = "phone_index" if purpose == FIELD else "name"
    before = [stored(row, untouched) for row in visitors]
    ring().renew(purpose)
    rotate()
    after = [stored(row, untouched) for row in visitors]
    assert [value and value[:5] for value in after] == [value and value[:5] for value in before]
    assert len(ring().keys(other)) == 1


def test_a_key_that_was_never_used_may_be_destroyed_at_once(visitors):
    first = ring().active(FIELD)
    unused = ring().renew(FIELD)
    ring().renew(FIELD)
    retire(FIELD, unused.id, MODELS)
    assert unused not in ring().keys(FIELD)
    with pytest.raises(KeyProblem):
        retire(FIELD, first.id, MODELS)


def test_the_key_that_writes_is_not_destroyed_even_when_no_row_needs_it(keys, db):
    create_tables()
    with pytest.raises(KeyProblem) as refused:
        retire(FIELD, ring().active(FIELD).id, MODELS)
    assert refused.value.code == "key-in-use"
