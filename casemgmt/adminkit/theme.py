"""The look of the admin: colours, style sheet, script, and what surrounds every page."""

from functools import partial

from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHEETS = ("tokens", "frame", "record", "lists", "sheet", "keys", "case", "bulk")
PAPER = {
    "50": "#f7f5f1",
    "100": "#f1eee8",
    "200": "#e4e0d8",
    "300": "#cfcac0",
    "400": "#a8a298",
    "500": "#7d776c",
    "600": "#635f58",
    "700": "#3f3d38",
    "800": "#22211e",
    "900": "#191816",
    "950": "#11100f",
}
BLUE = {
    "50": "#f0f5fb",
    "100": "#e3ecf7",
    "200": "#c5d8ee",
    "300": "#a9c6ea",
    "400": "#8db4e4",
    "500": "#7aa5da",
    "600": "#2a5792",
    "700": "#234a7d",
    "800": "#1c3c66",
    "900": "#162f50",
    "950": "#10223a",
}
INK = {
    "subtle-light": "#635f58",
    "subtle-dark": "#a8a298",
    "default-light": "#3a3834",
    "default-dark": "#d8d4cb",
    "important-light": "#1e1d1b",
    "important-dark": "#f4f1ea",
}


def surroundings(request) -> dict:
    """What every page of the admin may use: the whole width, own class names, the moment, the way back here."""
    return {
        "is_fullwidth": "1",
        "element_classes": {
            "navigation_wrapper": "cm-nav-wrapper",
            "navigation": "cm-nav",
            "navigation_inner": "cm-nav-inner",
            "navigation_header": "cm-nav-head",
            "header": "cm-header",
            "header_inner": "cm-header-inner",
            "main": "cm-main",
            "content": "cm-content",
            "pagination": "cm-pagination",
        },
        "now": timezone.now(),
        "redirect_to": request.get_full_path(),
    }


def house_line(request) -> str:
    """The line under the name of the product: the viewer's team."""
    team = getattr(request.user, "team", None) if request.user.is_authenticated else None
    return str(team) if team else ""


def _address_of(path: str, request) -> str:
    return static(path)


UNFOLD = {
    "SITE_TITLE": _("After-sales cases"),
    "SITE_HEADER": _("After-sales cases"),
    "SITE_SUBHEADER": "casemgmt.adminkit.theme.house_line",
    "SITE_SYMBOL": "balance",
    "SITE_URL": None,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "6px",
    "COLORS": {"base": PAPER, "primary": BLUE, "font": INK},
    "STYLES": [partial(_address_of, f"casemgmt/{name}.css") for name in SHEETS],
    "SCRIPTS": [
        partial(_address_of, f"casemgmt/{name}.js")
        for name in ("desk", "mending", "keyboard", "palette", "presence", "case")
    ],
    "GLOBAL_CALLBACK": "casemgmt.adminkit.theme.surroundings",
    "DASHBOARD_CALLBACK": "casemgmt.adminkit.frame.landing",
    "SIDEBAR": {"show_search": False, "navigation": "casemgmt.adminkit.frame.sidebar"},
    "COMMAND": {"search_models": False, "show_history": False},
}
