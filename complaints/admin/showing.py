"""Personal data on a page: shown in the one answer itself, which nothing keeps."""

from django.template.response import TemplateResponse


def shown_once(page, request, *, title, label, text: str, back_url: str) -> TemplateResponse:
    """The value for this reader, never to be stored; `page` is the admin whose dialog asked for it."""
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        **page.admin_site.each_context(request),
        "title": title,
        "opts": None if is_fragment else page.opts,
        "label": label,
        "text": text,
        "back_url": back_url,
        "is_fragment": is_fragment,
        "base_template": "adminkit/fragment.html" if is_fragment else "admin/base_site.html",
    }
    response = TemplateResponse(request, "complaints/revealed.html", context)
    response["Cache-Control"] = "no-store"
    return response
