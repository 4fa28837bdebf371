"""`taicho import-staff`: put a staff list from a sheet into the register, after a look at what would happen."""

from pathlib import Path
from typing import Any

import click

from taicho.cli.database import bring_up_to_date
from taicho.cli.installation import Installation, django_ready

SHOWN_REASONS = 20


@click.command("import-staff")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--unit", required=True, help="Cơ quan: tên, mã định danh hoặc khóa / agency: name, identifier or key")
@click.option("--yes", is_flag=True, help="Nhập ngay, không hỏi lại / write without asking")
@click.option(
    "--errors", type=click.Path(path_type=Path, dir_okay=False), help="Ghi các hàng chưa nhập ra tệp .xlsx / rows left"
)
def import_staff(file: Path, unit: str, yes: bool, errors: Path | None) -> None:
    """Nhập danh sách cán bộ từ tệp Excel hoặc CSV.

    Import a staff list. Nothing is written before you say yes; a list that is imported again updates people.
    """
    with Installation.here().database():
        django_ready()
        bring_up_to_date()
        from taicho.kernel.refusals import Refusal

        try:
            run(file, unit, yes=yes, errors=errors)
        except Refusal as refusal:
            raise click.ClickException(refusal.sentence) from None


def run(file: Path, unit: str, *, yes: bool, errors: Path | None) -> None:
    """Read, show, ask, write. Raises Refusal and click's exceptions."""
    from taicho.kernel.actor import system
    from taicho.kernel.intake import Kind, Read, take_in
    from taicho.organisation.actions.import_staff import drop_import, prepare_import

    agency = the_agency(unit)
    by = system("import-staff", root=root_of(agency))
    accepted = take_in(file.read_bytes(), name=file.name, accept={Kind.XLSX, Kind.CSV}, read=Read.ROWS)
    pending = prepare_import(accepted, by=by, agency=agency)
    taken = show(pending)
    if not taken or not (yes or click.confirm(f"Nhập {taken} người vào sổ? / Write {taken} people?")):
        drop_import(pending, by=by)
        click.echo("Không ghi gì. / Nothing was written.")
        return
    write(pending, by, errors)


def the_agency(words: str) -> Any:
    """The one agency in force that `words` names."""
    from uuid import UUID

    from taicho.kernel import clock
    from taicho.kernel.vietnamese import fold
    from taicho.organisation.models import Unit

    agencies = [one for one in Unit.objects.in_force(clock.today()) if one.is_agency]
    try:
        found = [one for one in agencies if one.key == UUID(words)]
    except ValueError:
        found = [one for one in agencies if fold(words) == one.name_folded or words.upper() == one.identifier]
    if len(found) != 1:
        problem = "Không có cơ quan nào" if not found else f"Có {len(found)} cơ quan"
        raise click.ClickException(f"{problem} mang tên hoặc mã “{words}”. / {len(found)} agencies are called so.")
    return found[0]


def root_of(agency: Any) -> Any:
    """The key of the top-level unit, whose audit chain records the import."""
    from taicho.organisation.models import Unit
    from taicho.organisation.rules.reach import path_of_depth

    return Unit.objects.get(path=path_of_depth(agency.path, 1)).key


def show(pending: Any) -> int:
    """Print what the list would do; return how many rows would be taken."""
    from taicho.organisation.queries.staff_import import Verdict, judge

    preview = judge(pending)
    words = {
        Verdict.NEW: "thêm mới / new", Verdict.UPDATE: "cập nhật / updates", Verdict.UNCHANGED: "không đổi / unchanged",
        Verdict.ASKS: "cần chọn trên trang web / ask", Verdict.REFUSED: "chưa nhận / refused",
    }  # fmt: skip
    click.secho(f"{pending.agency} · {pending.rows_read} người / people", bold=True)
    for verdict, label in words.items():
        click.echo(f"  {preview.counts[verdict]:>5}  {label}")
    left = [one for one in preview.rows if not one.is_taken]
    for one in left[:SHOWN_REASONS]:
        click.echo(f"  hàng {one.row.number}: {' '.join(one.sentences)}")
    if len(left) > SHOWN_REASONS:
        click.echo(f"  … và {len(left) - SHOWN_REASONS} hàng nữa / more")
    return len(preview.rows) - len(left)


def write(pending: Any, by: Any, errors: Path | None) -> None:
    """Write the list with a progress bar, then say what became of it."""
    from taicho.kernel.intake.exports import write_sheet
    from taicho.organisation.actions.import_staff import confirm_import
    from taicho.organisation.rules.staff_sheet import ReadRow
    from taicho.organisation.rules.staff_sheet.papers import errors_as_table

    with click.progressbar(length=pending.rows_read, label="Đang nhập / writing") as bar:
        pending = confirm_import(pending, by=by, tell=lambda done: bar.update(done - bar.pos))
    click.secho(
        f"Thêm mới {pending.added}, cập nhật {pending.updated} (chuyển phòng {pending.moved}), không đổi "
        f"{pending.unchanged}, chưa nhập {pending.refused}.", fg="green",
    )  # fmt: skip
    if errors and pending.rows:
        header, rows = errors_as_table([ReadRow.from_json(kept) for kept in pending.rows])
        errors.write_bytes(write_sheet(rows, header=header, title="Chưa nhập"))
        click.echo(f"Các hàng chưa nhập: {errors}. / Rows left.")
