"""Marks the colleagues that a note names with @."""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def marked(words: str, names: Iterable[str]) -> SafeString:
    """The words, escaped, with every @name of `names` as a mark; the longest name wins."""
    known = sorted({name for name in names if name}, key=len, reverse=True)
    if not known:
        return conditional_escape(words)
    behind_at = re.compile("([@＠](?:" + "|".join(map(re.escape, known)) + "))", re.IGNORECASE)
    parts = behind_at.split(str(words))
    drawn = (
        format_html('<mark class="cm-mention">{}</mark>', part) if place % 2 else part
        for place, part in enumerate(parts)
    )
    return format_html_join("", "{}", ((part,) for part in drawn))
