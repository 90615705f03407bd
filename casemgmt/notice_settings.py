"""How one person wants to be told: which kinds where, when letters come and when it is quiet, and one's own robot."""

from datetime import time

from django import forms
from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import INPUT_CLASSES, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from casemgmt.adminkit.moment import moment
from casemgmt.models import ROBOTS, EndpointKind, NoticeSettings
from casemgmt.notice_kinds import notice_kinds
from casemgmt.own_robots import keep_robot, robot_of, take_robot_away, try_robot
from casemgmt.privacy.forms import SealedFormField, SealedInput
from casemgmt.sentences import say, say_mend
from casemgmt.violations import RuleBroken

TIMES = ("letters", "daily_at", "quiet_from", "quiet_until")
TRIES_SHOWN = 3


class SettingsPages:
    """Adds `settings/` and the three deeds of one's own robot to the admin of notices. Nobody sets it for another."""

    def settings_view(self, request):
        """How the viewer wants to be told."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        wishes = NoticeSettings.objects.filter(pk=request.user.pk).first() or NoticeSettings(person=request.user)
        form = SettingsForm(request.POST or None, wishes=wishes)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Your settings are kept."))
            return HttpResponseRedirect(reverse("admin:casemgmt_notice_settings"))
        return self._settings_page(request, form, RobotForm(robot=robot_of(request.user)))

    def robot_view(self, request):
        """Keep one's own robot as the form says."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        robot = robot_of(request.user)
        form = RobotForm(request.POST, robot=robot)
        if form.is_valid() and self._is_kept(request, form):
            messages.success(request, _("Your robot is kept. Send it a test."))
            return HttpResponseRedirect(reverse("admin:casemgmt_notice_settings") + "#robot")
        wishes = NoticeSettings.objects.filter(pk=request.user.pk).first() or NoticeSettings(person=request.user)
        return self._settings_page(request, SettingsForm(None, wishes=wishes), form)

    def _is_kept(self, request, form) -> bool:
        try:
            keep_robot(request.user, at=moment(request), **form.wished())
        except RuleBroken as broken:
            for why in broken.violations:
                words = f"{say(why)} {say_mend(why) or ''}".strip()
                form.add_error(why.field, forms.ValidationError(words, code=why.code))
            return False
        return True

    def robot_test_view(self, request):
        """Send it a test; what was answered stands on the page a moment later."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        try:
            try_robot(request.user, at=moment(request))
        except RuleBroken as broken:
            messages.error(request, say(broken.violations[0]))
        else:
            messages.success(request, _("A test is on its way; what was answered stands below within a few seconds."))
        return HttpResponseRedirect(reverse("admin:casemgmt_notice_settings") + "#robot")

    def robot_away_view(self, request):
        """Forget it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        take_robot_away(request.user, at=moment(request))
        messages.success(request, _("Your robot is taken away; its address is forgotten."))
        return HttpResponseRedirect(reverse("admin:casemgmt_notice_settings"))

    def _settings_page(self, request, form, robot_form):
        robot = robot_form.robot
        context = {
            **self.admin_site.each_context(request),
            "title": _("How I am told"),
            "content_title": _("How I am told"),
            "opts": self.opts,
            "form": form,
            "robot": robot,
            "robot_form": robot_form,
            "tries": robot.deliveries.all()[:TRIES_SHOWN] if robot else (),
            "now": moment(request),
        }
        wrong = form.is_bound or robot_form.is_bound
        return TemplateResponse(request, "adminkit/notices/settings.html", context, status=422 if wrong else 200)


def _clock(label, help_text) -> forms.TimeField:
    widget = UnfoldAdminTextInputWidget(attrs={"type": "time", "step": "60"})
    return forms.TimeField(label=label, required=False, help_text=help_text, widget=widget)


