"""What is said about incidents: one cause, many customers."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "incident.title_missing": Sentence(
        _("The incident has no name."), _("Give it one that colleagues recognise."), "field:title"
    ),
    "incident.title_too_long": Sentence(
        _("The name is longer than %(most)s characters."),
        _("Shorten it; the cause has a field of its own."),
        "field:title",
    ),
    "incident.cause_missing": Sentence(
        _("It is not said what is known of the cause."),
        _("Write down what is known, even if it is little."),
        "field:cause",
    ),
    "incident.since_missing": Sentence(
        _("It is not said since when."), _("Enter when it began, as far as is known."), "field:since"
    ),
    "incident.since_in_the_future": Sentence(
        _("It cannot have begun later than now."), _("Enter when it began."), "field:since"
    ),
    "incident.about_nothing": Sentence(
        _("It is not said what it is about."), _("Name the goods, batch, service, shop or category."), "field:product"
    ),
    "incident.owner_unknown": Sentence(
        _("This person cannot lead an incident."), _("Choose a supervisor."), "field:owner_id"
    ),
    "incident.unknown": Sentence(_("There is no such incident."), _("Choose one of the list."), "field:incident_id"),
    "incident.closed": Sentence(
        _("The incident is closed."), _("Reopen it if the cause came back."), "reopen-incident"
    ),
    "incident.member_already": Sentence(_("The case belongs to this incident already."), None, "field:incident_id"),
    "incident.member_elsewhere": Sentence(
        _("The case belongs to the incident “%(incident)s”."), _("Take it out there first."), "field:incident_id"
    ),
    "incident.members_elsewhere": Sentence(
        _("Cases of it belong to another incident by now."), _("Take them out there first, or open a new incident.")
    ),
    "incident.no_member": Sentence(_("The case does not belong to the incident any more.")),
    "incident.no_members": Sentence(
        _("No case belongs to the incident yet."), _("Link cases, or register those affected."), "register-affected"
    ),
    "incident.no_member_of_yours": Sentence(
        _("None of its cases is yours or your team's."), _("Let a supervisor of one of their teams set the measure.")
    ),
    "incident.plan_not_now": Sentence(
        _("No plan can be proposed now: %(state)s."), _("Give the present plan up first."), "replan-incident"
    ),
    "incident.plan_waits_already": Sentence(
        _("A plan waits for a decision."), _("Let another supervisor decide it, or take it back.")
    ),
    "incident.plan_not_pending": Sentence(_("This plan does not wait for a decision any more: %(state)s.")),
    "incident.plan_not_yours": Sentence(_("Only whoever proposed the plan takes it back.")),
    "incident.explanation_missing": Sentence(
        _("The explanation is missing."), _("Say in plain words why it happened."), "field:explanation"
    ),
    "incident.follow_up_missing": Sentence(
        _("It is not said how the matter is followed up."),
        _("Say when and how customers are asked."),
        "field:follow_up",
    ),
    "incident.letter_missing": Sentence(
        _("The words to the customers are missing."), _("Write what each of them will read."), "field:letter"
    ),
    "incident.remedy_missing": Sentence(
        _("The plan offers nothing."), _("Choose at least one remedy."), "field:remedy_1"
    ),
    "incident.remark_missing": Sentence(_("It is not said why."), _("Write what has to change."), "field:remark"),
    "incident.no_plan_agreed": Sentence(
        _("Nobody has agreed to a plan yet."),
        _("Propose one; another supervisor agrees to it."),
        "propose-incident-plan",
    ),
    "incident.noted_apart": Sentence(_("This case was set apart and is settled on its own.")),
    "incident.offered_already": Sentence(_("The customer has this plan before them already.")),
    "incident.told_already": Sentence(_("The customer has got this message already.")),
    "incident.customer_unknown": Sentence(
        _("Nobody knows who the customer is."), _("Note the case one by one: nobody can be written to.")
    ),
    "incident.no_written_channel": Sentence(
        _("The customer cannot be written to now: no address is known, or their wish or the hour forbids it."),
        _("Call them, or note the case one by one."),
    ),
    "incident.gap_unknown": Sentence(
        _("Nothing can fill these gaps: %(gaps)s."),
        _("Use the gaps that templates know, or write it out."),
        "field:words",
    ),
    "incident.not_offered_yet": Sentence(
        _("Cases whose customers do not have the plan before them: %(number)s."),
        _("Offer it to them, or note each of these cases one by one."),
        "offer-to-all",
    ),
    "incident.members_open": Sentence(
        _("Cases that have neither ended nor been noted one by one: %(number)s."),
        _("Settle each of them, or note what becomes of it."),
    ),
    "incident.measure_missing": Sentence(
        _("No measure against this cause was set."), _("Set it, or say why none is needed."), "set-incident-measure"
    ),
    "incident.closing_missing": Sentence(
        _("It is not said what came of it."), _("Sum it up in a few sentences."), "field:words"
    ),
    "incident.too_many_lines": Sentence(
        _("At most %(most)s lines at a time."), _("Import a file for more."), "field:lines"
    ),
    "incident.line_wrong": Sentence(
        _("Line %(line)s cannot be registered: %(why)s"),
        _("Mend the line; nothing was registered yet."),
        "field:lines",
    ),
    "incident.nobody_affected": Sentence(
        _("No line names anybody."), _("One line each: order number, name, phone or e-mail."), "field:lines"
    ),
    "incident.announcement_waits": Sentence(
        _("A public announcement waits for a decision."), _("Let another supervisor decide it.")
    ),
    "public_notice.has_gaps": Sentence(
        _("A public announcement cannot hold gaps such as {{goods}}."),
        _("Write it out; nobody fills them here."),
        "field:words",
    ),
    "public_notice.not_pending": Sentence(_("This announcement does not wait for a decision any more: %(state)s.")),
    "public_notice.not_agreed": Sentence(
        _("Only an announcement that a second person agreed to is published: %(state)s.")
    ),
    "public_notice.link_missing": Sentence(
        _("The address where it stands is missing."), _("Enter it with http:// or https://."), "field:link"
    ),
    "public_notice.in_future": Sentence(
        _("It cannot have been published later than now."), _("Enter when it was published."), "field:published_at"
    ),
    "public_notice.before_the_yes": Sentence(
        _("It cannot have been published before the second person agreed."),
        _("Enter when it was published."),
        "field:published_at",
    ),
    "public_notice.rewritten": Sentence(_("An announcement that somebody looked at is not rewritten.")),
    "notice.incident_grew": Sentence(
        _("Your incident grows: %(number)s cases joined within a day, more than the policy leaves to one supervisor.")
    ),
    "notice.incident_plan_awaits_you": Sentence(_("The plan of an incident waits for a second supervisor.")),
    "notice.public_notice_awaits_you": Sentence(_("A public announcement waits for a second supervisor.")),
    "notice.escalated.incident": Sentence(_("An incident of this case grows fast (level %(level)s).")),
    "story.incident.opened": Sentence(_("opened the incident")),
    "story.incident.cause_learnt": Sentence(_("wrote down the cause as it is known now")),
    "story.incident.case_linked": Sentence(_("linked the case to an incident")),
    "story.incident.case_unlinked": Sentence(_("took the case out of the incident")),
    "story.incident.case_noted": Sentence(_("set the case apart from the plan of the incident")),
    "story.incident.grew": Sentence(_("the incident grew faster than the policy allows and went up")),
    "story.incident.measure_set": Sentence(_("set the measure against the cause")),
    "story.incident.closed": Sentence(_("closed the incident")),
    "story.incident.reopened": Sentence(_("reopened the incident")),
    "story.incident.replanned": Sentence(_("gave the plan up for another one")),
    "story.incident.carried_out": Sentence(_("noted that the plan is carried out")),
    "story.incident.message_written": Sentence(_("wrote a message to everybody affected")),
    "story.incident.offered": Sentence(_("offered the plan of the incident")),
    "story.incident.customer_told": Sentence(_("sent the message of the incident")),
    "story.incident.affected_registered": Sentence(_("registered somebody whom the incident hit")),
    "story.incident_plan.proposed": Sentence(_("proposed a plan for everybody")),
    "story.incident_plan.approved": Sentence(_("agreed to the plan for everybody")),
    "story.incident_plan.sent_back": Sentence(_("sent the plan back")),
    "story.incident_plan.taken_back": Sentence(_("took the plan back")),
    "story.public_notice.proposed": Sentence(_("drafted a public announcement")),
    "story.public_notice.approved": Sentence(_("agreed to the public announcement")),
    "story.public_notice.sent_back": Sentence(_("sent the public announcement back")),
    "story.public_notice.published": Sentence(_("recorded where the announcement was published")),
}
