"""What the customer is owed: the parcel's record, facts stated by hand, and the answer written down."""

from complaints.actions.entitling import record_entitlement
from complaints.actions.ordering import record_order
from complaints.demo.acts.base import Acting
from complaints.models import EntitlementAnswer


class Rights(Acting):
    """From who signed for the parcel to what follows from it."""

    def looks_up_parcel(self, reason, *, signed_by, signed=None, courier="顺丰速运"):
        """Who signed for it, and when; without a moment nobody did."""
        record_order(
            self.case_id,
            **self.acting(),
            reason=reason,
            courier=courier,
            signed_by=signed_by,
            signed_at=self.days.instant(signed) if signed else None,
        )

    def writes_down_what_is_owed(self, entitlement) -> EntitlementAnswer:
        """The answer of today, for the newest finding."""
        finding = self.case.findings.order_by("pk").last()
        return record_entitlement(self.case_id, **self.acting(), entitlement=entitlement, finding_id=finding.pk)
