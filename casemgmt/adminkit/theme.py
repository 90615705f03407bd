"""The look of the admin: colours, style sheet, script, and what surrounds every page."""

from functools import partial

from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHEETS = (
    "tokens",
    "frame",
    "record",
    "lists",
    "list_tools",
    "rows",
    "sheet",
    "keys",
    "case",
    "bulk",
    "landing",
    "inbox",
    "rights",
    "money",
    "help",
    "import",
    "relating",
    "why",
    "evidence",
    "composer",
    "wording",
    "call",
    "refuse",
    "outside",
    "bell",
    "policy",
    "knowledge",
    "operation",
    "shift",
)


def surroundings(request) -> dict:
    """What every page of the admin may use: the whole width, own class names, the moment, the way back here.

    No colours: the theme would write them into a style element of each page, which the policy for content forbids.
    They stand in tokens.css.
    """
    return {
        "colors": None,
        "is_fullwidth": "1",
        "element_classes": {
            "navigation_wrapper": "cm-nav-wrapper",
            "navigation": "cm-nav",
            "navigation_inner": "cm-nav-inner",
            "navigation_header": "cm-nav-head",
            "header": "cm-header",
            "header_inner": "cm-header-inner",
            "main": "cm-main",
            "messages": "cm-messages",
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
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": partial(_address_of, "casemgmt/favicon.svg")}],
    "SITE_URL": None,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "STYLES": [partial(_address_of, f"casemgmt/{name}.css") for name in SHEETS],
    "SCRIPTS": [
        partial(_address_of, f"casemgmt/{name}.js")
        for name in (
            "tour",
            "desk",
            "mending",
            "keyboard",
            "palette",
            "lists",
            "presence",
            "case",
            "drop",
            "evidence",
            "redact",
            "composer",
            "wording",
            "outlook",
            "call",
            "refuse",
            "bell",
            "lines",
        )
    ],
    "GLOBAL_CALLBACK": "casemgmt.adminkit.theme.surroundings",
    "DASHBOARD_CALLBACK": "casemgmt.adminkit.frame.landing",
    "SIDEBAR": {"show_search": False, "navigation": "casemgmt.adminkit.frame.sidebar"},
    "COMMAND": {"search_models": False, "show_history": False},
}
