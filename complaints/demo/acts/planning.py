"""The plan: offered, answered, carried out."""

from decimal import Decimal

from complaints.actions.committing import make_commitment
from complaints.actions.concluding import conclude
from complaints.actions.executing import PromiseTerms, accept, complete, replan
from complaints.actions.keeping import keep_commitment, release_commitment
from complaints.actions.planning import OptionDraft, accept_plan, draft_plan, offer_plan, reject_plan, walk_ladder
from complaints.demo.acts.base import Acting
from complaints.models import Commitment, HandlingPlan
from complaints.vocabulary import Acceptance, Channel, LadderStep, OwedBy


def _option(remedy, words="", amount=None) -> OptionDraft:
    return OptionDraft(remedy, words, None if amount is None else Decimal(amount))


class Planning(Acting):
    """From the verdict to everything done."""

    def drafts(
        self, explanation, follow_up, *options, improvement="", owed=OwedBy.NOTHING, deviation=""
    ) -> HandlingPlan:
        """A plan with its options, each (remedy, words) or (remedy, words, amount)."""
        return draft_plan(
            self.case_id,
            **self.acting(),
            explanation=explanation,
            follow_up=follow_up,
            options=[_option(*option) for option in options],
            improvement=improvement,
            owed_by=owed,
            deviation=deviation,
        )

    def offers(
        self, words, explanation, follow_up, *options, channel=Channel.QIANNIU, apology="", **more
    ) -> HandlingPlan:
        """Draft it, and tell the customer in these words."""
        plan = self.drafts(explanation, follow_up, *options, **more)
        return offer_plan(plan.pk, **self.acting(), channel=channel, words=words, apology=apology)

    def customer_takes(self, plan, words, *which, acceptance=Acceptance.SAID_YES):
        """The customer says yes to the options of these numbers (the first without)."""
        options = list(plan.options.order_by("pk").values_list("pk", flat=True))
        chosen = [options[number] for number in which or (0,)]
        accept_plan(plan.pk, **self.acting(), acceptance=acceptance, chosen=chosen, words=words)

    def customer_declines(self, plan, words):
        """The customer says no, and why."""
        reject_plan(plan.pk, **self.acting(), words=words)

    def carries_out(self, until=(1, "18:00"), *, owner=None, department=None, **terms: PromiseTerms):
        """The accepted plan becomes promises."""
        accept(
            self.case_id,
            **self.acting(),
            due_at=self.days.instant(until),
            owner_id=self.person(owner).pk if owner else None,
            department_id=self.house.departments[department].pk if department else None,
            **terms,
        )

    def promises(self, what, until, *, owner=None, department=None) -> Commitment:
        """Something promised beside the plan."""
        return make_commitment(
            self.case_id,
            **self.acting(),
            what=what,
            due_at=self.days.instant(until),
            owner_id=self.person(owner).pk if owner else None,
            department_id=self.house.departments[department].pk if department else None,
        )

    def keeps_everything(self, words, *, who=None):
        """Every promise that is open is kept, but those that a payment keeps."""
        for promise in self.case.commitments.pending().filter(grant__isnull=True):
            keep_commitment(promise.pk, **self.acting(who), words=words)

    def releases(self, promise, customer_words):
        """The customer lets us off."""
        release_commitment(promise.pk, **self.acting(), customer_words=customer_words)

    def plans_anew(self, reason, *, customer_words="", commitments=None, grants=None):
        """It cannot be carried out like this."""
        replan(
            self.case_id,
            **self.acting(),
            reason=reason,
            commitments=commitments or {},
            grants=grants or {},
            customer_words=customer_words,
        )

    def completes(self):
        """Everything is done and told."""
        complete(self.case_id, **self.acting())

    def concludes(self, words, *, because="took_explanation"):
        """Nothing is owed, and the customer leaves it at that."""
        conclude(self.case_id, **self.acting(), because=because, words=words)

    def walks_ladder(self, *words):
        """Talked further, asked a superior, offered other options: what came of each."""
        for step, said in zip(LadderStep.values, words, strict=True):
            walk_ladder(self.case_id, **self.acting(), step=step, words=said)
