"""How long does a staff list of 500 take? Bar: 10 seconds from the bytes to the last person written (ux.md 14).

Run:  DATABASE_URL=… PYTHONPATH=src:. python benchmarks/import_staff.py

Takes the tidy list of 500 from the corpus of the tests through the real door, judges it as the preview does, writes it,
and imports it once more, which must change nobody. Everything happens in one transaction that is rolled back.
"""
# ruff: noqa: E402 - Django is set up before models are imported

import logging
import os
import sys
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("TAICHO_HOME", tempfile.mkdtemp(prefix="taicho-benchmark-"))

import django

django.setup()
logging.disable(logging.INFO)

from django.db import transaction
from tests.organisation.corpus.staff_variants import five_hundred
from tests.organisation.land import SETUP
from tests.organisation.staff_exam import agency, prepared

from taicho.kernel.keyring import ring
from taicho.organisation.actions.import_staff import confirm_import
from taicho.organisation.queries.staff_import import judge

BAR = 10.0


def timed(label: str, begun: float) -> float:
    now = time.monotonic()
    print(f"  {label:<28} {now - begun:6.2f} s")
    return now


def main() -> int:
    ring().prepare()
    file = five_hundred()
    with transaction.atomic():
        office = agency()
        start = mark = time.monotonic()
        pending = prepared(file, office)
        mark = timed("take in and read", mark)
        judge(pending)
        mark = timed("preview", mark)
        first = confirm_import(pending, by=SETUP)
        mark = timed(f"write {first.added} people", mark)
        whole = mark - start
        again = confirm_import(prepared(file, office), by=SETUP)
        timed(f"once more, {again.unchanged} unchanged", mark)
        transaction.set_rollback(True)
    print(f"whole: {whole:.2f} s of {BAR:.0f} s; doubled: {again.added}")
    return 0 if whole <= BAR and first.added == 500 and again.added == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
