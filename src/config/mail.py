"""Outgoing mail: only where the administrator has named a mail server (A10). Imported by settings."""

from config.reading import env, flag, refused

TAICHO_MAIL: bool = bool(env.str("TAICHO_MAIL_HOST", ""))
"""Whether messages may leave the system by e-mail. Without a server nothing is queued and nothing is sent."""
TAICHO_ADDRESS: str = env.str("TAICHO_ADDRESS", "").rstrip("/")
"""The address under which people reach this installation, as letters name it."""

if TAICHO_MAIL and not TAICHO_ADDRESS.startswith(("https://", "http://")):
    raise refused(
        "TAICHO_ADDRESS",
        "khi có máy chủ thư, ghi địa chỉ đầy đủ của hệ thống, ví dụ https://taicho.example.vn",
        "when there is a mail server, takes the whole address of the installation, such as https://taicho.example.vn",
    )

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if TAICHO_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST: str = env.str("TAICHO_MAIL_HOST", "")
EMAIL_PORT: int = env.int("TAICHO_MAIL_PORT", 587)
EMAIL_HOST_USER: str = env.str("TAICHO_MAIL_NAME", "")
EMAIL_HOST_PASSWORD: str = env.str("TAICHO_MAIL_PASSWORD", "")
EMAIL_USE_TLS: bool = flag("TAICHO_MAIL_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.str("TAICHO_MAIL_FROM", "taicho@localhost")
