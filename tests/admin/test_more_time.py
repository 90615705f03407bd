"""More time through the pages: asked for on the case, decided in the inbox; provisional deadlines say so everywhere."""

import pytest

from complaints.models import Clock
from complaints.states import ExtensionState
from tests.admin.looking import case_page, dialog, send, signed_in, text_of, version_in
from tests.building import an_assessing_case
from tests.cast import later
from tests.new_editions import a_new_edition

pytestmark = pytest.mark.django_db

TYPED = {"amount": "2", "reason": "检测报告周五才出", "explanation": "周一前答复您"}


def resolution(case):
    return case.clocks.get(kind=Clock.Kind.RESOLUTION)


@pytest.fixture
def fresh(cast):
    """A case that is still in time on the Monday of the pages."""
    case = an_assessing_case(cast)
    Clock.objects.filter(pk=resolution(case).pk).update(due_at=later(days=8), warn_at=later(days=7))
    return case


def test_asked_by_the_handler_and_given_from_the_inbox(cast, fresh):
    ana, sven = signed_in(cast.ana), signed_in(cast.sven)
    assert "Ask for more time" in text_of(ana.get(case_page(fresh)))
    send(ana, dialog(fresh, "ask-for-extension"), clock_id=str(resolution(fresh).pk), **TYPED)
    extension = fresh.extensions.get()
    line = next(line for line in sven.get("/admin/approvals/?kind=extension").context["lines"])
    assert [str(deed.label) for deed in line.deeds] == ["Give more time", "The date stands"]
    dialog_of = dialog(extension, "approve-extension")
    shown = sven.get(dialog_of)
    assert TYPED["reason"] in text_of(shown)
    send(sven, dialog_of, remark="可以", seen_version=version_in(shown))
    extension.refresh_from_db()
    assert extension.state == ExtensionState.APPROVED
    assert "2 working days" in text_of(ana.get(case_page(fresh)))


def test_what_was_typed_stays_and_every_fault_stands_at_its_field(cast, fresh):
    answer = send(
        signed_in(cast.ana), dialog(fresh, "ask-for-extension"), clock_id=str(resolution(fresh).pk),
        **TYPED | {"amount": "99", "explanation": ""},
    )  # fmt: skip
    form = answer.context["form"]
    assert set(form.errors) == {"amount", "explanation"}
    assert TYPED["reason"] in text_of(answer)
    assert not fresh.extensions.exists()


@pytest.mark.parametrize("clock_id", ["", "x", "999999", "1; drop"])
def test_a_deadline_that_does_not_exist_is_refused_at_its_field(cast, fresh, clock_id):
    answer = send(signed_in(cast.ana), dialog(fresh, "ask-for-extension"), clock_id=clock_id, **TYPED)
    assert answer.status_code in (200, 422)
    assert "clock_id" in answer.context["form"].errors


def test_a_deadline_in_a_provisional_year_says_so_on_every_page(cast):
    a_new_edition(cast, at=later(hours=1), official_years=[2025])
    case = an_assessing_case(cast)
    Clock.objects.filter(case=case).update(provisional=True)
    ana = signed_in(cast.ana)
    clock = resolution(case)
    for url in (
        case_page(case),
        "/admin/complaints/complaint/?queue=all",
        "/admin/complaints/complaint/",
        "/admin/",
    ):
        assert "cm-provisional" in text_of(ana.get(url)), url
    assert clock.provisional
