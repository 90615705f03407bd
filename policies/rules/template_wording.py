"""Texts kept for customers hold no phrase that must not be sent."""

from collections.abc import Iterable, Iterator

from casemgmt.violations import Violation
from policies.rules.wording import BLOCK, Lexicon, gaps_left_out
from policies.values.templates import Template


def violations_in_template_wording(templates: Iterable[Template], lexicon: Lexicon) -> Iterator[Violation]:
    """Every blocked phrase in a template. What needs approval is asked for when the text is used for a case."""
    for template in templates:
        for language, text in template.texts.each():
            for finding in lexicon.findings_in(gaps_left_out(text)):
                if finding.severity == BLOCK and _is_for(finding.phrase.channels, template.channels):
                    label, instead = finding.phrase.label, finding.phrase.instead
                    yield Violation(
                        "policy.template_holds_phrase",
                        field="body",
                        params={
                            "code": template.code,
                            "words": " ".join(finding.words.split()),
                            "title": label.in_language(language),
                            "instead": instead.in_language(language),
                        },
                    )


def _is_for(phrase_channels: tuple[str, ...], template_channels: tuple[str, ...]) -> bool:
    return not phrase_channels or bool(set(phrase_channels) & set(template_channels))
