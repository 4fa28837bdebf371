"""`taicho import-staff`: put a staff list from a sheet into the register."""

from pathlib import Path

import click


@click.command("import-staff")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_staff(file: Path) -> None:
    """Nhập danh sách cán bộ từ tệp Excel hoặc CSV.

    Import a staff list.
    """
    raise click.ClickException("Chưa có. / Not yet.")
