"""What regions are called: the codes of ISO 3166 that the packaged policies and most shops need, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

REGIONS: Mapping[str, object] = MappingProxyType(
    {
        "CN": _("all of China"),
        "CN-AH": _("Anhui"),
        "CN-BJ": _("Beijing"),
        "CN-CQ": _("Chongqing"),
        "CN-FJ": _("Fujian"),
        "CN-GD": _("Guangdong"),
        "CN-GS": _("Gansu"),
        "CN-GX": _("Guangxi"),
        "CN-GZ": _("Guizhou"),
        "CN-HA": _("Henan"),
        "CN-HB": _("Hubei"),
        "CN-HE": _("Hebei"),
        "CN-HI": _("Hainan"),
        "CN-HL": _("Heilongjiang"),
        "CN-HN": _("Hunan"),
        "CN-JL": _("Jilin"),
        "CN-JS": _("Jiangsu"),
        "CN-JX": _("Jiangxi"),
        "CN-LN": _("Liaoning"),
        "CN-NM": _("Inner Mongolia"),
        "CN-NX": _("Ningxia"),
        "CN-QH": _("Qinghai"),
        "CN-SC": _("Sichuan"),
        "CN-SD": _("Shandong"),
        "CN-SH": _("Shanghai"),
        "CN-SN": _("Shaanxi"),
        "CN-SX": _("Shanxi"),
        "CN-TJ": _("Tianjin"),
        "CN-XJ": _("Xinjiang"),
        "CN-XZ": _("Tibet"),
        "CN-YN": _("Yunnan"),
        "CN-ZJ": _("Zhejiang"),
        "GB": _("United Kingdom"),
    }
)
"""code → what a reader calls it."""


def region_in_words(code: str) -> str:
    """What a region is called; the code itself where it is not among those known by name."""
    return str(REGIONS.get(code, code))
