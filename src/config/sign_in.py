"""Sign-in: accounts, passwords, second factor, sessions (docs/decisions/0006-sign-in.md). Imported by settings."""

from datetime import timedelta

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["taicho.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = ["taicho.accounts.hashers.TunedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "taicho.accounts.validators.LengthValidator"},
    {"NAME": "taicho.accounts.validators.BlockListValidator"},
    {"NAME": "taicho.accounts.validators.OwnNameValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

# A session row lives 30 days; taicho.accounts.middleware ends sensitive ones after 30 idle minutes or 12 hours.
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
TAICHO_SENSITIVE_IDLE = timedelta(minutes=30)
TAICHO_SENSITIVE_LONGEST = timedelta(hours=12)
TAICHO_CONFIRMED_FOR = timedelta(minutes=10)
TAICHO_SLIP_LIFE = timedelta(days=7)
TAICHO_GRANT_LONGEST = timedelta(hours=8)

ACCOUNT_ADAPTER = "taicho.accounts.web.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "taicho.accounts.web.forms.SignInForm",
    "reauthenticate": "taicho.accounts.web.forms.ConfirmByPasswordForm",
    "change_password": "taicho.accounts.web.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(TAICHO_CONFIRMED_FOR.total_seconds())
# One office is one address, so the limits per address are loose; those per account are in taicho.accounts.lockout.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "300/15m/ip,10/15m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}

MFA_ADAPTER = "taicho.accounts.web.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "taicho.accounts.web.forms.SecondFactorForm",
    "reauthenticate": "taicho.accounts.web.forms.ConfirmByCodeForm",
    "activate_totp": "taicho.accounts.web.forms.ActivateAppForm",
    "add_webauthn": "taicho.accounts.web.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "taicho.accounts.web.passkey_forms.RenamePasskeyForm",
    "login_webauthn": "taicho.accounts.web.passkey_forms.EnterByPasskeyForm",
    "authenticate_webauthn": "taicho.accounts.web.passkey_forms.SecondStepByPasskeyForm",
    "reauthenticate_webauthn": "taicho.accounts.web.passkey_forms.ConfirmByPasskeyForm",
    "deactivate_totp": "taicho.accounts.web.forms.RemoveAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Tại Chỗ"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
