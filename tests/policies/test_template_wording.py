"""A template with words that must not be sent is neither tried nor switched on; nor is a phrase that forbids one."""

import pytest

from casemgmt.violations import RuleBroken
from policies.actions import activate_policy, try_policy
from tests.policies.drafting import AT, a_draft, a_tried_row

pytestmark = pytest.mark.django_db
TEMPLATE = {
    "label": {"en": "Answer", "zh": "答复"},
    "order": 500,
    "channels": ["qianniu"],
    "purpose": "general",
    "texts": {"zh": "{{customer}}您好，正在核实，对不起，谢谢您。"},
}
PHRASE = {
    "label": {"en": "Loud", "zh": "喊话"},
    "order": 500,
    "group": "taboo",
    "gravity": "block",
    "arises_in": "words",
    "why": {"en": "It is loud.", "zh": "太吵。"},
    "instead": {"en": "Speak softly.", "zh": "轻声说"},
    "forms": ["给您添麻烦了"],
}


def test_a_template_with_a_blocked_phrase_is_not_tried(vera):
    row = a_draft(vera, kind="template", body=TEMPLATE | {"texts": {"zh": "最终解释权归本店。"}})
    with pytest.raises(RuleBroken) as broken:
        try_policy(row.pk, by=vera, at=AT)
    assert broken.value.codes == ["policy.template_holds_phrase"]


def test_a_gap_in_a_template_joins_no_words(vera):
    row = a_draft(vera, kind="template", body=TEMPLATE | {"texts": {"zh": "最终{{reason}}解释权由您决定，谢谢。"}})
    assert try_policy(row.pk, by=vera, at=AT).state == "tried"


def test_what_needs_approval_is_asked_for_when_the_template_is_used(vera):
    row = a_draft(vera, kind="template", body=TEMPLATE | {"texts": {"zh": "{{customer}}您好，全额退款已办好，谢谢。"}})
    assert try_policy(row.pk, by=vera, at=AT).state == "tried"


def test_a_phrase_that_forbids_a_template_in_force_is_not_switched_on(vera, paul):
    row = a_tried_row(vera, kind="phrase", body=PHRASE)
    with pytest.raises(RuleBroken) as broken:
        activate_policy(row.pk, by=paul, at=AT)
    assert set(broken.value.codes) == {"policy.template_holds_phrase"}


def test_a_phrase_that_forbids_no_template_is_switched_on(vera, paul):
    row = a_tried_row(vera, kind="phrase", body=PHRASE | {"forms": ["嗓门大得很"]})
    assert activate_policy(row.pk, by=paul, at=AT).state == "active"
