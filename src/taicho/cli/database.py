"""Migrate the database and move it to another major version."""

import click

from taicho.cli.installation import Installation, django_ready, say


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
        if back_up_first and not is_empty:
            take_one()
        say(f"Đang cập nhật cấu trúc dữ liệu ({pending} bước)… / Migrating ({pending} steps)…")
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@click.command()
def migrate() -> None:
    """Sao lưu rồi cập nhật cấu trúc dữ liệu.

    Back up, then bring the database structure up to date.
    """
    with Installation.here().database():
        django_ready()
        bring_up_to_date()
        click.echo("Cấu trúc dữ liệu đã đúng phiên bản này. / The database matches this version.")
