"""A draft about words or law is held against what was written to customers and what they are owed."""

from complaints.actions.knowing import state_facts
from policies.models import PolicyRow
from tests.actions.test_dry_runs import a_draft_of, held_against_the_cases, lines
from tests.building import a_negotiating_case, an_assessing_case, answer
from tests.cast import AT


def test_a_new_wording_tells_which_messages_it_would_keep_back(cast):
    case = an_assessing_case(cast)
    answer(cast, case, words="大衣的污渍我们已经看到，正在核查出库录像，今天给您答复。")
    base = PolicyRow.objects.filter(kind="phrase", key="you_are_wrong", state="active").first()
    forms = [*base.body["forms"], "正在核查出库录像"]
    run = held_against_the_cases(a_draft_of(cast, "phrase", "you_are_wrong", forms=forms, gravity="block"), cast)
    (line,) = lines(run, case_id=case.pk)
    assert (line.what, line.name, line.verdict, line.after) == ("block", "message", "refused", "you_are_wrong")
    assert run.looked_at == run.cases


def test_another_multiple_tells_whose_amount_changes(cast):
    case = a_negotiating_case(cast)
    state_facts(case.pk, by=cast.ana, at=AT, facts={"fraud_found": "yes"}, reason="检测报告与页面不符。")
    run = held_against_the_cases(a_draft_of(cast, "entitlement", "fraud_3_times", price_times=4), cast)
    (line,) = lines(run, case_id=case.pk)
    assert (line.what, line.name, line.verdict) == ("amount", "fraud_3_times", "more")
    assert (line.before, line.after) == ("2067.00", "2756.00")
