"""The pages of handovers, absences, loads and next cases: who sees what, and what a press of a button does."""

import pytest
from django.urls import reverse

from casemgmt.people.models import Absence
from complaints.actions.handing_over import hand_over
from complaints.actions.subjecting import name_subject
from complaints.models import Assignment, BulkRun, Complaint, Handover
from complaints.roles import day_of
from tests.admin.looking import send, signed_in, text_of
from tests.admin.world import NOW
from tests.building import a_registered_case, an_assessing_case, an_executing_case

pytestmark = pytest.mark.django_db
REGISTER = "/admin/register/"


def handed(world, *, to=None, words="天猫晚上维护。") -> Handover:
    cases = [an_assessing_case(world.cast), an_executing_case(world.cast)]
    return hand_over(
        by=world.cast.ana,
        at=NOW,
        cases=[case.pk for case in cases],
        given_to_id=to.pk if to else None,
        words=words,
        notes={cases[0].pk: "别先报数。"},
    )


def press(browser, url, **fields):
    """Send a form as a page without scripts does."""
    return send(browser, url, headers={}, **fields)


def page_of(handover) -> str:
    return reverse("admin:complaints_handover_change", args=[handover.pk])


def test_the_register_shows_what_was_promised_and_what_is_next(ana, world):
    an_executing_case(world.cast)
    text = text_of(ana.get(REGISTER))
    for words in ("What was promised", "寄一件全新的同款", "Follow-up", "林**"):
        assert words in text
    assert "林晓云" not in text
    table = b"".join(ana.get(REGISTER + "?as=csv").streaming_content).decode()
    assert "寄一件全新的同款" in table
    assert "林晓云" not in table
    assert "Print" in text_of(ana.get(REGISTER + "?as=paper"))


@pytest.mark.parametrize("query", ["?as=pdf", "?person=x", "?person=٣", "?other=1", "?person=" + "9" * 30])
def test_an_address_that_makes_no_sense_is_refused(ana, query):
    assert ana.get(REGISTER + query).status_code == 400


def test_whose_register_one_reads(ana, sven, world):
    cast = world.cast
    assert ana.get(f"{REGISTER}?person={cast.ben.pk}").status_code == 404
    assert sven.get(f"{REGISTER}?person={cast.ana.pk}").status_code == 200
    assert sven.get(f"{REGISTER}?person={cast.wen.pk}").status_code == 404
    assert signed_in(cast.axel).get(f"{REGISTER}?person={cast.wen.pk}").status_code == 200
    assert signed_in(cast.olga).get(REGISTER).status_code == 403


def test_a_shift_is_handed_over_and_taken_over_through_the_pages(ana, world):
    cast = world.cast
    case = an_executing_case(cast)
    add = reverse("admin:complaints_handover_add")
    form = text_of(ana.get(add))
    assert case.case_number in form
    sent = {"giver_id": cast.ana.pk, "given_to_id": cast.ben.pk, "words": "", "cases": [case.pk]}
    answer = press(ana, add, **sent, **{f"note_{case.pk}": "顾客下午三点后方便。"})
    handover = Handover.objects.get()
    assert answer.url == page_of(handover)
    line = handover.lines.get()
    assert str(line.note) == "顾客下午三点后方便。"
    ben = signed_in(cast.ben)
    text = text_of(ben.get(page_of(handover)))
    assert "Take everything over" in text
    assert "顾客下午三点后方便。" in text
    assert "Take everything over" not in text_of(ana.get(page_of(handover)))
    press(ben, reverse("admin:complaints_handover_do", args=[handover.pk, "take-everything"]))
    assert Complaint.objects.get(pk=case.pk).handler == cast.ben
    assert "taken over" in text_of(ben.get(page_of(handover)))


def test_what_is_wrong_with_a_handover_stands_at_its_field_and_the_text_stays(ana, world):
    case = an_executing_case(world.cast)
    add = reverse("admin:complaints_handover_add")
    sent = {"giver_id": world.cast.ana.pk, "given_to_id": world.cast.wen.pk, "words": "夜班注意。", "cases": [case.pk]}
    answer = press(ana, add, **sent)
    assert answer.status_code == 422
    assert "may not see case" in text_of(answer)
    assert "夜班注意。" in text_of(answer)
    for wrong in ({"cases": [999999]}, {"cases": ["x"]}, {"given_to_id": "x"}):
        assert press(ana, add, **sent | wrong).status_code == 422
    assert not Handover.objects.exists()


