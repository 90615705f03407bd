"""Which pages of the admin each group may open, beside its rights in cases (docs/roles.md)."""

from collections.abc import Mapping
from types import MappingProxyType

from casemgmt.people.groups import GroupName

SEEN_PAGES = frozenset(
    f"complaints.view_{model}"
    for model in (
        "account assessment casesummary casetag clock clockextension commitment compensationgrant complaint"
        " complaintsubject contact duechange"
        " customer departmenttask escalation evidence evidencerequest externalroute finding followupcall handlingplan"
        " improvementaction ladderrecord merge order pause payee planoption product refusalproposal statement tag"
        " legalhold entitlementanswer statedfact wordingoverride routeletter routeadvice review caselink incidentmember"
        " returnrequest settlementagreement assignment handover handoverline dispatch progressnotice regularcontact"
    ).split()
)
"""The models whose rows a person sees through the cases they may see."""

PAGES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        GroupName.STAFF: SEEN_PAGES
        | {
            "complaints.view_bulkrun",
            "complaints.view_incident",
            "people.view_absence",
            "people.enter_absence",
            "policies.view_policyrow",
            "privacy.reveal_contact",
        },
        GroupName.SUPERVISORS: SEEN_PAGES
        | {
            "policies.view_policyrow",
            "policies.view_policysuggestion",
            "policies.propose_policy",
            "people.view_absence",
            "people.enter_absence",
            "complaints.add_tag",
            "complaints.change_tag",
            "complaints.view_bulkrun",
            "complaints.view_incident",
            "complaints.view_incidentplan",
            "complaints.view_publicnotice",
            "complaints.view_importbatch",
            "complaints.add_importbatch",
            "complaints.view_setaside",
            "casemgmt.view_operation",
            "casemgmt.retry_what_failed",
            "privacy.reveal_contact",
            "privacy.reveal_identity",
            "privacy.erase_person",
        },
        GroupName.OPERATIONS: SEEN_PAGES,
        GroupName.AUDITORS: SEEN_PAGES
        | {
            "policies.view_policyrow",
            "policies.view_policysuggestion",
            "people.view_person",
            "people.view_team",
            "people.view_department",
            "people.view_shop",
            "people.view_absence",
            "people.view_substitution",
            "people.view_rightschange",
            "people.view_numberchange",
            "privacy.view_accessevent",
            "privacy.reveal_contact",
            "privacy.reveal_identity",
            "adminkit.view_export",
            "complaints.view_bulkrun",
            "complaints.view_incident",
            "complaints.view_incidentplan",
            "complaints.view_publicnotice",
            "complaints.view_importbatch",
            "complaints.view_evidencecheck",
            "casemgmt.view_operation",
            "casemgmt.view_sweep",
            "casemgmt.view_outboxmessage",
            "casemgmt.view_endpoint",
            "casemgmt.view_delivery",
            "complaints.view_setaside",
        },
        GroupName.POLICY_EDITORS: frozenset(
            {
                "policies.view_policyrow",
                "policies.view_policysuggestion",
                "policies.draft_policy",
                "policies.activate_policy",
            }
        ),
        GroupName.ADMINISTRATORS: frozenset(
            f"people.{verb}_{model}"
            for verb in ("view", "add", "change")
            for model in ("person", "team", "department", "shop", "substitution", "rightschange", "numberchange")
        )
        | {
            "people.decide_rightschange",
            "people.decide_numberchange",
            "casemgmt.view_operation",
            "casemgmt.retry_what_failed",
            "casemgmt.view_sweep",
            "casemgmt.view_outboxmessage",
            "casemgmt.view_delivery",
            "casemgmt.view_endpoint",
            "casemgmt.add_endpoint",
            "casemgmt.change_endpoint",
            "complaints.view_setaside",
        },
    }
)
"""group → the pages of the admin that it may open beside its rights in cases."""
