"""Complaints that came by file: read into staging, one row broken, the good ones registered by the worker."""

from datetime import timedelta

from complaints.actions.importing import confirm_import
from complaints.actions.staging import stage_file

HEADER = "投诉时间,渠道,客户姓名,手机号,订单号,商品名称,投诉内容"

ROWS = (
    ("17:10", "千牛", "丁香", "13805710901", "2719930011", "亚麻窗帘", "窗帘尺寸短了十厘米，挂上去漏光。"),
    ("17:32", "在线客服", "伍月", "13805710902", "2719930012", "儿童雨靴", "雨靴左脚漏水，孩子袜子全湿。"),
    ("18:05", "电话", "贾先生", "13805710903", "2719930013", "羽绒背心", "背心钻绒，里面衣服上全是毛。"),
    ("18:30", "平台投诉", "路遥", "13805710904", "2719930014", "真丝枕套", "真丝枕套洗一次就起球，不像真丝。"),
    ("19:02", "千牛", "夏侯", "13805710905", "2719930015", "帆布包", "背带缝线松了，里面衬布也没缝好。"),
    ("19:20", "千牛", "", "", "", "", "没有留下任何联系方式的一条。"),
    ("19:45", "邮件", "柏舟", "13805710906", "2719930016", "围裙", "围裙上的印花写错字了。"),
)


def a_file_from_the_old_system(tale):
    """Last evening's complaints of the old system come in one file; one row has nobody in it."""
    yield timedelta(hours=-3)
    day = tale.days.instant((-1, "12:00")).date()
    lines = [HEADER, *(f"{day} {row[0]},{','.join(row[1:])}" for row in ROWS)]
    batch = stage_file(
        **tale.acting("chenjing"),
        content="\n".join(lines).encode(),
        mode="live",
        shop_id=tale.house.shops["flagship"].pk,
    )
    yield timedelta(minutes=-90)
    confirm_import(batch.pk, **tale.acting("chenjing"))


STORIES = (a_file_from_the_old_system,)