def test_a_line_is_returned_with_its_reason_on_the_page(ana, world):
    handover = handed(world, to=world.cast.ben)
    line = handover.lines.first()
    ben = signed_in(world.cast.ben)
    do = reverse("admin:complaints_handoverline_do", args=[line.pk, "return-line"])
    assert press(ben, do, reason="").status_code == 422
    press(ben, do, reason="顾客只认安娜。")
    text = text_of(ana.get(page_of(handover)))
    assert "returned" in text
    assert "顾客只认安娜。" in text


def test_auditors_read_it_press_nothing_and_strangers_do_not_find_it(world):
    handover = handed(world, to=world.cast.ben)
    axel = signed_in(world.cast.axel)
    text = text_of(axel.get(page_of(handover)))
    assert "天猫晚上维护。" in text
    assert "Take over" not in text
    do = reverse("admin:complaints_handover_do", args=[handover.pk, "take-everything"])
    assert press(axel, do).status_code == 403
    assert signed_in(world.cast.wen).get(page_of(handover)).status_code in (302, 404)
    assert b"".join(axel.get(reverse("admin:complaints_handover_csv", args=[handover.pk])).streaming_content)
    assert axel.get(page_of(handover) + "?paper=1").status_code == 200


def test_not_even_the_count_tells_somebody_of_a_case_about_themselves(world):
    handover = handed(world)
    about_ben = handover.lines.first().case
    name_subject(about_ben.pk, by=world.cast.ana, at=NOW, person_id=world.cast.ben.pk, reason="顾客点名。")
    text = text_of(signed_in(world.cast.ben).get(page_of(handover)))
    assert about_ben.case_number not in text
    assert "0 / 1 answered" in text


def test_an_absence_is_entered_and_the_substitute_finds_it_on_the_desk(ana, world):
    cast = world.cast
    add = reverse("admin:people_absence_add")
    day = day_of(NOW).isoformat()
    sent = {"person_id": cast.ana.pk, "starts_on": day, "ends_on": day, "substitute_id": cast.ben.pk}
    assert press(ana, add, **sent | {"person_id": cast.wen.pk}).status_code == 422
    assert press(ana, add, **sent).status_code == 302
    absence = Absence.objects.get()
    ben = signed_in(cast.ben)
    assert "for 安娜" in text_of(ben.get("/admin/"))
    assert "安娜" in text_of(ben.get(reverse("admin:people_absence_changelist")))
    assert press(ben, reverse("admin:people_absence_do", args=[absence.pk, "end"])).status_code == 403
    assert press(ana, reverse("admin:people_absence_do", args=[absence.pk, "end"])).status_code == 302
    assert "for 安娜" not in text_of(signed_in(cast.ben).get("/admin/"))


def test_the_next_case_is_one_press_away(ana, world):
    a_registered_case(world.cast, safety_flag=True)
    assert "Take the next case" in text_of(ana.get("/admin/"))
    next_case = reverse("admin:complaints_complaint_next")
    answer = press(ana, next_case)
    kept = Assignment.objects.get()
    assert answer.url.startswith(reverse("admin:complaints_complaint_change", args=[kept.case_id]))
    text = text_of(ana.get(reverse("admin:complaints_complaint_given", args=[kept.case_id])))
    assert "Computed again it comes out the same." in text
    assert signed_in(world.cast.axel).get(next_case).status_code == 403


def test_why_them_names_every_candidate(ana, sven, world):
    case = a_registered_case(world.cast)
    press(sven, reverse("admin:complaints_complaint_do", args=[case.pk, "assign-by-rule"]))
    assert Complaint.objects.get(pk=case.pk).handler == world.cast.ben
    text = text_of(ana.get(reverse("admin:complaints_complaint_given", args=[case.pk])))
    for words in ("安娜", "本杰", "chosen", "place 2", "Computed again it comes out the same."):
        assert words in text


def test_the_load_of_the_team_and_moving_it(sven, ana, world):
    load = reverse("desk:team_load")
    text = text_of(sven.get(load))
    assert "安娜" in text
    assert "文静" not in text
    assert ana.get(load).status_code == 403
    assert sven.get(load + "?x=1").status_code == 400
    move = reverse("desk:move_cases", args=[world.cast.ana.pk])
    assert sven.get(move).status_code == 405
    assert ana.post(move).status_code == 403
    assert sven.post(reverse("desk:move_cases", args=[world.cast.wen.pk])).status_code == 404
    before = BulkRun.objects.count()
    answer = sven.post(move)
    run = BulkRun.objects.latest("pk")
    assert BulkRun.objects.count() == before + 1
    assert run.lines.count() == Complaint.objects.open().filter(handler=world.cast.ana).count()
    assert str(run.pk) in answer.url
