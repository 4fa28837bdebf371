"""Account names: one spelling for what people type. # B2, L3"""

import pytest
from django.db import IntegrityError, transaction

from taicho.accounts.actions.accounts import open_account
from taicho.accounts.models import Account
from taicho.accounts.queries import free_name
from taicho.accounts.rules.names import folded_name, is_name, numbered_name, suggested_name
from taicho.kernel.actor import system
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal

OFFICE = system("test")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("an.nv", "an.nv"), (" An.NV ", "an.nv"), ("Ẩn.nv", "an.nv"), ("đặng.hồng", "dang.hong"), ("AN.NV", "an.nv")],
)
def test_marks_capitals_and_spaces_around_do_not_matter(typed, name):
    assert folded_name(typed) == name


@pytest.mark.parametrize("name", ["an.nv", "vt", "phong-1", "a_b", "0912", "a" * 60])
def test_letters_digits_dot_hyphen_and_underscore_make_a_name(name):
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "a", "an nv", ".an", "-an", "an@nv", "<b>", "an/nv", "a" * 61, "an\n"])
def test_other_spellings_are_no_names(name):
    assert not is_name(name)


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("Nguyễn Văn An", "an.nv"), ("Đặng Thị Hồng", "hong.dt"), ("Đỗ Ánh", "anh.d"), ("Y-Blô Niê", "nie.y"),
        ("Hòa", "hoa"), ("Ý", "nv.y"),
    ],
)  # fmt: skip
def test_a_name_is_suggested_from_the_person(person, name):
    assert suggested_name(person) == name
    assert is_name(name)


def test_a_taken_name_is_numbered(make_account):
    make_account("an.nv")
    make_account("an.nv2")
    assert free_name("Nguyễn Văn An") == "an.nv3"
    assert free_name("Nguyễn Văn Ân") == "an.nv3"
    assert numbered_name("an.nv", 1) == "an.nv"


def test_opening_an_account_is_in_the_trail_and_gives_no_password(db):
    account = open_account("Bình.TT", by=OFFICE)
    assert account.name == "binh.tt"
    assert not account.has_usable_password()
    row = AuditEntry.objects.get(verb="accounts.open_account")
    assert row.object_key == account.key


def test_a_badly_formed_name_is_refused_with_a_sentence(db):
    with pytest.raises(Refusal, match="chữ a–z") as refused:
        open_account("an nv", by=OFFICE)
    assert (refused.value.code, refused.value.field) == ("bad-name", "name")


def test_a_taken_name_is_refused_and_nothing_is_written(make_account):
    make_account("an.nv")
    rows = AuditEntry.objects.count()
    with pytest.raises(Conflict, match="đã có"):
        open_account("AN.nv", by=OFFICE)
    assert AuditEntry.objects.count() == rows


def test_the_database_judges_the_spelling_too(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(name="An NV")


def test_an_account_is_found_however_its_name_is_typed(make_account):
    account = make_account("an.nv")
    assert Account.objects.get_by_natural_key(" AN.NV") == account
    assert Account.normalize_username("Ấn.nv") == "an.nv"


def test_demo_roles_are_told_from_real_accounts(make_account):
    make_account("van-phong", is_demo=True)
    real = make_account("an.nv")
    assert list(Account.objects.real()) == [real]
