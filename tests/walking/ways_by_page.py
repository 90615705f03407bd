"""The same deeds through the pages: any button of any row, its dialog filled in as somebody in a hurry would."""

import re
from html import unescape
from unittest import mock
from uuid import uuid4

from django.contrib import admin
from django.test import Client
from django.utils import timezone

from casemgmt.adminkit.doing import CaseActionsMixin
from tests.walking.rows import newest

FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>(.*?)(?=<(?:input|textarea|select)\b|$)", re.S)
OPTION = re.compile(r'<option[^>]*value="([^"]*)"')
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
FINE = (200, 302, 204, 400, 403, 404, 405, 409, 422)
KEPT = ("hidden", "csrfmiddlewaretoken")


def press_any_button(walk) -> str:
    """Open a dialog of some row and send it; the answer is a page, never a broken one."""
    pages = [
        page
        for page in admin.site._registry.values()
        if isinstance(page, CaseActionsMixin) and page.case_actions and page.model._meta.app_label == "complaints"
    ]
    page = walk.pick(*sorted(pages, key=lambda page: page.model._meta.model_name))
    row, action = newest(page.model.objects), walk.pick(*page.case_actions)
    person = walk.person()
    browser = Client()
    browser.force_login(person)
    url = page.url_of_action(row, action.name)
    with mock.patch.object(timezone, "now", return_value=walk.at):
        shown = browser.get(url, HTTP_HX_REQUEST="true")
        sent = browser.post(url, _filled(shown.content.decode(), walk), HTTP_HX_REQUEST="true")
    assert shown.status_code in FINE, (url, shown.status_code)
    assert sent.status_code in FINE, (url, sent.status_code)
    return f"{page.model._meta.model_name}.{action.name} by {person.username}: {sent.status_code}"


def _filled(html: str, walk) -> dict[str, str]:
    fields = {"form_key": str(uuid4())}
    for tag, attributes, inside in FIELD.findall(html):
        facts = dict(ATTRIBUTE.findall(attributes))
        name, kind, value = facts.get("name", ""), facts.get("type", "text"), unescape(facts.get("value", ""))
        if not name or name == "form_key":
            continue
        if tag == "select":
            options = OPTION.findall(inside)
            fields[name] = unescape(walk.pick(*options)) if options else ""
        elif kind == "hidden" or (value and kind != "checkbox" and kind != "radio"):
            fields[name] = value
        elif kind in ("checkbox", "radio"):
            if walk.pick(True, False):
                fields[name] = value or "on"
        elif kind != "file":
            fields[name] = _typed(name, kind, walk)
    return fields


def _typed(name: str, kind: str, walk) -> str:
    if kind in ("date", "datetime-local") or name.endswith(("_at", "_on", "until")):
        moment = timezone.localtime(walk.soon())
        return moment.strftime("%Y-%m-%d" if kind == "date" or name.endswith("_on") else "%Y-%m-%dT%H:%M")
    if kind == "number" or name in ("amount", "quantity", "stars"):
        return walk.pick("1", "3", "20", "0", "-5")
    return walk.pick("已与客户说明情况。", "", "再核实一次。")
