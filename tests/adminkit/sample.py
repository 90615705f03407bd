"""A record and a landing page as plain values, to draw what every page is made of."""

from datetime import timedelta

from casemgmt.adminkit.landings import Count, Deed, Landing, Pile, PileRow
from casemgmt.adminkit.pages import (
    Change,
    ChecklistItem,
    ClockCard,
    Fact,
    FactGroup,
    Link,
    Piece,
    RecordHead,
    RecordPage,
    Severity,
    StateChip,
    Step,
    Tab,
    TimelineEntry,
)

STEPS = ("已登记", "初步判断", "调查核实", "协商方案", "执行方案", "回访", "结案")


def sample_record(at, offers=(), read_only=""):
    """A coat with a stain, ten days into its story."""
    return RecordPage(
        head=RecordHead(
            number="TS-20260928-0093",
            title="大衣领口有污渍，承诺的干洗费没付",
            state=StateChip("执行方案", 0.6),
            steps=tuple(
                Step(label, is_done=place < 4, is_current=place == 4, note="第 12 天" if place == 4 else "9-28")
                for place, label in enumerate(STEPS)
            ),
            severity=Severity("serious", "较重"),
            marks=("差评风险",),
            owner="周敏 · 义乌客服组",
        ),
        clocks=(
            ClockCard("承诺付款", at - timedelta(days=2), why=Link("为什么是这个时间", "#why")),
            ClockCard("今日进度说明", at + timedelta(hours=3, minutes=40), why=Link("为什么是这个时间", "#why")),
            ClockCard("15 日法定期限", at + timedelta(days=1, hours=9), why=Link("为什么是这个时间", "#why")),
        ),
        offers=tuple(offers),
        groups=(
            FactGroup(
                "顾客",
                (
                    Fact("姓名", "林** 女士"),
                    Fact("手机", "138****6021", Link("显示", "#reveal", sheet=True)),
                    Fact("以往投诉", ""),
                ),
            ),
            FactGroup(
                "投诉与判断",
                (Fact("要求", "付清干洗费 ¥60.00"), Fact("根本原因", "出库前没有验货")),
                quote="刚收到的衣服，领口一大块污渍，你们就这么发货？<script>alert(1)</script>",
                link=Link("更正", "#correct", sheet=True),
            ),
            FactGroup(
                "证据",
                pieces=(
                    Piece("领口污渍 近照", "已核验", "#file", "image"),
                    Piece("旧吊牌", "已排除", icon="image", is_struck=True),
                ),
                count=2,
                link=Link("添加", "#add", sheet=True),
            ),
        ),
        entries=(
            TimelineEntry(
                "note",
                at - timedelta(minutes=18),
                "周敏",
                "",
                words="电话问了广州何佳：收款账号昨天才转到财务，说今天 17:00 前能付。",
                icon="lock",
                side="internal",
            ),
            TimelineEntry(
                "message",
                at - timedelta(hours=5),
                "林** 女士",
                "",
                words="说好的干洗费呢？都几天了。",
                icon="chat",
                side="customer",
                aside="千牛",
                files=(Link("聊天截图.png", "#file", note="212 KB"),),
            ),
            TimelineEntry(
                "state",
                at - timedelta(days=2),
                "系统",
                "升级到第 1 级，已通知主管。",
                icon="trending_up",
                changes=(Change("承诺付款", "进行中", "超时"),),
                is_grave=True,
            ),
            TimelineEntry(
                "message",
                at - timedelta(days=3),
                "周敏",
                "",
                words="林女士您好，干洗费已提交审批，给您添麻烦了，对不起。",
                icon="forum",
                side="us",
                aside="千牛 · 已读",
                recorded_at=at - timedelta(days=1),
            ),
        ),
        tabs=(Tab("全部", "?", 31, is_active=True), Tab("消息", "?kind=message", 9)),
        checklist=(
            ChecklistItem("付款凭证", note="运营付款时上传，或由您补传", link=Link("上传", "#upload", sheet=True)),
            ChecklistItem("顾客同意方案", is_done=True),
        ),
        checklist_title="进入“回访”还缺 1 项",
        cards=(FactGroup("回访", (Fact("预计", "10-14 周三"), Fact("可拨时段", "10:00–18:00"))),),
        composers=(
            Link("回复顾客", "#reply", sheet=True, icon="reply"),
            Link("写内部备注", "#note", sheet=True, icon="lock", note="internal"),
        ),
        read_only=read_only,
        position="我的 · 1 / 12",
        back="#back",
        forward="#forward",
    )


def sample_landing(at):
    """A morning with two late cases."""
    late = ClockCard("承诺付款", at - timedelta(days=2))
    soon = ClockCard("初步判断", at + timedelta(hours=3, minutes=10))
    row = PileRow(
        "干洗费 ¥60.00 还没付，告诉顾客今天的进度",
        "#case",
        "林** · 羊毛混纺大衣 驼色 M",
        late,
        Severity("serious", "较重"),
        StateChip("执行方案", 0.6),
        "¥60.00",
        Link("发进度说明", "#deed", sheet=True),
    )
    other = PileRow(
        "检测结论：主板故障，登记核实结论",
        "#case",
        "赵** · 星岚 X7 Pro 512G",
        soon,
        Severity("critical", "重大"),
        StateChip("外部处理"),
        "¥5,299.00",
        Link("登记结论", "#deed", sheet=True),
    )
    return Landing(
        title="我的工作台",
        deed=Deed(
            "告诉林** 女士干洗费的进度",
            "承诺的干洗费还没付。",
            Link("发送进度说明", "#deed"),
            Link("打开案件", "#case"),
            late,
        ),
        counts=(
            Count("已超时", 2, "#late", "最久 2 天", is_late=True),
            Count("今天到期", 4, "#today", "最早 17:30"),
            Count("现在该打的电话", 3, "#calls", "可拨到 18:00"),
            Count("待我审批", 0, "#approvals", "没有要您批的"),
        ),
        piles=(
            Pile("已超时", (row, row), 2, Link("全部 2 件", "#late"), is_late=True),
            Pile("今天到期", (other, row), 4, Link("全部 4 件", "#today")),
        ),
        cards=(FactGroup("我的额度", (Fact("单笔", "¥50"), Fact("今天已用", "¥160 / ¥500"))),),
        buttons=(Link("登记投诉", "#register", icon="add"),),
        small_print="到期巡检 14:19 完成，检查 1,284 件。",
    )
