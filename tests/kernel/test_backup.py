"""A backup is one encrypted file that can be checked, and brought back on an empty place (trust.md F-16)."""

import random
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from pyrage import x25519

from taicho.kernel.backup import backup_key, read_key, restore, take_backup, verify_file
from taicho.kernel.backup.manifest import Manifest
from taicho.kernel.backup.taking import Source
from taicho.kernel.refusals import Refusal

NIGHT = datetime(2021, 9, 4, 20, 0, tzinfo=UTC)
MIGRATIONS = {"kernel.0001_initial"}
CANARY = "Đặng Thị Hồng 0912345678"


@pytest.fixture
def make_database(request, django_db_blocker):
    """New empty databases on the test server, dropped at the end; yields a function that returns their addresses."""
    from django.db import connection

    with django_db_blocker.unblock():
        server = connection.get_connection_params() | {"dbname": "postgres"}
    server = {k: v for k, v in server.items() if k in {"host", "port", "user", "password", "dbname"} and v}
    made = []

    def make():
        name = f"backup_{uuid4().hex[:12]}"
        with psycopg.connect(**server, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        made.append(name)
        return psycopg.conninfo.make_conninfo(**server | {"dbname": name})

    yield make
    with psycopg.connect(**server, autocommit=True) as admin:
        for name in made:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def office(make_database, tmp_path):
    """A small installation: 500 rows, two keys, a secret."""
    url = make_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE django_migrations (app text, name text)")
        connection.execute("INSERT INTO django_migrations VALUES ('kernel', '0001_initial')")
        connection.execute("CREATE TABLE kernel_note (id bigint PRIMARY KEY, words text)")
        connection.execute("INSERT INTO kernel_note SELECT i, %s || i FROM generate_series(1, 500) i", [CANARY])
    home = tmp_path / "office"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "field-1.key").write_text("một")
    (home / "secret-key").write_text("hai")
    return Source(url=url, home=home, keys=home / "keys", program="0.1.0")


@pytest.fixture
def kept(office, tmp_path):
    """A backup of the office."""
    file = tmp_path / "kept" / "office.age"
    take_backup(office, file, at=NIGHT)
    return file


def bring_back(file, key, url, tmp_path, known=MIGRATIONS):
    new = tmp_path / "new"
    return restore(file, key, url=url, home=new, keys=new / "keys", known_migrations=known)


