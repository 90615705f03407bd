"""Refusals on their way: half written, waiting for a decision, waiting too long."""

from complaints.demo.stories_refused import WORDS, unfounded
from complaints.vocabulary import Channel, EvidenceType, Reason, Verdict


def wc_47_a_refusal_that_lacked_something(tale):
    """WC-47: the first proposal was sent back because something was missing; the better one waits."""
    yield from unfounded(
        tale,
        -6,
        "wanghao",
        "手表表带断了，我才戴半年，必须换新表。",
        customer="莫小凡",
        goods="石英手表",
        paid=659,
        found="表带搭扣有撬痕，机芯正常。",
        cause="外力撬断。",
        offer="机芯没问题，表带我们可以按成本价换。",
    )
    yield -5, "10:10"
    refusal = tale.proposes_refusal(
        understood="客户要求整表换新。",
        company_policy="表带为易耗件，质保三个月。",
        explanation="搭扣有撬痕。",
        **WORDS,
    )
    yield -5, "15:40"
    tale.sends_back("chenjing", refusal, "解释太短，客户看不懂；请写清撬痕位置和质保条款。")
    yield -4, "10:30"
    tale.proposes_refusal(
        understood="客户的手表表带断裂，认为半年就断是质量问题，要求整表换新。",
        company_policy="售后政策第六条：表带属易耗件，质保三个月；机芯质保两年。",
        explanation="表带搭扣内侧有两处撬痕，见照片；机芯走时正常。表带已过三个月质保，因此不能整表换新，可按成本价换表带。",
        **WORDS,
    )


def a_refusal_on_its_way(tale):
    """Half written: the draft waits for its evidence and its clause."""
    yield from unfounded(
        tale,
        -3,
        "limei",
        "连衣裙洗过一次就缩水，七天无理由退货！",
        customer="孙婷",
        goods="连衣裙 S码",
        paid=459,
        found="吊牌已剪，裙摆有洗涤痕迹。",
        cause="洗涤。",
        offer="裙子洗过了，我们可以免费改衣，或退一半。",
    )
    yield -2, "10:30"
    tale.drafts_refusal(
        understood="客户洗过一次后发现缩水，希望按七天无理由退全款。",
        ground="wrong_information",
        impact_on_customer="两次核对说法一致，误伤真实诉求的可能低。",
        impact_on_opinion="客户提过要发评价，已准备答复。",
    )


def no_evidence_came(tale):
    """Evidence was asked for with a deadline, and none came; the refusal on that ground waits for a decision."""
    yield -12, "09:30"
    tale.registers(
        "wanghao",
        "衣服里有针，扎到我了，赔钱！",
        customer="应先生",
        goods="牛仔裤 32码",
        paid=199,
        reason=Reason.QUALITY,
        demand="赔偿两千元",
        channel=Channel.PLATFORM,
    )
    yield -12, "09:50"
    tale.takes("wanghao")
    tale.answers("您有没有受伤？请把针和伤口拍给我们，需要就医我们马上安排。", channel=Channel.PLATFORM)
    tale.judges("product.quality", severity="high")
    tale.asks_for(EvidenceType.PHOTO, "针、伤口和就诊记录的照片", until=(-6, "18:00"))
    yield -5, "10:20"
    tale.finds(
        "出库前过检针机记录完整，客户未提供任何照片。",
        "无法证实。",
        "undetermined",
        undetermined_because="客户逾期未提供证据。",
    )
    tale.establishes(Verdict.UNSUBSTANTIATED, basis="逾期未举证，检针记录完整。", unreasonable_type="profit_driven")
    tale.walks_ladder("再次请客户补照片，未回。", "请示组长，建议按无证据处理。", "提出上门查看，客户拒绝。")
    tale.states("牛仔裤不属于耐用商品。", durable="no")
    tale.proposes_refusal(
        "no_concrete_evidence",
        law="civil-procedure-67",
        understood="客户称裤内有针并被扎伤，要求赔偿两千元。",
        company_policy="已书面要求举证并给出期限，逾期未提供。",
        explanation="我们在期限内没有收到针、伤口或就诊的任何照片，检针记录完整，因此无法赔偿；一旦提供我们立即重启。",
        **WORDS,
    )


STORIES = (wc_47_a_refusal_that_lacked_something, a_refusal_on_its_way, no_evidence_came)
