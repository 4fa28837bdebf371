"""Migrate the database and move it to another major version."""

import os
import subprocess
import sys
from pathlib import Path

import click

from taicho.cli.installation import Installation, django_ready, say
from taicho.postgres import Cluster, find_binaries


def pending_migrations() -> int:
    """How many migrations are not applied yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up_to_date(*, back_up_first: bool = True) -> None:
    """Apply pending migrations and make the shared cache; a database that holds anything is backed up first."""
    from django.core.management import call_command
    from django.db import connection

    from taicho.cli.backup import take_one

    if pending := pending_migrations():
        is_empty = "django_migrations" not in connection.introspection.table_names()
        kept = take_one() if back_up_first and not is_empty else None
        say(f"Đang cập nhật cấu trúc dữ liệu ({pending} bước)… / Migrating ({pending} steps)…")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except Exception:
            if kept:
                say(f"Cập nhật không thành. Dữ liệu trước đó: {kept}. / Not migrated; the data before it is there.")
            raise
        if is_empty:
            lay_keys()
    call_command("createcachetable", verbosity=0)


def lay_keys() -> None:
    """Make the keys of a new installation, before anything is sealed with them; never again (ADR 0004)."""
    from taicho.kernel.keyring import ring

    ring().prepare()


@click.command()
def migrate() -> None:
    """Sao lưu rồi cập nhật cấu trúc dữ liệu.

    Back up, then bring the database structure up to date.
    """
    with Installation.here().database():
        django_ready()
        bring_up_to_date()
        click.echo("Cấu trúc dữ liệu đã đúng phiên bản này. / The database matches this version.")


@click.command()
def upgrade() -> None:
    """Chuyển cơ sở dữ liệu đi kèm sang phiên bản PostgreSQL mới.

    Move the embedded database to this program's PostgreSQL: back up with the old version, restore into the new one.
    The old directory is kept beside the new one.
    """
    here = Installation.here()
    here.enter()
    directory = here.home / "postgres"
    old, new = major_on_disk(directory), find_binaries().major
    if old in (None, new):
        click.echo("Không cần chuyển phiên bản. / Nothing to upgrade.")
        return
    kept = directory.with_name(f"postgres-{old}")
    if kept.exists():
        sys.exit(f"{kept} đã có. Hãy chuyển nó đi rồi chạy lại. / {kept} exists; move it away and run again.")
    backup = back_up_with(Cluster(directory, find_binaries(old)))
    directory.rename(kept)
    if not bring_into_new(here.home, backup):
        sys.exit(f"Chưa chuyển được; dữ liệu cũ còn nguyên ở {kept}. / Not upgraded; the old data is whole in {kept}.")
    click.echo(f"Đã chuyển từ PostgreSQL {old} sang {new}. Thư mục cũ: {kept}. / Upgraded; the old directory is kept.")


def major_on_disk(directory: Path) -> int | None:
    """Major version of the cluster in `directory`; None when there is none."""
    version = directory / "data" / "PG_VERSION"
    return int(version.read_text(encoding="ascii")) if version.exists() else None


def back_up_with(cluster: Cluster) -> Path:
    """Start the old cluster with its own version, back everything up, stop it."""
    from taicho.cli.backup import take_one

    cluster.start(progress=say)
    try:
        os.environ["DATABASE_URL"] = cluster.url("taicho")
        django_ready()
        return take_one()
    finally:
        cluster.stop()


def bring_into_new(home: Path, backup: Path) -> bool:
    """Let `taicho restore` fill a new cluster in another process, with settings that know the new address."""
    del os.environ["DATABASE_URL"]
    key = home / "keys" / "backup-key.txt"
    command = [sys.executable, "-m", "taicho.cli", "restore", str(backup), "--key", str(key)]
    return subprocess.run(command, check=False).returncode == 0
