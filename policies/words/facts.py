"""The facts that entitlements and remedies ask for, in words: their names, their answers, and rows that name them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from policies.values import Condition, ResaleCheck
from policies.values.case_facts import FactValue
from policies.words.codes import word_for

FACT_NAMES: Mapping[str, object] = MappingProxyType(
    {
        "category": gettext_lazy("category"),
        "responsible_party": gettext_lazy("responsible party"),
        "damage_cause": gettext_lazy("cause of damage"),
        "verdict": gettext_lazy("verified verdict"),
        "conduct": gettext_lazy("conduct of the member of staff"),
        "signed_by": gettext_lazy("signed for by"),
        "goods_stage": gettext_lazy("where the goods are"),
        "price": gettext_lazy("price paid"),
        "received_on": gettext_lazy("day the goods were signed for"),
        "demanded_on": gettext_lazy("day the customer asked for a remedy"),
        "durable": gettext_lazy("durable goods or decoration"),
        "remote_sale": gettext_lazy("sold on-line, by phone or by mail"),
        "product_type": gettext_lazy("type of goods"),
        "goods_class": gettext_lazy("class of goods for returns"),
        "exclusion_confirmed": gettext_lazy("the buyer confirmed the exclusion at the purchase"),
        "return_promised": gettext_lazy("the shop promised returns without a reason"),
        "opened_for_inspection": gettext_lazy("the parcel was opened to look at the goods"),
        "tags_kept": gettext_lazy("tags are still on"),
        "unwashed": gettext_lazy("not washed"),
        "unused": gettext_lazy("not used beyond trying on"),
        "complete": gettext_lazy("complete, with accessories and gifts"),
        "sealed": gettext_lazy("seal of hygiene unbroken"),
        "not_activated": gettext_lazy("not activated or registered"),
        "return_asked_on": gettext_lazy("day the return was asked for"),
        "return_arranged_on": gettext_lazy("day the return was arranged"),
        "goods_back_on": gettext_lazy("day the goods came back"),
        "refunded_on": gettext_lazy("day the refund was paid"),
        "prepaid_refund_asked_on": gettext_lazy("day the prepaid money was asked back"),
        "remedied_on": gettext_lazy("day the remedy was carried out"),
        "defect_confirmed": gettext_lazy("a defect of the goods is confirmed"),
        "guarantee_goods": gettext_lazy("goods under the three guarantees"),
        "warranty_months": gettext_lazy("months of warranty as printed"),
        "handed_in_on": gettext_lazy("day the goods were handed in for repair"),
        "repaired_on": gettext_lazy("day the repair was finished"),
        "failed_repairs": gettext_lazy("failed repairs"),
        "repair_days": gettext_lazy("days in repair altogether"),
        "loss": gettext_lazy("loss of the customer"),
        "fraud_found": gettext_lazy("fraud is established"),
        "knew_of_defect": gettext_lazy("the shop knew of the defect"),
        "serious_harm": gettext_lazy("death or serious harm to health"),
        "unsafe_food": gettext_lazy("food that breaks the safety standards"),
        "knew_food_unsafe": gettext_lazy("the shop made it, or sold it knowing"),
        "damage_extent": gettext_lazy("extent of the damage"),
        "in_stock": gettext_lazy("the goods are in stock"),
        "repairable": gettext_lazy("it can be repaired"),
        "insists_on_return": gettext_lazy("the customer insists on calling the parcel back"),
    }
)

ANSWERS: Mapping[str, object] = MappingProxyType(
    {
        "yes": gettext_lazy("yes"),
        "no": gettext_lazy("no"),
        "seller": gettext_lazy("seller or product"),
        "customer": pgettext_lazy("answer", "the customer"),
        "courier": gettext_lazy("courier"),
        "staff": gettext_lazy("member of staff"),
        "third_party": gettext_lazy("third party"),
        "undetermined": gettext_lazy("undetermined"),
        "non_human": gettext_lazy("not caused by people"),
        "substantiated": gettext_lazy("substantiated"),
        "partly_substantiated": gettext_lazy("partly substantiated"),
        "unsubstantiated": gettext_lazy("unsubstantiated"),
        "not_signed": gettext_lazy("not signed for"),
        "authorised": gettext_lazy("somebody the customer authorised"),
        "unauthorised": gettext_lazy("somebody without authority"),
        "not_shipped": gettext_lazy("not shipped yet"),
        "in_transit": gettext_lazy("on the way"),
        "received": gettext_lazy("with the customer"),
        "clothing": gettext_lazy("clothing, shoes, bags"),
        "electronics": gettext_lazy("electronics"),
        "appliance": gettext_lazy("household appliances"),
        "food": gettext_lazy("food"),
        "cosmetics": gettext_lazy("cosmetics"),
        "furniture": gettext_lazy("furniture"),
        "other": gettext_lazy("other goods"),
        "ordinary": gettext_lazy("ordinary goods"),
        "made_to_order": gettext_lazy("made to the buyer's order"),
        "fresh": gettext_lazy("fresh and perishable"),
        "digital_unsealed": gettext_lazy("digital goods downloaded, or software unsealed"),
        "periodicals": gettext_lazy("newspapers and periodicals"),
        "unsuitable_by_nature": gettext_lazy("not fit for return by their nature"),
        "excluded_by_shop": gettext_lazy("excluded by the shop alone"),
        "light": gettext_lazy("light"),
        "severe": gettext_lazy("severe"),
    }
)
"""Every answer of a fact with choices; the codes mean the same whichever fact they answer."""

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "against": gettext_lazy("what another source says"),
        "at_least": gettext_lazy("at least"),
        "checklist": gettext_lazy("resale checklist"),
        "conditions": gettext_lazy("all of these must be so"),
        "disregarded": gettext_lazy("does not count against the customer"),
        "ends_with": gettext_lazy("ends on"),
        "excluded": gettext_lazy("excluded classes"),
        "excluded_if_confirmed": gettext_lazy("excluded if the buyer confirmed it"),
        "freight": gettext_lazy("who pays the way back"),
        "gives": gettext_lazy("what it gives"),
        "is_ceiling": gettext_lazy("up to this much"),
        "loss_times": gettext_lazy("times the loss"),
        "months": gettext_lazy("months"),
        "months_most": gettext_lazy("months at most"),
        "owed_by": gettext_lazy("owed by"),
        "price_times": gettext_lazy("times the price"),
        "remedies": gettext_lazy("remedies"),
        "repairs": gettext_lazy("failed repairs that are enough"),
        "rule": gettext_lazy("rule"),
        "when": gettext_lazy("when"),
        "why": gettext_lazy("why"),
    }
)
"""The entries of both kinds, beside those that other kinds have too."""

FACT_LISTS = frozenset({"conditions", "disregarded", "starts_from", "ends_with"})
ANSWER_LISTS = frozenset({"excluded", "excluded_if_confirmed"})

OWED_WORDS: Mapping[str, object] = MappingProxyType(
    {"law": gettext_lazy("owed by law"), "our_fault": gettext_lazy("owed by our fault")}
)
RULE_WORDS: Mapping[str, object] = MappingProxyType(
    {
        "return_without_reason": gettext_lazy("return without a reason"),
        "return_of_faulty": gettext_lazy("return of faulty goods"),
        "guarantee_step": gettext_lazy("step of the three guarantees"),
        "warranty": gettext_lazy("warranty"),
        "repair_in_time": gettext_lazy("repair within the days"),
        "failed_repairs": gettext_lazy("repairs that failed"),
        "delay": gettext_lazy("deliberate delay"),
        "multiple": gettext_lazy("multiple of price or loss"),
        "refund_in_time": gettext_lazy("refund within the days"),
        "burden_of_proof": gettext_lazy("burden of proof"),
    }
)


def fact_name(name: object) -> str:
    """What a fact is called, several with commas between; the code of one that nobody knows."""
    return _(", ").join(str(FACT_NAMES.get(part, part)) for part in str(name).split(", "))


def answer_word(code: object) -> str:
    """What the code of an answer means, several with commas between."""
    return _(", ").join(str(ANSWERS.get(part, part)) for part in str(code).split(", "))


def fact_value(value: FactValue) -> str:
    """A known fact as a reader sees it."""
    match value:
        case bool():
            return str(ANSWERS["yes" if value else "no"])
        case date():
            return date_format(value, "SHORT_DATE_FORMAT")
        case Decimal():
            return number_format(value, decimal_pos=2, use_l10n=True, force_grouping=True)
        case int():
            return str(value)
    return answer_word(value)


def is_about_facts(name: str, entry: object) -> bool:
    """Whether an entry of a body is worded here."""
    if name in ("starts_from", "ends_with"):
        return isinstance(entry, str)
    return name in FACT_LISTS | ANSWER_LISTS | {"checklist", "when", "owed_by", "rule", "remedies"}


def facts_in_words(name: str, entry: object) -> list[str]:
    """The lines of such an entry."""
    if name == "owed_by":
        return [str(OWED_WORDS[entry])]
    if name == "rule":
        return [str(RULE_WORDS[entry])]
    if name == "remedies":
        return [_(", ").join(word_for(name, code) for code in entry)]
    if name in ANSWER_LISTS:
        return [answer_word(", ".join(entry))]
    if isinstance(entry, str):
        return [fact_name(entry)]
    if name in FACT_LISTS:
        return [fact_name(", ".join(entry))]
    return [_part(part) for part in entry]


def _part(part: Condition | ResaleCheck) -> str:
    if isinstance(part, Condition):
        return _("%(fact)s: %(answers)s") % {
            "fact": fact_name(part.fact), "answers": answer_word(", ".join(part.one_of)),
        }  # fmt: skip
    if not part.product_types:
        return fact_name(part.fact)
    return _("%(fact)s (%(types)s)") % {
        "fact": fact_name(part.fact), "types": answer_word(", ".join(part.product_types)),
    }  # fmt: skip
