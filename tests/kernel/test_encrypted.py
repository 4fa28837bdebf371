"""Encrypted fields: what lies in the database tells nothing, and opens only where it belongs (house § 7, S-15)."""

import unicodedata
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Value
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taicho.kernel.encrypted import BlindIndexField, EncryptedJSONField, EncryptedTextField
from taicho.kernel.keyring import FIELD, INDEX, KeyProblem, ring
from taicho.kernel.models import Record
from taicho.kernel.phone import parse_phone
from taicho.kernel.refusals import Refusal
from taicho.kernel.sealing import BLOCK, BrokenSeal, Place, Sealed, blind_index, seal
from tests.kernel.sealed_models import Guest, Visitor, create_tables, overwrite, stored

SECRET = "Đặng Thị Hồng, sốt 38,5"

with_keys = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
text_field, json_field = EncryptedTextField(), EncryptedJSONField()
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def tables(keys, db):
    create_tables()


@pytest.fixture
def visitor(tables):
    return Visitor.objects.create(name=SECRET, phone="0912345678", answers={"ho": "có", "sốt": 38.5})


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def place():
    return Place("visit.name", uuid.UUID(int=7))


# --- sealing ---


@with_keys
@given(st.binary(max_size=200))
def test_what_was_sealed_opens_unchanged(keys, place, plain):
    assert seal(plain, place).open(place) == plain


@with_keys
@given(st.text() | st.text(alphabet="\ud800\udfff\0\x80a"))
def test_any_text_comes_back(keys, place, text):
    assert text_field.from_bytes(seal(text_field.to_bytes(text), place).open(place)) == text


@with_keys
@given(json_values)
def test_any_json_value_comes_back(keys, place, value):
    assert json_field.from_bytes(seal(json_field.to_bytes(value), place).open(place)) == value


@with_keys
@given(st.binary(max_size=64), st.data())
def test_any_flipped_bit_is_refused(keys, place, plain, data):
    whole = bytearray(seal(plain, place).stored)
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    with pytest.raises((BrokenSeal, KeyProblem)):
        Sealed(bytes(whole)).open(place)


@with_keys
@given(st.binary(max_size=64), st.integers(min_value=0))
def test_a_cut_value_is_refused(keys, place, plain, cut):
    whole = seal(plain, place).stored
    with pytest.raises(BrokenSeal):
        Sealed(whole[: cut % len(whole)]).open(place)


def test_a_value_opens_only_in_its_own_column_and_row(keys, place):
    sealed = seal(b"38,5", place)
    for other in (
        Place("visit.note", place.row),
        Place("other.name", place.row),
        Place(place.column, uuid.UUID(int=8)),
    ):
        with pytest.raises(BrokenSeal) as refused:
            sealed.open(other)
        assert refused.value.code == "broken-seal"


def test_the_length_does_not_tell_yes_from_no(keys, place):
    answers = ["", "có", "không", "38,5", "dương tính"]
    assert {len(seal(text.encode(), place).stored) for text in answers} == {1 + 4 + 12 + BLOCK + 16}


def test_the_stored_form_is_the_documented_one(keys, place):
    whole, key = seal(b"38,5", place).stored, keys.active(FIELD)
    version, key_id, nonce, rest = whole[:1], whole[1:5], whole[5:17], whole[17:]
    assert (version, key_id) == (b"\x01", key.id)
    opened = AESGCM(key.secret).decrypt(nonce, rest, version + key_id + b"visit.name\0" + place.row.bytes)
    assert opened == b"38,5\x80" + bytes(27)


def test_equal_values_look_different(keys, place):
    assert len({seal(b"same", place).stored for _ in range(100)}) == 100


def test_without_its_key_a_value_is_refused_with_the_remedy(keys, place):
    sealed, lost = seal(SECRET.encode(), place), keys.active(FIELD)
    keys.renew(FIELD)
    keys.drop(FIELD, lost.id)
    with pytest.raises(KeyProblem) as refused:
        sealed.open(place)
    assert refused.value.code == "key-missing"
    assert lost.id.hex() in refused.value.sentence


# --- in the database ---


def test_a_value_comes_back_from_the_database(visitor):
    again = fresh(visitor)
    assert (again.name, again.phone, again.answers) == (SECRET, "0912345678", {"ho": "có", "sốt": 38.5})


def test_the_database_holds_no_plain_value(visitor):
    for field, plain in (("name", SECRET), ("phone", "0912345678"), ("answers", "38.5"), ("phone_index", "0912345678")):
        held = stored(visitor, field)
        assert plain.encode() not in held
        assert unicodedata.normalize("NFD", plain).encode() not in held


