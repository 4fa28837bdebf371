"""Measure the audit trail: does the sealer keep up with 2,000 rows/s, and how long does verifying 1,000,000 rows take?

    DATABASE_URL=… python benchmarks/audit_trail.py [--rows 1000000] [--rate 2000] [--seconds 30]

It makes a test database beside the one named, and drops it. Goals (issue "The house and its ground floor"): the sealer
keeps up with 2,000 rows/s; 1,000,000 rows verified in ≤ 10 s.

Seen 2026-11-22 on 2 quiet cores, embedded PostgreSQL 18 with fsync on:

- beside 4 writers asked for 2,400 rows/s: 72,000 rows arrived at 2,336/s, at most 2,900 unsealed, at the end 0. Alone, with
  all rows waiting, it sealed 31,872/s.
- verify of 1,060,000 rows over 20 chains: 6.1 s, of which 3.2 s processor time of the verifying process, and no finding
  (28.9 s the day before on a machine at load 11).
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
HOME = os.environ.setdefault("TAICHO_BENCHMARK_HOME", tempfile.mkdtemp(prefix="taicho-benchmark-"))
os.environ.update(TAICHO_HOME=HOME, TAICHO_KEYS=f"{HOME}/keys", TAICHO_LOG_LEVEL="WARNING")

CHAINS = [uuid.uuid4() for _ in range(20)]


WRITERS = 4
BLOCK = 25
"""Rows per transaction of a writing process."""


def encoded(writer: int, numbers: range, *, at: datetime) -> list[bytes]:
    """Stamped entries of one writer, spread over the chains."""
    from taicho.kernel.audit.encoding import encode, sized, stamp
    from taicho.kernel.audit.keys import key_for

    key, rows = key_for("stamp"), []
    for n in numbers:
        entry = encode(
            {
                "chain": CHAINS[n % 20],
                "writer": writer,
                "number": n,
                "happened_at": at,
                "shown_at": at,
                "actor": CHAINS[n % 7],
                "machine": "",
                "verb": "organisation.rename_unit",
                "object_kind": "organisation.unit",
                "object_key": uuid.UUID(int=n),
                "unit": CHAINS[n % 20],
                "commitment": os.urandom(32) if n % 2 else None,
            }
        )
        rows.append(entry + sized(stamp(key, entry)))
    return rows


def insert(rows: list[bytes]) -> None:
    """Commit encoded entries in one transaction."""
    from django.db import connection

    from taicho.kernel.audit.encoding import FIELDS
    from taicho.kernel.audit.rows import write_copied

    with connection.cursor() as cursor:
        write_copied(cursor, "kernel_auditentry", FIELDS, rows)


def fill(rows: int) -> float:
    """Commit `rows` entries as fast as possible; seconds."""
    from django.db import connection

    started = time.perf_counter()
    for first in range(1, rows + 1, 20_000):
        insert(encoded(99, range(first, min(first + 20_000, rows + 1)), at=datetime.now(UTC)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kernel_auditentry")
    return time.perf_counter() - started


def write_at(writer: int, rate: float, seconds: int, database: str, counter: Any, start: Any) -> None:
    """One writing process: `rate` rows a second in transactions of `BLOCK` rows, until the time is over."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    start.wait()
    due = begun = time.monotonic()
    number = 1
    while time.monotonic() < begun + seconds:
        insert(encoded(writer, range(number, number + BLOCK), at=datetime.now(UTC)))
        number += BLOCK
        with counter.get_lock():
            counter.value += BLOCK
        due += BLOCK / rate
        time.sleep(max(0.0, due - time.monotonic()))


def keep_up(rate: int, seconds: int) -> None:
    """Run the sealer beside four writing processes and print how far it falls behind."""
    from django.db import connection

    from taicho.kernel.audit.sealing import run_sealer
    from taicho.kernel.models import AuditEntry, AuditLink

    context = multiprocessing.get_context("spawn")
    counter, start, database = context.Value("q", 0), context.Barrier(WRITERS + 1), connection.settings_dict["NAME"]
    writers = [
        context.Process(target=write_at, args=(n, rate / WRITERS, seconds, database, counter, start))
        for n in range(WRITERS)
    ]
    stop = threading.Event()
    sealer = threading.Thread(target=run_sealer, args=(stop,))
    for runner in (*writers, sealer):
        runner.start()
    start.wait()
    begun, behind = time.monotonic(), []
    while any(writer.is_alive() for writer in writers):
        time.sleep(0.5)
        behind.append(counter.value - AuditLink.objects.count())
    taken = time.monotonic() - begun
    stop.set()
    sealer.join()
    left = AuditEntry.objects.count() - AuditLink.objects.count()
    print(
        f"sealer beside {WRITERS} writers: {counter.value} rows in {taken:.1f} s = {counter.value / taken:.0f}/s; "
        f"unsealed at most {max(behind)} rows, after the last seal {left}"
    )


def main() -> None:
    """Fill, seal, verify; then write and seal at the same time; print one line each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rate", type=int, default=2_000)
    options.add_argument("--seconds", type=int, default=30)
    given = options.parse_args()
    import django

    django.setup()
    from django.db import connection

    from taicho.kernel.audit.sealing import anchor, seal_once
    from taicho.kernel.audit.verifying import verify_all

    named = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        if given.seconds:
            keep_up(given.rate, given.seconds)
            connection.close()
        print(f"fill: {given.rows} rows in {fill(given.rows):.1f} s")
        started = time.perf_counter()
        sealed = seal_once()
        taken = time.perf_counter() - started
        print(f"seal: {sealed} rows in {taken:.1f} s = {sealed / taken:.0f}/s")
        anchor(wait=True)
        begun = time.process_time()
        result = verify_all()
        own = time.process_time() - begun
        print(f"verify: {result.sealed} rows in {result.seconds['total']:.1f} s, {len(result.findings)} findings, "
              f"{own:.1f} s processor time beside the server, "
              f"{ {k: round(v, 2) for k, v in result.seconds.items()} }")  # fmt: skip
        print("machine:", os.cpu_count(), "cores, load", os.getloadavg())
    finally:
        connection.close()
        connection.creation.destroy_test_db(named, verbosity=0)


if __name__ == "__main__":
    main()
