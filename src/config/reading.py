"""Read the environment. A wrong value is refused with a sentence in both languages that names the variable."""

from environs import Env, EnvError
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from taicho.kernel.refusals import Refusal

env = Env()
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def flag(variable: str, default: bool) -> bool:
    """A switch: 1 or 0."""
    try:
        return env.bool(variable, default)
    except EnvError as wrong:
        raise refused(variable, "chỉ nhận 1 (có) hoặc 0 (không)", "takes 1 (yes) or 0 (no) only") from wrong


def hosts(variable: str, default: list[str]) -> list[str]:
    """Names under which people reach the installation: bare names, at least one, never every name (S-20)."""
    names = [name.strip() for name in env.list(variable, default)]
    if not names or not all(names) or any(set(name) & set("/*?@ ") for name in names):
        raise refused(
            variable,
            "ghi các tên máy chủ, cách nhau bằng dấu phẩy, không kèm https:// hay dấu *, ví dụ taicho.example.vn",
            "takes host names separated by commas, without https:// or *, such as taicho.example.vn",
        )
    return names


def origins(variable: str) -> list[str]:
    """Further origins whose forms are accepted, each with its scheme."""
    given: list[str] = [str(origin).strip() for origin in env.list(variable, list[str]())]
    if not all(origin.startswith(("https://", "http://")) and "*" not in origin for origin in given):
        raise refused(
            variable,
            "ghi đủ địa chỉ gốc, bắt đầu bằng https://, cách nhau bằng dấu phẩy",
            "takes whole origins that begin with https://, separated by commas",
        )
    return given


def level(variable: str) -> str:
    """How much the log on standard error says."""
    given = env.str(variable, "INFO").upper()
    if given not in LEVELS:
        words = ", ".join(LEVELS)
        raise refused(variable, f"chỉ nhận một trong: {words}", f"takes one of: {words}")
    return given


def database(variable: str, default: str) -> dict[str, object]:
    """Translate a `postgresql://` address into Django's database settings, with the time limits of trust.md 8."""
    try:
        given = conninfo_to_dict(env.str(variable, default))
    except ProgrammingError as wrong:
        raise _no_address(variable) from wrong
    if not given.get("dbname") and not given.get("service"):
        raise _no_address(variable)
    limits = "-c statement_timeout=10s -c idle_in_transaction_session_timeout=30s -c synchronous_commit=on"
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings: dict[str, object] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {k: v for k, v in given.items() if k not in named} | {"options": limits},
    }
    return settings | {name: str(given[k]) for k, name in named.items() if given.get(k)}


def refused(variable: str, vietnamese: str, english: str) -> Refusal:
    """The refusal of a setting. Its value is not repeated: it may hold a password."""
    return Refusal(f"{variable} chưa đúng: {vietnamese}. / {variable} {english}.", code="bad-setting", field=variable)


def _no_address(variable: str) -> Refusal:
    return refused(
        variable,
        "ghi địa chỉ PostgreSQL, ví dụ postgresql://nguoi_dung@may_chu/taicho",
        "takes an address of PostgreSQL, such as postgresql://user@host/taicho",
    )
