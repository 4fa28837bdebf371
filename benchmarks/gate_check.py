# ruff: noqa: E402  (Django is set up before its models are imported)
"""How many passes a gate checks in a second, with a year of data behind it, and how long one check takes.

    python benchmarks/gate_check.py [--staff 1000] [--days 365] [--seconds 20] [--rate 200]

Builds its own database on the embedded PostgreSQL, in a new directory that is thrown away: a year of entries, audit rows,
declarations and temperatures, requirements in force, typed codes and visitors. The server runs in this process as threads
behind one queue; the load comes from a second process over a socket, open loop at `--rate`, then as fast as answers come.
Every check is the whole `gate.queries.checking.check` with the words of the reasons, one transaction each. The twin is the
one the tests use as oracle. Bars (issue 3, Done-when 7): ≥ 300/s, p99 ≤ 100 ms at 200/s on 2 cores, ≥ 2.5 × the twin.
"""

import argparse
import os
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["TAICHO_DRILL"] = "true"
LENGTH = struct.Struct("!H")
CHUNK = 5_000
THREADS = 4


# the second process: sends passes, measures answers ------------------------------------------------------------------


def load(address, rate, seconds, tokens):
    """Send at `rate` for `seconds` (0: as fast as answers come) over four connections; return the waits in ms."""
    waits, lock = [], threading.Lock()
    begun = time.perf_counter()

    def guard(number):
        line = socket.create_connection(address)
        own, turn = [], 0
        while True:
            due = begun + (number + turn * THREADS) / rate if rate else time.perf_counter()
            if due - begun >= seconds or time.perf_counter() - begun >= seconds + 5:
                break
            time.sleep(max(0.0, due - time.perf_counter()))
            token = tokens[(number + turn * THREADS) * 7919 % len(tokens)].encode()
            line.sendall(LENGTH.pack(len(token)) + token)
            if not line.recv(1):
                break
            own.append((time.perf_counter() - due) * 1000)
            turn += 1
        with lock:
            waits.extend(own)

    guards = [threading.Thread(target=guard, args=(number,)) for number in range(THREADS)]
    for one in guards:
        one.start()
    for one in guards:
        one.join()
    return waits, time.perf_counter() - begun


def be_the_load():
    """Entry of the second process: port, rate, seconds, file of tokens."""
    _me, _word, port, rate, seconds, names = sys.argv
    tokens = Path(names).read_text(encoding="ascii").split()
    waits, took = load(("127.0.0.1", int(port)), float(rate), float(seconds), tokens)
    waits.sort()
    cut = statistics.quantiles(waits, n=100) if len(waits) > 1 else [0.0] * 99
    print(len(waits) / took, cut[49], cut[94], cut[98], waits[-1])


if __name__ == "__main__" and sys.argv[1:2] == ["--be-the-load"]:
    be_the_load()
    sys.exit()


# this process: the database, the gate --------------------------------------------------------------------------------

HOME = tempfile.TemporaryDirectory(prefix="taicho-gate-")
os.environ["TAICHO_HOME"] = HOME.name
os.environ.pop("DATABASE_URL", None)

from taicho.cli.installation import Installation, django_ready

HERE = Installation(Path(HOME.name), drill=True)
AT = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)  # 7h30 in Hà Nội, when the queue stands at the gate

