"""Accountability: faults of members of staff are on record, education follows, and each sees their own (S-TAB-22)."""

import pytest
from django.utils import timezone

from complaints.actions.closing import close_case
from complaints.actions.improving import finish_improvement, set_improvement
from complaints.actions.subjecting import find_conduct, name_subject
from complaints.models import Contact
from complaints.vocabulary import MeasureKind, Verdict
from tests.admin.looking import signed_in, text_of
from tests.building import a_negotiating_case, an_assessing_case, answer
from tests.cast import AT, later
from tests.following import a_case_ready_to_close

pytestmark = pytest.mark.django_db
PAGE = "/admin/conduct/"


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: later(days=3))


@pytest.fixture
def rude(cast):
    """Ana's case is about ben, and it proved true."""
    case = a_negotiating_case(cast)
    subject = name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk, reason="客户投诉他在电话里发火。")
    find_conduct(subject.pk, by=cast.ana, at=AT, finding=Verdict.SUBSTANTIATED)
    return case


def educate(cast, case, person):
    return set_improvement(
        case.pk,
        by=cast.ana,
        at=AT,
        kind=MeasureKind.STAFF_EDUCATION,
        what="倾听与道歉的培训，半天。",
        person_concerned_id=person.pk,
    )


def row_of(page, name):
    return next(row for row in page.context["rows"] if row.name == name)


def test_s_tab_22_who_leads_sees_the_faults_of_the_team_and_the_education_that_followed(cast, rude):
    browser = signed_in(cast.sven)
    assert row_of(browser.get(PAGE), "本杰").counts == (1, 0, 0, 0)
    assert row_of(browser.get(PAGE), "安娜").counts == (0, 0, 0, 0)
    record = browser.get(f"{PAGE}?person={cast.ben.pk}")
    (line,) = record.context["lines"]
    assert line["deed"].url.endswith(f"kind=staff_education&person_concerned_id={cast.ben.pk}")
    assert rude.case_number in text_of(record)
    measure = educate(cast, rude, cast.ben)
    row = row_of(browser.get(PAGE), "本杰")
    assert (row.counts, row.open_education) == ((1, 0, 0, 1), 1)
    finish_improvement(measure.pk, by=cast.ana, at=later(days=2), result="参加并通过了演练。")
    row = row_of(browser.get(PAGE), "本杰")
    assert (row.counts, row.open_education) == ((1, 0, 0, 1), 0)
    record = text_of(browser.get(f"{PAGE}?person={cast.ben.pk}"))
    assert "参加并通过了演练。" in record
    assert "Set education" not in record, "it was given"


def test_s_tab_22_words_and_calls_against_the_rules_count_for_who_sent_them(cast):
    case = an_assessing_case(cast)
    said = answer(cast, case, channel="phone", words="先撤诉再处理。", at=AT)
    assert said.working["wording"]
    broken = Contact.objects.get(pk=said.pk)
    page = signed_in(cast.sven).get(PAGE)
    assert row_of(page, "安娜").counts[2] == 1
    assert row_of(page, "安娜").counts[1] == int(bool(broken.breach))
    told = text_of(signed_in(cast.ana).get(PAGE))
    assert case.case_number in told, "one's own exchange on a case that one sees"


def test_the_person_hears_the_bare_result_once_the_case_has_ended_and_nothing_before(cast):
    case = a_case_ready_to_close(cast)
    subject = name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk, reason="客户投诉他在电话里发火。")
    find_conduct(subject.pk, by=cast.ana, at=AT, finding=Verdict.PARTLY_SUBSTANTIATED)
    educate(cast, case, cast.ben)
    browser = signed_in(cast.ben)
    assert browser.get(PAGE).context["own"] == []
    close_case(case.pk, by=cast.ana, at=later(days=3))
    page = browser.get(PAGE)
    assert {(line["words"], line["case"]) for line in page.context["own"]} == {
        ("", None),
        ("partly substantiated", None),
    }
    told = text_of(page)
    assert "to be given" in told
    assert case.case_number not in told
    assert "倾听与道歉" not in told


def test_staff_see_nobody_else_and_who_leads_no_other_team(cast, rude):
    assert signed_in(cast.ana).get(f"{PAGE}?person={cast.ben.pk}").status_code == 403
    assert signed_in(cast.sven).get(f"{PAGE}?person={cast.wen.pk}").status_code == 404
    assert signed_in(cast.sven).get(f"{PAGE}?person={cast.sven.pk}").status_code == 404
    for query in ("?person=x", "?who=1", "?person=" + "9" * 40):
        assert signed_in(cast.sven).get(PAGE + query).status_code == 400
    assert signed_in(cast.sven).post(PAGE).status_code == 405
    assert row_of(signed_in(cast.axel).get(PAGE), "本杰").counts == (1, 0, 0, 0)
    assert "Set education" not in text_of(signed_in(cast.axel).get(f"{PAGE}?person={cast.ben.pk}"))
