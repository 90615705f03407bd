"""Pages of the admin that belong to no model: a room registers them when its admin is loaded.

They stand below `/admin/`, in the name space "desk", behind the same sign-in as every page of the admin.
"""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

_pages: dict[str, tuple[str, Callable]] = {}


def register_page(route: str, view: Callable, name: str) -> None:
    """Give a page an address below `/admin/`. Registering a name again replaces its page."""
    _pages[name] = (route, view)


def addresses() -> list[URLPattern]:
    """The addresses of all registered pages, each behind the sign-in; asked once, when addresses are read."""
    return [path(route, admin.site.admin_view(view), name=name) for name, (route, view) in _pages.items()]


def drawn(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """A page of this kind inside the frame; `title` in the context is the name of the page."""
    request.current_app = admin.site.name
    surroundings = {**admin.site.each_context(request), "opts": None, "content_title": context["title"]}
    return TemplateResponse(request, template, surroundings | context, status=status)
