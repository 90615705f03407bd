"""How a wording of the phrase library is written, and which wordings would find too much or nothing.

A wording is plain words; "…" between two of them leaves room for a few characters. There are no patterns, so that
nothing in a policy can run for ever.
"""

from collections.abc import Iterable

from policies.rules.folding import fold

GAP = "…"
ROOM = 8
"""How many letters may stand in a gap."""

LONGEST = 60
_PATTERN_SIGNS = frozenset("*+?\\[](){}|^$<>")
_EVERYWHERE = frozenset(
    fold(word)
    for word in """
    你好 我们 咱们 你们 他们 这个 那个 这边 那边 这里 可以 已经 问题 情况 处理 核实
    反馈 联系 客服 店铺 订单 商品 顾客 客户 先生 女士 谢谢 感谢 抱歉 对不起 不好意思
    理解 时间 今天 明天 进展 方案 如果 因为 所以 但是 没有 不是 就是 什么 怎么 为你 给你
    请你 我是 你的
    the you and for our your we are was with this that have will not can please sorry thank thanks hello dear
    """.split()
)
"""Words of nearly every letter: a phrase that is one of them would flag them all."""


def parts_of_form(form: str) -> tuple[str, ...]:
    """The folded words of a wording, in order; a gap stands between each two."""
    return tuple(fold(part) for part in form.split(GAP))


def fault_of_form(form: str) -> str:
    """The code of what is wrong with a wording, "" for a good one."""
    parts = parts_of_form(form)
    if _PATTERN_SIGNS & set(form):
        return "policy.phrase_is_a_pattern"
    if not any(parts):
        return "policy.phrase_empty"
    if not all(parts):
        return "policy.phrase_gap_at_edge"
    if sum(map(len, parts)) > LONGEST:
        return "policy.phrase_too_long"
    if _finds_nearly_everything(parts):
        return "policy.phrase_matches_everything"
    return ""


def _finds_nearly_everything(parts: tuple[str, ...]) -> bool:
    return not any(len(part) > 1 and part not in _EVERYWHERE for part in parts)


def has_form_within(exception: str, forms: Iterable[str]) -> bool:
    """Whether an exception holds one of the wordings that it is an exception to."""
    folded = GAP.join(parts_of_form(exception))
    return any(_holds(folded, parts_of_form(form)) for form in forms)


def _holds(folded: str, parts: tuple[str, ...]) -> bool:
    place = 0
    for part in parts:
        place = folded.find(part, place) + len(part)
        if place < len(part):
            return False
    return True
