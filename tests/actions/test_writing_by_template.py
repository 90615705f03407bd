"""Templates help to write and never speak by themselves: read through, in the customer's language (S-TRN-07)."""

import pytest

from casemgmt.violations import RuleBroken
from complaints.actions.consenting import note_wishes
from complaints.actions.contacting import record_message
from complaints.forms.talking import MessageForm
from complaints.vocabulary import Channel, ContactPurpose
from policies.lookup import templates_in_force
from tests.building import an_assessing_case
from tests.cast import AT

PURPOSE = ContactPurpose.FIRST_ANSWER


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture
def template(cast):
    return templates_in_force(AT)["acknowledgement"]


def offered(cast, case, code):
    form = MessageForm(row=case, person=cast.ana, at=AT)
    template = templates_in_force(AT)[code]
    return next(found["text"] for found in form.templates if found["id"] == template.policy_id)


def send(cast, case, template, words, **more):
    return record_message(
        case.pk, by=cast.ana, at=AT, channel=Channel.QIANNIU, purpose=PURPOSE, template_id=template.policy_id,
        words=words, **more,
    )  # fmt: skip


def test_a_template_word_for_word_wants_to_be_read_through(cast, case, template):
    words = offered(cast, case, "acknowledgement")
    with pytest.raises(RuleBroken) as refused:
        send(cast, case, template, words)
    assert refused.value.codes == ["contact.template_unread"]
    assert refused.value.violations[0].field == "read_through"
    assert send(cast, case, template, words, read_through=True).template_policy_id == template.policy_id


def test_words_made_for_the_customer_go_out_without_it(cast, case, template):
    words = offered(cast, case, "acknowledgement") + "大衣的污渍照片我看到了。"
    assert send(cast, case, template, words).words.words == words


def test_a_gap_left_open_goes_out_in_no_case(cast, case, template):
    with pytest.raises(RuleBroken) as refused:
        send(cast, case, template, template.texts.zh, read_through=True)
    assert "contact.gap_left" in refused.value.codes


def test_the_customers_language_chooses_the_text(cast, case):
    assert "对不起" in offered(cast, case, "acknowledgement")
    note_wishes(case.pk, by=cast.ana, at=AT, words="English, please.", language="en")
    case.customer.refresh_from_db()
    assert "I am sorry for the trouble" in offered(cast, case, "acknowledgement")


def test_the_house_writes_in_no_other_language(cast, case):
    with pytest.raises(RuleBroken) as refused:
        note_wishes(case.pk, by=cast.ana, at=AT, words="En français.", language="fr")
    assert refused.value.codes == ["wish.unknown_language"]
