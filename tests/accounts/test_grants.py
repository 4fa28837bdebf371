"""Administrator rights for a while: granted with a reason, ended by time, every use written down. # L3, A11"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taicho.accounts.actions.grants import end_grant, grant_administrator, use_administrator_right
from taicho.accounts.models import AdministratorGrant, SecurityEvent
from taicho.accounts.queries import administrator_until
from taicho.accounts.requirements import second_factor_reason
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from tests.accounts.conftest import OFFICE

HOUR = timedelta(hours=1)


@pytest.fixture
def grant(an):
    """An administers until this evening."""
    return grant_administrator(an, by=OFFICE, reason="Khôi phục sao lưu")


def test_rights_run_for_eight_hours_and_end_by_themselves(an, grant):
    start = grant.starts_at
    assert administrator_until(an, start) == start + 8 * HOUR
    assert administrator_until(an, start + 8 * HOUR - timedelta(seconds=1)) == start + 8 * HOUR
    assert administrator_until(an, start + 8 * HOUR) is None
    assert administrator_until(an, start - timedelta(seconds=1)) is None


def test_the_grant_says_who_why_and_until_when_and_is_announced(an, grant):
    event = SecurityEvent.objects.of(an)[0]
    assert (event.kind, event.detail.split(" (")[0]) == ("grant_started", "Khôi phục sao lưu")
    assert AuditEntry.objects.get(verb="accounts.grant_started").object_key == grant.key
    assert NewsItem.objects.get().payload == {"grant": str(grant.key)}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": "  "}, "no-reason"),
        ({"reason": "x", "lasting": 8 * HOUR + timedelta(seconds=1)}, "grant-too-long"),
        ({"reason": "x", "lasting": timedelta()}, "grant-too-long"),
        ({"reason": "x", "lasting": -HOUR}, "grant-too-long"),
    ],
)
def test_a_grant_without_reason_or_end_is_refused(an, facts, code):
    with pytest.raises(Refusal) as refused:
        grant_administrator(an, by=OFFICE, **facts)
    assert refused.value.code == code
    assert not AdministratorGrant.objects.exists()


def test_one_grant_at_a_time(an, grant):
    with pytest.raises(Conflict, match="đang có quyền quản trị đến"):
        grant_administrator(an, by=OFFICE, reason="Thêm", starts_at=grant.ends_at - HOUR, lasting=HOUR)
    assert grant_administrator(an, by=OFFICE, reason="Ca sau", starts_at=grant.ends_at, lasting=HOUR)


def test_a_grant_ended_early_ends_at_once_and_another_may_follow(an, grant):
    for _ in range(2):
        end_grant(grant, by=OFFICE, reason="Xong việc")
    assert administrator_until(an, clock.real_now()) is None
    assert SecurityEvent.objects.filter(kind="grant_ended").count() == 1
    assert grant_administrator(an, by=OFFICE, reason="Việc khác")


def test_every_use_is_in_the_trail(an, grant):
    use_administrator_right(an, by=OFFICE, doing="cli.restore", at=clock.real_now())
    row = AuditEntry.objects.get(verb="accounts.used_administrator_right.cli.restore")
    assert row.object_key == grant.key


def test_without_a_grant_in_force_nothing_is_used(an, grant):
    with pytest.raises(NotPermitted, match="quyền quản trị có hạn"):
        use_administrator_right(an, by=OFFICE, doing="cli.restore", at=grant.ends_at)


def test_who_holds_administrator_rights_needs_a_second_factor(an, grant):
    assert "lớp xác thực thứ hai" in second_factor_reason(an)
    end_grant(grant, by=OFFICE, reason="Xong việc")
    assert second_factor_reason(an) is None


def test_the_overview_says_until_when(client, an, grant, sign_in):
    end_grant(grant, by=OFFICE, reason="Xong việc")
    sign_in()
    assert "quyền quản trị có hạn" not in client.get("/tai-khoan").content.decode()


@pytest.mark.parametrize("facts", [{"reason": ""}, {"ends_at": None}])
def test_the_database_judges_grants_too(an, facts):
    now = clock.real_now()
    grant = {"account": an, "reason": "x", "granted_at": now, "starts_at": now, "ends_at": now + HOUR}
    if "ends_at" in facts:
        facts = {"ends_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        AdministratorGrant.objects.create(**grant | facts)
