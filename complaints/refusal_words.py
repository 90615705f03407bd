"""What a customer is told of an approved refusal: reason, rule and law, other ways, and what goes along."""

from complaints.models import RefusalProposal
from policies.lookup import policies_by_id


def told_of_refusal(refusal: RefusalProposal, language: str) -> dict[str, str]:
    """The parts of a letter, by the variables of templates; what policies say in `language`, the rest as typed.

    The rule and the clause are those that were cited, whatever the policies have become since.
    """
    cited = policies_by_id({refusal.company_rule_policy_id, refusal.legal_policy_id})
    rule, law = cited[refusal.company_rule_policy_id], cited[refusal.legal_policy_id]
    said = {name: getattr(refusal, name) for name in ("explanation", "alternatives", "routes", "company_policy")}
    words = {name: (spoken.words or "").strip() if spoken else "" for name, spoken in said.items()}
    return {
        "reason": words["explanation"].rstrip("。."),
        "plan": words["alternatives"].rstrip("。."),
        "basis": "\n".join(
            [
                f"{rule.number} {rule.label.in_language(language)}: {rule.text.in_language(language)}",
                words["company_policy"],
                f"{law.label.in_language(language)}: {law.figure.in_language(language)}",
            ]
        ),
        "routes": words["routes"],
        "enclosed": "\n".join(f"{number}. {name}" for number, name in enumerate(_enclosed(refusal), start=1)) or "—",
    }


def _enclosed(refusal: RefusalProposal) -> list[str]:
    links = refusal.evidence_links.select_related("evidence__file_name").order_by("pk")
    return [f"{link.evidence.get_evidence_type_display()} · {link.evidence.file_name}" for link in links]
