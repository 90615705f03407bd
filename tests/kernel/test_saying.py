"""Codes and instants inside a sentence are worded for the reader."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from casemgmt.sentences import say
from casemgmt.violations import Violation


@pytest.mark.parametrize(
    ("violation", "shown"),
    [
        (Violation("accept.evidence_unconfirmed", params={"type": "test_report"}), "test report"),
        (Violation("accept.evidence_unconfirmed", params={"type": "unheard_of"}), "unheard_of"),
        (Violation("ladder.out_of_order", params={"first": "talked_further"}), "talked further and found why"),
        (Violation("establish.fact_missing", params={"fact": "damage_cause"}), "cause of damage"),
        (Violation("outcome.not_told", params={"channels": "email, phone"}), "e-mail, phone"),
        (
            Violation("conclude.still_time_to_answer", params={"until": datetime(2026, 10, 12, 2, 0, tzinfo=UTC)}),
            "2026-10-12 10:00",
        ),
    ],
)
def test_params_are_shown_in_words(violation, shown):
    with translation.override("en"):
        assert shown in say(violation)
