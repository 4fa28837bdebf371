"""Back up and bring back."""

from datetime import datetime
from pathlib import Path

import click

from taicho.cli.installation import Installation, django_ready, program_version, say, seal_what_was_written
from taicho.kernel.refusals import Refusal


def take_one(target: Path | None = None) -> Path:
    """Write a backup of the installation at hand; by default under TAICHO_HOME/backups, named by the local time."""
    from django.conf import settings

    from taicho.cli.installation import database_url
    from taicho.kernel import clock
    from taicho.kernel.backup import take_backup
    from taicho.kernel.backup.taking import Source

    at: datetime = clock.real_now()
    name = f"taicho-{clock.local(at):%Y%m%d-%H%M%S}.age"
    file = target or settings.TAICHO_HOME / "backups" / name
    source = Source(
        url=database_url(),
        home=settings.TAICHO_HOME,
        keys=settings.TAICHO_KEYS,
        program=program_version(),
        drill=settings.TAICHO_DRILL,
    )
    manifest = take_backup(source, file, at=at)
    say(f"Đã sao lưu {sum(manifest.rows.values())} dòng vào {file}. / Backed up.")
    return file


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--verify", "only_verify", is_flag=True, help="Chỉ kiểm tra tệp TARGET / only check the file TARGET")
@click.option("--key", type=click.Path(path_type=Path, exists=True), help="Tệp khóa / key file, for --verify")
def backup(target: Path | None, only_verify: bool, key: Path | None) -> None:
    """Sao lưu toàn bộ (mã hóa), hoặc kiểm tra một bản sao lưu.

    Write an encrypted backup while everybody works, or check one. Keep the key (keys/backup-key.txt) elsewhere.
    """
    here = Installation.here()
    if only_verify:
        _verify(target, key or here.home / "keys" / "backup-key.txt")
        return
    with here.database():
        django_ready()
        take_one(target)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", type=click.Path(path_type=Path, exists=True), required=True, help="Tệp khóa / key file")
def restore(file: Path, key: Path) -> None:
    """Phục hồi từ một bản sao lưu vào nơi trống (TAICHO_HOME mới).

    Bring an installation back from FILE into an empty TAICHO_HOME, then verify counts and the audit trail.
    """
    with Installation.here().database():
        from taicho.cli.installation import database_url
        from taicho.cli.trail import report_trail

        bring_back(file, database_url(), key)
        declare_restored()
        seal_what_was_written()  # a backup taken while people write holds rows of its last second that nobody sealed yet
        report_trail()


def declare_restored() -> None:
    """Say in the anchor file that an older state came back on purpose, so that verify does not take it for tampering."""
    from taicho.kernel.audit.anchors import declare_restore

    declare_restore()


def bring_back(file: Path, url: str, key: Path | None = None) -> None:
    """Restore `file` into the empty database at `url` with the key in a file, by default the installation's own."""
    from django.conf import settings

    from taicho.kernel.backup import read_key
    from taicho.kernel.backup import restore as restore_backup

    known = _known_migrations()
    manifest = restore_backup(
        file,
        read_key(key or settings.TAICHO_KEYS / "backup-key.txt"),
        url=url,
        home=settings.TAICHO_HOME,
        keys=settings.TAICHO_KEYS,
        known_migrations=known,
        progress=say,
    )
    say(f"Đã phục hồi {sum(manifest.rows.values())} dòng, đúng số lượng. / Restored, counts match.")


def _verify(file: Path | None, key: Path) -> None:
    from taicho.kernel.backup import read_key, verify_file

    if file is None:
        raise Refusal("Cần chỉ tệp sao lưu để kiểm tra.", code="no-file")
    manifest = verify_file(file, read_key(key))
    rows = sum(manifest.rows.values())
    say(f"Bản sao lưu lúc {manifest.taken_at} nguyên vẹn, {rows} dòng. / The backup is whole.")


def _known_migrations() -> set[str]:
    """Every migration this program can apply, as `app.name`."""
    from django.db.migrations.loader import MigrationLoader

    django_ready()
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
