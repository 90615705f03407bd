"""The words by which the choices of a case are known in files: channels, reasons, severity and the like."""

from collections.abc import Mapping

CHANNELS: Mapping[str, str] = {
    "电话": "phone",
    "热线": "phone",
    "phone": "phone",
    "邮件": "email",
    "邮箱": "email",
    "email": "email",
    "e-mail": "email",
    "在线客服": "online_chat",
    "在线": "online_chat",
    "客服": "online_chat",
    "chat": "online_chat",
    "online_chat": "online_chat",
    "千牛": "qianniu",
    "旺旺": "qianniu",
    "qianniu": "qianniu",
    "短信": "sms",
    "sms": "sms",
    "门店": "face_to_face",
    "到店": "face_to_face",
    "当面": "face_to_face",
    "store": "face_to_face",
    "face_to_face": "face_to_face",
    "平台": "platform",
    "平台投诉": "platform",
    "差评": "platform",
    "platform": "platform",
    "信函": "letter",
    "信件": "letter",
    "letter": "letter",
    "退件": "parcel",
    "包裹": "parcel",
    "parcel": "parcel",
}

REASONS: Mapping[str, str] = {
    "没收到货": "not_received",
    "未收到货": "not_received",
    "质量问题": "quality",
    "质量": "quality",
    "与描述不符": "not_as_described",
    "描述不符": "not_as_described",
    "发错货": "wrong_item",
    "少发货": "short_shipment",
    "漏发": "short_shipment",
    "破损": "damaged",
    "损坏": "damaged",
    "发货慢": "late_dispatch",
    "物流": "logistics",
    "七天无理由": "unwanted",
    "不想要了": "unwanted",
    "退款慢": "refund_delay",
    "服务态度": "service_attitude",
    "骚扰": "harassment",
    "价格": "price",
    "其他": "other",
}

SEVERITIES: Mapping[str, str] = {
    "重大": "critical",
    "特急": "critical",
    "critical": "critical",
    "严重": "high",
    "紧急": "high",
    "高": "high",
    "high": "high",
    "一般": "normal",
    "普通": "normal",
    "中": "normal",
    "normal": "normal",
    "medium": "normal",
    "轻微": "low",
    "低": "low",
    "low": "low",
}

EMOTIONS: Mapping[str, str] = {
    "平静": "calm",
    "calm": "calm",
    "不满": "dissatisfied",
    "dissatisfied": "dissatisfied",
    "激动": "agitated",
    "愤怒": "agitated",
    "agitated": "agitated",
    "失控": "out_of_control",
    "out_of_control": "out_of_control",
}

REMEDIES: Mapping[str, str] = {
    "维修": "repair",
    "换货": "exchange_new",
    "换新": "exchange_new",
    "补发": "reship",
    "退货退款": "return",
    "退货": "return",
    "仅退款": "full_refund",
    "全额退款": "full_refund",
    "部分退款": "partial_refund",
}

WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "channel": CHANNELS,
    "reason": REASONS,
    "severity": SEVERITIES,
    "emotion": EMOTIONS,
    "demanded_remedy": REMEDIES,
}
"""choice field → word in a file → our code."""

CHOICE_FIELDS = tuple(WORDS_OF)
