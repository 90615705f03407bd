"""What can be done with an incident, with its plan, and with one of its cases."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from complaints.actions import affected, announcing_incidents, incident_plans, incident_runs, incidents
from complaints.forms import facts
from complaints.forms import incidents as forms

LEAD = "incident.lead"
DRY_RUN = _("Nothing goes out yet: you see first what each case would get, or why not.")

INCIDENT = (
    CaseAction(
        "propose-incident-plan",
        _("Propose a plan for everybody"),
        LEAD,
        incident_plans.propose_incident_plan,
        forms.IncidentPlanForm,
        incident_plans.why_not_propose_plan,
        intro=_(
            "Another supervisor agrees before anything is offered. Each case keeps its own answer and its own money."
        ),
        weight=10,
        group="next",
        is_step=True,
    ),
    CaseAction(
        "offer-to-all",
        _("Offer the plan to everybody"),
        LEAD,
        incident_runs.prepare_offers,
        why_not=incident_runs.why_not_prepare_offers,
        intro=DRY_RUN,
        submit=_("Try it dry"),
        weight=30,
        group="more",
    ),
    CaseAction(
        "carry-out-incident",
        _("The plan is carried out"),
        LEAD,
        incident_plans.carry_out_incident,
        why_not=incident_plans.why_not_carry_out,
        intro=_("Everybody has the plan before them, or was noted one by one; each case goes on by itself."),
        weight=20,
        group="next",
        is_step=True,
    ),
    CaseAction(
        "tell-all",
        _("Write to everybody"),
        LEAD,
        incident_runs.prepare_message,
        forms.MessageToAllForm,
        incident_runs.why_not_prepare_message,
        intro=DRY_RUN,
        submit=_("Try it dry"),
        weight=40,
    ),
    CaseAction(
        "propose-public-notice",
        _("Draft a public announcement"),
        LEAD,
        announcing_incidents.propose_public_notice,
        forms.AnnouncementForm,
        incidents.why_not_while_closed,
        intro=_("Another supervisor agrees to the words before they are published; nothing goes out by itself."),
        weight=45,
    ),
    CaseAction(
        "register-affected",
        _("Register those affected"),
        LEAD,
        affected.register_affected,
        forms.AffectedForm,
        incidents.why_not_while_closed,
        intro=_("A case for everybody whom it hit and who has not complained; all of the list or none."),
        weight=50,
    ),
    CaseAction(
        "set-incident-measure",
        _("Set the measure"),
        LEAD,
        incidents.set_incident_measure,
        forms.IncidentMeasureForm,
        incidents.why_not_while_closed,
        weight=60,
    ),
    CaseAction(
        "learn-cause",
        _("Say the cause better"),
        LEAD,
        incidents.learn_cause,
        forms.CauseForm,
        incidents.why_not_while_closed,
        weight=70,
    ),
    CaseAction(
        "close-incident",
        _("Close the incident"),
        LEAD,
        incidents.close_incident,
        forms.ClosingForm,
        incidents.why_not_close_incident,
        weight=80,
        group="next",
        is_step=True,
    ),
    CaseAction(
        "replan-incident",
        _("Give the plan up"),
        LEAD,
        incident_plans.replan_incident,
        facts.ReasonForm,
        incident_plans.why_not_replan_incident,
        intro=_("What was offered stands. Another plan is proposed and agreed to."),
        weight=90,
        group="seldom",
    ),
    CaseAction(
        "reopen-incident",
        _("Reopen the incident"),
        LEAD,
        incidents.reopen_incident,
        facts.ReasonForm,
        incidents.why_not_reopen_incident,
        weight=100,
    ),
)

INCIDENT_PLAN = (
    CaseAction(
        "approve-incident-plan",
        _("Agree to the plan"),
        LEAD,
        incident_plans.approve_incident_plan,
        forms.ApproveIncidentPlanForm,
        incident_plans.why_not_decide_plan,
        intro=_("You agree to these very words and remedies. Nothing goes out by itself."),
    ),
    CaseAction(
        "send-back-incident-plan",
        _("Send it back"),
        LEAD,
        incident_plans.send_back_incident_plan,
        forms.SendBackIncidentPlanForm,
        incident_plans.why_not_decide_plan,
    ),
    CaseAction(
        "take-back-incident-plan",
        _("Take it back"),
        LEAD,
        incident_plans.take_back_incident_plan,
        why_not=incident_plans.why_not_take_back_plan,
    ),
)

PUBLIC_NOTICE = (
    CaseAction(
        "approve-public-notice",
        _("Agree to the announcement"),
        LEAD,
        announcing_incidents.approve_public_notice,
        forms.ApproveIncidentPlanForm,
        announcing_incidents.why_not_decide_public_notice,
        intro=_("You agree to these very words. Nothing goes out by itself."),
    ),
    CaseAction(
        "send-back-public-notice",
        _("Send the announcement back"),
        LEAD,
        announcing_incidents.send_back_public_notice,
        forms.SendBackIncidentPlanForm,
        announcing_incidents.why_not_decide_public_notice,
    ),
    CaseAction(
        "record-publication",
        _("Record where it was published"),
        LEAD,
        announcing_incidents.record_publication,
        forms.PublicationForm,
        announcing_incidents.why_not_record_publication,
    ),
)

INCIDENT_MEMBER = (
    CaseAction(
        "note-member",
        _("Note it one by one"),
        LEAD,
        incidents.note_member,
        forms.NoteMemberForm,
        incidents.why_not_unlink,
        intro=_("The case is set apart from the plan for all and does not hold the incident open."),
    ),
    CaseAction(
        "unlink-member",
        _("Take it out"),
        "incident.link",
        incidents.unlink_from_incident,
        facts.ReasonForm,
        incidents.why_not_unlink,
        intro=_("The case does not belong to the incident after all. What it was told and offered stands."),
    ),
)
