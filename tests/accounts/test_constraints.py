"""What the database itself refuses, whatever program writes to it. # L3, L4, house § 1 D8"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.db.models.fields.related import ForeignKey

from taicho.accounts.actions.grants import end_grant, grant_administrator
from taicho.accounts.actions.slips import issue_slip, revoke_slip, use_slip
from taicho.accounts.models import (
    Account,
    AdministratorGrant,
    AdministratorGrantEnding,
    EntrySlip,
    EntrySlipRevocation,
    EntrySlipUse,
    FactorSecret,
    SecurityEvent,
)
from taicho.accounts.rules.names import is_name
from taicho.kernel.encrypted import EncryptedTextField
from tests.accounts.conftest import OFFICE

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def refused(write, by=IntegrityError):
    """What the database says when it refuses to write."""
    with pytest.raises(by) as told, transaction.atomic():
        write()
    return str(told.value)


SPELLINGS = ["", "a", "An.nv", "an nv", "ắn.nv", ".an", "-an", "an@nv", "an/nv", "<b>", "an\n", "an.nv ", "а.nv"]


@pytest.mark.parametrize("name", SPELLINGS)
def test_an_account_name_has_one_spelling_or_none(db, name):
    assert not is_name(name)
    assert "accounts_name_is_folded" in refused(lambda: Account.objects.create(name=name))


def test_a_name_of_sixty_letters_is_kept_and_one_more_is_not(db):
    Account.objects.create(name="a" * 60)
    assert "60" in refused(lambda: Account.objects.create(name="a" * 61), DataError)


def test_an_update_past_the_actions_is_judged_too(an):
    assert "accounts_name_is_folded" in refused(lambda: Account.objects.filter(pk=an.pk).update(name="An NV"))


def test_two_accounts_never_share_a_name_or_a_key(an):
    assert "name" in refused(lambda: Account.objects.create(name="an.nv"))
    assert "key" in refused(lambda: Account.objects.create(name="binh.tt", key=an.key))


def grant(account, **facts):
    usual = {"reason": "x", "granted_at": NOON, "starts_at": NOON, "ends_at": NOON + HOUR}
    return AdministratorGrant.objects.create(account=account, **usual | facts)


@pytest.mark.parametrize("ends_at", [NOON, NOON - HOUR, NOON - timedelta(microseconds=1)])
def test_rights_end_after_they_begin(an, ends_at):
    assert "accounts_grant_ends_after_start" in refused(lambda: grant(an, ends_at=ends_at))


def test_rights_without_a_reason_or_an_end_are_not_kept(an):
    assert "accounts_grant_has_reason" in refused(lambda: grant(an, reason=""))
    assert "ends_at" in refused(lambda: grant(an, ends_at=None))


def test_rights_end_once(an):
    ended = grant_administrator(an, by=OFFICE, reason="x")
    end_grant(ended, by=OFFICE, reason="x")
    again = lambda: AdministratorGrantEnding.objects.create(grant=ended, ended_at=NOON, reason="y")  # noqa: E731
    assert "grant_id" in refused(again)


def slip(account, **facts):
    usual = {"kind": "slip", "code_hash": b"x" * 32, "issued_at": NOON, "expires_at": NOON + HOUR}
    return EntrySlip.objects.create(account=account, **usual | facts)


def test_two_slips_never_share_a_code(an):
    slip(an)
    assert "code_hash" in refused(lambda: slip(an))


@pytest.mark.parametrize("expires_at", [NOON, NOON - HOUR])
def test_a_slip_runs_out_after_it_was_issued(an, expires_at):
    assert "accounts_slip_ends_after_issue" in refused(lambda: slip(an, expires_at=expires_at))


def test_a_slip_is_used_once_and_revoked_once(an):
    used, revoked = issue_slip(an, by=OFFICE).slip, None
    use_slip(used, at=used.issued_at)
    assert "slip_id" in refused(lambda: EntrySlipUse.objects.create(slip=used, used_at=NOON))
    revoked = issue_slip(an, by=OFFICE).slip
    revoke_slip(revoked, by=OFFICE, reason="x")
    assert "slip_id" in refused(lambda: EntrySlipRevocation.objects.create(slip=revoked, revoked_at=NOON, reason="y"))


def test_an_account_with_a_history_cannot_be_deleted(an):
    issue_slip(an, by=OFFICE)
    grant_administrator(an, by=OFFICE, reason="x")
    with pytest.raises(ProtectedError):
        an.delete()


def test_nor_past_django(an):
    issue_slip(an, by=OFFICE)

    def delete():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("DELETE FROM accounts_account WHERE id = %s", [an.pk])

    assert "accounts_" in refused(delete)


def test_no_row_of_the_door_goes_with_another():
    kinds = (AdministratorGrant, AdministratorGrantEnding, EntrySlip, EntrySlipUse, EntrySlipRevocation, SecurityEvent)
    for kind in kinds:
        for field in kind._meta.get_fields():
            if isinstance(field, ForeignKey):
                assert field.remote_field.on_delete.__name__ == "PROTECT", f"{kind.__name__}.{field.name}"


def test_every_constraint_says_in_vietnamese_what_is_wrong():
    for kind in (Account, AdministratorGrant, EntrySlip):
        for constraint in kind._meta.constraints:
            assert str(constraint.violation_error_message).endswith("."), constraint.name
            assert not constraint.violation_error_message.startswith("Constraint"), constraint.name


def test_the_secret_of_a_factor_is_sealed_by_its_field():
    assert isinstance(FactorSecret._meta.get_field("secret"), EncryptedTextField)


def test_what_is_kept_of_the_door_has_no_place_for_a_code_or_a_password():
    names = {f"{kind.__name__}.{field.name}" for kind in (EntrySlip, SecurityEvent, AdministratorGrant)
             for field in kind._meta.get_fields()}  # fmt: skip
    assert not {name for name in names if name.split(".")[1] in ("code", "token", "password", "secret")}
    assert EntrySlip._meta.get_field("code_hash").get_internal_type() == "BinaryField"
