"""Where a case belongs: the region whose policies hold for it."""

from complaints.models import Complaint


def region_of(case: Complaint) -> str:
    """The region of the shop, such as "CN-ZJ"; "" when the case names no shop, or the shop no region."""
    return case.shop.region if case.shop_id else ""