YEAR_OF_ENTRIES = """
    INSERT INTO gate_entry (key, client_id, agency_id, site_id, gate_id, person_id, direction, admitted, verdict, checks, at)
    SELECT gen_random_uuid(), gen_random_uuid(), %(agency)s, %(site)s, %(gate)s, p.id, way, TRUE, 'admit',
        '{"mask": true, "temperature": true}', day + CASE way WHEN 'in' THEN interval '30 minutes' ELSE interval '9 hours' END
    FROM generate_series(%(at)s::timestamptz - %(days)s * interval '1 day', %(at)s::timestamptz - interval '1 day', '1 day') day,
        organisation_person p, (VALUES ('in'), ('out')) AS ways (way)
    WHERE p.kind = 'staff' AND extract(isodow FROM day) < 6 ORDER BY day, p.id, way
"""
YEAR_OF_DECLARATIONS = """
    INSERT INTO health_declaration (key, client_id, person_id, agency_id, day, turn, questionnaire, answers, shown, made_at)
    SELECT gen_random_uuid(), gen_random_uuid(), p.id, d.agency_id, moment::date, 1, d.questionnaire, d.answers, '', moment
    FROM health_declaration d, organisation_person p,
        generate_series(%(at)s::timestamptz - %(days)s * interval '1 day', %(at)s::timestamptz, '1 day') moment
    WHERE d.id = %(sample)s AND p.kind = 'staff'
        AND NOT (p.id = d.person_id AND moment::date = d.day) AND (moment < %(at)s OR p.id %% 5 > 0)
"""
YEAR_OF_TEMPERATURES = """
    INSERT INTO health_temperature (key, client_id, person_id, agency_id, day, sealed_celsius, taken_at)
    SELECT gen_random_uuid(), gen_random_uuid(), d.person_id, d.agency_id, d.day, t.sealed_celsius, d.made_at
    FROM health_temperature t, health_declaration d WHERE t.id = %(sample)s AND d.id <> %(declaration)s
"""
YEAR_OF_AUDIT = """
    INSERT INTO kernel_auditentry (chain, writer, number, happened_at, shown_at, actor, machine, verb, object_kind, object_key,
        unit, commitment, stamp)
    SELECT a.chain, 1, row_number() OVER (), e.at, e.at, a.actor, a.machine, 'gate.entry_in', 'gate.entry', e.key, a.unit,
        a.commitment, a.stamp
    FROM gate_entry e, (SELECT * FROM kernel_auditentry ORDER BY id LIMIT 1) a
"""


def build(staff, days):
    """An office of `staff` people with a gate, a year of its life, and everything a document may ask in force."""
    from uuid import uuid4

    from taicho.directives.actions.measures import decide
    from taicho.gate.actions.passes import issue_to_staff
    from taicho.gate.actions.rules import rebuild_all
    from taicho.health.actions.declaring import declare
    from taicho.health.rules.questionnaire import latest
    from taicho.kernel.actor import system
    from taicho.organisation.actions.places import add_gate, add_site
    from taicho.organisation.actions.units import create_unit
    from taicho.organisation.models import Person, StaffMembership

    by, began = system("benchmark"), AT - timedelta(days=days + 30)
    common = {"by": by, "valid_from": began.date()}
    province = create_unit(parent=None, kind="administration", name="Tỉnh đo thử", level="province", **common)
    agency = create_unit(parent=province, kind="agency", name="Sở lớn", **common)
    rooms = [create_unit(parent=agency, kind="department", name=f"Phòng {n}", **common) for n in range(40)]
    people = [Person(full_name=f"Nguyễn Văn {n}") for n in range(staff)]
    for person in people:
        person.save()
    StaffMembership.objects.bulk_create(
        StaffMembership(person=person, unit=rooms[n % 40], starts_at=began) for n, person in enumerate(people)
    )
    site = add_site(by=by, unit=agency, name="Trụ sở", address="Số 1", valid_from=began.date())
    gate = add_gate(site, by=by, name="Cổng 1")
    needs = [["declaration"], ["temperature", "mask"], ["mask", "hand_rub"], ["declaration", "distance"], ["book"]]
    for number, need in enumerate(needs):
        params = {"who": "all", "need": need, "if_missing": "refuse"}
        decide(agency, by=by, kind="gate.entry_requirements", params=params, subject=f"Yêu cầu {number}", reason="Đo thử",
               from_day=began.date())  # fmt: skip
    decide(agency, by=by, kind="gate.visits", params={"mode": "limited"}, subject="Khách", reason="Đo thử",
           from_day=began.date())  # fmt: skip
    issue_to_staff(by=by, at=AT)
    rebuild_all(AT)
    answers = {question.key: False for question in latest().questions}
    from decimal import Decimal

    sample = declare(
        people[1], by=by, client_id=uuid4(), day=AT.date(), answers=answers, temperature=Decimal("36.5"), at=AT
    )
    fill(agency, site, gate, sample, days)
    return gate


