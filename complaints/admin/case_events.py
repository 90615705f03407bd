"""What happened around a case beside its acts: its policies got new editions, and somebody looked or took away."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgmt.adminkit.pages import TimelineEntry
from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.case_file import CaseFile
from complaints.models import Clock, CompensationGrant, Evidence, FollowUpCall, RefusalProposal, Statement
from policies.lookup import PoliciesInForce, editions_since

MOST_LOOKS = 200
"""So many accesses are told at most; the access log has them all."""


def policy_entries(file: CaseFile, policies: PoliciesInForce, at: datetime) -> list[TimelineEntry]:
    """The new editions, since the case came in, of the policies that the case has used; one query."""
    case = file.case
    cited = {clock.policy_id for clock in file.rows[Clock]}
    cited |= {grant.limit_policy_id for grant in file.rows[CompensationGrant]}
    cited |= {row.ground_policy_id for row in file.rows[RefusalProposal]}
    cited |= {call.policy_id for call in file.rows[FollowUpCall]}
    used = [policies.categories.get(case.category)]
    used += [policies.compensation_kinds.get(grant.kind) for grant in file.rows[CompensationGrant]]
    cited |= {policy.policy_id for policy in used if policy is not None}
    return [
        TimelineEntry(
            kind="policy",
            at=edition.valid_from,
            who=edition.activated_by or pgettext("history", "System"),
            title=_("The policy “%(title)s” ended") % {"title": edition.title}
            if edition.ends
            else _("The policy “%(title)s” has a new edition: %(edition)s")
            % {"title": edition.title, "edition": edition.edition},
            note=_("What was decided before stands on the edition of its day."),
            icon="policy",
        )
        for edition in editions_since(case.received_at, at, cited=cited)
    ]


def access_entries(file: CaseFile, person) -> list[TimelineEntry]:
    """Who looked at what of this case, for those who may read the access log; one query, none for the others."""
    if not person.has_perm("privacy.view_accessevent"):
        return []
    case = file.case
    files = {str(row.pk): str(row.file_name) for row in file.rows[Evidence]}
    reasons = {row.pk: row for row in file.rows[Statement]}
    events = AccessEvent.objects.filter(
        Q(subject_label="complaints.complaint", subject_pk=str(case.pk))
        | Q(subject_label="complaints.evidence", subject_pk__in=files)
        | Q(subject_label="complaints.customer", statement_id__in=reasons)
    )
    return [_access_entry(event, files, reasons) for event in events[:MOST_LOOKS]]


def _access_entry(event: AccessEvent, files, reasons) -> TimelineEntry:
    titles = {
        AccessKind.VIEWED: _("opened this case"),
        AccessKind.REVEALED: _("had personal data shown"),
        AccessKind.PREVIEWED: _("looked at the file %(name)s") % {"name": files.get(event.subject_pk, "")},
        AccessKind.COPIED: _("took a copy of the file %(name)s") % {"name": files.get(event.subject_pk, "")},
        AccessKind.DOWNLOADED: _("opened the file %(name)s") % {"name": files.get(event.subject_pk, "")},
        AccessKind.EXPORTED: _("took this case out on paper"),
        AccessKind.REFUSED_RIGHT: _("was refused a right: %(right)s") % {"right": event.reason},
    }
    reason = reasons.get(event.statement_id)
    return TimelineEntry(
        kind="access",
        at=event.at,
        who=event.person_name,
        title=titles[event.kind],
        words=str(reason) if reason is not None else "",
        icon="visibility",
        is_grave=event.kind == AccessKind.REFUSED_RIGHT,
    )
