"""Django's settings. What a person may change comes from the environment (see `environment.py`)."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from outlisten.app.addresses import database, mail
from outlisten.app.environment import Environment
from outlisten.home import Home

environment = Environment()
HOME = Home.default()
POSTS_URL = HOME.posts_url
DEBUG = environment.flag("OUTLISTEN_DEBUG")


def _secret_key() -> str:
    """The given secret, else the home's. Reading settings never makes a home: without one the secret is
    passing."""
    given = environment.secret("OUTLISTEN_SECRET_KEY")
    if given:
        return given
    return HOME.secret_key() if HOME.path.is_dir() else secrets.token_urlsafe(64)


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "outlisten.app.web",  # first, so that its templates come before allauth's
    "outlisten.app.people",
    "outlisten.app.listening",
    "outlisten.app.sources",
    "outlisten.app.alerts",
    "outlisten.app.care",
    "outlisten.app.decisions",
    "outlisten.app.participation",
    "outlisten.app.trust",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "outlisten.app.web.security.SecurityHeaders",
    "outlisten.app.web.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a page is closed unless it says otherwise
    "outlisten.app.people.middleware.Preferences",
    "outlisten.app.trust.middleware.Audited",
    "outlisten.app.listening.sight.Reader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "outlisten.app.urls"
ASGI_APPLICATION = "outlisten.app.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "outlisten.app.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": database(HOME.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# People: who may come in, and how.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "outlisten.app.people.backends.OneTimeLinkBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "outlisten.app.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an owner, who knows the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {
    "login": "outlisten.app.people.forms.SignInForm",
    "change_password": "outlisten.app.people.forms.PasswordChangeForm",
    "set_password": "outlisten.app.people.forms.PasswordSetForm",
    "reset_password_from_key": "outlisten.app.people.forms.PasswordResetForm",
}
MFA_ADAPTER = "outlisten.app.people.adapter.TwoStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Outlisten"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole("OUTLISTEN_PROXIES", 0)

SESSION_COOKIE_AGE = 86_400 * environment.whole("OUTLISTEN_SESSION_DAYS", 14, least=1)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_NAME = "outlisten_session"
CSRF_COOKIE_NAME = "outlisten_csrf"
LANGUAGE_COOKIE_NAME = "outlisten_language"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "outlisten.app.web.views.errors.form_expired"
CSRF_TRUSTED_ORIGINS = environment.names("OUTLISTEN_TRUSTED_ORIGINS")
ADDRESS = environment.text("OUTLISTEN_ADDRESS").rstrip("/")
ALLOWED_HOSTS = environment.names("OUTLISTEN_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

# Sources: the key their secrets are sealed with, and servers inside a private network that they may reach.
SOURCES_KEY = environment.secret("OUTLISTEN_SOURCES_KEY")
OWN_SERVERS = environment.names("OUTLISTEN_OWN_SERVERS")
WATCHED_FOLDERS = environment.names("OUTLISTEN_WATCHED_FOLDERS")

HTTPS = environment.flag("OUTLISTEN_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Words, days and numbers.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["outlisten.app.web.formats"]

# Static files: collected into the home with hashed names when the server starts.
STATIC_URL = "/static/"
STATIC_ROOT = HOME.path / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

MEDIA_ROOT = HOME.path / "uploads"
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # of a form without its files

for _name, _value in mail(environment.text("OUTLISTEN_EMAIL_URL")).items():
    globals()[_name] = _value
SENDS_EMAIL = bool(environment.text("OUTLISTEN_EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("OUTLISTEN_EMAIL_FROM", "outlisten@localhost")

LOG_LEVEL = environment.one_of("OUTLISTEN_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "outlisten.app.log_lines.DiscreetFormatter"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"outlisten": {"level": LOG_LEVEL}},
}
APP_DIR = Path(__file__).parent
SILENCED_SYSTEM_CHECKS: list[str] = []
