"""How records are written: checked first, judged by the database, changed only from the version that was read."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.saving import check_fields, edit, judged, keep, plain, unchanged
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import Gate, OutsideAuthority, Room, Site, StandingBody, Unit
from tests.organisation.land import START
from tests.organisation.standing_land import built, land, own  # noqa: F401


@pytest.mark.parametrize(
    ("record", "begins", "field"),
    [
        (Site(name="", address="Số 1"), "Tên địa điểm: ", "name"),
        (Site(name="Trụ sở", address="x" * 251), "Địa chỉ: ", "address"),
        (Room(name="Phòng", seats=-1), "Số chỗ ngồi: ", "seats"),
        (OutsideAuthority(name="CDC", kind="none", phone="113", valid_from=START), "Loại: ", "kind"),
        (OutsideAuthority(name="CDC", kind="cdc", phone="113", email="x", valid_from=START), "Thư điện tử: ", "email"),
        (StandingBody(name="\u200e", kind="command_post"), "Tên: ", "name"),
        (Unit(name="Sở", kind=UnitKind.AGENCY, valid_from="31/12"), "Từ ngày: ", "valid_from"),
    ],
    ids=["no name", "too long", "below nought", "no such kind", "no address of mail", "invisible", "no day"],
)
def test_a_field_at_fault_is_named_in_the_sentence(record, begins, field):
    with pytest.raises(Refusal) as refused:
        check_fields(record)
    assert refused.value.sentence.startswith(begins)
    assert (refused.value.code, refused.value.field) == ("bad-field", field)


def test_names_are_stored_in_their_true_form_whoever_saves(land):
    site = Site.objects.create(name="  Tru\u0323 sơ\u0309 1 ", address="Số 1")
    gate = Gate.objects.create(site=site, name="Cổng\u200b  CHÍNH")
    assert (site.name, gate.name, gate.name_folded) == ("Trụ sở 1", "Cổng CHÍNH", "cong chinh")


def test_after_a_refusal_the_same_step_can_go_on(land):
    site = keep(Site(name="Trụ sở", address="Số 1"))
    keep(Gate(site=site, name="Cổng"))
    with pytest.raises(Conflict):
        keep(Gate(site=site, name="cổng"))
    assert keep(Gate(site=site, name="Cổng phụ")).pk


def test_what_no_sentence_was_written_for_is_a_fault_of_the_program_and_not_hidden(land):
    site = keep(Site(name="Trụ sở", address="Số 1"))
    with pytest.raises(IntegrityError), transaction.atomic(), judged(Unit):
        Site.objects.create(key=site.key, name="Bản sao", address="Số 1")


def test_an_edit_returns_and_counts_only_what_really_changed(land):
    site = keep(Site(name="Trụ sở", address="Số 1"))
    assert edit(site, {"name": "Trụ sở", "address": "Số 2"}, seen=1) == {"address": "Số 2"}
    assert edit(site, {"name": "Trụ sở", "address": "Số 2"}, seen=2) == {}
    assert Site.objects.get(pk=site.pk).version == 2


@pytest.mark.parametrize("seen", [0, 2])
def test_a_version_older_or_newer_than_the_stored_one_is_a_conflict(seen, land):  # ux.md 6
    with pytest.raises(Conflict) as conflict:
        unchanged(land.department, seen=seen)
    assert conflict.value.sentence.startswith("Trong lúc đồng chí sửa, người khác đã lưu bản mới.")


def test_values_go_into_the_trail_as_plain_words(land):  # L4
    assert plain({"unit": land.bureau, "day": date(2026, 7, 1), "seats": 4, "head": True, "none": None}) == {
        "unit": str(land.bureau.key), "day": "2026-07-01", "seats": 4, "head": True, "none": None,
    }  # fmt: skip