def test_nothing_stays_nothing_and_an_empty_text_is_a_value(tables):
    row = fresh(Visitor.objects.create(name="", phone=None, answers=None))
    assert (row.name, row.phone, row.answers, row.phone_index) == ("", None, None, None)
    assert stored(row, "phone") is None
    assert len(stored(row, "name")) == 65
    assert list(Visitor.objects.filter(phone__isnull=True, answers__isnull=True)) == [row]


def test_a_value_copied_to_another_row_is_refused(visitor):
    other = Visitor.objects.create(name="Lê An")
    overwrite(other, "name", stored(visitor, "name"))
    with pytest.raises(BrokenSeal) as refused:
        _ = fresh(other).name
    assert str(other.key) in refused.value.sentence


def test_a_value_copied_to_another_column_is_refused(visitor):
    overwrite(visitor, "name", stored(visitor, "phone"))
    with pytest.raises(BrokenSeal):
        _ = fresh(visitor).name


def test_a_value_copied_to_another_table_is_refused(visitor):
    guest = Guest.objects.create(phone="0987654321", key=visitor.key)
    overwrite(guest, "phone", stored(visitor, "phone"))
    with pytest.raises(BrokenSeal):
        _ = fresh(guest).phone


def test_one_broken_value_leaves_the_others_readable(visitor):
    damaged = bytearray(stored(visitor, "name"))
    damaged[-1] ^= 1
    overwrite(visitor, "name", bytes(damaged))
    again = fresh(visitor)
    assert again.phone == "0912345678"
    with pytest.raises(BrokenSeal):
        _ = again.name


def test_a_list_that_does_not_show_a_field_never_opens_it(visitor):
    keyless = ring().active(FIELD)
    ring().renew(FIELD)
    ring().drop(FIELD, keyless.id)
    assert [row.key for row in Visitor.objects.all()] == [visitor.key]


def test_values_hands_out_sealed_values_that_show_nothing(visitor):
    (row,) = Visitor.objects.values("name", "phone")
    assert repr(row) == "{'name': <sealed>, 'phone': <sealed>}"
    assert SECRET not in str(row)


def test_a_deferred_field_is_loaded_and_opened_when_asked_for(visitor, django_assert_num_queries):
    row = Visitor.objects.only("key").get(pk=visitor.pk)
    with django_assert_num_queries(1):
        assert row.name == SECRET
    row.refresh_from_db()
    assert row.answers == {"ho": "có", "sốt": 38.5}


def test_many_rows_are_written_at_once(tables):
    Visitor.objects.bulk_create([Visitor(name=f"Khách {n}", phone=f"09123456{n:02}") for n in range(20)])
    assert [row.name for row in Visitor.objects.order_by("pk")] == [f"Khách {n}" for n in range(20)]
    assert Visitor.objects.get(phone_index="0912345613").name == "Khách 13"


def test_a_row_saved_with_another_value_holds_that_value(visitor):
    row = fresh(visitor)
    row.name = "Lê An"
    row.answers["ho"] = "không"
    row.save()
    assert (fresh(row).name, fresh(row).answers["ho"]) == ("Lê An", "không")


def test_an_untouched_value_is_not_sealed_again(visitor):
    before = stored(visitor, "name")
    row = fresh(visitor)
    row.phone = "0987654321"
    row.save()
    assert stored(visitor, "name") == before


def test_an_untouched_value_under_an_old_key_is_sealed_anew_on_save(visitor):
    row = fresh(visitor)
    new = ring().renew(FIELD)
    row.save()
    assert stored(visitor, "name")[1:5] == new.id
    assert fresh(visitor).name == SECRET


# --- no way around ---


@pytest.mark.parametrize("plain", [SECRET, SECRET.encode(), Value(SECRET.encode())])
def test_an_update_without_rows_never_stores_a_plain_value(visitor, plain):
    with pytest.raises((TypeError, IntegrityError)), transaction.atomic():
        Visitor.objects.update(name=plain)
    assert fresh(visitor).name == SECRET


def test_bulk_update_is_refused(visitor):
    visitor.name = "Lê An"
    with pytest.raises(TypeError, match="through an instance"), transaction.atomic():
        Visitor.objects.bulk_update([visitor], ["name"])


