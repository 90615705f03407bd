"""Where the browser is, if there is one."""

import shutil
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@cache
def found_chromium() -> str | None:
    """The path of the system's Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
