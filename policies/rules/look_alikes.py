"""Characters that a reader takes for others: letters of neighbouring alphabets, small capitals, Han twins, radicals.

Pairs are written as two strings of equal length, the disguise above what it stands for. Full-width, circled and
mathematical letters are no matter for this page: Unicode's own compatibility forms undo them.
"""

from collections.abc import Mapping
from types import MappingProxyType

_PAIRS = (
    # Cyrillic
    ("авекмнорстухіјѕһԁԛԝь", "abekmhopctyxijshdqwb"),
    ("гпшиз", "rnwu3"),
    # Greek, and letters like it
    ("αβεηικνορτυχωϲϳ", "abenikvoptuxwcj"),
    # Armenian and Cherokee
    ("ագհոսօց", "wqhnuog"),
    ("ᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ", "abcdehjklmprstvwz"),
    # Latin that only looks different
    ("ıɑɡɩʏʀɴʟʜɢʙᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱꜰøłđħŧ", "iagiyrnlhgbacdejkmoptuvwzsfoldht"),
    # Han characters that are mistaken for one another, and pronouns that mean the same person
    ("已巳曰末士囗亻氵讠钅扌", "己己日未土口人水言金手"),
    ("您妳祢瞭麽甚", "你你你了么什"),
    # Radicals without a compatibility form of their own
    ("⺀⺄⺅⺆⺈⺊⺌⺍⺕⺗⺡⺢⺥⺧⺩⺬⺮", "丶乙人冂刀卜小小彐心水水爪牛王示竹"),
    ("⺷⺹⺼⻂⻊⻌⻏⻓⻔⻗⻘⻚⻛⻜⻢⻥⻦", "羊老月衣足走邑长门雨青页风飞马鱼鸟"),
)


def _ranges() -> dict[str, str]:
    """Letters in boxes, discs and flags, which Unicode leaves undone."""
    begins = (0x1F150, 0x1F170, 0x1F1E6)
    return {chr(begin + n): chr(ord("a") + n) for begin in begins for n in range(26)}


LOOK_ALIKES: Mapping[str, str] = MappingProxyType(
    {seen: meant for disguise, plain in _PAIRS for seen, meant in zip(disguise, plain, strict=True)} | _ranges()
)
"""disguise → what it stands for, both in lower case."""
