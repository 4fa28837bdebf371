"""`taicho import-staff` as a person runs it: a look first, a question, a bar, nobody doubled (B5)."""

import openpyxl
import pytest
from click.testing import CliRunner

from taicho.cli.staff import run, the_agency
from taicho.kernel.keyring import ring
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import Person, StaffImport
from tests.organisation.land import unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    ring().prepare()
    top = unit("Sở Mẫu", None, UnitKind.AGENCY)
    unit("Văn phòng", top, UnitKind.DEPARTMENT)
    return top


@pytest.fixture
def file(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ("Họ và tên", "Ngày sinh", "Phòng"),
        ("Lê Thị Lan", "03/9/1985", "VP"),
        ("Lê Văn Nam", "31/02/1985", "VP"),
    ):
        book.active.append(row)
    place = tmp_path / "ds.xlsx"
    book.save(place)
    return place


@pytest.fixture
def spoken(capsys, bureau):
    return lambda: capsys.readouterr().out


def test_the_list_is_shown_and_written_with_yes(file, spoken, tmp_path):
    errors = tmp_path / "loi.xlsx"
    run(file, "so mau", yes=True, errors=errors)
    told = spoken()
    assert "Thêm mới 1" in told
    assert "hàng 3: Ngày sinh: Không có ngày 31" in told
    assert Person.objects.get().home_unit.name == "Văn phòng"
    assert openpyxl.load_workbook(errors).active.max_row == 2


def test_the_same_list_again_doubles_nobody(file, spoken):
    run(file, "Sở Mẫu", yes=True, errors=None)
    run(file, "Sở Mẫu", yes=True, errors=None)
    assert "không đổi 1" in spoken()
    assert Person.objects.count() == 1


def test_no_means_that_nothing_is_written(file, spoken, monkeypatch):
    monkeypatch.setattr("click.confirm", lambda *_: False)
    run(file, "Sở Mẫu", yes=False, errors=None)
    assert "Không ghi gì" in spoken()
    assert not Person.objects.exists()
    assert StaffImport.objects.get().rows is None


def test_an_agency_that_is_not_there_is_told_by_name(bureau):
    import click

    with pytest.raises(click.ClickException, match="Sở Khác"):
        the_agency("Sở Khác")
    assert the_agency(str(bureau.key)) == bureau


def test_the_command_asks_for_the_agency():
    from taicho.cli.main import main

    result = CliRunner().invoke(main, ["import-staff", "--help"])
    assert "--unit" in result.output
    assert "Import a staff list" in result.output
