"""Which address shows what."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from casemgmt import demo_receiver, health, metrics
from casemgmt.adminkit import own_pages
from casemgmt.adminkit.language import choose_language
from casemgmt.channels.calling_out import DEMO_PATH

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="start"),
    # Browsers ask for this of answers that are no pages: tables, files.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}casemgmt/favicon.svg"), name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path(DEMO_PATH.lstrip("/"), demo_receiver.receive, name="demo_receiver"),
    path("language/", choose_language, name="set_language"),
    path("admin/", include((own_pages.addresses(), "desk"))),
    path("admin/", admin.site.urls),
]

handler400 = "casemgmt.refusing.bad_request"
handler403 = "casemgmt.refusing.permission_denied"
handler404 = "casemgmt.refusing.not_found"
handler500 = "casemgmt.refusing.server_error"
