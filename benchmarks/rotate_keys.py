"""How long does a key rotation take? Bar: 100,000 rows in at most 10 minutes without downtime (trust.md S-15).

Run:  DATABASE_URL=… PYTHONPATH=src:. python benchmarks/rotate_keys.py [rows]

Fills a table of visitors (two encrypted texts, an encrypted JSON value, a blind index) in the database of DATABASE_URL,
renews both keys of a throw-away ring, reseals every row while another connection keeps saving rows, and drops the table
again.
"""
# ruff: noqa: E402 - Django is set up before models are imported

import os
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from tests.kernel.sealed_models import MODELS, Visitor, committed_tables

from taicho.kernel.key_rotation import reseal
from taicho.kernel.keyring import FIELD, INDEX, ring

ROWS = 100_000
BAR = 600.0


def fill(rows: int) -> None:
    for start in range(0, rows, 5_000):
        numbers = range(start, min(start + 5_000, rows))
        Visitor.objects.bulk_create(
            [Visitor(name=f"Khách số {n}", phone=f"09{n:08}", answers={"ho": "không", "sốt": 36.5}) for n in numbers]
        )


def save_until(stopped: Event, waits: list[float]) -> None:
    """Save rows as an office would, and note how long each save waited."""
    try:
        for row in Visitor.objects.order_by("?")[:2_000].iterator():
            if stopped.is_set():
                return
            begun = time.monotonic()
            row.name = row.name + "."
            row.save()
            waits.append(time.monotonic() - begun)
            time.sleep(0.02)
    finally:
        connection.close()


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as place, committed_tables():
        settings.TAICHO_KEYS = Path(place) / "keys"
        ring().prepare()
        begun = time.monotonic()
        fill(rows)
        print(f"filled  {rows} rows in {time.monotonic() - begun:.1f} s")
        ring().renew(FIELD)
        ring().renew(INDEX)
        stopped, waits = Event(), list[float]()
        (office := Thread(target=save_until, args=(stopped, waits))).start()
        begun = time.monotonic()
        done = reseal(MODELS)
        took = time.monotonic() - begun
        stopped.set()
        office.join()
        slowest = max(waits, default=0.0) * 1000
        print(f"rotated {done} in {took:.1f} s ({done.rows / took:.0f} rows/s); bar for 100,000 rows: {BAR:.0f} s")
        print(f"meanwhile {len(waits)} saves by others, the slowest {slowest:.0f} ms")
    return 0 if done.left == 0 and took * ROWS / rows <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
