"""Where a case belongs: the region whose policies hold for it, and the language in which its customer is written to."""

from django.conf import settings

from complaints.models import Complaint, Customer


def region_of(case: Complaint) -> str:
    """The region of the shop, such as "CN-ZJ"; "" when the case names no shop, or the shop no region."""
    return case.shop.region if case.shop_id else ""


def language_of(customer: Customer | None) -> str:
    """The language of the customer, such as "en"; that of the house for nobody, or who never said."""
    return (customer.language if customer is not None else "") or settings.LANGUAGE_CODE
