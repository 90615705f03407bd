"""The bell, the list and the settings of one's own notices; nobody sees or changes another's."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from casemgmt.models import Notice, NoticeSettings
from complaints.actions.subjecting import name_subject
from tests.admin.looking import case_page, signed_in, text_of
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db
LIST, SETTINGS = reverse("admin:casemgmt_notice_changelist"), reverse("admin:casemgmt_notice_settings")
PANEL, UNREAD = reverse("admin:casemgmt_notice_panel"), reverse("admin:casemgmt_notice_unread")
ALL_READ = reverse("admin:casemgmt_notice_read_all")
TIMES = {"letters": "daily", "daily_at": "09:00", "quiet_from": "22:00", "quiet_until": "07:00"}


@pytest.fixture
def case(world):
    return world.cases["negotiating"]


@pytest.fixture(autouse=True)
def _nothing_yet(world):
    Notice.objects.all().delete()


def told(person, case, number=1, code="notice.case_assigned", **more):
    return [
        Notice.objects.create(
            person=person,
            code=code,
            key=f"t{person.pk}-{n}-{code}",
            subject_label="complaints.complaint",
            subject_pk=str(case.pk),
            case_number=case.case_number,
            **{"created_at": NOW, "shown_from": NOW - timedelta(minutes=n)} | more,
        )
        for n in range(number)
    ]


def read(notice):
    return reverse("admin:casemgmt_notice_read", args=[notice.pk])


def test_the_bell_counts_what_is_unread_for_now(ana, world, case):
    told(world.cast.ana, case, 3)
    told(world.cast.ana, case, code="notice.call_again", shown_from=NOW + timedelta(hours=1))
    told(world.cast.sven, case, 2)
    assert "Notices: 3 unread" in text_of(ana.get(LIST))
    assert ana.get(UNREAD).json() == {"count": 3, "words": "Notices: 3 unread"}


def test_the_count_is_capped(ana, world, case):
    told(world.cast.ana, case, 130)
    assert ana.get(UNREAD).json() == {"count": 100, "words": "Notices: more than 99 unread"}
    assert ">99+<" in ana.get(LIST).content.decode()


def test_the_bell_costs_one_query_on_a_page(ana, world, case, django_assert_max_num_queries):
    told(world.cast.ana, case, 40)
    with django_assert_max_num_queries(4):
        ana.get(UNREAD)


def test_the_panel_shows_the_unread_first_and_changes_nothing(ana, world, case):
    old, new = told(world.cast.ana, case, 2)
    Notice.objects.filter(pk=old.pk).update(read_at=NOW, code="notice.case_registered")
    page = text_of(ana.get(PANEL, HTTP_HX_REQUEST="true"))
    assert page.index("This case is yours now.") < page.index("A new complaint waits to be taken.")
    assert Notice.objects.get(pk=new.pk).read_at is None


def test_going_to_the_case_marks_it_read(ana, world, case):
    notice = told(world.cast.ana, case)[0]
    answer = ana.post(read(notice), {"go": "1"})
    assert answer["Location"] == case_page(case)
    notice.refresh_from_db()
    assert notice.read_at == NOW
    assert ana.post(read(notice), {"stay": "1"})["Location"] == LIST


def test_all_are_marked_at_once_but_not_those_of_later_or_of_others(ana, world, case):
    told(world.cast.ana, case, 3)
    told(world.cast.ana, case, code="notice.call_again", shown_from=NOW + timedelta(hours=1))
    told(world.cast.sven, case)
    assert ana.post(ALL_READ, {"stay": "1"})["Location"] == LIST
    assert Notice.objects.unread().count() == 2


def test_another_persons_notice_is_not_there(ana, world, case):
    notice = told(world.cast.sven, case)[0]
    assert ana.get(read(notice)).status_code == 404
    assert ana.post(read(notice)).status_code == 404
    assert "This case is yours now." not in text_of(ana.get(LIST))


def test_the_list_has_pages(ana, world, case):
    told(world.cast.ana, case, 61)
    assert "Page 1 of 3" in text_of(ana.get(LIST))
    assert "Page 3 of 3" in text_of(ana.get(LIST, {"p": "99", "show": "unread"}))


@pytest.mark.parametrize(
    "query", [{"p": "x"}, {"p": "-1"}, {"p": "１"}, {"show": "theirs"}, {"q": "x"}, {"person": "1"}]
)
def test_an_address_that_makes_no_sense_is_400(ana, query):
    assert ana.get(LIST, query).status_code == 400


@pytest.mark.parametrize("url", [PANEL, UNREAD, LIST])
def test_what_is_read_is_not_posted_to(ana, url):
    assert ana.post(url).status_code == 405


def test_a_notice_that_nobody_can_word_breaks_no_page(ana, world, case):
    told(world.cast.ana, case, code="notice.of_a_former_release")
    assert "notice.of_a_former_release" in text_of(ana.get(LIST))


def test_an_empty_list_says_what_will_come(ana):
    assert "Who is named with @ in a note" in text_of(ana.get(LIST))


def test_settings_are_kept_and_shown_again(ana, world):
    assert ana.get(SETTINGS).status_code == 200
    assert ana.post(SETTINGS, TIMES | {"show-cases": "on", "mail-decisions": "on"}).status_code == 302
    wishes = NoticeSettings.objects.get(person=world.cast.ana)
    assert (wishes.letters, wishes.daily_at, wishes.quiet_from) == ("daily", time(9), time(22))
    assert "mentions" in wishes.silent
    assert "cases" not in wishes.silent
    assert "decisions" not in wishes.unmailed
    assert not {"escalations", "deadlines"} & set(wishes.silent)
    page = text_of(ana.get(SETTINGS))
    assert 'value="09:00' in page
    assert "Duty: cannot be taken off the list." in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"quiet_until": ""}, "Give both ends of the quiet hours"),
        ({"quiet_from": ""}, "Give both ends of the quiet hours"),
        ({"quiet_until": "22:00"}, "The quiet hours would never end."),
        ({"quiet_from": "25:00"}, "Enter a valid time."),
        ({"letters": "hourly"}, "Select a valid choice."),
    ],
)
def test_settings_that_make_no_sense_are_refused_at_their_field(ana, changes, says):
    answer = ana.post(SETTINGS, TIMES | changes)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not NoticeSettings.objects.exists()


def test_everybody_has_a_bell_and_visitors_none(world, client):
    assert "Notices: nothing unread" in text_of(signed_in(world.adam).get(LIST))
    assert "data-bell" not in client.get(reverse("admin:login")).content.decode()


def test_who_a_complaint_is_about_reads_nothing_of_it(world, case):
    """Also what was written before they were named; the bell does not even count it."""
    ben = signed_in(world.cast.ben)
    notice = told(world.cast.ben, case)[0]
    assert ben.get(UNREAD).json()["count"] == 1
    name_subject(case.pk, by=world.cast.ana, at=NOW, person_id=world.cast.ben.pk)
    assert ben.get(UNREAD).json()["count"] == 0
    assert case.case_number not in text_of(ben.get(LIST))
    assert ben.post(read(notice)).status_code == 404
