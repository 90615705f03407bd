"""What the public and the courts see: a review that is untrue, and a claim that came after the case was closed."""

from complaints.demo.stories_refused import unfounded
from complaints.vocabulary import BodyKind, RouteKind

COURT = {"kind": RouteKind.LITIGATION, "body_kind": BodyKind.COURT}


def wc_45_a_review_that_is_untrue(tale):
    """WC-45: the review is untrue and we can show it; the platform is asked with evidence; every review is answered."""
    yield from unfounded(
        tale,
        -6,
        "wanghao",
        "行李箱轮子一推就断，要求退款！",
        customer="沙沐",
        goods="万向轮行李箱 24寸",
        paid=329,
        found="寄回查验四轮完好，无更换痕迹，轮座无裂纹。",
        cause="与事实不符。",
        offer="寄回查验四轮都完好，附上视频给您看。",
        shop="appliances",
    )
    yield -4, "11:10"
    review = tale.finds_review(
        "tmall", 1, "轮子断了商家不管，假货，大家别买！", "https://detail.tmall.com/review/58821"
    )
    yield -4, "14:30"
    tale.answers_review(review, "您好，寄回的行李箱已查验，四轮完好，查验视频已发给您。有疑问请随时联系我们，谢谢您。")
    yield -4, "15:10"
    tale.agrees_to_answer("zhaoqian", review)
    yield -3, "10:20"
    tale.asks_for_removal(review, "false_information", "评价称轮子断裂，与查验记录和视频不符，附凭证，请平台核实。")
    yield -2, "16:40"
    other = tale.finds_review("tmall", 4, "箱子还行，就是物流慢了两天。")
    tale.answers_review(other, "谢谢您的反馈，慢的这两天我们已和快递核对线路，给您添麻烦了。")


def wc_49_a_claim_after_talks_that_failed(tale):
    """WC-49, S-TPR-11: no arbitration clause, so the customer goes to court; our defence has its own deadline."""
    yield from unfounded(
        tale,
        -20,
        "limei",
        "床垫睡了腰疼，要求退货退款，不然我去告你们。",
        customer="施晚",
        goods="乳胶床垫 1.8米",
        paid=2599,
        found="检测报告显示材质与硬度与页面一致。",
        cause="使用感受差异。",
        offer="可以给您换一款偏软的，差价我们承担。",
        shop="home",
    )
    yield -4, "09:50"
    tale.names_routes()
    yield -3, "10:30"
    route = tale.goes_to(
        "义乌市人民法院",
        "客户起诉，要求退货退款2599元。",
        reference_number="(2026)浙0782民初1187号",
        hearing_at=tale.after(days=5, hours=4),
        **COURT,
    )
    yield -3, "14:00"
    counsel = tale.engages_counsel("浙江某律师事务所 吴律师", "请准备答辩，评估和解空间。", route)
    yield -2, "11:20"
    tale.hears_counsel(counsel, "材质有检测报告，胜算较大；但诉讼费与时间成本高，可提出换货加差价的调解方案。")


STORIES = (wc_45_a_review_that_is_untrue, wc_49_a_claim_after_talks_that_failed)
