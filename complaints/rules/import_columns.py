"""Which column of a file is which of our fields, and which of its words is which of our codes.

Proposed by headings, then by what stands in a column; a person has the last word, and what they said is kept for
the next file of the same shape. Pure.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casemgmt.amounts import storable_amount_in
from casemgmt.violations import Violation
from complaints.rules.import_words import CHOICE_FIELDS, WORDS_OF
from complaints.rules.importing import instant_in

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "received_at": (
        *("投诉时间", "时间", "投诉日期", "创建时间", "反馈时间", "来电时间", "受理时间", "提交时间"),
        *("received at", "complaint time", "date"),
    ),
    "occurred_at": ("发生时间", "occurred at", "happened at"),
    "channel": ("渠道", "投诉渠道", "来源", "来源渠道", "channel", "source"),
    "name": ("客户姓名", "顾客姓名", "姓名", "客户", "买家姓名", "收货人", "customer name", "customer", "name"),
    "phone": ("手机号", "手机", "电话", "联系电话", "手机号码", "电话号码", "联系手机", "phone", "mobile", "telephone"),
    "email": ("邮箱", "电子邮箱", "email", "e-mail", "mail"),
    "account": ("旺旺", "买家昵称", "平台账号", "账号", "会员名", "account", "nickname"),
    "address": ("地址", "收货地址", "address"),
    "order_number": ("订单号", "订单编号", "订单", "order number", "order no", "order"),
    "product_name": ("商品类目", "商品名称", "商品", "宝贝标题", "product", "goods", "product name"),
    "paid_amount": ("实付金额", "订单金额", "实付", "amount paid"),
    "waybill_number": ("运单号", "快递单号", "物流单号", "waybill number", "tracking number"),
    "content": ("投诉内容", "内容", "评价内容", "问题描述", "反映内容", "事由", "content", "complaint", "description"),
    "demand": ("客户诉求", "诉求", "要求", "demand"),
    "reason": ("投诉原因", "原因", "问题类型", "reason"),
    "severity": ("严重程度", "紧急程度", "级别", "优先级", "severity", "priority"),
    "emotion": ("客户情绪", "情绪", "emotion"),
    "demanded_remedy": ("期望处理方式", "期望方案", "demanded remedy"),
    "demanded_amount": ("索赔金额", "要求赔偿金额", "demanded amount"),
    "row_key": ("工单号", "工单编号", "外部编号", "投诉单号", "ticket", "ticket id", "ticket number", "external id"),
}
"""field → the headings under which it is known; the first is the one that templates use."""

REQUIRED = ("received_at", "content")
NEEDED = ("received_at", "content", "channel")
"""Without these a row cannot be registered; a channel may be said for the whole file instead."""

FORBIDDEN = frozenset(
    (
        *("id", "pk", "state", "status", "version", "handler", "owner", "approved_by", "approver"),
        *("history_user", "history", "created_at", "case_number"),
        *("状态", "负责人", "处理人", "审批人", "案件编号", "编号"),
    )
)
"""What a file never decides (I5)."""

MOST_CHOICES = 50
LONGEST_CHOICE = 60
_PHONE = re.compile(r"(\+?86[ -]?)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ORDER = re.compile(r"\d{12,20}|\d(\.\d+)?[eE]\+\d+")
_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Matching:
    """What each column is ("" is left out), and which code each word of a choice column stands for.

    The word "" stands for an empty cell, and for every row where the file has no such column.
    """

    fields: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    guessed: frozenset[int] = frozenset()


def plain(text: str) -> str:
    """A heading or a word as it is compared: one form, no case, no space at its ends."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def shape_of(headings: Iterable[str]) -> str:
    """By what a file of the same shape is known again: a digest of its headings in their order."""
    return hashlib.sha256("\x1f".join(plain(heading) for heading in headings).encode()).hexdigest()


def field_of(heading: str) -> str:
    """The field that a heading stands for, or ""."""
    wanted = plain(heading)
    return next((name for name, known in COLUMNS.items() if wanted in known or wanted == name), "")