def rows(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT id, words FROM kernel_note ORDER BY id").fetchall()


def test_everything_comes_back_on_an_empty_place(office, kept, make_database, tmp_path):
    new = make_database()
    manifest = bring_back(kept, backup_key(office.keys), new, tmp_path)
    assert manifest.rows == {"django_migrations": 1, "kernel_note": 500}
    assert rows(new) == rows(office.url)


def test_keys_and_secret_come_back_private(office, kept, make_database, tmp_path):
    bring_back(kept, backup_key(office.keys), make_database(), tmp_path)
    back = [tmp_path / "new" / "keys" / "field-1.key", tmp_path / "new" / "secret-key"]
    assert [file.read_text() for file in back] == ["một", "hai"]
    assert {file.stat().st_mode & 0o777 for file in back} == {0o600}


def test_the_backup_key_is_not_in_the_backup(office, kept, make_database, tmp_path):
    bring_back(kept, backup_key(office.keys), make_database(), tmp_path)
    assert not (tmp_path / "new" / "keys" / "backup-key.txt").exists()


def test_the_backup_key_is_made_once_and_private(tmp_path):
    first = backup_key(tmp_path / "keys")
    assert str(first) == str(backup_key(tmp_path / "keys")) == str(read_key(tmp_path / "keys" / "backup-key.txt"))
    assert (tmp_path / "keys" / "backup-key.txt").stat().st_mode & 0o777 == 0o600


def test_a_backup_holds_nothing_in_clear(kept):
    content = kept.read_bytes()
    assert CANARY.encode() not in content
    assert b"kernel_note" not in content
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_backup_says_what_is_in_it(office, kept):
    manifest = verify_file(kept, backup_key(office.keys))
    assert (manifest.taken_at, manifest.program, manifest.migrations) == (
        NIGHT.isoformat(), "0.1.0", ("kernel.0001_initial",),
    )  # fmt: skip


def test_two_hundred_flipped_bits_are_two_hundred_findings(office, kept, tmp_path):
    whole, luck, key = kept.read_bytes(), random.Random(7), backup_key(office.keys)
    bad = tmp_path / "bad.age"
    for _ in range(200):
        damaged = bytearray(whole)
        damaged[luck.randrange(len(damaged))] ^= 1 << luck.randrange(8)
        bad.write_bytes(damaged)
        with pytest.raises(Refusal) as refused:
            verify_file(bad, key)
        assert refused.value.code in {"damaged-backup", "wrong-key"}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_found(office, kept, tmp_path, share):
    bad = tmp_path / "cut.age"
    bad.write_bytes(kept.read_bytes()[: int(kept.stat().st_size * share)])
    with pytest.raises(Refusal):
        verify_file(bad, backup_key(office.keys))


def test_a_foreign_key_is_refused_in_a_sentence(kept):
    with pytest.raises(Refusal, match="Khóa này không mở được") as refused:
        verify_file(kept, x25519.Identity.generate())
    assert refused.value.code == "wrong-key"


def test_a_file_that_holds_no_key_is_refused(tmp_path):
    (tmp_path / "note.txt").write_text("không phải khóa")
    for file in (tmp_path / "note.txt", tmp_path / "missing.txt"):
        with pytest.raises(Refusal, match="Không đọc được khóa"):
            read_key(file)


def test_a_backup_of_a_newer_program_is_refused_before_anything_is_written(office, kept, make_database, tmp_path):
    new = make_database()
    with pytest.raises(Refusal, match="phiên bản mới hơn"):
        bring_back(kept, backup_key(office.keys), new, tmp_path, known=set())
    with psycopg.connect(new) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_nothing_is_restored_over_something(office, kept, tmp_path):
    with pytest.raises(Refusal, match="không trống"):
        bring_back(kept, backup_key(office.keys), office.url, tmp_path)


def test_a_backup_never_replaces_another(office, kept):
    with pytest.raises(Refusal, match="Đã có tệp"):
        take_backup(office, kept, at=NIGHT)


def test_a_database_that_cannot_be_reached_leaves_no_half_backup(office, tmp_path):
    gone = Source(
        url=office.url.replace("dbname=backup", "dbname=gone"), home=office.home, keys=office.keys, program="0"
    )
    with pytest.raises(psycopg.OperationalError):
        take_backup(gone, tmp_path / "kept" / "none.age", at=NIGHT)
    assert list(Path(tmp_path / "kept").glob("*")) == []


def test_a_manifest_of_an_unknown_format_is_refused():
    text = Manifest("2021", "9", ()).to_json().replace(b'"format": 1', b'"format": 2')
    with pytest.raises(Refusal, match="chưa biết"):
        Manifest.from_json(text)


def test_writers_go_on_while_a_backup_of_one_instant_is_taken(office, make_database, tmp_path):
    stop, written = threading.Event(), []

    def write():
        with psycopg.connect(office.url, autocommit=True) as connection:
            number = 500
            while not stop.is_set():
                number += 1
                connection.execute("INSERT INTO kernel_note VALUES (%s, 'trong lúc sao lưu')", [number])
                written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 50:
            stop.wait(0.01)
        manifest = take_backup(office, tmp_path / "busy.age", at=NIGHT)
    finally:
        stop.set()
        writer.join()
    new = make_database()
    bring_back(tmp_path / "busy.age", backup_key(office.keys), new, tmp_path)
    assert 550 <= manifest.rows["kernel_note"] <= 500 + len(written)
    assert [number for number, _ in rows(new)] == list(range(1, manifest.rows["kernel_note"] + 1))
