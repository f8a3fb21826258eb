"""The one settings module: everything an office may choose comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from .env import (
    BadSetting,
    database_settings,
    read_choice,
    read_keep_rule,
    read_list,
    read_path,
    read_secret_key,
    read_switch,
    read_whole,
)
from .server.addresses import bracketed, reachable_names

BASE_DIR = Path(__file__).resolve().parent.parent

# What an office may choose

DEBUG = read_switch(os.environ, "DEBUG")
HTTPS = read_switch(os.environ, "HTTPS")
DEMO = read_switch(os.environ, "DEMO")
HOST = os.environ.get("HOST", "").strip() or "127.0.0.1"
PORT = read_whole(os.environ, "PORT", 8000, most=65535)
DATA_DIR = Path(os.environ.get("DATA_DIR", "").strip() or BASE_DIR / "data").absolute()
if DATA_DIR.exists() and not DATA_DIR.is_dir():
    raise BadSetting(f"DATA_DIR menunjuk {DATA_DIR}, padahal itu bukan folder.")
SECRET_KEY = read_secret_key(os.environ, DATA_DIR / "secret_key")
ALLOWED_HOSTS = [
    *read_list(os.environ, "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"]),
    *map(bracketed, reachable_names(HOST)),
]
UPLOAD_MAX_MIB = read_whole(os.environ, "UPLOAD_MAX_MIB", 25, most=1024)
# With four eyes wanted, an upload is stored by somebody else than the one who handed it in.
FOUR_EYES = read_switch(os.environ, "FOUR_EYES")
# Codes that change every half minute, for whoever verifies or keeps the accounts.
SECOND_FACTOR = read_choice(os.environ, "SECOND_FACTOR", ("optional", "off", "required"))
UPLOAD_MAX_ROWS = read_whole(os.environ, "UPLOAD_MAX_ROWS", 250_000, most=1_048_576)
# How many days the file of an upload that is over is kept; what it held stays in the register.
UPLOAD_KEEP_DAYS = read_whole(os.environ, "UPLOAD_KEEP_DAYS", 730, most=36_500)
# Above so many rows an upload is read and stored by the worker, behind the page.
UPLOAD_BACKGROUND_ROWS = 20_000
# A demonstration has its own database and files, whatever the address of the real ones.
DATABASE_FILE = DATA_DIR / ("demo.sqlite3" if DEMO else "balikpapan.sqlite3")
DATABASE_URL = "" if DEMO else os.environ.get("DATABASE_URL", "").strip()
DATABASES = {"default": database_settings(DATABASE_URL, DATABASE_FILE)}
UPLOAD_DIR = DATA_DIR / ("demo-uploads" if DEMO else "uploads")
# Long lists the worker has made for somebody to fetch; gone after a day, in no backup.
LIST_DIR = DATA_DIR / ("demo-lists" if DEMO else "lists")

# Backups: daily by the worker; a keep rule of "days,weeks,months", each keeping its newest.
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR", "").strip() or DATA_DIR / "backups").absolute()
BACKUP_KEEP = read_keep_rule(os.environ, "BACKUP_KEEP")
BACKUP_PASSPHRASE_FILE = read_path(os.environ, "BACKUP_PASSPHRASE_FILE")

# The parts

ROOT_URLCONF = "balikpapan.urls"
WSGI_APPLICATION = "balikpapan.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "balikpapan.apps.ProjectConfig",
    "balikpapan.apps.OfficeAdminConfig",
    "balikpapan.regions",
    "balikpapan.audit",
    "django_tasks",
    "django_tasks_db",
    "balikpapan.intake",
    "balikpapan.reports",
    "balikpapan.yearbook",
    "balikpapan.privacy",
    "facilities",
    "industry",
    "django.contrib.auth",
    "balikpapan.accounts",
    "balikpapan.lists",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "import_export",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "balikpapan.accounts.middleware.CompressedPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "balikpapan.accounts.middleware.NeverStored",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "balikpapan.accounts.middleware.SessionLimits",
    "balikpapan.accounts.middleware.NewPasswordFirst",
    "axes.middleware.AxesMiddleware",
]
FORM_RENDERER = "balikpapan.audit.renderer.OfficeRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Language, time and numbers; a thousand separator would print the year 2025 as 2.025

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
LOCALE_PATHS = [BASE_DIR / "balikpapan" / "locale"]
FORMAT_MODULE_PATH = "balikpapan.locale"
TIME_ZONE = "Asia/Makassar"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# Files

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "balikpapan.bundles.BundleFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": UPLOAD_DIR},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Who may come in

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
] + [
    {"NAME": "balikpapan.accounts.passwords.GuessableValidator"},
    {"NAME": "balikpapan.accounts.passwords.NewPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_LONGEST = timedelta(hours=8)
SESSION_LONGEST_IDLE = timedelta(hours=1)

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_HANDLER = "balikpapan.accounts.throttling.Throttle"
AXES_RESET_ON_SUCCESS = True
# Guessing on while locked out must not lengthen the wait of the one who is guessed at.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# What a browser may do with our pages

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_COOKIE_HTTPONLY = True

# Some offices run plain HTTP on their own network, so these hang on one switch.
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS

# Every entry one line on stderr, whatever a visitor typed

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "balikpapan.logs.OneLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django would otherwise mail its errors, and no office of ours has a mail server.
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.db.backends": {"level": "WARNING"},
        # Waitress warns of every request that waits a moment for a thread: twenty people do that.
        "waitress.queue": {"level": "ERROR"},
        # The worker calls its ordinary end a warning.
        "django_tasks_db": {"level": "ERROR"},
    },
}
