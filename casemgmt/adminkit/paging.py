"""Pages of long lists, without counting the whole table."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.utils.functional import cached_property

COUNTED_AT_MOST = 2_000
"""Up to here a list is counted exactly; beyond it, "more than" is said."""


class UncountedPaginator(Paginator):
    """Counts no further than COUNTED_AT_MOST rows, so that a long list costs what a short one does."""

    @cached_property
    def count(self) -> int:
        """The number of rows, or one more than COUNTED_AT_MOST when there are more."""
        rows = self.object_list[: COUNTED_AT_MOST + 1]
        return rows.order_by().count() if not rows.query.is_sliced else rows.count()

    @property
    def has_more(self) -> bool:
        """Whether rows lie beyond those counted."""
        return self.count > COUNTED_AT_MOST

    def page(self, number) -> Page:
        """A page by its number; rows beyond those counted are reached by filters, not by leafing."""
        try:
            return super().page(number)
        except InvalidPage:
            return super().page(self.num_pages)
