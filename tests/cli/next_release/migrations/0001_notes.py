"""One more table; with TRIAL_MIGRATION_FAILS it fails half way."""

import os

from django.db import migrations


def fail_when_asked(apps, schema_editor):
    if os.environ.get("TRIAL_MIGRATION_FAILS"):
        raise ValueError("this migration was told to fail")


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL(
            "CREATE TABLE next_release_note (id serial PRIMARY KEY, words text NOT NULL)",
            "DROP TABLE next_release_note",
        ),
        migrations.RunPython(fail_when_asked, migrations.RunPython.noop),
    ]
