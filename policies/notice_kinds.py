"""The kinds of notices about policies, as people choose among them in their own settings."""

from django.utils.translation import gettext_lazy as _

from casemgmt.notice_kinds import NoticeKind

KINDS = (
    NoticeKind(
        "policies",
        _("Policies"),
        _("A policy is to be reviewed, a dry run is finished, a change is suggested or answered."),
        ("notice.policy_",),
    ),
)
