"""A small invented hierarchy of 2026: a province, its Sở with departments, communes, another province."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from taicho.kernel.keyring import ring
from taicho.organisation.actions.authorities import register_authority
from taicho.organisation.actions.places import add_gate, add_room, add_site
from taicho.organisation.actions.standing_bodies import Seat, set_up_body
from taicho.organisation.enums import PostRole, UnitKind
from taicho.organisation.models import Post
from tests.organisation.land import BEGAN, NOW, SETUP, START, post, staff, unit


@pytest.fixture(autouse=True)
def _now(time_machine):
    """Every test happens on 20/11/2026 at 10h00 in Hà Nội."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    """A key ring of the test's own: the trail and the sealed fields need one."""
    settings.TAICHO_KEYS = tmp_path / "keys"
    ring().prepare()


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The database with real commits, for tests with two connections; our own tables are emptied afterwards.

    Not Django's transactional test: that would empty every table, and the trail refuses to be emptied.
    """
    ours = [kind for kind in apps.get_models() if kind.__module__.startswith("taicho.")]
    tables = ", ".join(kind._meta.db_table for kind in ours if not kind._meta.model_name.startswith("audit"))
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} CASCADE")
        connection.close()


@pytest.fixture
def land(db):
    """The hierarchy, by name."""
    here = SimpleNamespace()
    here.province = unit("UBND tỉnh Minh Giang", kind=UnitKind.ADMINISTRATION, level="province")
    here.bureau = unit("Sở Khoa học và Công nghệ", here.province)
    here.office = unit("Văn phòng", here.bureau, UnitKind.DEPARTMENT)
    here.department = unit("Phòng Tổng hợp", here.bureau, UnitKind.DEPARTMENT)
    here.institute = unit("Trung tâm Ứng dụng", here.bureau)
    here.commune = unit("UBND xã Đông Hà", here.province, UnitKind.ADMINISTRATION, level="commune")
    here.other_commune = unit("UBND xã Tây Sơn", here.province, UnitKind.ADMINISTRATION, level="commune")
    here.elsewhere = unit("UBND tỉnh Hải Vân", kind=UnitKind.ADMINISTRATION, level="province")
    return here


@pytest.fixture
def people(land):
    """One person per role, in the Sở unless the name says otherwise."""
    who = SimpleNamespace()
    who.staff = staff("Nguyễn Thị Lan", land.department, lodging="Số 5, ngõ 2", personal_phone="0912345678")
    who.head = staff("Lê Minh Quân", land.department)
    post(who.head, land.department, PostRole.UNIT_HEAD, accountable_head=True)
    who.office = staff("Trần Đức Lộc", land.office)
    post(who.office, land.office, PostRole.OFFICE)
    who.guard = staff("Phạm Văn Đạt", land.office)
    post(who.guard, land.office, PostRole.GUARD)
    who.leader = staff("Đặng Thị Hồng", land.bureau)
    post(who.leader, land.bureau, PostRole.LEADER, title="Giám đốc Sở", accountable_head=True)
    who.administrator = staff("Vũ Hải Ân", land.office)
    post(who.administrator, land.province, PostRole.ADMINISTRATOR, until=datetime(2027, 1, 1, tzinfo=UTC))
    who.superior = staff("Hoàng Văn Ánh", land.province)
    post(who.superior, land.province, PostRole.SUPERIOR_BODY)
    who.researcher = staff("Bùi Thu Trang", land.institute)
    who.villager = staff("Y Blô Niê", land.commune)
    who.stranger = staff("Đỗ Quang Huy", land.elsewhere)
    return who


@pytest.fixture
def plain_door(settings, tmp_path):
    """Plain http, and demo accounts in a drill, who need no second factor."""
    settings.STATIC_ROOT = tmp_path
    settings.TAICHO_DRILL = True
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False


@pytest.fixture
def enter(client, plain_door):
    """Sign a person in."""

    def sign_in(person):
        account = person.account
        account.is_demo = True
        account.save()
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def things(land, people):
    """One of everything in the Sở."""
    land.body = set_up_body(
        by=SETUP, unit=land.bureau, kind="command_post", name="Sở Chỉ huy", decision="12/QĐ", decided_on=START,
        at=BEGAN, seats=[Seat(people.leader, "head"), Seat(people.head, portfolio="Hậu cần")],
    )  # fmt: skip
    land.site = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 1", address="Số 1", valid_from=START)
    land.gate = add_gate(land.site, by=SETUP, name="Cổng chính")
    land.room = add_room(land.site, by=SETUP, name="Phòng họp A", seats=40)
    land.station = register_authority(
        by=SETUP, kept_by=land.bureau, kind="health_station", name="Trạm Y tế xã Đông Hà", phone="0220 385 1234",
        valid_from=START,
    )  # fmt: skip
    land.post = Post.objects.get(person=people.leader)
    return land
