"""An office can lose its machine and go on: backup, check, restore, verify, upgrade (trust.md F-16, house § 8)."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.trial
OLD = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def office(taicho, home):
    """A small real installation with one backup; returns (home, backup, key)."""
    assert taicho("migrate").returncode == 0
    assert "/vao/" in taicho("first-administrator").stdout
    done = taicho("backup", str(home / "kept.age"))
    assert done.returncode == 0, done.stderr
    return home, home / "kept.age", home / "keys" / "backup-key.txt"


def test_a_backup_is_restored_into_an_empty_place_with_a_whole_trail(taicho, office, tmp_path):
    _, kept, key = office
    new = tmp_path / "new"
    done = taicho("restore", str(kept), "--key", str(key), TAICHO_HOME=str(new))
    assert done.returncode == 0, done.stderr
    assert "Restored, counts match" in done.stderr
    assert "The trail is whole" in done.stderr
    again = taicho("audit", "verify", TAICHO_HOME=str(new))
    assert again.returncode == 0, again.stdout + again.stderr


def test_the_restored_office_writes_on_and_its_trail_stays_whole(taicho, office, tmp_path):
    _, kept, key = office
    new = {"TAICHO_HOME": str(tmp_path / "new")}
    assert taicho("restore", str(kept), "--key", str(key), **new).returncode == 0
    assert "/vao/" in taicho("first-administrator", **new).stdout
    assert taicho("audit", "verify", **new).returncode == 0


def test_a_damaged_backup_and_a_foreign_key_are_refused_in_sentences(taicho, office, tmp_path):
    _, kept, key = office
    damaged = tmp_path / "damaged.age"
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    assert "đã hỏng hoặc bị sửa" in taicho("backup", "--verify", str(damaged), "--key", str(key)).stderr
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ")
    done = taicho("restore", str(kept), "--key", str(foreign), TAICHO_HOME=str(tmp_path / "other"))
    assert done.returncode == 1
    assert "khóa" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_restore_over_an_installation_is_refused(taicho, office):
    _, kept, key = office
    done = taicho("restore", str(kept), "--key", str(key))
    assert done.returncode == 1
    assert "không trống" in done.stderr


def test_migrating_again_has_nothing_to_do_and_takes_no_backup(taicho, office):
    home, _, _ = office
    assert taicho("migrate").returncode == 0
    assert not list((home / "backups").glob("*.age")) if (home / "backups").exists() else True


@pytest.mark.skipif(not OLD.exists(), reason="LEFT OUT: no PostgreSQL 15 on this machine to upgrade from")
def test_an_older_cluster_is_refused_with_the_way_out_and_then_upgraded(taicho, home):
    old = {"TAICHO_POSTGRES_BIN": str(OLD)}
    assert taicho("migrate", **old).returncode == 0
    first = taicho("first-administrator", **old).stdout
    assert re.search(r"/vao/\S+", first)
    refused = taicho("audit", "verify")
    assert refused.returncode == 1
    assert "taicho upgrade" in refused.stderr
    done = taicho("upgrade")
    assert done.returncode == 0, done.stderr
    assert taicho("audit", "verify").returncode == 0
    assert (home / "postgres-15").exists()