def test_the_database_itself_refuses_a_plain_value(visitor):
    for field in ("name", "phone", "answers", "phone_index"):
        with pytest.raises(IntegrityError), transaction.atomic():
            overwrite(visitor, field, b"\x01" + b"x" * 20)
        with pytest.raises(IntegrityError), transaction.atomic():
            overwrite(visitor, field, SECRET.encode() * 5)


def test_a_column_copied_onto_another_does_not_open(visitor):
    Visitor.objects.update(name=F("phone"))
    with pytest.raises(BrokenSeal):
        _ = fresh(visitor).name


@pytest.mark.parametrize(
    "lookup",
    ["name", "name__contains", "name__gt", "name__in", "name__length", "phone_index__contains", "phone_index__gt"],
)
def test_an_encrypted_field_cannot_be_searched(visitor, lookup):
    with pytest.raises(FieldError) as refused:
        Visitor.objects.filter(**{lookup: SECRET})
    assert SECRET not in str(refused.value)


def test_a_dump_does_not_leak(visitor):
    with pytest.raises(TypeError, match="not serialised"):
        serializers.serialize("json", [visitor])


@pytest.mark.parametrize("wrong", [7, 38.5, b"38,5", ["38,5"]])
def test_a_text_field_takes_texts_only(tables, wrong):
    with pytest.raises(TypeError) as refused:
        Visitor.objects.create(name=wrong)
    assert "38" not in str(refused.value)


def test_no_exception_shows_a_plain_value(visitor):
    row = fresh(visitor)
    broken = bytearray(stored(visitor, "name"))
    broken[30] ^= 4
    overwrite(visitor, "name", bytes(broken))
    shown = []
    for attempt in (
        lambda: fresh(visitor).name,
        lambda: Visitor.objects.update(name=SECRET),
        lambda: Visitor.objects.filter(name=SECRET),
        lambda: Visitor.objects.create(name=SECRET, phone="0912"),
        lambda: Visitor.objects.create(name=SECRET, answers={SECRET: object()}),
        lambda: Visitor.objects.create(name=SECRET, key=None),
    ):
        with (
            pytest.raises((Refusal, TypeError, FieldError, ValueError, AttributeError)) as caught,
            transaction.atomic(),
        ):
            attempt()
        shown.append(f"{caught.value} {caught.value!r} {caught.value.__cause__!r}")
    assert SECRET not in " ".join(shown)
    assert "38,5" not in " ".join(shown) + repr(row)


# --- blind index ---


@pytest.mark.parametrize("asked", ["0912345678", "0912.345.678", "+84 912 345 678", "912345678"])
def test_a_visitor_is_found_by_phone_however_it_is_typed(visitor, asked):
    Visitor.objects.create(name="Lê An", phone="0987654321")
    assert list(Visitor.objects.filter(phone_index=asked)) == [visitor]
    assert list(Visitor.objects.exclude(phone_index=asked).values_list("phone_index", flat=True)) != []


def test_several_phones_are_looked_up_at_once(visitor):
    an = Visitor.objects.create(name="Lê An", phone="0987654321")
    Visitor.objects.create(name="Lê Bình", phone="0900000000")
    assert set(Visitor.objects.filter(phone_index__in=["0912.345.678", "0987654321"])) == {visitor, an}
    assert not Visitor.objects.filter(phone_index__in=[])


def test_what_is_no_phone_is_refused_when_looked_for(visitor):
    with pytest.raises(Refusal, match="7 chữ số"):
        Visitor.objects.filter(phone_index="1234567")


def test_rows_without_phone_are_found_by_none_only(visitor):
    nobody = Visitor.objects.create(name="Lê An")
    assert list(Visitor.objects.filter(phone_index=None)) == [nobody]
    assert list(Visitor.objects.filter(phone_index__isnull=True)) == [nobody]
    assert not Visitor.objects.filter(phone_index="")


def test_two_people_with_one_phone_have_one_index_and_one_unique_phone_a_second_owner(visitor):
    twin = Visitor.objects.create(name="Lê An", phone="+84 912 345 678")
    assert stored(twin, "phone_index") == stored(visitor, "phone_index")
    Guest.objects.create(phone="0912345678")
    with pytest.raises(IntegrityError), transaction.atomic():
        Guest.objects.create(phone="0912 345 678")


def test_indexes_of_different_tables_cannot_be_compared(visitor):
    assert stored(Guest.objects.create(phone=visitor.phone), "phone_index") != stored(visitor, "phone_index")


