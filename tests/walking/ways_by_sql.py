"""What somebody with a database shell may try: each of it must be refused, whatever state the rows are in."""

from django.db import DatabaseError, connection, transaction

ATTEMPTS = {
    "close from the start": "UPDATE complaints_complaint SET state = 'closed' WHERE state IN"
    " ('registered', 'assessing', 'investigating', 'negotiating', 'executing', 'merged', 'voided')",
    "delete a case": "DELETE FROM complaints_complaint",
    "rewrite history": "UPDATE complaints_historicalcomplaint SET state = 'closed'",
    "forget history": "DELETE FROM complaints_historicalcompensationgrant",
    "forge history": "INSERT INTO complaints_historicalcomplaint SELECT * FROM complaints_historicalcomplaint",
    "approve as the asker": "UPDATE complaints_compensationgrant SET approved_by_id = asked_by_id",
    "pay as the asker": "UPDATE complaints_compensationgrant SET paid_by_id = asked_by_id",
    "pay what is drafted": "UPDATE complaints_compensationgrant SET state = 'paid' WHERE state = 'drafted'",
    "another asker": "UPDATE complaints_compensationgrant SET asked_by_id = asked_by_id + 1",
    "one reference for all": "UPDATE complaints_compensationgrant SET state = 'paid', payment_reference = ''",
    "decide the own refusal": "UPDATE complaints_refusalproposal SET decided_by_id = proposed_by_id,"
    " state = 'approved'",
    "refund above the price": "UPDATE complaints_returnrequest SET refund_amount = value + 1",
    "refund without payment": "UPDATE complaints_returnrequest SET state = 'refunded' WHERE state <> 'refunded'",
    "more goods than bought": "UPDATE complaints_returnrequest SET quantity = quantity + 100",
    "other bytes": "UPDATE complaints_evidence SET sha256 = 'x'",
    "other words": "UPDATE complaints_statement SET words = 'x'",
    "another agreement": "UPDATE complaints_settlementagreement SET number = number + 50",
    "sign for both": "UPDATE complaints_settlementagreement SET state = 'signed' WHERE state = 'drafted'",
    "lift the own hold": "UPDATE complaints_legalhold SET state = 'lifted', lifted_by_id = lift_asked_by_id"
    " WHERE state <> 'lifted'",
    "another plan for all": "UPDATE complaints_incidentplan SET number = number + 50",
    "another option for all": "UPDATE complaints_incidentoption SET amount = 1",
    "another letter": "UPDATE complaints_routeletter SET is_answer = NOT is_answer",
    "a softer review": "UPDATE complaints_review SET needs_approval = NOT needs_approval",
    "cite something else": "UPDATE complaints_citation SET cited_by_id = cited_by_id + 1",
    "link with itself": "UPDATE complaints_caselink SET other_id = case_id",
    "promise kept by nobody": "UPDATE complaints_commitment SET state = 'kept' WHERE state = 'released'",
    "undo an escalation": "DELETE FROM complaints_escalation",
}  # fmt: skip
"""name → SQL that the database refuses when it finds a row; it changes nothing when it finds none."""


def try_by_sql(name: str) -> str:
    """ "refused", or "none" where there is no such row. AssertionError when the database let it through."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(ATTEMPTS[name])
                changed = cursor.rowcount
                assert changed <= 0, f"{name}: the database let {changed} rows through"
        except DatabaseError:
            return "refused"
    return "none"
