"""Models with encrypted fields, for the tests alone: they live outside Django's registry and have no migration."""

from contextlib import contextmanager

from django.db import connection, models
from django.test.utils import isolate_apps

from taicho.kernel.encrypted import BlindIndexField, EncryptedJSONField, EncryptedTextField
from taicho.kernel.models import Record
from taicho.kernel.phone import parse_phone

with isolate_apps("taicho.kernel"):

    class Visitor(Record):
        """Somebody at the gate."""

        name = EncryptedTextField()
        phone = EncryptedTextField(null=True, blank=True, max_length=20)
        phone_index = BlindIndexField("phone", normalise=parse_phone)
        answers = EncryptedJSONField(null=True, blank=True)

        class Meta:
            app_label = "kernel"

    class Guest(Record):
        """Somebody else, whose phone must be unique."""

        phone = EncryptedTextField()
        phone_index = BlindIndexField("phone", normalise=parse_phone)

        class Meta:
            app_label = "kernel"
            constraints = [models.UniqueConstraint(fields=["phone_index"], name="one_guest_per_phone")]


MODELS = [Visitor, Guest]


def create_tables():
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)


def drop_tables():
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.delete_model(model)


@contextmanager
def committed_tables():
    """Tables for tests with several connections."""
    create_tables()
    try:
        yield
    finally:
        drop_tables()


def stored(row, field):
    """What lies in the database for a field of a row."""
    model = type(row)
    column = connection.ops.quote_name(model._meta.get_field(field).column)
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from {model._meta.db_table} where id = %s", [row.pk])
        (value,) = cursor.fetchone()
        return None if value is None else bytes(value)


def overwrite(row, field, value):
    """Write to the database behind the model's back."""
    with connection.cursor() as cursor:
        cursor.execute(f"update {type(row)._meta.db_table} set {field} = %s where id = %s", [value, row.pk])
