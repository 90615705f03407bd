"""Cases in the state a test needs, reached by running the actions as the people of the cast."""

from importlib import import_module
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints.actions.assigning import take_case
from complaints.actions.contacting import record_contact
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.evidencing import add_evidence, verify_evidence
from complaints.actions.executing import accept
from complaints.actions.investigating import establish, record_finding
from complaints.actions.judging import judge
from complaints.actions.planning import OptionDraft, accept_plan, draft_plan, offer_plan
from complaints.actions.registering import Registration, register
from complaints.models import Complaint, Contact, Evidence, HandlingPlan
from complaints.states import CaseState
from complaints.vocabulary import (
    Acceptance,
    Channel,
    ContactPurpose,
    Direction,
    EvidenceType,
    Judgement,
    Reason,
    Remedy,
    ResponsibleParty,
    Severity,
    Side,
    Verdict,
)
from tests.cast import AT, Cast, later

CUSTOMER = CustomerData(name="林晓云", phone="13800136021", account="tb_linxiaoyun")


def a_registration(cast: Cast, **changes) -> Registration:
    """What a customer complains about when nothing else is said: a stain on a coat from the shop."""
    facts = {
        "content": "刚收到的大衣领口有一大块污渍，你们就这么发货？",
        "channel": Channel.QIANNIU,
        "received_at": AT,
        "customer": CUSTOMER,
        "shop_id": cast.shop.pk,
        "order": OrderData(number="3391770212", product_name="羊毛混纺大衣 驼色 M", paid_amount=689),
        "reason": Reason.QUALITY,
        "not_a_duplicate": True,
    }
    return Registration(**facts | changes)


def a_registered_case(cast: Cast, **changes) -> Complaint:
    """A case that nobody has taken."""
    return register(a_registration(cast, **changes), by=cast.ana, at=AT)


def an_assessing_case(cast: Cast, **changes) -> Complaint:
    """A case that ana has taken."""
    return take_case(a_registered_case(cast, **changes).pk, by=cast.ana, at=AT)


def answer(cast: Cast, case: Complaint, *, at=AT, **changes) -> Contact:
    """Ana writes to the customer, and it arrives."""
    facts = {
        "channel": Channel.QIANNIU,
        "direction": Direction.OUTGOING,
        "words": "您好，已收到您的反馈，我们马上核实。",
        "purpose": ContactPurpose.FIRST_ANSWER,
    }
    return record_contact(case.pk, by=cast.ana, at=at, **facts | changes)


def tell_outcome(cast: Cast, case: Complaint, *, at=AT) -> Contact:
    """Ana tells the customer how it ended."""
    return answer(cast, case, at=at, words="您的问题已处理完毕，感谢您的耐心。", purpose=ContactPurpose.OUTCOME)


JUDGEMENT = {
    "reason": Reason.QUALITY,
    "category": "product.quality",
    "severity": Severity.ORDINARY,
    "judgement": Judgement.REASONABLE,
}
"""What ana judges at first sight when nothing else is said."""


def an_investigating_case(cast: Cast, *, category: str = "product.quality", **changes) -> Complaint:
    """A case that ana has answered and judged."""
    case = an_assessing_case(cast, **changes)
    answer(cast, case)
    return judge(case.pk, by=cast.ana, at=AT, **JUDGEMENT | {"category": category})


def a_photo(name: str = "领口污渍.png", colour: str = "brown") -> SimpleUploadedFile:
    """A real picture of one colour."""
    picture = BytesIO()
    Image.new("RGB", (8, 8), colour).save(picture, "PNG")
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/png")


def add_photo(cast: Cast, case: Complaint, *, at=AT, **changes) -> Evidence:
    """The customer's photo, taken in by ana."""
    facts = {"file": a_photo(), "evidence_type": EvidenceType.PHOTO, "supplied_by": Side.CUSTOMER}
    return add_evidence(case.pk, by=cast.ana, at=at, **facts | changes)


