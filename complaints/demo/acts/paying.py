"""Money: asked for, approved by another, paid by a third."""

from complaints.actions.approving import approve_grant, reject_grant
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import draft_grant, submit_grant
from complaints.actions.paying import bounce_grant, pay_grant, retry_grant
from complaints.demo.acts.base import Acting
from complaints.demo.pictures import a_picture
from complaints.models import CompensationGrant
from complaints.vocabulary import GrantPurpose, ResponsibleParty

VIRTUAL = frozenset({"coupon", "member_benefit", "discount"})


class Paying(Acting):
    """Compensation, from the request to the payment."""

    def drafts_grant(
        self, kind, amount, basis, *, fault=ResponsibleParty.SELLER, payee=None, **more
    ) -> CompensationGrant:
        """Write down what is to be asked for; what is no voucher goes to a payee."""
        asked = {"kind": kind, "amount": amount, "basis": basis, "fault": fault, "purpose": GrantPurpose.RESTORE_TRUST}
        grant = draft_grant(self.case_id, **self.acting(), **asked | more)
        if kind not in VIRTUAL:
            enter_payee(
                grant.pk,
                **self.acting(),
                name=payee or "本人",
                account=f"guest{7300 + grant.pk}@example.com",
                method="alipay",
                reason="客户在旺旺上提供的收款账号。",
            )
        return grant

    def requests(self, kind, amount, basis, **more) -> CompensationGrant:
        """Draft it and hand it in: approved at once within one's own authority, else it waits."""
        grant = self.drafts_grant(kind, amount, basis, **more)
        submit_grant(grant.pk, **self.acting())
        grant.refresh_from_db()
        return grant

    def approves(self, who, grant):
        """A supervisor says yes to what the grant says now."""
        grant.refresh_from_db()
        approve_grant(grant.pk, **self.acting(who), seen_digest=grant.content_digest)

    def rejects(self, who, grant, reason):
        """A supervisor says no."""
        reject_grant(grant.pk, **self.acting(who), reason=reason)

    def pays(self, who, grant):
        """A third person pays it, once."""
        grant.refresh_from_db()
        reference = f"ZF{self.at:%Y%m%d}{1000 + grant.pk * 3 + next(self.house.numbers)}"
        receipt = a_picture(f"回单{reference}.png", look="paper", seed=next(self.house.numbers))
        pay_grant(grant.pk, **self.acting(who), payment_key=grant.payment_key, reference=reference, file=receipt)

    def bounces(self, who, grant, reason):
        """The money came back."""
        bounce_grant(grant.pk, **self.acting(who), reason=reason)

    def retries(self, who, grant, reason):
        """The same, paid again."""
        retry_grant(grant.pk, **self.acting(who), reason=reason)
