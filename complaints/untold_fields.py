"""What the story of a case leaves out: fields that an entry says by itself, and words that fewer people read."""

from complaints.vocabulary import StatementKind

NOT_TOLD = frozenset(
    """
    id case complaint version made_for next_due_at case_number registered_at registered_by source content_digest
    payment_key policy_id limit_policy_id ground_policy_id legal_policy_id sha256 file state_before
    state_before_external recorded_by recorded_at named_by named_at asked_by asked_at drafted_by drafted_at made_by
    made_at found_by found_at judged_by judged_at walked_by walked_at written_by written_at set_by set_at
    proposed_by proposed_at received_by began_by raised_by raised_at tagged_by key customer warned_at window_ends_at
    closed_at withdrawn_at ended_at answered_at offered_at decided_at acknowledged_at approved_at second_approved_at
    paid_at kept_at reached_at due_since acknowledged_by decided_by cause finding request option grant route
    follow_up contact plan offer content_type size round number clock evidence_request working scheduled_by
    scheduled_at started_by started_at said_at per_grant
    stated_by stated_at as_of inputs law_policy_ids fitting weighed
    answer return_request agreement refund inspected_by inspected_at refunded_at template_policy_id
    queued_at not_before made_at agreed_by agreed_at consent told_at dropped_at reply_reason dispatch regular
    scan_says lift_asked_by lift_asked_at lifted_by lifted_at
    """.split()
)
"""Fields that the entry says by itself (who, when), or that nobody reads."""

UNTOLD_WORDS = (StatementKind.FILE_NAME, StatementKind.COUNSEL)
"""Words that no entry repeats: names of files stand beside them, and what counsel says is read by fewer people."""
