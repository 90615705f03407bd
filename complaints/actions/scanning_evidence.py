"""Files that wait for the malware scanner: asked about again every minute until it answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from complaints.actions.evidencing import let_exclusion_take_effect
from complaints.actions.moving import violations_in_move
from complaints.actions.stating import state_words
from complaints.evidence_files import files
from complaints.models import Complaint, Evidence
from complaints.states import ScanState
from complaints.vocabulary import StatementKind

AT_A_TIME = 20


def scan_waiting(at: datetime) -> tuple[int, int, str]:
    """Ask the scanner about the files that wait, the oldest first: how many waited, how many it judged, what failed.

    Stops at the first that it does not answer for; the next minute tries again.
    """
    waiting = list(Evidence.objects.filter(scan=ScanState.WAITING).order_by("pk")[:AT_A_TIME])
    done = 0
    for piece in waiting:
        try:
            with files.read(piece.file.name) as stored:
                scan, says = files.scanned(stored)
        except OSError as failure:
            return len(waiting), done, type(failure).__name__
        if scan == ScanState.WAITING:
            return len(waiting), done, f"scanner: {says}"
        judge_by_scanner(piece.pk, by=service_account(), at=at, scan=scan, says=says)
        done += 1
    return len(waiting), done, ""


@transaction.atomic
def judge_by_scanner(evidence_id: int, *, by, at: datetime, scan: str, says: str) -> Evidence:
    """What the scanner said of a file that waited. Infected, it is excluded, kept and shown to nobody.

    The second time changes nothing.
    """
    case = Complaint.objects.locked(evidence__pk=evidence_id)
    evidence = case.evidence.get(pk=evidence_id)
    if evidence.scan != ScanState.WAITING:
        return evidence
    infected = scan == ScanState.INFECTED
    with signed(by=by, reason="evidence.malware_found" if infected else "evidence.scanned", at=at):
        evidence.scan, evidence.scan_says = scan, says
        if infected and not list(violations_in_move(evidence, "exclude")):
            words = _("The scanner found malware: %(name)s.") % {"name": says}
            evidence.exclude(by=by, reason=state_words(case, StatementKind.REASON, words, by=by, at=at))
        evidence.save()
    if infected:
        let_exclusion_take_effect(case, evidence, by=by, at=at)
    return evidence
