"""Forms of incidents: opening one, its plan, the message to everybody, who else is affected, and closing it."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    day_field,
    instant_field,
    line_field,
    with_empty,
    words_field,
    yes_field,
)
from casemgmt.people.models import Person
from complaints.actions.affected import Affected
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.forms.option_lines import OptionLines
from complaints.models import Incident
from complaints.roles import SUPERVISORS
from complaints.states import IncidentState
from complaints.vocabulary import WRITTEN_CHANNELS, Channel, MeasureKind, OwedBy, Remedy
from policies.lookup import categories_in_force, templates_in_force


class OpenIncidentForm(ActionForm):
    """One cause, and what it is about."""

    title = line_field(
        _("Name"),
        max_length=120,
        help_text=_("What colleagues will call it, such as goods and fault; no names of people."),
    )
    cause = words_field(
        _("Cause"),
        rows=3,
        help_text=_("What is known so far, and what is being looked into; it can be said better later."),
    )
    since = instant_field(
        _("Since"), help_text=_("When it began; cases from shortly before are looked through as well.")
    )
    product = line_field(
        _("Goods"), required=False, help_text=_("As the orders call them; cases of these goods are found.")
    )
    batch = line_field(
        _("Batch"),
        required=False,
        max_length=60,
        help_text=_("A number that customers may mention; it is looked for in their words."),
    )
    service = line_field(
        _("Service"),
        required=False,
        max_length=120,
        help_text=_("Such as a flight or a delivery route; looked for in their words."),
    )
    category = choice_field(_("Category"), required=False, help_text=_("If all cases are of one kind."))
    shop_id = choice_field(_("Shop or site"), required=False, help_text=_("Only if it hits one shop alone."))
    safety_flag = yes_field(
        _("Concerns safety"), help_text=_("Each case that joins is marked and goes up to a superior at once.")
    )
    owner_id = choice_field(_("Owner"), required=False, help_text=_("Which supervisor answers for it; empty: you."))

    def prepare(self):
        """Categories in force, shops, and supervisors."""
        self.fields["category"].choices = with_empty(choosing.categories(categories_in_force(self.at)))
        self.fields["shop_id"].choices = with_empty(choosing.shops())
        people = Person.objects.filter(groups__name=SUPERVISORS, is_active=True, is_service=False).order_by("name")
        self.fields["owner_id"].choices = with_empty(list(people.values_list("pk", "name")))

    def clean_shop_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["shop_id"])

    def clean_owner_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["owner_id"])


class CauseForm(ActionForm):
    """The cause as it is known now."""

    cause = words_field(_("Cause"), help_text=_("As it is known by now; what was thought before stays in the history."))

    def prepare(self):
        """What is known so far."""
        self.fields["cause"].initial = str(self.row.cause)


class LinkIncidentForm(ActionForm):
    """Which incident, and why."""

    incident_id = choice_field(
        _("Incident"), help_text=_("Only incidents that are not closed; a case is in one at a time.")
    )
    reason = words_field(
        _("Reason"), rows=2, help_text=_("What shows that the case has this cause, such as the batch.")
    )

    def prepare(self):
        """The incidents that cases may join."""
        rows = Incident.objects.exclude(state=IncidentState.CLOSED)
        self.fields["incident_id"].choices = with_empty(list(rows.values_list("pk", "title")))

    def clean_incident_id(self):
        """As a key."""
        return int(self.cleaned_data["incident_id"])


class NoteMemberForm(ActionForm):
    """What becomes of this case alone."""

    words = words_field(
        _("What becomes of this case"),
        rows=3,
        help_text=_("Why the plan for all is not for this customer, and how it is settled instead."),
    )


class IncidentPlanForm(OptionLines):
    """Explanation, remedies and the words to everybody."""

    explanation = words_field(
        _("Explanation to the customers"),
        rows=3,
        help_text=_("What happened and why, in plain words, the same for all."),
    )
    letter = words_field(
        _("Words to the customers"),
        rows=6,
        help_text=_(
            "What each of them reads with the offer. {{order_number}}, {{goods}} and the like are filled for each."
        ),
    )
    follow_up = words_field(
        _("How we follow up"), rows=2, help_text=_("When and how each customer is asked afterwards.")
    )
    owed_by = choice_field(
        _("Owed"), OwedBy, required=False, help_text=_("What is owed may be carried out without a yes.")
    )
    deviation = words_field(
        _("Why another remedy than those that fit"),
        required=False,
        rows=2,
        help_text=_("For cases whose facts suggest something else; it stands with each of their plans."),
    )

    def prepare(self):
        """A remedy, words and an amount for each option."""
        self.add_options(
            Remedy,
            remedy_help=_("What every customer may choose from, the one we prefer first."),
            amount_help=_("For each customer; every grant still needs its own request, limit and approval."),
        )


class ApproveIncidentPlanForm(ActionForm):
    """A yes, with a remark if one likes."""

    remark = words_field(
        _("Remark"), required=False, rows=2, help_text=_("What colleagues should know; it may be empty.")
    )


class SendBackIncidentPlanForm(ActionForm):
    """What has to change."""

    remark = words_field(_("What has to change"), rows=3, help_text=_("So that the next proposal can be agreed to."))


class AnnouncementForm(ActionForm):
    """What everybody may read."""

    words = words_field(
        _("Text for everybody"),
        rows=7,
        help_text=_("What happened, why, and what those affected get. No personal data; it is checked as typed."),
    )


class PublicationForm(ActionForm):
    """Where it stands."""

    link = line_field(_("Link"), max_length=500, help_text=_("The address where everybody can read it."))
    published_at = instant_field(_("Published at"), required=False, help_text=_("Empty: just now."))


class MessageToAllForm(ActionForm):
    """One message to everybody, or an earlier one for those who have not got it."""

    message_id = choice_field(
        _("Message"), required=False, help_text=_("An earlier one goes only to customers who have not got it yet.")
    )
    template_id = choice_field(
        _("Template"), required=False, help_text=_("Its text stands below once you choose it; change it as you need.")
    )
    words = words_field(
        _("Text to the customers"),
        required=False,
        rows=7,
        help_text=_("Say what happened, why, and what comes next. {{order_number}} and the like are filled for each."),
    )

    def prepare(self):
        """Earlier messages, and the templates for written channels; `?template_id=` fills the text."""
        rows = self.row.messages.select_related("words")
        self.fields["message_id"].choices = [
            ("", _("A new message")),
            *((row.pk, f"{row.number}. {str(row.words)[:60]}") for row in rows),
        ]
        language = get_language() or "zh-hans"
        templates = [
            template
            for template in templates_in_force(self.at).values()
            if set(template.channels) & set(WRITTEN_CHANNELS) and template.form != "script"
        ]
        self.fields["template_id"].choices = [
            ("", _("Without a template")),
            *((row.policy_id, row.label.in_language(language)) for row in templates),
        ]
        chosen = self.initial.get("template_id", "")
        text = {str(row.policy_id): row.texts.in_language(language) for row in templates}
        self.fields["words"].initial = text.get(str(chosen), "")

    def clean_message_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["message_id"])

    def clean_template_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["template_id"])


class AffectedForm(ActionForm):
    """People whom it hit and who have not complained, one a line."""

    lines = words_field(
        _("Who is affected"),
        rows=8,
        help_text=_("One line each: order number; name; phone or e-mail. Who has an open case gets no second one."),
    )
    content = words_field(
        _("What happened to them"), rows=2, help_text=_("The same for all; it stands as the complaint of each case.")
    )
    channel = choice_field(
        _("Channel"),
        Channel,
        initial=Channel.EMAIL,
        help_text=_("How we came to know of them; it can differ from how we write."),
    )

    def clean(self):
        """The lines as people; Chinese and Western separators alike."""
        data = super().clean()
        data["affected"] = [
            person for line in (data.pop("lines", "") or "").splitlines() if (person := _affected(line))
        ]
        return data


def _affected(line: str) -> Affected | None:
    parts = [
        part.strip()
        for part in line.replace("；", ";").replace("，", ";").replace(",", ";").replace("\t", ";").split(";")
    ]
    if not any(parts):
        return None
    order, name, *ways = [*parts, "", ""]
    mails = [way for way in ways if "@" in way]
    phones = [way for way in ways if way and "@" not in way]
    return Affected(order=order, name=name, phone=next(iter(phones), ""), email=next(iter(mails), ""))


class IncidentMeasureForm(ActionForm):
    """A measure against the cause."""

    kind = choice_field(
        _("Kind"), MeasureKind, help_text=_("Goods, flow, training or supplier: it goes to whoever can change it.")
    )
    what = words_field(_("Measure"), rows=2, help_text=_("If none is needed: why."))
    owner_id = choice_field(_("Owner"), required=False, help_text=_("Who answers for it; empty: you."))
    due_on = day_field(_("Due on"), required=False, help_text=_("Until when it shall work; it is reminded of."))

    def prepare(self):
        """Everybody who works here."""
        self.fields["owner_id"].choices = with_empty(choosing.colleagues())

    def clean_owner_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["owner_id"])


class ClosingForm(ActionForm):
    """What came of it."""

    words = words_field(
        _("What came of it"),
        rows=4,
        help_text=_("Cause, what customers got, and what was changed, in a few sentences."),
    )
