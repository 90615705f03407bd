"""What ties cases together and takes one apart."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from complaints.actions import citing, linking, splitting
from complaints.forms import facts
from complaints.forms import linking as forms

LINKING = (
    CaseAction(
        "link-case",
        _("Link with another case"),
        "case.edit_facts",
        linking.link_cases,
        forms.LinkCaseForm,
        weight=208,
        group="seldom",
    ),
    CaseAction(
        "cite-evidence",
        _("Rest on evidence of a linked case"),
        "case.handle",
        citing.cite_evidence,
        forms.CiteForm,
        citing.why_not_cite_evidence,
        intro=_("The file stays where it was given; that this case rests on it stands in its custody log."),
        submit=_("Cite it"),
        weight=210,
        group="hidden",
    ),
    CaseAction(
        "split-case",
        _("Make two cases of it"),
        "case.handle",
        splitting.split_case,
        forms.SplitForm,
        splitting.why_not_split,
        intro=_("The second matter gets a case of its own. Nothing that was said moves, and no deadline gets later."),
        submit=_("Register the second case"),
        weight=209,
        group="seldom",
    ),
)

CASE_LINK = (
    CaseAction(
        "unlink-case",
        _("Undo the link"),
        "case.edit_facts",
        linking.unlink_cases,
        facts.ReasonForm,
        linking.why_not_unlink_cases,
        intro=_("The two cases have nothing to do with each other after all; the link stays in the history."),
    ),
)
