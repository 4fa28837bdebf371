"""The example hierarchies are what they say: invented names, a true trail, everyone under the rules (B1, house D14)."""

import pytest

from taicho.accounts.models import Account
from taicho.cli.example import ExampleLoader, available
from taicho.directives.models import Measure
from taicho.documents.models import IncomingDocument
from taicho.kernel.models import AuditEntry
from taicho.organisation.models import Person, Post, Unit
from tests.organisation.conftest import _keys  # noqa: F401 - a fixture: the papers of the example are sealed

pytestmark = pytest.mark.django_db
ROLES = {
    "Nhân viên", "Bảo vệ", "Trưởng phòng", "Văn thư", "Văn phòng", "Ban Chỉ đạo", "Lãnh đạo", "Cấp trên", "Trạm Y tế",
    "Y tế cơ quan", "Đoàn kiểm tra", "Quản trị",
}  # fmt: skip


@pytest.fixture(params=available())
def loaded(request):
    return request.param, ExampleLoader(request.param).load()


def test_every_role_has_a_way_in_and_every_way_in_is_a_demo_account(loaded):
    _, example = loaded
    assert set(example.entries) == ROLES
    assert Account.objects.count() == len(ROLES)
    assert not Account.objects.real().exists()


def test_no_demo_account_has_a_password(loaded):
    assert not [a.name for a in Account.objects.all() if a.has_usable_password()]


def test_the_main_agency_has_about_a_hundred_and_fifty_people(loaded):
    key, _ = loaded
    name = {"2021": "Ban Dân tộc Thành phố", "2026": "Sở Khoa học và Công nghệ"}[key]
    agency = Unit.objects.get(name=name)
    assert 140 <= Person.objects.filter(memberships__unit__agency_path=agency.path).count() <= 160


def test_2021_has_a_district_of_fourteen_wards():
    ExampleLoader("2021").load()
    district = Unit.objects.get(name="Quận Bình An")
    assert Unit.objects.children_of(district).filter(level="commune").count() == 14


def test_2026_has_communes_right_under_the_province():
    ExampleLoader("2026").load()
    assert not Unit.objects.filter(level="district").exists()
    assert set(Unit.objects.filter(level="commune").values_list("depth", flat=True)) == {2}


def test_every_ward_of_both_examples_has_its_health_station(loaded):
    for commune in Unit.objects.filter(level="commune"):
        assert Unit.objects.children_of(commune).filter(name__startswith="Trạm Y tế").count() == 1


def test_loading_leaves_a_row_in_the_trail_for_every_unit_person_and_post(loaded):
    def rows(verb):
        return AuditEntry.objects.filter(verb=verb).count()

    assert rows("organisation.create_unit") == Unit.objects.count()
    assert rows("organisation.register_staff") == Person.objects.count()
    assert rows("organisation.appoint") == Post.objects.count()


def test_the_names_are_the_same_on_every_machine():
    ExampleLoader("2021").load()
    first = list(Person.objects.order_by("pk").values_list("full_name", flat=True))
    assert first[:2] == ["Trần Đức Lộc", "Hoàng Thị Mai Anh"]


def test_an_example_that_fails_half_way_loads_nothing(monkeypatch):
    loader = ExampleLoader("2021")
    monkeypatch.setattr(loader, "open_door", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loader.load()
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_letter_of_the_example_is_read_like_any_and_orders_its_measures_clause_by_clause():
    ExampleLoader("2021").load()
    measures = Measure.objects.select_related("clause__document", "decision", "agency")
    ordered = {(one.clause.path, one.kind) for one in measures if one.clause}
    assert ("1", "health.daily_declaration") in ordered and ("4", "gate.entry_requirements") in ordered
    assert all(one.clause.document.agency == one.agency and one.clause.text for one in measures if one.clause)
    assert [(one.kind, one.decision.reason[:8]) for one in measures if one.decision] == [
        ("health.fever_threshold", "Văn bản ")
    ]
    letter = IncomingDocument.objects.get()
    assert (letter.number, letter.symbol, letter.issued_on.isoformat()) == ("215", "UBND-VP", "2021-02-08")
    assert letter.arrived_on.isoformat() == "2021-02-09" and letter.clauses.count() >= 5
