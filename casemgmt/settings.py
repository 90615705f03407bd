"""Every setting of the project: one file, filled from the environment alone, with safe defaults."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("CASEMGMT_VAR", default=str(BASE_DIR / "var")))
SECRET_KEY = env("SECRET_KEY", default="only-while-scaffolding")
CASEMGMT_MASTER_KEY = env("CASEMGMT_MASTER_KEY", default="")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

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
    "casemgmt.apps.CasemgmtConfig",
    "casemgmt.ledger",
    "casemgmt.privacy",
    "casemgmt.people",
    "casemgmt.adminkit",
    "policies",
    "complaints",
]
AUTH_USER_MODEL = "people.Person"
SIMPLE_HISTORY_ENABLED = False
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/casemgmt.sqlite3")}
ROOT_URLCONF = "casemgmt.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