def test_an_index_is_at_least_128_bits_and_depends_on_the_key(keys):
    first = blind_index("0912345678", "visit.phone")
    keys.renew(INDEX)
    second = blind_index("0912345678", "visit.phone")
    assert len(first) - 4 >= 128 // 8
    assert first[4:] != second[4:]


def test_a_changed_phone_moves_the_index(visitor):
    visitor.phone = "0987654321"
    visitor.save()
    assert list(Visitor.objects.filter(phone_index="0987654321")) == [visitor]
    assert not Visitor.objects.filter(phone_index="0912345678")


def test_a_phone_is_not_saved_without_its_index(visitor):
    visitor.phone = "0987654321"
    with pytest.raises(TypeError, match="together with its index"):
        visitor.save(update_fields=["phone"])
    visitor.save(update_fields=["phone", "phone_index"])
    assert Visitor.objects.filter(phone_index="0987654321").exists()


def test_rows_of_both_index_keys_are_found_while_the_index_is_rotated(visitor):
    ring().renew(INDEX)
    later = Visitor.objects.create(name="Lê An", phone="0912345678")
    assert stored(later, "phone_index") != stored(visitor, "phone_index")
    assert set(Visitor.objects.filter(phone_index="0912345678")) == {visitor, later}


def test_an_index_is_not_written_by_hand(visitor):
    with pytest.raises(TypeError, match="filled on save"):
        Visitor.objects.update(phone_index="0912345678")


# --- for those who write models ---


@pytest.mark.parametrize(
    "field",
    [
        EncryptedTextField(null=True, max_length=20),
        EncryptedJSONField(row_key="uuid", sealed_as="old_table.old_column"),
        BlindIndexField("phone", normalise=parse_phone, domain="phone"),
        BlindIndexField("phone"),
    ],
)
def test_a_field_survives_a_migration(field):
    _, path, args, kwargs = field.deconstruct()
    written, imports = MigrationWriter.serialize(field)
    scope = {}
    exec("\n".join(imports), scope)
    again = eval(written, scope)
    assert again.deconstruct()[1:] == (path, args, kwargs)


def test_a_renamed_table_keeps_reading_what_it_sealed(visitor):
    with isolate_apps("taicho.kernel"):

        class Caller(Record):
            name = EncryptedTextField(sealed_as="kernel_visitor.name")

            class Meta:
                app_label = "kernel"
                db_table = "kernel_visitor"

    assert Caller.objects.only("key", "name").get(pk=visitor.pk).name == SECRET


def test_a_model_is_checked_for_a_key_and_against_options_that_make_no_sense():
    with isolate_apps("taicho.kernel"):

        class Careless(models.Model):
            name = EncryptedTextField()
            code = EncryptedTextField(unique=True)
            state = EncryptedTextField(choices=[("a", "A")])

            class Meta:
                app_label = "kernel"

        found = [
            problem.id for field in Careless._meta.local_fields for problem in field.check() if "kernel" in problem.id
        ]
        assert sorted(found) == ["kernel.E001"] * 3 + ["kernel.E002"] * 2
        assert [problem for field in Visitor._meta.local_fields for problem in field.check()] == []


def test_forms_show_the_field_that_fits():
    form = forms.modelform_factory(Visitor, fields=["name", "phone", "answers"])()
    assert isinstance(form.fields["name"].widget, forms.Textarea)
    assert isinstance(form.fields["phone"].widget, forms.TextInput)
    assert form.fields["phone"].max_length == 20
    assert isinstance(form.fields["answers"], forms.JSONField)


def test_a_text_longer_than_allowed_is_invalid_and_not_shown(tables):
    with pytest.raises(ValidationError) as refused:
        Visitor(name=SECRET, phone="0912345678" * 3).full_clean()
    assert list(refused.value.message_dict) == ["phone"]
    assert "0912345678" not in str(refused.value)


def test_an_empty_entry_is_null_where_null_is_allowed(tables):
    form = forms.modelform_factory(Visitor, fields=["name", "phone"])({"name": "Lê An", "phone": " "})
    assert form.is_valid(), form.errors
    assert stored(form.save(), "phone") is None


def test_a_form_edits_a_row(visitor):
    form_class = forms.modelform_factory(Visitor, fields=["name", "phone"])
    assert form_class(instance=fresh(visitor)).initial["name"] == SECRET
    form = form_class({"name": "Lê An", "phone": "0987654321"}, instance=fresh(visitor))
    assert form.is_valid(), form.errors
    form.save()
    assert fresh(visitor).name == "Lê An"
