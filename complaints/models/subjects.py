"""Whom a complaint is about: such a person cannot see, handle, approve or decide it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import Guard, History
from casemgmt.people.models.guards import decided_by_two, one_human
from casemgmt.stateful import Stateful
from complaints.vocabulary import Verdict


def _handler_is_no_subject(sql):
    """Whoever handles the case is never named as its subject: the case changes hands first."""
    return (
        f"{sql.new('lifted_at')} IS NULL AND EXISTS (SELECT 1 FROM complaints_complaint handled"
        f" WHERE handled.id = {sql.new('case')} AND (handled.handler_id = {sql.new('person')}"
        f" OR {one_human('handled.handler_id', sql.new('person'))}))"
    )


class ComplaintSubject(Stateful):
    """A person whom the complaint is about (separation of duties in roles.md; S-INV-16)."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="subjects", verbose_name=_("case"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="complaints_about", verbose_name=_("person")
    )
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("named by"))
    named_at = models.DateTimeField(_("named at"))
    finding = models.CharField(
        _("conduct found"), max_length=24, choices=Verdict, blank=True, help_text=_("After the investigation.")
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lifted by"), null=True
    )
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    history = History(
        guards=[
            Guard("subject.handles_the_case", refuse_when=_handler_is_no_subject),
            *decided_by_two("lifted_by", "person"),
        ],
    )

    class Meta:
        verbose_name = _("person complained about")
        verbose_name_plural = _("persons complained about")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(lifted_at__isnull=True),
                name="subject_named_once",
            ),
            models.CheckConstraint(
                name="subject_lifted_by_someone_else",
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (models.Q(lifted_by__isnull=False) & ~models.Q(lifted_by=models.F("person"))),
            ),
        ]

    def __str__(self):
        return str(self.person)
