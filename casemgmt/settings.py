"""Every setting of the project: one file, filled from the environment alone, with safe defaults.

Without DATABASE_URL and REDIS_URL the installation is *embedded*: SQLite, its own broker and its own keys,
all below CASEMGMT_VAR. docs/running.md lists every variable; casemgmt/checks.py refuses what does not fit.
"""

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.theme import UNFOLD as THEME
from casemgmt.keys import kept_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where this installation keeps what it makes.
VAR_DIR = Path(env("CASEMGMT_VAR", default=str(BASE_DIR / "var"))).absolute()
DATABASE_URL = env("DATABASE_URL", default="")
REDIS_URL = env("REDIS_URL", default="")
EMBEDDED = env.bool("CASEMGMT_EMBEDDED", default=not REDIS_URL and DATABASE_URL.partition(":")[0] in ("", "sqlite"))

if EMBEDDED:
    VAR_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)

# Secrets: made and kept by an embedded installation, demanded from the environment of any other.
SECRET_KEY = env("SECRET_KEY", default="") or (kept_key(VAR_DIR / "secrets" / "secret_key") if EMBEDDED else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CASEMGMT_MASTER_KEY = env("CASEMGMT_MASTER_KEY", default="") or (
    kept_key(VAR_DIR / "secrets" / "master_key") if EMBEDDED else ""
)

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "axes",
    "csp",
    "casemgmt.apps.CasemgmtConfig",
    "casemgmt.ledger",
    "casemgmt.privacy",
    "casemgmt.people",
    "casemgmt.adminkit",
    "policies",
    "complaints",
    *env.list("CASEMGMT_EXTRA_APPS", default=[]),  # for tests of the house's own tools
]
MIDDLEWARE = [
    "casemgmt.request_times.TimeRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casemgmt.adminkit.refused_rights.NoteRefusedRights",
    "casemgmt.refusing.OnlyKnownMethods",
    "casemgmt.people.language.LanguageOfPerson",
    "casemgmt.ledger.middleware.SignUnsafeRequests",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "casemgmt.adminkit.refusals_in_frame.RefusalsInFrame",
    "casemgmt.refusing.RefusalsAsPages",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "casemgmt.urls"
WSGI_APPLICATION = "casemgmt.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Data.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    # what was erased is overwritten in the file
    "PRAGMA secure_delete=ON;",
}


def _database(url):
    database = environ.Env.db_url_config(url)
    if "sqlite" in database["ENGINE"]:
        database["OPTIONS"] = SQLITE_OPTIONS | database.get("OPTIONS", {})
    else:
        database["OPTIONS"] = {"connect_timeout": 5} | database.get("OPTIONS", {})
        database.setdefault("CONN_MAX_AGE", 60)
        database.setdefault("CONN_HEALTH_CHECKS", True)
    return database


DATABASES = {"default": _database(DATABASE_URL or f"sqlite:///{VAR_DIR}/casemgmt.sqlite3")}
# The owner of the tables, when the application's own role is not: `migrate` connects as this one.
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL", default="")
DATABASE_OWNER = _database(DATABASE_OWNER_URL) if DATABASE_OWNER_URL else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_ENABLED = False  # triggers write the history, see casemgmt/ledger

# People and their sessions.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "casemgmt.people.backend.PeopleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "admin:login"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casemgmt.refusing.csrf_failed"
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "casemgmt.refusing.locked_out"
AXES_USERNAME_CALLABLE = "casemgmt.people.signing_in.name_tried"

UNFOLD = THEME

# What the browser is told. Why this and not less: docs/decisions/0008-content-security-policy.md.
HTTPS = env.bool("HTTPS", default=not EMBEDDED)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, UNSAFE_EVAL],
        "style-src": [SELF],
        "style-src-attr": [UNSAFE_INLINE],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# What a request may bring.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=100 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = ["casemgmt.adminkit.uploading.HashingUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Files, on this machine or in a bucket. None has an address of its own: downloads go through a permission check.
MEDIA_ROOT = Path(env("FILES_DIR", default=str(VAR_DIR / "files")))
S3_BUCKET = env("S3_BUCKET", default="")
BUCKET = {
    "BACKEND": "casemgmt.buckets.BucketFiles",
    "OPTIONS": {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env("S3_ENDPOINT_URL", default="") or None,
        "region_name": env("S3_REGION", default="") or None,
        "access_key": env("S3_ACCESS_KEY", default="") or None,
        "secret_key": env("S3_SECRET_KEY", default="") or None,
        "addressing_style": env("S3_ADDRESSING_STYLE", default="auto"),
        "location": env("S3_PREFIX", default=""),
    },
}
# The malware scanner, where there is one: tcp://host:3310 or unix:///run/clamav/clamd.ctl
CLAMD_URL = env("CLAMD_URL", default="")
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": BUCKET if S3_BUCKET else {"BACKEND": "casemgmt.stored_files.SealedFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if EMBEDDED  # compressing takes longer than it saves on the same machine
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# Language and time.
LANGUAGE_CODE = env("LANGUAGE_CODE", default="zh-hans")
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "casemgmt" / "locale"]
FORMAT_MODULE_PATH = ["casemgmt.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="Asia/Shanghai")

# Jurisdiction: what is owed to whom stands in packs of policies, each with those that it needs.
CURRENCY = env("CURRENCY", default="CNY")
POLICY_PACKS = env.list("POLICY_PACKS", default=["cn-national", "cn-zhejiang", "cn-shandong", "cn-shanghai"])

# Mail: an embedded installation writes it to files.
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="casemgmt@localhost")
# Whether messages to customers leave by e-mail from here; without a mail server they are recorded alone.
CUSTOMER_MAIL = env.bool("CUSTOMER_MAIL", default=bool(EMAIL_URL))

# Other programs and robots of groups. Addresses inside the house are refused, but for the networks named here.
OUTGOING_PRIVATE_NETWORKS = env.list("OUTGOING_PRIVATE_NETWORKS", default=[])
# An embedded installation plays the other side of a webhook itself, for newcomers.
DEMO_RECEIVER = env.bool("DEMO_RECEIVER", default=EMBEDDED)
# Where else than at WeCom, DingTalk and Feishu a person's own robot may listen.
OWN_ROBOT_HOSTS = env.list("OWN_ROBOT_HOSTS", default=[])
PUBLIC_URL = env("PUBLIC_URL", default="")

# Who may read /metrics: whoever knows the token, or asks from one of the networks.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
METRICS_NETWORKS = env.list("METRICS_NETWORKS", default=[])
TALLIES_DIR = VAR_DIR / "tallies"

# The broker is a doorbell: the database knows what is due. A socket's path may hold about a hundred bytes.
BROKER_SOCKET = VAR_DIR / "valkey.sock"
if len(str(BROKER_SOCKET).encode()) > 100:
    digest = hashlib.sha256(str(VAR_DIR).encode()).hexdigest()[:16]
    BROKER_SOCKET = Path(tempfile.gettempdir()) / f"casemgmt-{digest}" / "valkey.sock"
CELERY_BROKER_URL = REDIS_URL or (f"redis+socket://{BROKER_SOCKET}" if EMBEDDED else "")

LOG_LEVEL = env("LOG_LEVEL", default="INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "casemgmt.logs.OneLineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "axes": {"level": "WARNING"},
        # Every run of a sweep is noted in the database; a line for each would hide what matters.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