def is_forbidden(heading: str) -> bool:
    """Whether a column of this heading would decide what no file decides."""
    wanted = plain(heading)
    return wanted in FORBIDDEN or wanted.startswith("history_")


def proposed(headings: Sequence[str], samples: Sequence[Sequence[str]], choices: Sequence[Sequence[str]]) -> Matching:
    """What the columns most likely are: by heading; where none fits, by content. `choices` are a column's words."""
    fields = [field_of(heading) for heading in headings]
    guessed = set()
    for number, heading in enumerate(headings):
        if fields[number] or is_forbidden(heading):
            continue
        guess = _by_content([row[number] for row in samples if number < len(row)])
        if guess and guess not in fields:
            fields[number] = guess
            guessed.add(number)
    words = {
        name: words_proposed(name, choices[number])
        for number, name in enumerate(fields)
        if name in CHOICE_FIELDS and number < len(choices)
    }
    return Matching(tuple(fields), words, frozenset(guessed))


def words_proposed(name: str, words: Iterable[str]) -> dict[str, str]:
    """The code of each word that is known by itself; the others are left to a person."""
    return {word: code for word in words if (code := WORDS_OF[name].get(plain(word)))}


def _by_content(cells: Sequence[str]) -> str:
    filled = [unicodedata.normalize("NFKC", cell).strip() for cell in cells if cell.strip()]
    if not filled:
        return ""
    tests = (
        ("phone", _PHONE.fullmatch),
        ("email", _EMAIL.fullmatch),
        ("received_at", lambda cell: instant_in(cell, "UTC")),
        ("channel", lambda cell: WORDS_OF["channel"].get(plain(cell))),
        ("order_number", _ORDER.fullmatch),
        ("content", lambda cell: len(cell) >= 12 and storable_amount_in(cell) is None),
    )
    for name, fits in tests:
        if sum(bool(fits(cell)) for cell in filled) >= _SHARE * len(filled):
            return name
    return ""


def violations_in_matching(
    headings: Sequence[str], matching: Matching, choices: Sequence[Sequence[str] | None]
) -> Iterator[Violation]:
    """What keeps the rows from being read: columns not allowed, said twice, or missing; each by its form field.

    `choices` holds the different words of each column, None where there are too many to choose from.
    """
    for number, heading in enumerate(headings):
        if matching.fields[number] and is_forbidden(heading):
            yield Violation("import.column_not_allowed", f"column_{number}", {"column": heading[:40]})
    for name in sorted(set(matching.fields) - {""}):
        at = [number for number, found in enumerate(matching.fields) if found == name]
        if len(at) > 1:
            yield Violation("import.column_twice", f"column_{at[1]}", {"column": COLUMNS[name][0]})
        if name in CHOICE_FIELDS and choices[at[0]] is None:
            yield Violation(
                "import.too_many_words", f"column_{at[0]}", {"column": headings[at[0]], "most": MOST_CHOICES}
            )
    for name in REQUIRED:
        if name not in matching.fields:
            yield Violation("import.column_missing", field="file", params={"column": COLUMNS[name][0]})
    if "channel" not in matching.fields and not matching.words.get("channel", {}).get(""):
        yield Violation("import.channel_column_missing", field="word_channel_0")


def is_certain(headings: Sequence[str], matching: Matching, choices: Sequence[Sequence[str] | None]) -> bool:
    """Whether nobody needs to be asked: all by their headings, every channel known, nothing left out unsaid."""
    if matching.guessed or any(map(is_forbidden, headings)) or any(violations_in_matching(headings, matching, choices)):
        return False
    number = matching.fields.index("channel") if "channel" in matching.fields else None
    return number is None or not set(choices[number] or ()) - set(matching.words.get("channel", {}))


def words_in(column: Iterable[str]) -> tuple[str, ...] | None:
    """The different words of a column, "" for empty cells among them; None when it is none to choose from."""
    found: dict[str, None] = {}
    for cell in column:
        word = cell.strip()
        if word not in found:
            if len(word) > LONGEST_CHOICE or len(found) >= MOST_CHOICES:
                return None
            found[word] = None
    return tuple(found)
