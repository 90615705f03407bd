"""Words before they go out: one promise was agreed to, one waits, and one slipped out in a call."""

from complaints.demo.openings import faulty
from complaints.vocabulary import Apology, ContactPurpose


def wc_12_a_promise_is_agreed_to_first(tale):
    """WC-12: a free exchange is promised only after a supervisor agreed to the very words."""
    yield from faulty(
        tale,
        -1,
        "limei",
        "电热水壶才用两天就不加热了，家里还有老人等着喝热水。",
        customer="高秀兰",
        goods="电热水壶 1.7升",
        paid=129,
        shop="appliances",
        found="底座触点虚焊。",
    )
    yield -1, "14:20"
    words = "高女士，热水壶我们免费换一个新的给您，今天发顺丰，旧的不用寄回。给您添麻烦了，对不起，谢谢您。"
    asked = tale.asks_for_words(words, "家里有老人急用，先答应换新，方案随后补上。")
    yield -1, "14:40"
    tale.agrees_to_words("zhaoqian", asked, "核实属实，仓库有货，可以先换。")
    tale.writes(words, ContactPurpose.PROGRESS, apology=Apology.FOR_OUR_FAULT)
    yield -1, "16:30"
    tale.calls("顾客担心又坏，我说“再坏就给您全额退款”，她放心了。", ContactPurpose.PROGRESS)
    yield -1, "17:05"
    tale.asks_for_words(
        "高女士，这几天没热水用，给您补20元红包表示歉意，您看可以吗？谢谢您。", "老人两天没有热水，想补偿一下。"
    )


STORIES = (wc_12_a_promise_is_agreed_to_first,)
