"""Goods and money that go back, and what is put in writing."""

from complaints.actions.agreeing import draft_agreement, sign_agreement
from complaints.actions.asking_returns import ask_return
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import submit_grant
from complaints.actions.keeping import keep_commitment
from complaints.actions.receiving_returns import (
    accept_return,
    checks_of,
    fail_return,
    inspect_return,
    receive_return,
    send_goods_back,
)
from complaints.actions.returning import agree_return, note_sent
from complaints.demo.acts.base import Acting
from complaints.demo.pictures import a_picture
from complaints.models import CompensationGrant, ReturnRequest, SettlementAgreement
from complaints.vocabulary.returning import ReturnEntrance, ReturnKind, SigningSide, SigningWay


class Returning(Acting):
    """From the application to the money, and from the plan to both signatures."""

    def asks_to_return(self, items, reason, *, right="no_reason_return", kind=ReturnKind.RETURN) -> ReturnRequest:
        """What the customer wants to give back."""
        return ask_return(
            self.case_id,
            **self.acting(),
            kind=kind,
            entrance=ReturnEntrance.ONLINE,
            items=items,
            reason=reason,
            entitlement=right,
        )

    def agrees_to_return(self, request, words, *, department="warehouse"):
        """The goods may come back; this department receives them."""
        place = self.house.departments[department].pk
        agree_return(request.pk, **self.acting(), words=words, department_id=place)

    def goods_are_sent(self, request, waybill_number, courier="圆通速递"):
        """The customer names the parcel."""
        note_sent(request.pk, **self.acting(), waybill_number=waybill_number, courier=courier)

    def goods_come_back(self, request, *, who=None):
        """Received and looked at, every line as it should be."""
        receive_return(request.pk, **self.acting(who))
        lines = dict.fromkeys(checks_of(ReturnRequest.objects.get(pk=request.pk), self.at), True)
        inspect_return(request.pk, **self.acting(who), checks=lines)

    def goods_come_back_unfit(self, request, photo, note, *failed):
        """Received and looked at; these lines failed, as the photo and the note show."""
        receive_return(request.pk, **self.acting())
        lines = dict.fromkeys(checks_of(ReturnRequest.objects.get(pk=request.pk), self.at), True)
        checks = lines | dict.fromkeys(failed, False)
        inspect_return(request.pk, **self.acting(), checks=checks, note=note, evidence_id=photo.pk)

    def sends_goods_back(self, request, told, waybill_number):
        """They are no standard return: the customer is told why, and the goods travel back."""
        fail_return(request.pk, **self.acting(), words=told)
        send_goods_back(request.pk, **self.acting(), waybill_number=waybill_number)

    def accepts_goods(self, request) -> CompensationGrant:
        """The refund is asked for, and handed in."""
        refund = accept_return(request.pk, **self.acting()).refund
        enter_payee(
            refund.pk,
            **self.acting(),
            name="本人",
            account=f"guest{7300 + refund.pk}@example.com",
            method="alipay",
            reason="原支付账户。",
        )
        return submit_grant(refund.pk, **self.acting())

    def puts_in_writing(self, plan, until, *, owner=None, department=None) -> SettlementAgreement:
        """An agreement drawn from the plan, and who sees to what it binds to."""
        return draft_agreement(
            self.case_id,
            **self.acting(),
            plan_id=plan.pk,
            due_at=self.days.instant(until),
            owner_id=self.person(owner).pk if owner else None,
            department_id=self.house.departments[department].pk if department else None,
        )

    def hands_over_copy(self, agreement):
        """The customer has a copy with both signatures."""
        for promise in agreement.commitments.pending().filter(option__isnull=True):
            keep_commitment(promise.pk, **self.acting(), words="双方签字的扫描件已发给客户。")

    def signs(self, agreement, side=SigningSide.COMPANY):
        """One side signs on paper, with a scan."""
        scan = a_picture(f"协议书-{side}.png", look="paper", seed=next(self.house.numbers))
        sign_agreement(agreement.pk, **self.acting(), side=side, how=SigningWay.ON_PAPER, file=scan)
