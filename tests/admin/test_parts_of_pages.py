"""An admin page is put together from parts; what one part keeps to itself, no other part may hide."""

from itertools import combinations

import pytest
from django.contrib import admin

OURS = ("casemgmt.", "complaints.", "policies.")


def own_names(part: type) -> set[str]:
    return {name for name in vars(part) if name.startswith("_") and not name.startswith("__")}


@pytest.mark.parametrize("page", admin.site._registry.values(), ids=lambda page: page.opts.label_lower)
def test_no_part_of_a_page_hides_what_another_keeps_to_itself(page):
    parts = [part for part in type(page).__mro__ if part.__module__.startswith(OURS)]
    strangers = [pair for pair in combinations(parts, 2) if not issubclass(*pair)]
    assert [
        (one, other, own_names(one) & own_names(other)) for one, other in strangers if own_names(one) & own_names(other)
    ] == []