def find_out(cast: Cast, case: Complaint, *, responsible_party: str = ResponsibleParty.SELLER, at=AT) -> None:
    """Ana's own finding, with its cause."""
    record_finding(
        case.pk,
        by=cast.ana,
        at=at,
        words="仓库监控显示该件出库前领口已有污渍。",
        root_cause="出库质检漏检。",
        responsible_party=responsible_party,
    )


def a_negotiating_case(
    cast: Cast,
    *,
    verdict: str = Verdict.SUBSTANTIATED,
    responsible_party: str = ResponsibleParty.SELLER,
    **changes,
) -> Complaint:
    """A case whose facts are established. Nothing is owed with verdict "unsubstantiated" and party "customer"."""
    case = an_investigating_case(cast, **changes)
    verify_evidence(add_photo(cast, case).pk, by=cast.ana, at=AT)
    find_out(cast, case, responsible_party=responsible_party)
    return establish(case.pk, by=cast.ana, at=AT, verdict=verdict)


def a_drafted_plan(cast: Cast, case: Complaint, *, at=AT, **changes) -> HandlingPlan:
    """Two options, so that the customer can choose; one that the matrix does not offer has its reason."""
    facts = {
        "explanation": "出库质检漏检，污渍为发货前产生，责任在我方。",
        "follow_up": "新衣签收后三天内回访。",
        "options": [
            OptionDraft(Remedy.EXCHANGE_OTHER, words="寄一件全新的同款，旧件到付寄回"),
            OptionDraft(Remedy.GUIDANCE, words="寄送去渍剂并指导清洗"),
        ],
        "deviation": "顾客点名要这样处理，对双方都更省事。",
    }
    return draft_plan(case.pk, by=cast.ana, at=at, **facts | changes)


def an_offered_plan(cast: Cast, case: Complaint, *, at=AT, **changes) -> HandlingPlan:
    """The plan, before the customer."""
    plan = a_drafted_plan(cast, case, at=at, **changes)
    return offer_plan(plan.pk, by=cast.ana, at=at, channel=Channel.QIANNIU, words="给您两个方案，请选择。")


def an_accepted_plan(cast: Cast, case: Complaint, *, at=AT, chosen: int = 1, **changes) -> HandlingPlan:
    """The customer takes the first `chosen` options."""
    plan = an_offered_plan(cast, case, at=at, **changes)
    options = list(plan.options.values_list("pk", flat=True))[:chosen]
    return accept_plan(
        plan.pk, by=cast.ana, at=at, acceptance=Acceptance.SAID_YES, chosen=options, words="好的，就换一件。"
    )


def an_executing_case(cast: Cast, *, plan: dict | None = None, due_at=None, **changes) -> Complaint:
    """A case with one open promise, due in three days. `plan` changes what `an_accepted_plan` drafts."""
    case = a_negotiating_case(cast, **changes)
    an_accepted_plan(cast, case, **plan or {})
    return accept(case.pk, by=cast.ana, at=AT, due_at=due_at or later(days=3))


STEPS = {
    CaseState.REGISTERED: a_registered_case,
    CaseState.ASSESSING: an_assessing_case,
    CaseState.INVESTIGATING: an_investigating_case,
    CaseState.NEGOTIATING: a_negotiating_case,
    CaseState.EXECUTING: an_executing_case,
}
"""state → how to reach it on the main path."""

OTHER_ROOMS = ("tests.refusals", "tests.following")
"""Modules that build on this one and know how to reach further states, in their own STEPS."""


def every_step() -> dict:
    """state → how to reach it, the states beside the main path among them."""
    steps = dict(STEPS)
    for room in OTHER_ROOMS:
        steps |= import_module(room).STEPS
    return steps


def a_case(cast: Cast, state: str = CaseState.REGISTERED, **changes) -> Complaint:
    """A case in this state."""
    return every_step()[CaseState(state)](cast, **changes)
