"""The pages of actions: a dialog to fill in, and the one place where a button becomes an action."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.acting import Aside, CaseAction, Offer, Reason, in_words
from casemgmt.adminkit.editing import SEEN_VERSION, TWICE, doubled_names, version_of
from casemgmt.adminkit.meanwhile import told_since, version_seen
from casemgmt.adminkit.merging import follow_where_untouched
from casemgmt.adminkit.models import SpentFormKey
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.ledger import Refused
from casemgmt.refusing import page
from casemgmt.sentences import registered
from casemgmt.violations import CaseMovedOn, RuleBroken, Violation

FORM_KEY = "form_key"
KEYS_KEPT_FOR = timedelta(days=7)
NO_KEY = gettext_lazy("The form has no key of its own. Go back, reload the page and send it again.")


class CaseActionsMixin:
    """Gives an admin page its actions: `<pk>/do/<name>/` shows the dialog on GET and acts on POST.

    List the CaseActions in `case_actions`. GET never acts and never writes. A POST needs its one-time key; sent
    twice it does its work once. All reasons come back at their fields with the text that was typed.
    """

    case_actions: tuple[CaseAction, ...] = ()
    dialog_template = "adminkit/dialog.html"

    def get_urls(self):
        """The dialogs stand before Django's own addresses."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_do"
        do = path("<int:object_id>/do/<slug:name>/", self.admin_site.admin_view(self.do_view), name=name)
        return [do, *super().get_urls()]

    def has_right(self, request, right: str, row) -> bool:
        """Whether the viewer holds this right for the row; an app with rights of its own says so here."""
        return request.user.has_perm(right)

    def url_of_action(self, row, name: str) -> str:
        """The address of a dialog."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_do", args=[row.pk, name])

    def url_after(self, request, row, result) -> str:
        """Where to go when an action is done: back to the row, unless the app knows better."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def asides_for(self, request, action: CaseAction, row, at) -> Iterable[Aside]:
        """What is good to know while somebody does this; an app that keeps such knowledge says so here."""
        return ()

    def mend_url(self, request, row, mend_at: str) -> str:
        """The address at which a reason can be mended; "" when there is none on this page."""
        if mend_at.startswith("field:"):
            return f"#id_{mend_at.removeprefix('field:')}"
        if mend_at.startswith("url:"):
            return reverse(mend_at.removeprefix("url:"))
        if row.pk is not None and any(action.name == mend_at for action in self.case_actions):
            return self.url_of_action(row, mend_at)
        return ""

    def action_named(self, name: str) -> CaseAction:
        """The action, or 404."""
        for action in self.case_actions:
            if action.name == name:
                return action
        raise Http404

    def offers(self, request, row, at=None) -> list[Offer]:
        """What the viewer may do with the row, the primary first; blocked ones with every reason.

        An action that the state does not know at all is left out, and so is what the viewer has no right to.
        """
        at = at or timezone.now()
        found = []
        for action in sorted(self.case_actions, key=lambda action: action.weight):
            if action.group == "hidden" or not self.has_right(request, action.right, row):
                continue
            violations = list(action.why_not(row, by=request.user, at=at)) if action.why_not else []
            if any(self.is_beside_the_point(violation) for violation in violations):
                continue
            reasons = self._reasons(request, row, violations)
            hint = action.hint(row, at) if action.hint else ""
            found.append(Offer(action, self.url_of_action(row, action.name), reasons, hint=hint))
        primary = _primary(found)
        return [
            replace(offer, is_primary=offer is primary)
            for offer in sorted(found, key=lambda offer: offer is not primary)
        ]

    def is_beside_the_point(self, violation: Violation) -> bool:
        """Whether this reason means that the action has nothing to do with the row as it is now."""
        return violation.code.endswith("not_possible_from")

    def _reasons(self, request, row, violations) -> tuple[Reason, ...]:
        return tuple(in_words(violation, lambda at: self.mend_url(request, row, at)) for violation in violations)

    def do_view(self, request, object_id: int, name: str):
        """The dialog of one action on one row: shown on GET, done on POST."""
        action = self.action_named(name)
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        if not self.has_right(request, action.right, row):
            raise RightRefused(action.right, self.opts.label_lower, object_id)
        return self.dialog_or_deed(request, action, row)

    def dialog_or_deed(self, request, action: CaseAction, row):
        """The dialog on GET, the deed on POST, once the right is known. A new row is one without a key."""
        if request.method in ("GET", "HEAD"):
            return self._dialog(request, action, row, self._form(request, action, row))
        if request.method != "POST":
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        return self._do(request, action, row)

    def _form(self, request, action, row, data=None, files=None) -> forms.Form:
        initial = {name: request.GET[name] for name in request.GET} if data is None else None
        return action.form(data, files, row=row, person=request.user, at=timezone.now(), initial=initial)

    def _do(self, request, action, row):
        key = _uuid_in(request.POST.get(FORM_KEY, ""))
        if key is None:
            return page(400, NO_KEY)
        spent = SpentFormKey.objects.filter(pk=key).first()
        if spent is not None:
            return self._spent(request, spent)
        form = self._form(request, action, row, request.POST, request.FILES)
        if self.is_sent_twice(request, form):
            return page(400, TWICE)
        if action.checks_version and request.POST.get(SEEN_VERSION) != version_of(row):
            return self._moved_on(request, action, row, form, seen=request.POST.get(SEEN_VERSION, ""))
        if not form.is_valid():
            return self._dialog(request, action, row, form, status=422)
        try:
            url = self._act(request, action, row, form, key)
        except (RuleBroken, CaseMovedOn, Refused, IntegrityError) as failure:
            spent = SpentFormKey.objects.filter(pk=key).first()
            if spent is not None:  # the first of two clicks was faster
                return self._spent(request, spent)
            return self._failed(request, action, row, form, failure)
        except PermissionDenied as refused:
            raise RightRefused(action.right, self.opts.label_lower, row.pk) from refused
        messages.success(request, _("Done: %(action)s.") % {"action": action.label})
        return _led(request, url)

    def is_sent_twice(self, request, form) -> bool:
        """Whether a field that takes one value came with several (F33)."""
        lists = {name for name, field in form.fields.items() if not _is_single(field)}
        return bool(doubled_names(request.POST, lists) or doubled_names(request.FILES, lists))

    def _spent(self, request, spent):
        return _led(request, spent.led_to) if spent.person_id == request.user.pk else page(400, NO_KEY)

    @transaction.atomic
    def _act(self, request, action, row, form, key) -> str:
        """Spend the key, then act: a second click waits for the first at the key, and finds it spent."""
        at = timezone.now()
        SpentFormKey.objects.filter(at__lt=at - KEYS_KEPT_FOR).delete()
        spent = SpentFormKey(key=key, person=request.user, led_to="", at=at)
        spent.save(force_insert=True)
        result = action.run(row.pk, by=request.user, at=at, **form.inputs())
        spent.led_to = self.url_after(request, row, result)
        spent.save(update_fields=["led_to"])
        return spent.led_to

    def _failed(self, request, action, row, form, failure):
        if isinstance(failure, RuleBroken):
            form.refuse(self._reasons(request, row, failure.violations))
            return self._dialog(request, action, row, form, status=422)
        if isinstance(failure, CaseMovedOn):
            seen = request.POST.get(SEEN_VERSION, version_of(row))
            return self._moved_on(request, action, self.get_object(request, str(row.pk)) or row, form, seen=seen)
        if isinstance(failure, Refused):
            return self._refused_by_the_database(request, action, row, form, failure)
        raise failure

    def _moved_on(self, request, action, row, form, *, seen):
        """Both: what changed meanwhile, and what was typed. Sent again it is done on the new state, if rules allow.

        A field that was not touched shows what is stored now, so that sending again takes nothing back.
        """
        fresh, form.data = self._form(request, action, row), form.data.copy()
        base = version_seen(row, seen)
        if base is not None:
            follow_where_untouched(form.data, self._form(request, action, base.instance), fresh)
        form.is_valid()
        for name, field in form.fields.items():
            if field.widget.is_hidden and name in fresh.fields:
                form.data[name] = fresh[name].value() or ""
        form.add_error(
            None, _("Somebody changed this while you were writing. What you typed is kept; look again, then send it.")
        )
        return self._dialog(request, action, row, form, status=409, meanwhile=told_since(row, seen))

    def _refused_by_the_database(self, request, action, row, form, refused):
        code = getattr(refused, "code", "")
        sentence = registered().get(code)
        says = str(sentence.says) if sentence else _("The database does not allow this: %(code)s.") % {"code": code}
        form.add_error(None, says)
        return self._dialog(request, action, row, form, status=409)

    def _dialog(self, request, action, row, form, *, status=200, meanwhile=None):
        at = timezone.now()
        is_fragment = request.headers.get("HX-Request") == "true"
        is_asked = action.why_not and (not form.is_bound or meanwhile is not None)
        blockers = list(action.why_not(row, by=request.user, at=at)) if is_asked else []
        context = {
            **self.admin_site.each_context(request),
            "title": action.label,
            "content_title": action.label,
            "opts": None if is_fragment else self.opts,
            "action": action,
            "row": row,
            "form": form,
            "problems": form.problems(),
            "blockers": self._reasons(request, row, blockers),
            "meanwhile": meanwhile,
            "effects": list(action.effects(row, at)) if action.effects else [],
            "asides": list(self.asides_for(request, action, row, at)),
            "form_key": uuid.uuid4(),
            "seen_version": version_of(row),
            "draft": f"{self.opts.label_lower}:{row.pk}:{action.name}",
            "url": request.get_full_path(),
            "back_url": self.url_after(request, row, None),
            "base_template": "adminkit/fragment.html" if is_fragment else "admin/base_site.html",
            "is_fragment": is_fragment,
        }
        response = TemplateResponse(request, action.template or self.dialog_template, context, status=status)
        response["Vary"] = "HX-Request"
        return response


def _primary(offers: list[Offer]) -> Offer | None:
    """The next right action: the next step, else what mends the first thing that blocks it, else what goes on.

    A side road is no next step: while a step is only blocked, its checklist leads on.
    """
    steps = [offer for offer in offers if offer.action.is_step]
    possible = next((offer for offer in steps if offer.is_allowed), None)
    if possible is not None:
        return possible
    allowed = {offer.url: offer for offer in offers if offer.is_allowed}
    mending = [allowed[reason.url] for offer in steps for reason in offer.reasons if reason.url in allowed]
    going_on = [offer for offer in offers if offer.is_allowed and offer.action.group == "next" and not steps]
    return next(iter([*mending, *going_on]), None)


def _is_single(field: forms.Field) -> bool:
    return not isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField | forms.MultiValueField)


def _uuid_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _led(request, url: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
