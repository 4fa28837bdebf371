"""`taicho check` names each fault and its way out (trust.md F-07)."""

import pytest

from taicho.cli.check import faults_of_database, faults_of_place, faults_of_settings


@pytest.fixture(autouse=True)
def _as_in_an_office(monkeypatch):
    """Browser tests of the same process let Django be asked from their loop; no installation has that switch."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)


def sentences(faults):
    return [fault.sentence for fault in faults]


def test_a_private_place_has_no_fault(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "a.key").touch(mode=0o600)
    assert not [f for f in faults_of_place(tmp_path) if "Người khác" in f.sentence]


def test_a_key_that_others_can_read_is_a_grave_fault(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "a.key").touch()
    (tmp_path / "keys" / "a.key").chmod(0o644)
    (fault,) = [f for f in faults_of_place(tmp_path) if "Người khác đọc được" in f.sentence]
    assert fault.is_grave
    assert "chmod 600" in fault.sentence


def test_a_full_disk_is_told_before_it_hurts(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: Disk(100 * 2**30, 2**29))
    (fault,) = faults_of_place(tmp_path)
    assert fault.is_grave
    assert "512 MiB" in fault.sentence


def test_a_disk_with_a_tenth_left_is_a_warning(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: Disk(100 * 2**30, 10 * 2**30))
    (fault,) = faults_of_place(tmp_path)
    assert not fault.is_grave


class Disk:
    def __init__(self, total, free):
        self.total, self.free, self.used = total, free, total - free


@pytest.mark.django_db
def test_the_test_database_itself_is_in_order():
    assert [s for s in sentences(faults_of_database()) if "synchronous_commit" not in s] == []


def test_debugging_in_production_is_a_fault(settings):
    settings.DEBUG = True
    assert any("TAICHO_DEBUG" in s for s in sentences(faults_of_settings()))


@pytest.fixture
def live(settings):
    """The settings of a real installation behind an https proxy."""
    settings.TAICHO_DRILL = False
    settings.TAICHO_HTTPS = settings.TAICHO_TRUSTED_PROXY = True
    settings.SECRET_KEY = "x" * 60 + "abcdefg"
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        setattr(settings, name, True)
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    return settings


def test_a_live_installation_behind_its_proxy_has_no_fault(live):
    assert sentences(faults_of_settings()) == []


def test_https_without_a_proxy_is_a_grave_fault_with_both_ways_out(live):
    live.TAICHO_TRUSTED_PROXY = False
    (fault,) = faults_of_settings()
    assert fault.is_grave
    assert "TAICHO_TRUSTED_PROXY=1" in fault.sentence
    assert "TAICHO_HTTPS=0" in fault.sentence


def test_plain_http_is_said_once_and_is_no_grave_fault(live):
    live.TAICHO_HTTPS = live.SECURE_SSL_REDIRECT = False
    live.SESSION_COOKIE_SECURE = live.CSRF_COOKIE_SECURE = False
    live.SECURE_HSTS_SECONDS = 0
    (fault,) = faults_of_settings()
    assert not fault.is_grave
    assert "không mã hóa" in fault.sentence


def test_an_insecure_cookie_under_https_is_still_told(live):
    live.SESSION_COOKIE_SECURE = False
    assert any("security.W012" in sentence for sentence in sentences(faults_of_settings()))


def test_a_drill_is_not_measured_like_a_live_installation(live):
    live.TAICHO_DRILL, live.TAICHO_HTTPS = True, False
    assert sentences(faults_of_settings()) == []


@pytest.mark.django_db
def test_pending_steps_of_structure_name_the_command(monkeypatch):
    monkeypatch.setattr("taicho.cli.check.pending_migrations", lambda: 3)
    assert any("Còn 3 bước" in s and "taicho migrate" in s for s in sentences(faults_of_database()))


def test_a_place_without_rights_is_told_to_whom_it_should_belong(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    assert any("Không ghi được" in s for s in sentences(faults_of_place(tmp_path)))
