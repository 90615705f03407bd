"""A refusal shows which bars and rights of the law were asked, by which edition, and that they say the same again."""

import pytest
from django.urls import reverse

from complaints.models import RefusalProposal
from tests.admin.looking import case_page, text_of
from tests.refusals import a_proposal

pytestmark = pytest.mark.django_db


def page_of(refusal):
    return reverse("admin:complaints_refusalproposal_why", args=[refusal.pk])


def test_what_the_law_said_to_a_refusal_is_asked_again_with_the_rows_of_then(sven, world):
    refusal = a_proposal(world.cast)
    assert page_of(refusal) in sven.get(case_page(refusal.case)).content.decode()
    answer = sven.get(page_of(refusal))
    assert answer.context["is_same"]
    assert len(answer.context["cited"]) == 3
    assert all(policy.source in text_of(answer) for policy in answer.context["cited"])
    assert all(not bar["holds"] and bar["policy"] for bar in answer.context["bars"])
    assert sven.post(page_of(refusal)).status_code in (403, 405)


def test_facts_that_would_have_barred_it_show_that_something_differs(sven, world):
    refusal = a_proposal(world.cast)
    facts = refusal.weighed["facts"] | {"remote_sale": "yes", "defect_confirmed": "yes"}
    facts |= {"received_on": "2026-10-11", "demanded_on": "2026-10-11", "price": "689.00"}
    facts = {name: text for name, text in facts.items() if name not in ("damage_cause", "responsible_party")}
    changed = {"weighed": refusal.weighed | {"facts": facts}, "refuses": "return"}
    RefusalProposal.objects.filter(pk=refusal.pk).update(**changed)
    assert not sven.get(page_of(refusal)).context["is_same"]
