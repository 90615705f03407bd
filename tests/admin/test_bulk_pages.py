"""Bulk work in the browser: who is offered it, what the dry run shows, and what cannot be done by hand (T15)."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casemgmt.privacy.models import AccessEvent
from complaints.actions import sharing_out
from complaints.actions.assigning import take_case
from complaints.actions.bulk import choose_cases, plan_run
from complaints.actions.bulk_running import run_lines
from complaints.actions.subjecting import name_subject
from complaints.models import BulkRun, Complaint, Tag
from complaints.states import BulkState
from policies.lookup import NothingInForce
from tests.admin.counting import events, kept
from tests.admin.looking import send, signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import a_registered_case

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"
RUNS = "/admin/complaints/bulkrun/"


def tick(browser, action, *cases, query="?queue=all", **more):
    fields = {"action": action, "index": "0", "_selected_action": [case.pk for case in cases], **more}
    return browser.post(CASES + query, fields)


def the_run() -> BulkRun:
    return BulkRun.objects.latest("pk")


def page_of(run) -> str:
    return reverse("admin:complaints_bulkrun_change", args=[run.pk])


def do(run, name) -> str:
    return reverse("admin:complaints_bulkrun_do", args=[run.pk, name])


@pytest.fixture
def queue(world):
    return [a_registered_case(world.cast, **somebody()) for _number in range(4)]


@pytest.fixture
def planned(world, queue):
    """A dry run of sven: three of four go to ben, who has the fourth."""
    take_case(queue[3].pk, by=world.cast.ben, at=NOW)
    run = choose_cases("assign", [case.pk for case in queue], by=world.cast.sven, at=NOW)
    words = "一组今天只有两个人。"
    return plan_run(run.pk, by=world.cast.sven, at=NOW, handler_ids=[world.cast.ben.pk], words=words)


def test_from_the_list_to_the_result(sven, world, queue, django_capture_on_commit_callbacks):
    answer = tick(sven, "bulk_assign", *queue)
    assert answer["Location"] == page_of(the_run())
    dialog = sven.get(answer["Location"], follow=True)
    assert "Try it dry" in text_of(dialog)
    choice = {"handler_ids": [world.cast.ben.pk], "words": "一组今天只有两个人。"}
    answer = sven.post(do(the_run(), "plan-assign"), {"form_key": str(uuid4()), **choice})
    shown = text_of(sven.get(answer["Location"]))
    assert "Dry run: Assign to 本杰" in shown
    assert "Assign 4 cases" in shown
    assert Complaint.objects.filter(pk__in=[case.pk for case in queue], handler__isnull=False).count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        answer = sven.post(do(the_run(), "run"), {"form_key": str(uuid4())})
    result = text_of(sven.get(answer["Location"]))
    assert "<strong>4</strong> changed" in result
    assert the_run().state == BulkState.FINISHED
    assert set(Complaint.objects.filter(pk__in=[c.pk for c in queue]).values_list("handler", flat=True)) == {
        world.cast.ben.pk
    }


def test_what_is_given_out_by_rule_is_shown_at_once_and_names_who_got_it(
    sven, world, queue, django_capture_on_commit_callbacks
):
    answer = tick(sven, "bulk_share", *queue)
    shown = text_of(sven.get(answer["Location"]))
    assert "Dry run: Give out by rule" in shown
    assert "Give out 4 cases" in shown
    assert "The rule is asked again when each case has its turn" in shown
    assert "Change the choice" not in shown
    with django_capture_on_commit_callbacks(execute=True):
        answer = sven.post(do(the_run(), "run"), {"form_key": str(uuid4())})
    assert "<strong>4</strong> changed" in text_of(sven.get(answer["Location"]))
    assert not Complaint.objects.filter(pk__in=[case.pk for case in queue], handler=None).exists()


def test_without_a_policy_nothing_is_chosen_and_the_list_says_why(sven, queue, monkeypatch):
    monkeypatch.setattr(sharing_out, "assignment_in_force", nothing_in_force)
    answer = sven.get(tick(sven, "bulk_share", *queue)["Location"])
    assert "policy" in text_of(answer)
    assert not BulkRun.objects.filter(kind="share").exists()


def nothing_in_force(at):
    raise NothingInForce("assignment", "default", at)


def test_what_will_not_change_comes_first_with_its_reason(sven, planned, queue):
    shown = text_of(sven.get(page_of(planned)))
    places = [shown.index(words) for words in ("This person has the case already", "Assign 3 cases", "Case by case")]
    assert places == sorted(places)
    assert "<strong>3</strong> will change" in shown
    assert queue[3].case_number in shown


def test_the_whole_queue_is_meant_by_one_tick(sven, world, queue):
    """T15: select_across with one visible row."""
    expected = sven.get(CASES, {"queue": "unassigned"}).context["cl"].queryset.count()
    tick(sven, "bulk_assign", queue[0], query="?queue=unassigned", select_across="1")
    assert the_run().lines.count() == expected > 1
    tick(sven, "bulk_assign", queue[0], query="?queue=unassigned", select_across="0")
    assert the_run().lines.count() == 1


def test_cases_of_others_are_not_chosen_by_their_keys(world, queue):
    wen = signed_in(world.cast.wen)
    tick(wen, "bulk_take", *queue)
    assert BulkRun.objects.get() == world.run


def offered(browser) -> set[str]:
    answer = browser.get(CASES, {"queue": "all"})
    return set(re.findall(r'<option value="(bulk_\w+)"', answer.content.decode()))


def test_each_role_is_offered_what_it_may(sven, ana, world):
    assert offered(sven) == {
        "bulk_assign",
        "bulk_share",
        "bulk_move",
        "bulk_tag",
        "bulk_untag",
        "bulk_remind",
        "bulk_link",
    }
    assert offered(ana) == {"bulk_take", "bulk_tag", "bulk_untag", "bulk_link"}
    assert offered(signed_in(world.cast.olga)) == offered(signed_in(world.cast.axel)) == set()


@pytest.mark.parametrize("name", ["axel", "olga", "ana"])
def test_who_may_not_and_tries_by_hand_is_refused_and_noted(world, queue, name):
    browser, before = signed_in(world.person(name)), events()
    assert tick(browser, "bulk_assign", *queue).status_code == 403
    assert BulkRun.objects.get() == world.run
    assert events() == before + 1
    assert AccessEvent.objects.latest("pk").reason == "case.assign"


def test_auditors_and_the_teams_supervisors_read_a_run_and_press_nothing(world, planned):
    for person in (world.cast.axel, world.cast.tara):
        browser = signed_in(person)
        shown = text_of(browser.get(page_of(planned)))
        assert "will change" in shown
        assert do(planned, "run") not in shown
        assert send(browser, do(planned, "run")).status_code == 403
    planned.refresh_from_db()
    assert planned.state == BulkState.PLANNED


def test_runs_of_others_do_not_exist_for_staff(ana, world, planned):
    for browser in (ana, signed_in(world.cast.wen)):
        assert browser.get(page_of(planned)).status_code == 404
        assert send(browser, do(planned, "run")).status_code == 404
        assert browser.get(f"{RUNS}{planned.pk}/progress/").status_code == 404


def test_whom_a_case_is_about_neither_sees_nor_counts_it(world, planned, queue):
    name_subject(queue[0].pk, by=world.cast.sven, at=NOW, person_id=world.cast.tara.pk)
    shown = text_of(signed_in(world.cast.tara).get(page_of(planned)))
    assert queue[0].case_number not in shown
    assert "<strong>2</strong> will change" in shown


def test_side_effects_nobody_asked_about_are_told(sven, world, planned):
    shown = text_of(sven.get(page_of(planned)))
    assert "The first assessment begins for 3 cases." in shown
    assert "3 notices go out." in shown
    assert "overdue" in shown


def test_personal_data_stays_masked_on_the_page(sven, planned, queue):
    shown = text_of(sven.get(page_of(planned)))
    assert "欧阳晓" not in shown
    assert not re.search(r"13800136\d{3}", shown)


def test_reading_writes_nothing_and_other_methods_are_refused(sven, planned):
    before = kept()
    for url in (
        page_of(planned),
        f"{RUNS}{planned.pk}/progress/",
        RUNS,
        do(planned, "run"),
        do(planned, "plan-assign"),
    ):
        assert sven.get(url).status_code in (200, 204)
        assert sven.put(url).status_code == 405
    assert sven.post(page_of(planned)).status_code == 405
    assert kept() == before


def test_progress_is_told_until_the_run_has_ended(sven, world, planned):
    send(sven, do(planned, "run"))
    url = f"{RUNS}{planned.pk}/progress/"
    assert "0 of 3 dealt with" in text_of(sven.get(url))
    run_lines(planned.pk, at=NOW)
    answer = sven.get(url)
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_the_notice_of_a_long_run_leads_to_its_result(sven, world, planned, monkeypatch):
    monkeypatch.setattr("complaints.actions.bulk_running.RUN_ON_THE_PAGE", 2)
    send(sven, do(planned, "run"))
    run_lines(planned.pk, at=NOW)
    notice = world.cast.sven.notices.get(code="notice.bulk_finished")
    assert sven.get(f"/admin/casemgmt/notice/{notice.pk}/read/")["Location"] == page_of(planned)


def test_done_is_not_said_before_anything_is_done(sven, world, planned):
    sven.post(do(planned, "plan-assign"), {"form_key": str(uuid4()), "handler_ids": [world.cast.ben.pk], "words": "因"})
    assert "Done:" not in text_of(sven.get(page_of(planned)))


def test_the_same_form_twice_runs_once(sven, planned):
    key = str(uuid4())
    first = sven.post(do(planned, "run"), {"form_key": key})
    assert sven.post(do(planned, "run"), {"form_key": key})["Location"] == first["Location"]
    assert planned.history.filter(history_change_reason="bulk.started").count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"handler_ids": [], "words": "原因"}, "handler_ids"),
        ({"handler_ids": ["x"], "words": "原因"}, "handler_ids"),
        ({"handler_ids": ["99999999999999999999"], "words": "原因"}, "handler_ids"),
        ({"words": ""}, "words"),
        ({"words": "x" * 20_001}, "words"),
        ({"words": "a\x00b"}, "words"),
    ],
)
def test_bad_choices_come_back_at_their_field_with_what_was_typed(sven, world, planned, fields, field):
    before = kept()
    answer = send(sven, do(planned, "plan-assign"), **({"handler_ids": [world.cast.ben.pk]} | fields))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert kept() == before


def test_dialogs_of_other_kinds_and_unknown_pages_are_not_found(sven, planned):
    assert sven.get(do(planned, "plan-tag")).status_code == 404
    for query in ("?show=nonsense", "?p=x", "?p=-1", "?p=99999999999", "?show=%00"):
        assert sven.get(page_of(planned) + query).status_code == 200
    assert sven.get(f"{RUNS}999999/progress/").status_code == 404


def test_tags_in_use_are_offered_and_the_choice_can_be_changed(sven, world, queue):
    Tag.objects.create(name="双十一", link="operations")
    Tag.objects.create(name="旧标签", link="service", retired=True)
    run = choose_cases("tag", [case.pk for case in queue], by=world.cast.sven, at=NOW)
    shown = text_of(sven.get(page_of(run), follow=True))
    assert "双十一" in shown
    assert "旧标签" not in shown


def test_a_page_of_a_run_takes_few_queries_however_long(sven, world, planned):
    def queries(run):
        sven.get(page_of(run))
        with CaptureQueriesContext(connection) as captured:
            sven.get(page_of(run))
        return len(captured)

    short = queries(planned)
    more = [a_registered_case(world.cast, **somebody()) for _number in range(6)]
    run = choose_cases("assign", [case.pk for case in more], by=world.cast.sven, at=NOW)
    plan_run(run.pk, by=world.cast.sven, at=NOW, handler_ids=[world.cast.ben.pk], words="原因")
    assert queries(run) <= short <= 40


def test_nothing_ticked_and_too_many_are_told(sven, world, queue, monkeypatch):
    tick(sven, "bulk_assign")
    assert "Items must be selected" in text_of(sven.get(CASES))
    monkeypatch.setattr("complaints.rules.bulk.MOST_CASES", 2)
    tick(sven, "bulk_assign", *queue)
    shown = text_of(sven.get(CASES))
    assert "At most 2 cases go into one run" in shown
    assert BulkRun.objects.get() == world.run
