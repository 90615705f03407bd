"""People of the cast at their desks: signed in, doing actions through the real dialogs, reading what they see."""

import re
from base64 import b64decode
from functools import cache

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from tests.browser.seeing import IS_DRAWN

ALLOWED = re.compile(
    r"系统 System|tb_linxiaoyun|(?<![A-Za-z])(?:ana|ben|wen|sven|tara|olga|petra|axel|edith|adam|system)(?![a-z])|ODR"
    r"|\S+\.csv\b|(?<![A-Za-z])[a-z]+(?:[-_][a-z0-9]+)+"
    r"|\S*@example\.com|\*+\.com|\*+oyun|PDF|JPG|PNG|png|CSV|XLSX|UTF-8|GB18030|CNY|ISO|SHA-?256|Ctrl|Enter|[Ee]sc\b"
    r"|https?://\S+|[a-z_]+\.[a-z]{3,4}\b"
    r"|\b[0-9a-f]{8,}\b|TS-?\d\S*|[A-Z]{1,3}-?\d+\S*|\b[A-Z]\b|v\d+"
)
"""What stays Latin in a Chinese page: sign-in names, keys, formats, files, currencies, codes of policies, digests."""

A_RECEIPT = {
    "name": "回单.png",
    "mimeType": "image/png",
    "buffer": b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    ),
}
"""What operations choose as proof of a payment: a picture of one dot."""

ENGLISH = re.compile(r"[A-Za-z]{3,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


def open_desk(chromium, live_server, person, *, width=1280, height=900, scheme="light"):
    """A signed-in window in Chinese. Close its context after use."""
    client = Client()
    client.force_login(person)
    context = chromium.new_context(
        base_url=live_server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
        color_scheme=scheme,
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    context.set_default_timeout(15_000)
    return context.new_page()


def look(page, url):
    """Open a page, and return it after checking that no word of it was left in English."""
    response = page.goto(url)
    assert response.status == 200, f"{url}: {response.status}"
    assert_chinese(page)
    return page


def page_of(row):
    """The address of the page of a row."""
    return reverse(f"admin:complaints_{row._meta.model_name}_change", args=[row.pk])


def dialog_of(row, action):
    """The address of an action's dialog."""
    return reverse(f"admin:complaints_{row._meta.model_name}_do", args=[row.pk, action])


def act(page, row, action, **given):
    """Open the dialog of an action, fill it in, send it, and be led on without a complaint."""
    url = dialog_of(row, action)
    look(page, url)
    fill(page, given)
    send(page)
    assert not page.locator(".cm-alert[role=alert]").count(), page.locator(".cm-alert").inner_text()
    assert_chinese(page)


def fill(page, given):
    """Each value into the field of its name, whatever kind of field it is."""
    for name, value in given.items():
        field = page.locator(f".cm-fields [name='{name}']").first
        kind = field.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
        if kind == "select":
            field.select_option(str(value))
        elif kind == "file":
            field.set_input_files(value)
        elif kind in ("checkbox", "radio"):
            field.check()
        else:
            field.fill(str(value))


def send(page):
    """Press the button of the dialog and wait for the answer."""
    with page.expect_navigation():
        page.click(".cm-submit")


def follow(page, what, check=None):
    """Press a link or button that leads to another page, and check the words there: Chinese, unless told otherwise."""
    with page.expect_navigation():
        page.locator(what).first.click()
    page.wait_for_function(IS_DRAWN)
    (check or assert_chinese)(page)


def tick_rows(page, number):
    """The first rows of a list are chosen for a bulk action."""
    for place in range(number):
        page.locator("#result_list [data-row] input.action-select").nth(place).check()


def open_sheet(page, what):
    """Press a link that opens a dialog over the page."""
    page.locator(what).first.click()
    page.wait_for_selector("dialog[open] .cm-dialog-form")


def assert_chinese(page, *, but=()):
    """No English word in what can be read, nor in names for screen readers, hints and choices.

    `but` names the cells in which codes stand.
    """
    found = page.evaluate(
        """(but) => {
            const shown = document.body.cloneNode(true);
            for (const part of shown.querySelectorAll(
                ['script, style, template, noscript, .material-symbols-outlined, bdi, code', ...but].join(', ')))
                part.remove();
            const named = [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
                .flatMap(part => ['aria-label', 'title', 'placeholder'].map(name => part.getAttribute(name) || ''));
            return [shown.textContent, document.title, ...named].join(' | ');
        }""",
        list(but),
    )
    english = sorted({word.group() for word in ENGLISH.finditer(ALLOWED.sub(" ", found))} - {"English"})
    assert english == [], f"{page.url}: {english}"


def assert_english(page):
    """No words of the Chinese catalogue where people read; what was typed in is data and may be Chinese."""
    shown = page.evaluate(
        """() => {
            const found = [];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                if (!texts.currentNode.parentElement.closest('script, style, template, [lang], form[action*=language]'))
                    found.push(...texts.currentNode.data.split('·'));
            }
            for (const part of document.querySelectorAll('[aria-label], [title], [placeholder]'))
                for (const name of ['aria-label', 'title', 'placeholder']) found.push(part.getAttribute(name) || '');
            return found.map((words) => words.trim());
        }"""
    )
    chinese = sorted(set(shown) & chinese_words())
    assert chinese == [], f"{page.url}: {chinese}"


@cache
def chinese_words() -> frozenset:
    """Whatever the product says in Chinese, without gaps."""
    with translation.override("zh-hans"):
        said = [words for _english, words in trans_real.catalog()._catalog.items()]
    return frozenset(words for words in said if "%" not in words and CHINESE.search(words))
