"""Jobs that leave a note, so that a trial can see whether and how often they ran."""

import time

from django.db import connection
from procrastinate.contrib.django import app


@app.task(name="next_release.note")
def note(words):
    """Write the words down."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO next_release_note (words) VALUES (%s)", [words])


@app.task(name="next_release.note_and_sleep")
def note_and_sleep(words, seconds):
    """Write the words down, then take long."""
    note.func(words)
    time.sleep(seconds)
