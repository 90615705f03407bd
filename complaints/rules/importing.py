"""Reading a file of complaints: its encoding, its columns, its cells, and what is wrong with each row.

Pure: bytes in, rows with coded violations out. Nothing is guessed silently: the encoding is shown, columns
that are left out are named, and a cell that a spreadsheet has damaged is an error.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from casemgmt.violations import Violation

MOST_ROWS = 50_000
MOST_BYTES = 50 * 1024 * 1024
LONGEST_CELL = 20_000

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "received_at": ("投诉时间", "时间", "received at", "received_at", "complaint time"),
    "occurred_at": ("发生时间", "occurred at", "occurred_at"),
    "channel": ("渠道", "投诉渠道", "来源", "channel"),
    "name": ("客户姓名", "顾客姓名", "姓名", "客户", "customer name", "name"),
    "phone": ("手机号", "手机", "电话", "联系电话", "phone", "mobile"),
    "email": ("邮箱", "电子邮箱", "email", "e-mail"),
    "account": ("旺旺", "买家昵称", "平台账号", "账号", "account"),
    "address": ("地址", "收货地址", "address"),
    "order_number": ("订单号", "订单编号", "order number", "order_number", "order no"),
    "product_name": ("商品类目", "商品名称", "商品", "product", "goods"),
    "paid_amount": ("实付金额", "订单金额", "实付", "amount paid", "paid_amount"),
    "content": ("投诉内容", "内容", "评价内容", "content", "complaint"),
    "demand": ("客户诉求", "诉求", "要求", "demand"),
    "reason": ("投诉原因", "原因", "reason"),
}
"""field → the headings under which it is known; the first is the one that templates use."""

REQUIRED = ("received_at", "content")

FORBIDDEN = frozenset(
    (
        *("id", "pk", "state", "status", "version", "handler", "owner", "approved_by", "approver"),
        *("history_user", "history", "created_at", "case_number"),
        *("状态", "负责人", "处理人", "审批人", "案件编号", "编号"),
    )
)
"""What a file never decides (I5)."""

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

TIME_SHAPES = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%Y-%m-%dT%H:%M:%S",
)
_DAMAGED = re.compile(r"^\d(\.\d+)?E\+\d+$", re.IGNORECASE)
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that could be read: its encoding, the field of each column, the columns left out, and its lines."""

    encoding: str
    fields: tuple[str | None, ...]
    left_out: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One line as read: cells by field as they stood in the file, values by field, and what is wrong with it."""

    line: int
    cells: Mapping[str, str]
    values: Mapping[str, object]
    violations: tuple[Violation, ...]


def decoded(content: bytes) -> tuple[str, str] | None:
    """The text and its encoding: UTF-8 with or without a mark, UTF-16 with one, GB18030; None if it is none of them."""
    if content.startswith(_NOT_TEXT):
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = (("utf-16", "UTF-16"),)
    else:
        candidates = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))
    for codec, shown in candidates:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, shown
    return None


def _is_text(text: str) -> bool:
    odd = sum(unicodedata.category(character) in ("Cc", "Co", "Cn") for character in text[:5000])
    return odd - text[:5000].count("\n") - text[:5000].count("\r") - text[:5000].count("\t") <= len(text[:5000]) // 50


def read_sheet(content: bytes) -> tuple[Sheet | None, list[Violation]]:
    """Read the file as a whole: the sheet, or what keeps it from being read, all at once."""
    if not content.strip():
        return None, [Violation("import.empty", field="file")]
    if len(content) > MOST_BYTES:
        return None, [Violation("import.too_large", field="file", params={"most": MOST_BYTES // 1024 // 1024})]
    read = decoded(content)
    if read is None:
        return None, [Violation("import.not_csv", field="file")]
    text, encoding = read
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        return None, [Violation("import.not_csv", field="file", params={"why": str(error)})]
    if not lines:
        return None, [Violation("import.empty", field="file")]
    (_, header), body = lines[0], lines[1:]
    fields = tuple(field_of(heading) for heading in header)
    found = list(_violations_in_header(header, fields))
    if not body:
        found.append(Violation("import.header_only", field="file"))
    if len(body) > MOST_ROWS:
        found.append(Violation("import.too_many_rows", field="file", params={"most": MOST_ROWS}))
    left_out = tuple(heading.strip() for heading, name in zip(header, fields, strict=True) if name is None)
    return (None if found else Sheet(encoding, fields, left_out, tuple(body))), found


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, dialect=_dialect(text))
    csv.field_size_limit(1024 * 1024)
    last = 0
    for row in reader:
        line, last = last + 1, reader.line_num
        if any(cell.strip() for cell in row):
            yield line, tuple(row)


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found


def field_of(heading: str) -> str | None:
    """The field that a heading stands for, or None."""
    plain = unicodedata.normalize("NFKC", heading).strip().casefold()
    return next((name for name, headings in COLUMNS.items() if plain in headings or plain == name), None)


def _violations_in_header(header: Iterable[str], fields: tuple[str | None, ...]) -> Iterator[Violation]:
    for heading in header:
        plain = unicodedata.normalize("NFKC", heading).strip().casefold()
        if plain in FORBIDDEN or plain.startswith("history_"):
            yield Violation("import.column_not_allowed", field="file", params={"column": heading.strip()[:40]})
    for name in sorted({name for name in fields if name is not None and fields.count(name) > 1}):
        yield Violation("import.column_twice", field="file", params={"column": COLUMNS[name][0]})
    for name in REQUIRED:
        if name not in fields:
            yield Violation("import.column_missing", field="file", params={"column": COLUMNS[name][0]})


def read_row(line: int, cells: tuple[str, ...], fields: tuple[str | None, ...], *, zone: str) -> ReadRow:
    """The values of one line. Instants are local to `zone`. Formulas stay text, as they stand (I9)."""
    found = []
    if len(cells) != len(fields):
        found.append(Violation("import.cells_missing", params={"cells": len(cells), "columns": len(fields)}))
    by_field = {name: cell.strip() for name, cell in zip(fields, cells, strict=False) if name is not None}
    if any(len(cell) > LONGEST_CELL for cell in by_field.values()):
        found.append(Violation("import.cell_too_long", params={"most": LONGEST_CELL}))
    if any("\x00" in cell for cell in by_field.values()):
        found.append(Violation("text.null_character"))
    values: dict[str, object] = dict(by_field)
    for name in ("received_at", "occurred_at"):
        if by_field.get(name):
            values[name] = instant_in(by_field[name], zone)
            if values[name] is None:
                found.append(Violation("import.time_not_read", field=name, params={"column": COLUMNS[name][0]}))
        else:
            values[name] = None
    values["channel"] = CHANNELS.get(by_field.get("channel", "").casefold(), "")
    if not values["channel"]:
        found.append(Violation("import.channel_not_known", field="channel"))
    values["reason"] = REASONS.get(by_field.get("reason", ""), "not_stated")
    values["paid_amount"] = amount_in(by_field.get("paid_amount", ""))
    if by_field.get("paid_amount") and values["paid_amount"] is None:
        found.append(Violation("import.amount_not_read", field="paid_amount"))
    for name in ("order_number", "phone", "account"):
        if _DAMAGED.match(by_field.get(name, "")):
            found.append(Violation("import.number_damaged", field=name, params={"column": COLUMNS[name][0]}))
    return ReadRow(line, by_field, values, tuple(found))


def instant_in(text: str, zone: str) -> datetime | None:
    """A time as exports write it, local to `zone`; None if it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for shape in TIME_SHAPES:
        try:
            local = datetime.strptime(f"{plain} +0000", f"{shape} %z").replace(tzinfo=ZoneInfo(zone))
        except ValueError:
            continue
        return local if local.year >= 2000 else None
    return None


def amount_in(text: str) -> Decimal | None:
    """An amount of money with at most two places, with or without ¥ and thousands separators; None if it is none."""
    plain = unicodedata.normalize("NFKC", text).replace("¥", "").replace("元", "").replace(",", "").strip()
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 10 or amount.as_tuple().exponent < -2:
        return None
    return amount


def is_expired(uploaded_at: datetime, at: datetime, *, hours: int = 24) -> bool:
    """Whether a staged file has waited too long to be registered (I15)."""
    return at - uploaded_at > timedelta(hours=hours)
