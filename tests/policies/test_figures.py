"""No number is forgotten: each figure of the sources and of the law page stands in a row that says so."""

import pytest

from policies.packs import read_packs

PACKS = read_packs(["cn-zhejiang", "cn-shandong", "cn-shanghai"])
ROWS = [row for pack in PACKS for row in pack.rows]
NO_FIGURE_IN_THE_SOURCES = "onfiguration"


def body(kind, key, edition=1):
    (found,) = [row for row in ROWS if (row.kind, row.key, row.edition) == (kind, key, edition)]
    return found.body


def length(key, edition=1):
    entry = body("clock", key, edition)["length"]
    return entry["amount"], entry["unit"]


def count(kind, **entries):
    return len([row for row in ROWS if row.kind == kind and entries.items() <= row.body.items()])


def article(key):
    return body("knowledge", key)["text"]["zh"]


def steps(key):
    return sum(line[:1] in "①②③④⑤⑥⑦⑧⑨⑩" for line in article(key).split("\n") if line)


SOURCES = {
    "24 h without a reply": (lambda: length("first_response"), (24, "hours")),
    "7 days no-reason return": (lambda: body("entitlement", "no_reason_return")["days"], 7),
    "10:00": (lambda: body("calling_window", "default")["opens"], "10:00"),
    "18:00": (lambda: body("calling_window", "default")["closes"], "18:00"),
    "2-3 calls": (lambda: body("calling_window", "default")["calls_a_day"], 3),
    "12 points": (lambda: body("calling_window", "default")["penalty_points"], 12),
    "12 points, cited": (
        lambda: "12分" in body("legal_reference", "platform-harassment-12-points")["figure"]["zh"],
        True,
    ),
    "24:00 night batch": (lambda: "24:00" in article("night_refund_batch"), True),
    "a daily progress message": (lambda: body("period", "default")["progress_message_hours"], 24),
    "several days until a payout": (lambda: body("compensation_kind", "expenses")["payout_working_days"], 3),
    "2 branches of the return reason": (lambda: steps("return_branches"), 2),
    "3 refusal grounds": (lambda: count("refusal_ground"), 3),
    "3 common disputes": (lambda: sum(row.kind == "category" and "parent" not in row.body for row in ROWS) - 1, 3),
    "3 types of rights claims": (lambda: steps("rights_claims"), 3),
    "4 unreasonable types": (lambda: count("knowledge", topic="contingency"), 4),
    "4 dispute principles": (lambda: steps("principles_of_disputes"), 4),
    "5 causes of unreasonable complaints": (lambda: steps("causes_of_unreasonable"), 5),
    "5 steps of the service process": (lambda: steps("five_steps"), 5),
    "6 after-sales steps": (lambda: steps("six_steps"), 6),
    "7 sentences": (lambda: steps("seven_sentences"), 7),
    "7 call steps": (lambda: len(body("call_guide", "default")["steps"]), 7),
    "9 steps of plan 1": (lambda: steps("unreasonable_plan_1"), 9),
    "7 steps of plan 2": (lambda: steps("unreasonable_plan_2"), 7),
    "6 steps of plan 3": (lambda: steps("unreasonable_plan_3"), 6),
    "6 rungs of the external ladder": (lambda: steps("external_ladder"), 6),
    "7 rules of the standard 3.4.3": (lambda: steps("standard_3_4_3"), 7),
    "6 after-sales notes": (lambda: steps("six_notes"), 6),
    "10 taboos": (lambda: steps("ten_taboos"), 10),
    "5 minefields": (lambda: steps("five_minefields"), 5),
}
"""section 6 of the requirements: what the number is → where it stands, and what stands there."""

