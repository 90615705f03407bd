"""Worked cases in short, for the journeys that tell them."""

from dataclasses import dataclass, field

from complaints.vocabulary import DamageCause, EvidenceType, Reason, Remedy, ResponsibleParty, SignedBy, Verdict


@dataclass(frozen=True)
class Told:
    """A worked case in short: what was said, found, offered and chosen. `signed_by` is who signed for the parcel."""

    code: str
    says: str
    category: str
    reason: str
    party: str
    found: str
    remedies: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    damage: str = ""
    verdict: str = Verdict.SUBSTANTIATED
    signed_by: str = ""
    direct: bool = False
    more: dict = field(default_factory=dict)


CARRIED_OUT = (
    Told(
        "WC-09",
        "这道菜是酸的！",
        "other",
        Reason.QUALITY,
        ResponsibleParty.SELLER,
        "后厨食材存放不当。",
        (Remedy.REDO, Remedy.APOLOGY, Remedy.INVITATION),
        direct=True,
    ),
    Told(
        "WC-15",
        "和网页描述完全不一样。",
        "product.not_as_described",
        Reason.NOT_AS_DESCRIBED,
        ResponsibleParty.SELLER,
        "详情页材质写错。",
        (Remedy.EXCHANGE_OTHER, Remedy.IMPROVEMENT),
        evidence=(EvidenceType.PHOTO,),
    ),
    Told(
        "WC-26",
        "东西在路上了，我不想要了。",
        "logistics.unwanted_in_transit",
        Reason.UNWANTED,
        ResponsibleParty.CUSTOMER,
        "客户坚持拒收。",
        (Remedy.GUIDANCE, Remedy.APOLOGY),
        direct=True,
        more={"return_branch": "not_received"},
    ),
    Told(
        "WC-28",
        "不小心碰坏了，给我换个新的！",
        "product.damaged",
        Reason.DAMAGED,
        ResponsibleParty.CUSTOMER,
        "客户在店内碰损，损坏较轻，店内有货。",
        (Remedy.EXCHANGE_NEW,),
        evidence=(EvidenceType.PHOTO,),
        damage=DamageCause.CUSTOMER,
        verdict=Verdict.UNSUBSTANTIATED,
    ),
    Told(
        "WC-30",
        "柜门摔裂了，能修吗？",
        "product.damaged",
        Reason.DAMAGED,
        ResponsibleParty.CUSTOMER,
        "客户摔损，可修复。",
        (Remedy.PAID_REPAIR, Remedy.REPLACE_PARTS),
        evidence=(EvidenceType.PHOTO,),
        damage=DamageCause.CUSTOMER,
        verdict=Verdict.UNSUBSTANTIATED,
    ),
    Told(
        "WC-33",
        "我买的是蓝色，寄来红色！",
        "product.wrong_item",
        Reason.WRONG_ITEM,
        ResponsibleParty.SELLER,
        "拣货错误。",
        (Remedy.EXCHANGE_OTHER,),
        evidence=(EvidenceType.PHOTO,),
        direct=True,
    ),
    Told(
        "WC-34",
        "少了一件。",
        "product.short_shipment",
        Reason.SHORT_SHIPMENT,
        ResponsibleParty.SELLER,
        "漏装一件。",
        (Remedy.RESHIP,),
        evidence=(EvidenceType.PHOTO,),
        direct=True,
    ),
    Told(
        "WC-35",
        "收到就是碎的。",
        "product.damaged",
        Reason.DAMAGED,
        ResponsibleParty.COURIER,
        "运输途中破损。",
        (Remedy.RESHIP,),
        evidence=(EvidenceType.PHOTO,),
        damage=DamageCause.COURIER,
    ),
    Told(
        "WC-40",
        "一直没收到。",
        "logistics.problem_shipment",
        Reason.LOGISTICS,
        ResponsibleParty.CUSTOMER,
        "客户地址填错，快递已退回。",
        (Remedy.RESHIP,),
        evidence=(EvidenceType.WAYBILL,),
        verdict=Verdict.UNSUBSTANTIATED,
    ),
    Told(
        "WC-41",
        "查不到物流。",
        "logistics.no_tracking",
        Reason.NOT_RECEIVED,
        ResponsibleParty.SELLER,
        "底单显示未发货。",
        (Remedy.RESHIP,),
        evidence=(EvidenceType.SHIPPING_SLIP,),
    ),
    Told(
        "WC-42",
        "快递送到别人家了。",
        "logistics.misdelivered",
        Reason.LOGISTICS,
        ResponsibleParty.COURIER,
        "派件错误，已查运单。",
        (Remedy.APOLOGY, Remedy.RESHIP),
        evidence=(EvidenceType.WAYBILL,),
        signed_by=SignedBy.UNAUTHORISED,
    ),
)


MISUSED = Told(
    "WC-02",
    "刚用两天就坏了，退货！",
    "product.misuse",
    Reason.QUALITY,
    ResponsibleParty.CUSTOMER,
    "客户接错电压。",
    (Remedy.GUIDANCE,),
    damage=DamageCause.CUSTOMER,
    verdict=Verdict.UNSUBSTANTIATED,
)
CONFORMANT = Told(
    "WC-03",
    "质量太差！",
    "product.quality",
    Reason.QUALITY,
    ResponsibleParty.CUSTOMER,
    "检测合格，与客户所述不符。",
    (Remedy.IMPROVEMENT,),
    evidence=(EvidenceType.PHOTO, EvidenceType.TEST_REPORT),
    verdict=Verdict.UNSUBSTANTIATED,
)
STAFF_FINE = Told(
    "WC-05",
    "服务员态度极差！",
    "other",
    Reason.SERVICE_ATTITUDE,
    ResponsibleParty.CUSTOMER,
    "监控显示服务员态度良好。",
    (Remedy.APOLOGY, Remedy.INVITATION),
    verdict=Verdict.UNSUBSTANTIATED,
)
