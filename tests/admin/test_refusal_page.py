"""The guided page of a refusal: steps, what lacks, drafts that are kept, handing in, and the letter to the customer."""

import re

import pytest
from django.urls import reverse

from complaints.actions.proposing_refusals import draft_of
from complaints.models import Contact, RefusalProposal
from complaints.states import CaseState, RefusalState
from complaints.vocabulary import ContactPurpose
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.admin.world import somebody
from tests.refusals import GROUNDS, an_approved_refusal, an_unreasonable_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    return an_unreasonable_case(world.cast, **somebody())


def page(case, step=""):
    url = reverse("admin:complaints_complaint_refuse", args=[case.pk])
    return f"{url}?step={step}" if step else url


def complete(case):
    return GROUNDS | {"evidence_ids": [str(pk) for pk in case.evidence.values_list("pk", flat=True)]}


def steps_in(answer) -> dict[str, str]:
    return {step.code: step.standing for step in answer.context["form"].guide.steps}


def test_each_step_says_how_far_it_is_and_what_lacks(ana, case):
    answer = ana.get(page(case))
    assert steps_in(answer) == {
        "talks": "here", "understood": "lacks", "ground": "lacks", "impact": "lacks", "basis": "lacks",
        "explanation": "lacks", "routes": "done", "summary": "locked",
    }  # fmt: skip
    text = text_of(answer)
    assert "已沟通，客户仍不接受。" in text, "the ladder with what came of it"
    assert "It is not said that the problem was understood." in text
    ground = text_of(ana.get(page(case, "ground")))
    for pretext in ("The parcel was opened", "There is no invoice", "The shop page says no returns"):
        assert pretext in ground
    assert "Order 73 art. 9" in ground
    assert "12315" in text_of(ana.get(page(case, "routes"))), "other ways come with their numbers"


def test_every_step_keeps_what_was_typed_and_goes_on(ana, case, world):
    kept = ana.post(page(case), {"understood": "客户要求全额退款。", "to": "ground"})
    assert kept["Location"].endswith("step=ground")
    assert "客户要求全额退款。" in text_of(ana.get(page(case, "understood")))
    passing = ana.post(page(case), {"understood": "客户要求退款并赔偿。"}, HTTP_X_REQUESTED_WITH="draft")
    assert passing.status_code == 204
    assert draft_of(case, world.cast.ana)[0]["understood"] == "客户要求退款并赔偿。"
    assert "客户要求退款并赔偿。" not in text_of(signed_in(world.cast.sven).get(page(case, "understood")))
    refused = ana.post(page(case), {"understood": "a\x00b", "routes": "平台客服"})
    assert refused.status_code == 422
    assert "平台客服" in text_of(refused)
    assert ana.post(page(case), {"understood": "x", "to": "case"})["Location"] == reverse(
        "admin:complaints_complaint_change", args=[case.pk]
    )


def test_the_ground_that_is_chosen_lists_its_evidence_with_the_way_to_it(ana, case):
    ana.post(page(case), {"ground": "no_concrete_evidence", "to": "ground"})
    answer = ana.get(page(case, "ground"))
    assert "never asked for" in text_of(answer)
    assert f"{dialog(case, 'ask-for-evidence')}?back=refuse" in text_of(answer)
    reasons = {reason.code: reason.url for _step, reason in answer.context["form"].guide.reasons}
    assert reasons["refusal.fact_missing"] == f"{dialog(case, 'state-facts')}?back=refuse"


def test_handed_in_whole_it_waits_for_somebody_else(ana, case, world):
    ana.post(page(case), complete(case) | {"to": "summary"})
    answer = ana.get(page(case, "summary"))
    assert set(steps_in(answer).values()) <= {"done", "here"}
    assert "Everything is there" in text_of(answer)
    assert world.cast.sven.name in text_of(answer)
    assert GROUNDS["explanation"] in text_of(answer)
    sent = send(ana, dialog(case, "propose-refusal"), headers={}, **complete(case))
    assert sent.status_code == 302
    refusal = RefusalProposal.objects.get(case=case)
    assert (refusal.state, refusal.impact_in_law.words) == (RefusalState.PROPOSED, GROUNDS["impact_in_law"])
    assert draft_of(case, world.cast.ana) == ({}, None)
    assert ana.get(page(case)).status_code == 302, "nothing to propose any more"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ground": "no_invoice"}, "The law lets nobody refuse with this"),
        ({"legal_reference": ""}, "This field is required."),
        ({"explanation": "这是本店规定，最终解释权归本店所有。"}, "最终解释权"),
    ],
)
def test_posted_directly_it_is_refused_with_everything_typed_kept(ana, case, changes, says):
    answer = send(ana, dialog(case, "propose-refusal"), headers={}, **complete(case) | changes)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert GROUNDS["understood"] in text_of(answer)
    assert not RefusalProposal.objects.filter(case=case).exists()


def test_nonsense_and_strangers_are_refused(ana, case, world):
    for query in ("step=x", "step=", "other=1"):
        assert ana.get(f"{page(case)}?{query}").status_code == 400, query
    assert signed_in(world.cast.ben).get(page(case)).status_code == 403
    assert signed_in(world.cast.axel).post(page(case), {"understood": "x"}).status_code == 403
    assert signed_in(world.cast.wen).get(page(case)).status_code == 404
    assert ana.put(page(case)).status_code == 405


def test_the_letter_is_made_of_what_was_approved_and_goes_with_its_copies(ana, case, world):
    refusal = an_approved_refusal(world.cast, case)
    answer = ana.get(dialog(case, "write-refusal"))
    letters = answer.context["form"].templates
    assert [letter["label"].rpartition(" ")[2] for letter in letters[:2]] == ["Chinese", "English"]
    words = letters[0]["text"]
    for part in (GROUNDS["explanation"].rstrip("。"), GROUNDS["routes"], "3.1", "消费者权益保护法"):
        assert part in words
    assert "Wear, and handling" in letters[1]["text"]
    copies = list(refusal.evidence_links.values_list("evidence", flat=True))
    facts = {"channel": "qianniu", "words": re.sub(r"\{\{.*?\}\}", "李", words), "evidence_ids": copies}
    without = send(ana, dialog(case, "write-refusal"), **facts | {"evidence_ids": []}, showed_policy="on")
    assert "The customer was not shown the evidence." in text_of(without)
    bare = send(ana, dialog(case, "write-refusal"), **facts)
    assert "The customer was not shown the policy." in text_of(bare)
    sent = send(ana, dialog(case, "write-refusal"), **facts, showed_policy="on")
    assert sent.status_code == 204, text_of(sent)
    case.refresh_from_db()
    assert case.state == CaseState.FOLLOWING_UP
    told = Contact.objects.get(case=case, purpose=ContactPurpose.REFUSAL)
    refusal.refresh_from_db()
    assert refusal.told == told
    assert {link.sent_with for link in refusal.evidence_links.all()} == {told}
