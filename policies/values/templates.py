"""What staff write and say again and again: texts with gaps that each case fills (S-COM-04, 05, 16 to 20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.rules.filling import has_broken_braces, unknown_variables
from policies.values.parts import Label, fault

TemplateChannel = Literal["phone", "email", "online_chat", "qianniu", "sms", "face_to_face", "platform", "letter"]


@dataclass(frozen=True, slots=True)
class Texts:
    """The same words in the languages in which they are kept; at least one of them."""

    zh: str | None = None
    en: str | None = None

    def in_language(self, language: str) -> str:
        """The text for somebody who reads `language`; the other one where there is none in it."""
        first, other = (self.zh, self.en) if language.lower().startswith("zh") else (self.en, self.zh)
        return first or other or ""

    def each(self) -> Iterator[tuple[str, str]]:
        """Those that there are, with their language."""
        for language in ("zh", "en"):
            if text := getattr(self, language):
                yield language, text


@dataclass(frozen=True, slots=True)
class Template:
    """A message, letter or script. `texts` is what the customer reads or hears, with variables as {{name}}.

    `channels` are those it is offered on, `purpose` and `apology` what a contact made with it is for. The customer's
    language chooses among the texts. Whoever writes may change the words for the person at hand: a reply like a
    machine's is a taboo (S-TAB-08), and nothing goes out unread (S-TRN-07).
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
    texts: Texts
    form: Literal["message", "letter", "script"] = "message"
    apology: Literal["none", "for_our_fault", "for_experience"] = "none"

    def violations_in_itself(self) -> Iterator[Violation]:
        """Some channel, some text, and gaps that a case can fill."""
        if not self.channels:
            yield fault("policy.empty_list", "channels")
        if not self.texts.in_language(""):
            yield fault("policy.no_text", "texts")
        for language, text in self.texts.each():
            for name in unknown_variables(text):
                yield fault("policy.unknown_variable", f"texts.{language}", variable=name or "{{}}")
            if has_broken_braces(text):
                yield fault("policy.braces_broken", f"texts.{language}")
