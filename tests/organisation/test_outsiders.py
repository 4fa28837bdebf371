"""Visitors and outside contacts: sealed, found by phone, seen only by those who receive them (E4, house § 7)."""

import pytest
from django.db import connection

from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.models import SealedIdentity
from taicho.organisation.queries.outsiders import outsiders_with_phone
from tests.organisation.land import SETUP, actor


@pytest.fixture
def visitor(land):
    return register_outsider(
        by=SETUP, kind="visitor", registered_in=land.bureau, full_name="Tạ  Quang Huy", phone="0912.345.678",
        birth_year=1979, residence="Số 9, phố Mới", employer="Công ty Ánh Dương",
    )  # fmt: skip


def test_nothing_of_a_visitor_s_identity_lies_in_clear_in_the_database(visitor):
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM organisation_sealedidentity s")
        sealed = cursor.fetchone()[0]
        cursor.execute("SELECT row_to_json(p)::text FROM organisation_person p WHERE id = %s", [visitor.pk])
        row = cursor.fetchone()[0]
    for plain in ("Huy", "0912345678", "1979", "phố Mới", "Ánh Dương"):
        assert plain not in sealed + row
        assert plain.encode().hex() not in sealed


def test_the_identity_opens_for_who_may_read_the_row(visitor):
    identity = SealedIdentity.objects.get(person=visitor)
    assert (identity.full_name, identity.phone, identity.birth_year) == ("Tạ Quang Huy", "0912345678", "1979")
    assert (identity.residence, identity.employer) == ("Số 9, phố Mới", "Công ty Ánh Dương")


@pytest.mark.parametrize("written", ["0912345678", "0912 345 678", "+84 912 345 678"])
def test_a_visitor_is_found_again_by_phone_however_it_is_written(written, visitor, people):
    assert [found.person for found in outsiders_with_phone(actor(people.guard), written)] == [visitor]


@pytest.mark.parametrize("who", ["staff", "head", "villager", "stranger", "superior"])
def test_whether_a_phone_is_known_is_told_only_to_those_who_receive_visitors(who, visitor, people):  # trust.md A1
    assert outsiders_with_phone(actor(getattr(people, who)), "0912345678") == []


def test_the_audit_row_of_a_visitor_names_nobody(visitor):
    entry = AuditEntry.objects.get(verb="organisation.register_outsider")
    assert entry.object_key == visitor.key


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"full_name": "   "}, "no-name"),
        ({"full_name": "Tạ Quang Huy", "phone": "123"}, "bad-phone"),
        ({"full_name": "Tạ Quang Huy", "kind": "staff"}, "staff-are-registered-elsewhere"),
    ],
)
def test_what_cannot_be_registered_is_refused(facts, code, land):
    with pytest.raises(Refusal) as refused:
        register_outsider(**{"by": SETUP, "kind": "visitor", "registered_in": land.bureau} | facts)
    assert refused.value.code == code
    assert not SealedIdentity.objects.exists()
