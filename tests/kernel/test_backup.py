"""A backup is one encrypted file that can be checked, and brought back on an empty place (trust.md F-16)."""

import errno
import io
import random
import subprocess
import tarfile
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pyrage
import pytest
from psycopg import sql
from pyrage import x25519

from taicho.kernel.backup import backup_key, read_key, restore, take_backup, verify_file
from taicho.kernel.backup.manifest import Manifest
from taicho.kernel.backup.taking import Source, access, tool
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


@pytest.mark.parametrize("read", [0, 1, 70_000])
def test_when_the_disk_is_full_midway_the_writing_ends_in_silence(office, tmp_path, monkeypatch, read):  # F-16
    def full(reading, file, recipients):
        reading.read(read)
        raise OSError(errno.ENOSPC, "No space left on device")

    screamed = []
    monkeypatch.setattr("taicho.kernel.backup.taking.pyrage.encrypt_io", full)
    monkeypatch.setattr(threading, "excepthook", screamed.append)
    with pytest.raises(OSError, match="No space left"):
        take_backup(office, tmp_path / "kept.age", at=NIGHT)
    assert screamed == []
    assert [one.name for one in threading.enumerate() if one.name == "backup-tar"] == []
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


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


# --- what only looks like a backup ---


def forged(file, key, members):
    """A file encrypted to our own key that holds these members: what somebody with the key's public half can make."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    file.write_bytes(pyrage.encrypt(packed.getvalue(), [key.to_public()]))
    return file


def manifest_of(**facts):
    return Manifest(**{"taken_at": "2021", "program": "0.1.0", "migrations": ()} | facts).to_json()


def opened(file, key):
    """The names and contents inside a backup."""
    packed = io.BytesIO(pyrage.decrypt(file.read_bytes(), [key]))
    with tarfile.open(fileobj=packed) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def refusal(code, call, *arguments, **options):
    with pytest.raises(Refusal) as refused:
        call(*arguments, **options)
    assert refused.value.code == code
    return refused.value.sentence


@pytest.fixture
def key():
    return x25519.Identity.generate()


def test_an_encrypted_file_that_holds_something_else_is_damaged(tmp_path, key):
    file = tmp_path / "letter.age"
    file.write_bytes(pyrage.encrypt("không phải bản sao lưu".encode() * 100, [key.to_public()]))
    assert str(file) in refusal("damaged-backup", verify_file, file, key)


def test_an_archive_without_a_manifest_is_no_backup_of_ours(tmp_path, key):
    file = forged(tmp_path / "other.age", key, {"database/000000": b"x"})
    assert "không phải bản sao lưu của Tại Chỗ" in refusal("not-a-backup", verify_file, file, key)


def test_a_file_that_is_not_there_is_named(tmp_path, key):
    assert str(tmp_path / "none.age") in refusal("no-file", verify_file, tmp_path / "none.age", key)


def test_a_database_part_that_is_no_dump_is_refused_in_postgresqls_words(make_database, tmp_path, key):
    file = forged(tmp_path / "bad.age", key, {"manifest.json": manifest_of(), "database/000000": b"no dump" * 5_000})
    assert "pg_restore" in refusal("restore-failed", bring_back, file, key, make_database(), tmp_path)


def test_rows_that_are_fewer_than_the_manifest_promises_are_named_by_table(office, kept, make_database, tmp_path):
    own = backup_key(office.keys)
    members = opened(kept, own)
    told = Manifest.from_json(members["manifest.json"])
    members["manifest.json"] = manifest_of(rows=told.rows | {"kernel_note": 501, "kernel_lost": 7})
    file = forged(tmp_path / "short.age", own, members)
    sentence = refusal("counts-differ", bring_back, file, own, make_database(), tmp_path)
    assert sentence == "Số dòng phục hồi không khớp ở: kernel_lost, kernel_note."


@pytest.mark.parametrize(
    "name", ["keys/../evil", "keys/..", "../evil", "keys/deep/evil", "home/evil", "evil", "secret-key/evil", "keys/."]
)
def test_a_backup_writes_nowhere_but_at_the_places_of_keys_and_secrets(office, kept, make_database, tmp_path, name):
    own = backup_key(office.keys)
    file = forged(tmp_path / "sly.age", own, opened(kept, own) | {name: b"evil"})
    before = {entry for entry in tmp_path.rglob("*") if "evil" in entry.name}
    bring_back(file, own, make_database(), tmp_path)
    assert {entry for entry in tmp_path.rglob("*") if "evil" in entry.name} == before
    assert sorted(entry.name for entry in (tmp_path / "new").iterdir()) == ["keys", "secret-key"]
    assert [entry.name for entry in (tmp_path / "new" / "keys").iterdir()] == ["field-1.key"]


def test_a_refused_restore_brings_no_key_back_either(office, kept, make_database, tmp_path):
    url = make_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE own_things (n int)")
    refusal("not-empty", bring_back, kept, backup_key(office.keys), url, tmp_path)
    refusal("newer-backup", bring_back, kept, backup_key(office.keys), make_database(), tmp_path, known=set())
    assert not (tmp_path / "new").exists()


def test_a_backup_of_a_newer_program_names_it_and_counts_what_is_unknown(office, kept, make_database, tmp_path):
    own = backup_key(office.keys)
    file = forged(
        tmp_path / "newer.age", own,
        opened(kept, own) | {"manifest.json": manifest_of(program="9.9", migrations=("kernel.0001_initial", "a.1", "b.1"))},
    )  # fmt: skip
    sentence = refusal("newer-backup", bring_back, file, own, make_database(), tmp_path)
    assert "(9.9)" in sentence
    assert "có 2 bước" in sentence


def test_a_key_that_lies_there_already_is_replaced_whole(office, kept, make_database, tmp_path):
    old = tmp_path / "new" / "keys" / "field-1.key"
    old.parent.mkdir(parents=True)
    old.write_text("một khóa cũ dài hơn nhiều")
    bring_back(kept, backup_key(office.keys), make_database(), tmp_path)
    assert old.read_text() == "một"


# --- what goes into one ---


def test_all_keys_the_secret_and_the_anchors_go_in_and_nothing_else(office, tmp_path):
    (office.home / "audit-anchors").write_text("neo")
    (office.home / "letters.txt").write_text("thư riêng")
    (office.keys / "audit-key").write_text("ba")
    (office.keys / "old").mkdir()
    (office.keys / "old" / "field-0.key").write_text("cũ")
    take_backup(office, tmp_path / "b.age", at=NIGHT)
    inside = opened(tmp_path / "b.age", backup_key(office.keys))
    assert sorted(name for name in inside if not name.startswith("database/")) == [
        "audit-anchors", "keys/audit-key", "keys/field-1.key", "manifest.json", "secret-key",
    ]  # fmt: skip
    assert inside["audit-anchors"] == b"neo"
    assert inside["database/000000"].startswith(b"PGDMP")


def test_a_large_database_is_carried_in_numbered_parts_and_comes_back_whole(
    office, make_database, tmp_path, monkeypatch
):
    monkeypatch.setattr("taicho.kernel.backup.taking.PART", 1000)
    take_backup(office, tmp_path / "b.age", at=NIGHT)
    own = backup_key(office.keys)
    parts = sorted(name for name in opened(tmp_path / "b.age", own) if name.startswith("database/"))
    assert parts[:3] == ["database/000000", "database/000001", "database/000002"]
    new = make_database()
    bring_back(tmp_path / "b.age", own, new, tmp_path)
    assert rows(new) == rows(office.url)


@pytest.mark.parametrize("drill", [False, True])
def test_a_backup_of_a_drill_says_that_it_is_one(office, tmp_path, drill):  # D14
    take_backup(replace(office, drill=drill), tmp_path / "b.age", at=NIGHT)
    assert verify_file(tmp_path / "b.age", backup_key(office.keys)).drill is drill


def test_a_manifest_comes_back_as_it_was_written():
    manifest = Manifest(
        "2021-09-04T20:00:00+00:00", "0.1.0", ("kernel.0001_initial",), rows={"kernel_note": 5}, drill=True
    )
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert manifest.to_json() == replace(manifest).to_json()


def test_a_backup_that_cannot_be_taken_leaves_the_one_before_untouched(office, kept):
    before = kept.read_bytes()
    refusal("backup-exists", take_backup, office, kept, at=NIGHT)
    assert kept.read_bytes() == before
    assert [entry.name for entry in kept.parent.iterdir()] == ["office.age"]


def test_a_dump_that_breaks_off_is_refused_in_postgresqls_words_and_leaves_nothing(office, tmp_path, monkeypatch):
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\nhead -c 100000 /dev/zero\necho 'đĩa hỏng' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr("taicho.kernel.backup.taking.tool", lambda name, url: program)
    sentence = refusal("dump-failed", take_backup, office, tmp_path / "kept" / "b.age", at=NIGHT)
    assert "đĩa hỏng" in sentence
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_password_of_the_database_stands_in_no_command_line():
    given = "postgresql://office:bi-mat@/taicho?host=/run/pg&port=5433&connect_timeout=3"
    assert access(given) == {
        "PGHOST": "/run/pg", "PGPORT": "5433", "PGUSER": "office", "PGPASSWORD": "bi-mat", "PGDATABASE": "taicho",
    }  # fmt: skip


def test_the_programs_are_of_the_servers_own_version(office):
    with psycopg.connect(office.url) as connection:
        major = connection.info.server_version // 10_000
    said = subprocess.run([tool("pg_dump", office.url), "--version"], capture_output=True, text=True, check=True).stdout
    assert f"(PostgreSQL) {major}." in said
