"""An upgrade never costs data: it is backed up first, and a failed one leaves everything as it was (house § 8; F-16)."""

import re

import pytest

from tests.cli.office import NEXT

LOSING = NEXT | {"TRIAL_MIGRATION_FAILS": "1"}


def backups(office):
    return sorted((office.home / "backups").glob("*"))


def key(office):
    return str(office.home / "keys" / "backup-key.txt")


def test_a_first_migration_makes_keys_and_has_nothing_to_back_up(office):
    assert backups(office) == []
    assert list((office.home / "keys").iterdir())
    assert {file.stat().st_mode & 0o077 for file in (office.home / "keys").iterdir()} == {0}


def test_migrating_an_up_to_date_office_changes_nothing(office):
    before = (office.home / "keys").stat().st_mtime_ns
    done = office.run("migrate")
    assert done.returncode == 0
    assert "matches this version" in done.stdout
    assert backups(office) == []
    assert (office.home / "keys").stat().st_mtime_ns == before


def test_there_is_nothing_to_upgrade_while_postgresql_is_the_same(office):
    done = office.run("upgrade")
    assert done.returncode == 0
    assert "Nothing to upgrade" in done.stdout
    assert (office.home / "postgres").exists()


@pytest.mark.trial
def test_an_office_with_data_is_backed_up_before_its_structure_changes(office, tmp_path):
    office.entry_link("first-administrator")
    done = office.run("migrate", **NEXT)
    assert done.returncode == 0, done.stderr
    (kept,) = backups(office)
    assert kept.stat().st_mode & 0o077 == 0
    assert done.stderr.index("Backed up") < done.stderr.index("Migrating (1 steps)")
    restored = {"TAICHO_HOME": str(office.place / "restored")}
    back = office.run("restore", str(kept), "--key", key(office), **restored)
    assert back.returncode == 0, back.stderr
    known = office.script("from taicho.accounts.models import Account\nprint(list(Account.objects.values_list('name', flat=True)))", **restored)  # fmt: skip
    assert "quan-tri" in known
    pending = office.script("from taicho.cli.database import pending_migrations\nprint(pending_migrations())", **NEXT | restored)  # fmt: skip
    assert pending.strip() == "1", "the backup is of the state before the step"


@pytest.mark.trial
def test_a_migration_that_fails_changes_nothing_and_names_the_backup(office):
    office.entry_link("first-administrator")
    done = office.run("migrate", **LOSING)
    assert done.returncode != 0
    (kept,) = backups(office)
    assert re.search(rf"Cập nhật không thành.*{kept.name}", done.stderr)
    assert office.run("audit", "verify").returncode == 0
    assert "/vao/" in office.run("first-administrator").stdout, "the old release works on"
    assert office.run("migrate", **NEXT).returncode == 0, "and the repaired step applies"


@pytest.mark.trial
def test_an_older_program_refuses_the_backup_of_a_newer_one(office):
    assert office.run("migrate", **NEXT).returncode == 0
    kept = office.place / "newer.age"
    assert office.run("backup", str(kept), **NEXT).returncode == 0
    done = office.run("restore", str(kept), "--key", key(office), TAICHO_HOME=str(office.place / "older"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "next_release" in done.stderr or "mới hơn" in done.stderr
