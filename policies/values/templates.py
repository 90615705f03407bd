"""What staff write and say again and again: texts with gaps that each case fills (S-COM-04, 05, 16 to 20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.rules.filling import has_broken_braces, unknown_variables
from policies.values.parts import Label, fault

TemplateChannel = Literal["phone", "email", "online_chat", "qianniu", "sms", "face_to_face", "platform", "letter"]


@dataclass(frozen=True, slots=True)
class Template:
    """A message, letter or script. `text` is what the customer reads or hears, with variables as {{name}}.

    `channels` are those it is offered on, `purpose` and `apology` what a contact made with it is for. Whoever
    writes may change the words for the person at hand: a reply like a machine's is a taboo (S-TAB-08).
    """

    policy_id: int
    code: str
    label: Label
    order: int
    channels: tuple[TemplateChannel, ...]
    purpose: Literal[
        "general",
        "first_answer",
        "enquiry",
        "progress",
        "offer",
        "outcome",
        "refusal",
        "commitment_kept",
        "follow_up",
    ]
    text: str
    apology: Literal["none", "for_our_fault", "for_experience"] = "none"

    def violations_in_itself(self) -> Iterator[Violation]:
        """Some channel, and gaps that a case can fill."""
        if not self.channels:
            yield fault("policy.empty_list", "channels")
        for name in unknown_variables(self.text):
            yield fault("policy.unknown_variable", "text", variable=name or "{{}}")
        if has_broken_braces(self.text):
            yield fault("policy.braces_broken", "text")
