"""Sign-in: a code by e-mail, second factors, a session cookie, no password by default (decisions 9 and 16, ADR 15)."""

from config.env import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["maillage.accounts.adapters.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "maillage.messaging.adapters.allauth.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that signs in proves the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = env("PUBLIC_URL").split(":", 1)[0]

ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
# By minute as the library has it, and by day: neither is a mailbox filled with codes, nor does one network write to everybody.
# The second is of an address as one network asks for it: nobody uses up from theirs what its owner may ask for.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,1000/d/ip,3/m/key,60/d/key", "request_login_code_from_here": "20/d/key"}
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}  # typed on a telephone's number pad
MFA_ADAPTER = "maillage.accounts.adapters.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_REAUTHENTICATION_REQUIRED = False  # RecentlyProved asks, here as everywhere else
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/app/"

DEMO_ACCOUNTS = {
    "supporter": "supporter@demo.example",
    "relay": "relay@demo.example",
    "department_organiser": "department.organiser@demo.example",
    "national_organiser": "national.organiser@demo.example",
    "treasurer": "treasurer@demo.example",
    "administrator": "administrator@demo.example",
    "data_protection_officer": "data.protection@demo.example",
}
"""What each demo account is and its address; offered where DEMO_SIGN_IN is on (local settings), made by the demo app."""

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ["browser"]
HEADLESS_FRONTEND_URLS = {"account_signup": "/"}  # taking part begins with one's constituency, never with an account

SESSION_ENGINE = "maillage.accounts.adapters.sessions"
SESSION_COOKIE_NAME = "maillage_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "maillage_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "maillage.kernel.http.csrf_failure"
