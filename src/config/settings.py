"""All settings of an installation, read once from the environment; a wrong value fails loudly.

`TAICHO_HOME` holds everything that belongs to this installation (database, keys, secret, backups). `taicho` (the
command) prepares it and sets `DATABASE_URL`; an office with its own PostgreSQL server sets `DATABASE_URL` itself.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config.mail import *  # noqa: F403
from config.reading import database, env, flag, hosts, level, origins
from config.secret import secret
from config.sign_in import *  # noqa: F403

TAICHO_HOME: Path = Path(env.str("TAICHO_HOME", "var")).absolute()
TAICHO_DRILL: bool = flag("TAICHO_DRILL", False)
"""True in a drill database ("DIỄN TẬP" on every screen); never switched on live rows (house D14)."""
TAICHO_HTTPS: bool = flag("TAICHO_HTTPS", not TAICHO_DRILL)
TAICHO_TRUSTED_PROXY: bool = flag("TAICHO_TRUSTED_PROXY", False)
"""True behind exactly one proxy that sets X-Forwarded-Proto and X-Forwarded-For itself; only then are they believed."""
TAICHO_KEYS: Path = Path(env.str("TAICHO_KEYS", str(TAICHO_HOME / "keys")))

DEBUG: bool = flag("TAICHO_DEBUG", False)
SHOW_COMPONENTS: bool = flag("TAICHO_SHOW_COMPONENTS", DEBUG or TAICHO_DRILL)
SECRET_KEY: str = secret("TAICHO_SECRET_KEY", TAICHO_HOME / "secret-key")
ALLOWED_HOSTS: list[str] = hosts("TAICHO_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = origins("TAICHO_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton",
    "treebeard",
    "procrastinate.contrib.django",
    "taicho.kernel",
    "taicho.ui",
    "taicho.accounts",  # before allauth, whose pages ours replace
    "taicho.organisation",
    "taicho.documents",
    "taicho.messaging",
    "taicho.directives",
    "taicho.duties",
    "taicho.presence",
    "taicho.health",
    "taicho.roster",
    "taicho.gate",
    "taicho.desks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "taicho.ui.compression.Compression",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before the files, so that a drawing opened by itself runs nothing either
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "taicho.ui.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "taicho.accounts.middleware.Door",
    "taicho.organisation.middleware.actor_middleware",
    "taicho.ui.middleware.RefusalMiddleware",
]

CSRF_FAILURE_VIEW = "taicho.ui.web.errors.csrf_failure"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "taicho.ui.frame.shell",
            ],
        },
    }
]


DATABASES = {"default": database("DATABASE_URL", "postgresql:///taicho")}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond it a third is dropped, and with it who has to wait (0006)
    }
}

FILE_UPLOAD_HANDLERS = ["taicho.kernel.intake.uploads.MemoryUploadHandler"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = None  # files are served out of the package, by their finders
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 7 * 24 * 3600  # addresses carry a mark of their content

COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what its call hands it, nothing else

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TAICHO_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-taicho" if TAICHO_HTTPS else "taicho"
CSRF_COOKIE_NAME = "__Host-taicho-csrf" if TAICHO_HTTPS else "taicho-csrf"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if TAICHO_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TAICHO_HTTPS
SECURE_SSL_REDIRECT = TAICHO_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TAICHO_TRUSTED_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(TAICHO_TRUSTED_PROXY)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"procrastinate": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": level("TAICHO_LOG_LEVEL")},
}