class SettingsForm(forms.Form):
    """Two boxes a kind, and the times of letters."""

    letters = forms.ChoiceField(
        label=gettext_lazy("Letters by e-mail"),
        choices=NoticeSettings.Letters,
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy(
            "A daily letter holds everything since the last one, case by case. Urgent kinds come at once."
        ),
    )
    daily_at = _clock(gettext_lazy("Daily letter at"), gettext_lazy("On the clock of the house, for instance 08:30."))
    quiet_from = _clock(
        gettext_lazy("Quiet from"),
        gettext_lazy("Letters and your robot wait; the list here does not, nor what is urgent."),
    )
    quiet_until = _clock(gettext_lazy("Quiet until"), gettext_lazy("May be on the next day. Both empty: always."))

    def __init__(self, *args, wishes: NoticeSettings, **kwargs):
        super().__init__(*args, **kwargs)
        self.wishes = wishes
        self.label_suffix = ""
        for name in TIMES:
            self.fields[name].initial = getattr(wishes, name)
            self.fields[name].widget.attrs["aria-describedby"] = f"help-{name}"
        for kind in notice_kinds():
            self.fields[f"show-{kind.name}"] = forms.BooleanField(
                required=False, disabled=kind.is_duty, initial=wishes.is_shown(kind), label=_("in the list here")
            )
            self.fields[f"mail-{kind.name}"] = forms.BooleanField(
                required=False, initial=wishes.is_mailed(kind), label=_("by e-mail")
            )

    def rows(self):
        """Each kind with its two boxes."""
        return [(kind, self[f"show-{kind.name}"], self[f"mail-{kind.name}"]) for kind in notice_kinds()]

    def times(self):
        """The other fields."""
        return [self[name] for name in TIMES]

    def clean(self):
        """Both ends of the quiet hours or none, and not all day; a time for the daily letter."""
        data = super().clean()
        quiet = data.get("quiet_from"), data.get("quiet_until")
        if "quiet_from" in data and "quiet_until" in data and (quiet[0] is None) != (quiet[1] is None):
            self.add_error(
                "quiet_until" if quiet[1] is None else "quiet_from", _("Give both ends of the quiet hours, or none.")
            )
        elif quiet[0] is not None and quiet[0] == quiet[1]:
            self.add_error("quiet_until", _("The quiet hours would never end. Take the boxes away instead."))
        if "daily_at" in data and data["daily_at"] is None:
            data["daily_at"] = time(8, 30)
        return data

    def save(self) -> None:
        """Keep the wishes; the second time changes nothing."""
        data = self.cleaned_data
        for name in TIMES:
            setattr(self.wishes, name, data[name])
        self.wishes.silent = [kind.name for kind in notice_kinds() if not data[f"show-{kind.name}"]]
        self.wishes.unmailed = [kind.name for kind in notice_kinds() if not data[f"mail-{kind.name}"]]
        self.wishes.save()


class RobotForm(forms.Form):
    """Maker, address and secret; what is sealed comes back as a mask, and a mask left alone changes nothing."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Maker"),
        choices=[(kind.value, kind.label) for kind in ROBOTS],
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("Where you made the robot."),
    )
    address = SealedFormField(
        label=gettext_lazy("Address of the robot"),
        widget=SealedInput({"class": " ".join(INPUT_CLASSES)}),
        required=False,
        help_text=gettext_lazy("The webhook address that the maker shows. Kept sealed and never shown again."),
    )
    secret = SealedFormField(
        label=gettext_lazy("Secret"),
        widget=SealedInput({"class": " ".join(INPUT_CLASSES)}),
        required=False,
        help_text=gettext_lazy("Only if you switched signing on. Type it again when you change the address."),
    )
    is_on = forms.BooleanField(label=gettext_lazy("switched on"), required=False, initial=True)

    def __init__(self, *args, robot, **kwargs):
        super().__init__(*args, auto_id="robot_%s", **kwargs)
        self.robot = robot
        self.label_suffix = ""
        for name in ("kind", "address", "secret", "is_on"):
            if robot is not None:
                self.fields[name].initial = getattr(robot, name)
            self.fields[name].widget.attrs["aria-describedby"] = f"help-robot-{name}"
        for kind in notice_kinds():
            told = robot is None or kind.name in robot.events
            self.fields[f"tell-{kind.name}"] = forms.BooleanField(required=False, initial=told, label=kind.label)

    def parts(self):
        """The fields before the kinds."""
        return [self[name] for name in ("kind", "address", "secret")]

    def kinds(self):
        """A box for each kind."""
        return [self[f"tell-{kind.name}"] for kind in notice_kinds()]

    def wished(self) -> dict:
        """What the robot shall be, for `keep_robot`; a secret that was emptied is taken away."""
        data = self.cleaned_data
        secret = "" if data["secret"] is None else data["secret"]
        return {
            "kind": EndpointKind(data["kind"]),
            "address": data["address"],
            "secret": secret,
            "is_on": data["is_on"],
            "events": [kind.name for kind in notice_kinds() if data[f"tell-{kind.name}"]],
        }