def fill(agency, site, gate, sample, days):
    """A year of rows, made by the database out of one true row of each kind."""
    from django.db import connection

    where = {"agency": agency.pk, "site": site.pk, "gate": gate.pk, "at": AT, "days": days}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(YEAR_OF_ENTRIES, where)
        cursor.execute(YEAR_OF_DECLARATIONS, {"at": AT, "days": days, "sample": sample.pk})
        cursor.execute(YEAR_OF_TEMPERATURES, {"sample": sample.temperature.pk, "declaration": sample.pk})
        cursor.execute(YEAR_OF_AUDIT)
        cursor.execute("ANALYZE")
        cursor.execute("RESET statement_timeout")
        for table in ("gate_entry", "health_declaration", "health_temperature", "kernel_auditentry", "gate_passcode"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            print(f"  {table:<20} {cursor.fetchone()[0]:>9,} rows")


def serve(check, gate):
    """A listening socket and threads that answer each pass that comes in with one letter; returns the port."""
    from django.db import connection, transaction

    from taicho.gate.queries.requirements import reasons_of

    listening = socket.create_server(("127.0.0.1", 0))

    def work(line):
        while head := line.recv(LENGTH.size):
            shown = line.recv(LENGTH.unpack(head)[0]).decode()
            with transaction.atomic():
                said = check(shown, gate=gate, at=AT, device=gate)
                reasons_of(said[0].because if isinstance(said, tuple) else said.because)
            line.sendall(b"+")
        connection.close()

    def accept():
        while True:
            try:
                line, _address = listening.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=work, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listening


def measure(check, gate, names, rate, seconds):
    """The figures of a run under load from a second process: checks a second, p50, p95, p99, longest in ms."""
    listening = serve(check, gate)
    port = listening.getsockname()[1]
    asked = [sys.executable, __file__, "--be-the-load", str(port), str(rate), str(seconds), str(names)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True)
    listening.close()
    return [float(figure) for figure in said.stdout.split()]


def same_verdicts(gate, shown):
    """Both ways say the same of every pass, before anything is timed."""
    from tests.gate import twin

    from taicho.gate.queries import checking

    verdicts = {}
    for words in shown:
        fast = checking.check(words, gate=gate, at=AT, device=gate)
        slow, person = twin.check(words, gate=gate, at=AT, device=gate)
        assert (fast.verdict, fast.because, fast.person) == (slow.verdict, slow.because, person), words
        verdicts[str(fast.verdict)] = verdicts.get(str(fast.verdict), 0) + 1
    return verdicts


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--staff", type=int, default=1000)
    options.add_argument("--days", type=int, default=365)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--rate", type=float, default=200)
    wanted = options.parse_args()
    with HERE.database(joins=False):
        django_ready()
        from taicho.cli.database import bring_up_to_date

        bring_up_to_date(back_up_first=False)
        sys.exit(run(wanted))


def run(wanted):
    """Build, compare, measure, print; 0 when every bar is met."""
    from tests.gate import twin

    from taicho.gate.models import GatePass, PassCode
    from taicho.gate.queries import checking
    from taicho.gate.rules.codes import payload

    gate = build(wanted.staff, wanted.days)
    shown = [payload(one.token) for one in GatePass.objects.all()] + [one.code for one in PassCode.objects.all()]
    print("  verdicts, the same both ways:", same_verdicts(gate, shown[:: max(1, len(shown) // 300)]))
    names = Path(HOME.name) / "shown.txt"
    names.write_text("\n".join(shown), encoding="ascii")
    measure(checking.check, gate, names, 0, 3)
    steady = measure(checking.check, gate, names, wanted.rate, wanted.seconds)
    most = measure(checking.check, gate, names, 0, wanted.seconds)
    slow = measure(twin.check, gate, names, 0, wanted.seconds)
    for name, figures in ((f"at {wanted.rate:.0f}/s", steady), ("as fast as it goes", most), ("its twin", slow)):
        print("  {:<19} {:7.1f}/s  p50 {:6.1f}  p95 {:6.1f}  p99 {:6.1f}  longest {:6.1f} ms".format(name, *figures))
    print(f"  load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    bars = {
        "≥ 300/s": most[0] >= 300,
        "p99 ≤ 100 ms at the rate": steady[3] <= 100,
        "≥ 2.5 × its twin": most[0] >= 2.5 * slow[0],
    }
    print(
        f"  {most[0] / slow[0]:.1f} × its twin;",
        ", ".join(f"{bar}: {'met' if ok else 'NOT MET'}" for bar, ok in bars.items()),
    )
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    main()
