"""The settings of a real process: a wrong value is refused in one sentence, a right one means what it says. # S-20, F-07"""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from config import reading
from config.secret import secret
from taicho.kernel.refusals import Refusal


def test_a_wrong_switch_names_itself_and_what_it_takes(office):
    said = office.refusal(TAICHO_HTTPS="maybe")
    assert "TAICHO_HTTPS chưa đúng: chỉ nhận 1 (có) hoặc 0 (không)." in said
    assert "TAICHO_HTTPS takes 1 (yes) or 0 (no) only." in said


def test_a_wrong_database_is_refused_without_repeating_the_password(office):
    said = office.refusal(DATABASE_URL="mysql://taicho:mat-khau-bi-mat@may-chu/taicho")
    assert "DATABASE_URL chưa đúng" in said
    assert "postgresql://nguoi_dung@may_chu/taicho" in said
    assert "mat-khau-bi-mat" not in said


def test_the_command_says_the_sentence_without_a_traceback(office):
    ended = office.run("-m", "taicho.cli", "check", DATABASE_URL="postgresql:///x", TAICHO_HOSTS="*")
    assert ended.returncode == 1
    assert "TAICHO_HOSTS chưa đúng" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_fresh_installation_is_a_strict_one(office):
    told = office.settings(
        "DEBUG", "TAICHO_DRILL", "SHOW_COMPONENTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
        "SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS",
    )  # fmt: skip
    assert [told[name] for name in ("DEBUG", "TAICHO_DRILL", "SHOW_COMPONENTS")] == [False] * 3
    assert [told[name] for name in told if name.endswith(("REDIRECT", "SECURE", "HTTPONLY"))] == [True] * 5
    assert (told["SESSION_COOKIE_NAME"], told["CSRF_COOKIE_NAME"]) == ("__Host-taicho", "__Host-taicho-csrf")
    assert (told["SECURE_PROXY_SSL_HEADER"], told["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (None, 0)
    assert told["SECURE_HSTS_SECONDS"] == 31_536_000
    assert told["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_a_drill_runs_over_plain_http_and_asks_no_browser_to_remember_https(office):
    told = office.settings("SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME", "SECURE_SSL_REDIRECT", TAICHO_DRILL="1")
    assert told == {"SECURE_HSTS_SECONDS": 0, "SESSION_COOKIE_NAME": "taicho", "SECURE_SSL_REDIRECT": False}


def test_a_proxy_is_believed_only_when_the_office_says_there_is_one(office):
    told = office.settings("SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT", TAICHO_TRUSTED_PROXY="1")
    assert told == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"], "ALLAUTH_TRUSTED_PROXY_COUNT": 1}


def test_the_secret_is_made_once_private_and_long_and_found_again(office):
    first = office.settings("SECRET_KEY")["SECRET_KEY"]
    file = office.home / "secret-key"
    assert office.settings("SECRET_KEY")["SECRET_KEY"] == first == file.read_text()
    assert len(first) >= 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(office.home.stat().st_mode) == 0o700
    assert [path.name for path in office.home.iterdir()] == ["secret-key"]


def test_an_empty_secret_is_refused_with_the_way_out(office):
    office.home.mkdir()
    (office.home / "secret-key").touch()
    said = office.refusal()
    assert "TAICHO_SECRET_KEY chưa đúng: khóa bí mật trống hoặc quá ngắn" in said
    assert str(office.home / "secret-key") in said


def test_a_secret_in_the_environment_counts_and_leaves_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("SOME_SECRET", "x" * 40)
    assert secret("SOME_SECRET", tmp_path / "kept") == "x" * 40
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("kept", ["", " \n", "ngan", "x" * 19])
def test_a_short_secret_is_refused_wherever_it_comes_from(monkeypatch, tmp_path, kept):
    (tmp_path / "kept").write_text(kept)
    with pytest.raises(Refusal) as refused:
        secret("NO_SUCH_VARIABLE", tmp_path / "kept")
    assert (refused.value.code, refused.value.field) == ("bad-setting", "NO_SUCH_VARIABLE")
    if kept.strip():
        monkeypatch.setenv("SOME_SECRET", kept)
        with pytest.raises(Refusal):
            secret("SOME_SECRET", tmp_path / "other")


def test_twenty_that_begin_at_once_share_one_whole_secret(tmp_path):
    file = tmp_path / "deep" / "secret-key"
    with ThreadPoolExecutor(20) as crowd:
        told = set(crowd.map(lambda _: secret("NO_SUCH_VARIABLE", file), range(20)))
    assert told == {file.read_text()}
    assert [path.name for path in file.parent.iterdir()] == ["secret-key"], "no draft is left behind"


HOSTS = [
    "*",
    "*.vn",
    "https://taicho.example.vn",
    "taicho.example.vn/",
    "a@b",
    "a b",
    "taicho.example.vn,,x",
    "?",
    ",",
    "",
]


@pytest.mark.parametrize("given", HOSTS)
def test_a_host_is_a_bare_name_and_never_every_name(monkeypatch, given):
    monkeypatch.setenv("SOME_HOSTS", given)
    with pytest.raises(Refusal, match="SOME_HOSTS chưa đúng") as refused:
        reading.hosts("SOME_HOSTS", ["localhost"])
    assert "such as taicho.example.vn" in refused.value.sentence


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("taicho.example.vn", ["taicho.example.vn"]),
        ("a.vn, 10.0.0.5,[::1]", ["a.vn", "10.0.0.5", "[::1]"]),
        (".a.vn", [".a.vn"]),
    ],
)
def test_names_addresses_and_whole_domains_are_taken(monkeypatch, given, names):
    monkeypatch.setenv("SOME_HOSTS", given)
    assert reading.hosts("SOME_HOSTS", []) == names


@pytest.mark.parametrize("given", ["taicho.example.vn", "https://a.vn,b.vn", "https://*.vn", "javascript:x", "//a.vn"])
def test_an_origin_has_its_scheme(monkeypatch, given):
    monkeypatch.setenv("SOME_ORIGINS", given)
    with pytest.raises(Refusal, match="https://"):
        reading.origins("SOME_ORIGINS")


def test_no_origin_is_needed(monkeypatch):
    monkeypatch.delenv("SOME_ORIGINS", raising=False)
    assert reading.origins("SOME_ORIGINS") == []


ADDRESSES = [
    "", "taicho", "sqlite:///x", "mysql://a@b/c", "http://a/b", "postgresql://", "postgresql://may_chu",
    "postgresql://a@b:cong/c", "host=a sai", "postgresql:///x?khong_co=1",
]  # fmt: skip


@pytest.mark.parametrize("given", [address for address in ADDRESSES if "cong" not in address])
def test_what_is_no_address_of_postgresql_is_refused(monkeypatch, given):
    monkeypatch.setenv("SOME_URL", given)
    with pytest.raises(Refusal, match="SOME_URL chưa đúng"):
        reading.database("SOME_URL", "postgresql:///taicho")


def test_an_address_becomes_the_parts_django_wants_with_the_time_limits(monkeypatch):
    monkeypatch.setenv("SOME_URL", "postgresql://bao:b%40o@may-chu:5433/taicho?sslmode=verify-full")
    told = reading.database("SOME_URL", "")
    assert [told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "taicho",
        "bao",
        "b@o",
        "may-chu",
        "5433",
    ]
    assert told["OPTIONS"]["sslmode"] == "verify-full"
    for limit in ("statement_timeout=10s", "idle_in_transaction_session_timeout=30s", "synchronous_commit=on"):
        assert limit in told["OPTIONS"]["options"]


@pytest.mark.parametrize(("given", "means"), [("1", True), ("true", True), ("0", False), ("no", False), ("on", True)])
def test_a_switch_is_read_as_people_write_it(monkeypatch, given, means):
    monkeypatch.setenv("SOME_SWITCH", given)
    assert reading.flag("SOME_SWITCH", not means) is means


@pytest.mark.parametrize("given", ["", "2", "có", "bật", "<script>", "tru e"])
def test_a_switch_that_is_neither_is_refused(monkeypatch, given):
    monkeypatch.setenv("SOME_SWITCH", given)
    with pytest.raises(Refusal, match="SOME_SWITCH chưa đúng"):
        reading.flag("SOME_SWITCH", True)


@pytest.mark.parametrize(("given", "level"), [("debug", "DEBUG"), ("Warning", "WARNING")])
def test_the_log_takes_its_five_levels_in_any_case(monkeypatch, given, level):
    monkeypatch.setenv("SOME_LEVEL", given)
    assert reading.level("SOME_LEVEL") == level


def test_another_level_is_refused_with_the_list(monkeypatch):
    monkeypatch.setenv("SOME_LEVEL", "LOUD")
    with pytest.raises(Refusal, match="DEBUG, INFO, WARNING, ERROR, CRITICAL"):
        reading.level("SOME_LEVEL")
