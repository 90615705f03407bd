"""Cases that belong together without being one: links with their kind and reason, and what a split case cites."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import Guard, History
from complaints.vocabulary import LinkKind


class CaseLinkQuerySet(models.QuerySet):
    """How links are asked for."""

    def standing(self):
        """Those that were not undone."""
        return self.filter(unlinked_at__isnull=True)

    def of(self, case_id: int):
        """The links of a case, from whichever side they were made."""
        return self.filter(models.Q(case=case_id) | models.Q(other=case_id))


class CaseLink(models.Model):
    """Two cases that have to do with each other, seen from both; their money counts together where the kind says so.

    `kind` reads from `case` to `other`: this case follows that one. Two cases have one standing link at most.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="links", verbose_name=_("case"))
    other = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="links_here", verbose_name=_("other case")
    )
    kind = models.CharField(_("kind of link"), max_length=16, choices=LinkKind)
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("linked by")
    )
    linked_at = models.DateTimeField(_("linked at"))
    unlinked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("unlinked by"), null=True
    )
    unlinked_at = models.DateTimeField(_("unlinked at"), null=True)
    unlinked_because = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why unlinked"), null=True
    )

    objects = CaseLinkQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("link between cases")
        verbose_name_plural = _("links between cases")
        ordering = ["linked_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="link_of_two_cases", condition=~models.Q(case=models.F("other"))),
            models.UniqueConstraint(
                Least("case", "other"),
                Greatest("case", "other"),
                condition=models.Q(unlinked_at__isnull=True),
                name="cases_linked_once",
            ),
            models.CheckConstraint(
                name="link_undone_with_a_reason",
                condition=models.Q(unlinked_at__isnull=True)
                | models.Q(unlinked_by__isnull=False, unlinked_because__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.other}"


def _any_change(sql):
    return "1 = 1"


def _cites_itself(sql):
    """What is cited was said in another case; the words stay there."""
    return (
        f"EXISTS (SELECT 1 FROM complaints_statement said WHERE said.id = {sql.new('statement')}"
        f" AND said.case_id = {sql.new('case')})"
        f" OR EXISTS (SELECT 1 FROM complaints_evidence piece WHERE piece.id = {sql.new('evidence')}"
        f" AND piece.case_id = {sql.new('case')})"
    )


class Citation(models.Model):
    """Words or a file of another case that this one rests on since it was split off. They stay where they are.

    Exactly one of `statement` and `evidence` is set. Written once.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="citations", verbose_name=_("case"))
    statement = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="cited_in", verbose_name=_("words"), null=True
    )
    evidence = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="cited_in", verbose_name=_("evidence"), null=True
    )
    cited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("cited by"))
    cited_at = models.DateTimeField(_("cited at"))

    history = History(
        guards=[
            Guard("citation.rewritten", on=("update",), refuse_when=_any_change),
            Guard("citation.of_itself", on=("insert",), refuse_when=_cites_itself),
        ]
    )

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="citation_of_one_thing",
                condition=models.Q(statement__isnull=False, evidence__isnull=True)
                | models.Q(statement__isnull=True, evidence__isnull=False),
            ),
            models.UniqueConstraint(fields=["case", "statement"], name="statement_cited_once"),
            models.UniqueConstraint(fields=["case", "evidence"], name="evidence_cited_once"),
        ]