LAW = {
    "authority 7 working days": (lambda: length("authority_acceptance", 2), (7, "working_days")),
    "mediation 60 days": (lambda: length("authority_mediation", 2), (60, "calendar_days")),
    "mediation 45 working days, historic": (lambda: length("authority_mediation"), (45, "working_days")),
    "12315 ten working days": (lambda: length("odr"), (10, "working_days")),
    "15 days deliberate delay": (lambda: length("statutory_15_days"), (15, "calendar_days")),
    "12345 five working days": (lambda: length("hotline"), (5, "working_days")),
    "12345 fifteen working days": (lambda: length("hotline.grave"), (15, "working_days")),
    "cars ten working days": (lambda: length("car_answer"), (10, "working_days")),
    "cars twenty working days": (lambda: length("car_done"), (20, "working_days")),
    "Zhejiang 5 days": (lambda: length("zhejiang_answer"), (5, "calendar_days")),
    "Zhejiang 3 days": (lambda: length("zhejiang_promise"), (3, "calendar_days")),
    "Shanghai 60 days": (lambda: length("shanghai_council"), (60, "calendar_days")),
    "Shanghai 30 more": (lambda: body("clock", "shanghai_council")["extension"]["longest"]["amount"], 30),
}
"""the law page: figures by which something is counted."""

CLAUSES = {
    "consumer-law-23": "六个月",
    "consumer-law-24": "七日",
    "consumer-law-25": "七日内返还价款",
    "consumer-law-46": "七个工作日",
    "consumer-law-55": "五百元",
    "consumer-law-56": "五十万元",
    "order-73-art-8": "十五日",
    "order-73-art-9": "拆封",
    "order-73-art-10": "十五日",
    "order-73-art-12": "最终解释权",
    "spc-online-2022-art-1": "签收",
    "spc-online-2022-art-2": "承诺",
    "spc-online-2022-art-5": "平台外",
    "no-reason-return-2017": "次日",
    "regulation-778-art-19": "扩大",
    "regulation-778-art-24": "同意",
    "regulation-778-art-44": "机制",
    "regulation-778-art-46": "真实身份",
    "order-121-art-6": "分别处理",
    "order-121-art-9": "先行赔付",
    "order-121-art-16": "七种",
    "order-121-art-23": "六十日",
    "order-121-art-42": "恶意索赔",
    "order-121-acceptance": "七个工作日",
    "order-20-art-14": "七个工作日",
    "order-20-art-21": "四十五个工作日",
    "order-20-art-23": "十五个工作日",
    "order-20-art-31": "五个工作日",
    "odr-10-working-days": "十个工作日",
    "food-safety-148": "一千元",
    "spc-food-drug-2024": "生活消费",
    "e-commerce-31": "三年",
    "e-commerce-34": "七日",
    "e-commerce-59": "投诉",
    "e-commerce-62": "原始合同",
    "live-commerce-2026": "三年",
    "platform-rules-2026": "五年",
    "pipl-19": "最短时间",
    "pipl-28-31": "十四周岁",
    "pipl-47": "删除",
    "pipl-50": "十五个工作日",
    "pipl-55-57": "五千万元",
    "civil-code-188": "三年",
    "product-quality-45": "二年",
    "three-guarantees": "十五日",
    "zhejiang-art-26": "三十五日",
    "shandong-art-27": "三十日",
    "cars-2021-art-28": "二十个工作日",
    "zhejiang-art-31": "五日",
    "zhejiang-art-8": "经营者的行为",
    "shandong-art-22": "经营者的行为",
    "shanghai-art-37": "二年",
    "shanghai-art-56": "三十日",
    "prepaid-2025": "七日",
    "complaint-file-3-years": "三年",
    "quiet-hours-default": "20:00",
    "hotline-12345": "五个",
    "gbt-47746-2026": "标识",
    "gbt-19012-2019": "十五项原则",
}
"""the law page line by line: clause → a word of its figure."""


@pytest.mark.parametrize("number", SOURCES)
def test_every_number_of_the_sources_stands_in_a_row(number):
    where, expected = SOURCES[number]
    assert where() == expected


@pytest.mark.parametrize("number", LAW)
def test_every_count_of_the_law_page_is_a_clock(number):
    where, expected = LAW[number]
    assert where() == expected


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_line_of_the_law_page_is_a_clause(clause):
    assert CLAUSES[clause] in body("legal_reference", clause)["figure"]["zh"]


def test_what_the_sources_leave_open_says_that_it_is_configuration():
    """Money limits, the delay of the callback, and the period after which other routes are advised."""
    for kind, key in (("limit", "staff"), ("follow_up", "default"), ("period", "default")):
        (row,) = [row for row in ROWS if (row.kind, row.key) == (kind, key)]
        assert NO_FIGURE_IN_THE_SOURCES in row.source["en"]
