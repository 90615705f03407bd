"""Makes the pictures of the README: opens a demo shop of its own, and looks at it with the system's Chromium.

    python docs/screenshots/make.py [folder of a demo shop that is open already]

Nothing of an installation is touched. It takes about three minutes, one with a shop that is open.
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
shop = import_module("shop")

CASES = "/admin/complaints/complaint/"
SHEET = "dialog[open] .cm-dialog-form"
FILE = (
    "来电日期,来源,姓名,联系方式,单号,反映的问题\n"
    "2026-11-03 09:12,电话,沈月华,13710020031,7731900412,窗帘缩水十厘米，挂不上了\n"
    "2026-11-03 10:40,旺旺,陶建军,13710020032,7731900418,台灯一插就跳闸\n"
    "昨天下午,电话,柯敏,13710020033,7731900425,地毯掉毛，孩子起了疹子\n"
)
"""Three rows with headings of a shop's own; the time of the last one cannot be read."""


@dataclass(frozen=True)
class Picture:
    """What is shown, to whom, how wide, and what is done before: `%s` in the address is the case."""

    name: str
    who: str
    address: str
    prepare: Callable = lambda page: None
    width: int = 1360
    height: int = 900
    scheme: str = "light"


def main() -> None:
    """Open the shop, serve it, take the pictures."""
    with shop.opened_shop(*sys.argv[1:2]) as address, shop.chromium() as browser:
        case = telling_case()
        for picture in PICTURES:
            page = shop.window(
                browser, address, picture.who, width=picture.width, height=picture.height, scheme=picture.scheme
            )
            page.goto(picture.address.replace("%s", str(case)), wait_until="networkidle")
            picture.prepare(page)
            page.wait_for_timeout(400)
            keep(page.screenshot(), HERE / f"{picture.name}.png")
            page.context.close()


def keep(shot: bytes, path: Path) -> None:
    """With a palette, each entry the commonest of its colours, so that grounds stay as they are."""
    picture = Image.open(BytesIO(shot)).convert("RGB")
    painted = picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette, seen = painted.getpalette(), set()
    pairs = Counter(zip(picture.getdata(), painted.getdata(), strict=True))
    for (colour, entry), _count in pairs.most_common():
        if entry not in seen:
            seen.add(entry)
            palette[3 * entry : 3 * entry + 3] = colour
    painted.putpalette(palette)
    painted.save(path, optimize=True)
    print(path, f"{path.stat().st_size // 1024} KB")


def telling_case() -> int:
    """The coat with a stained collar: a promise of money that came too late."""
    cases = import_module("complaints.models").Complaint.objects
    return cases.get(statements__kind="content", statements__words__startswith="大衣领口一大块污渍").pk


def without_the_tour(page) -> None:
    """Somebody who has been here before."""
    if page.locator(".cm-tour-offer").count():
        with page.expect_navigation(wait_until="networkidle"):
            page.click(".cm-tour-offer [value=leave]")


def write_an_answer(page) -> None:
    """The composer of a message, begun with a template."""
    page.click("[data-key-action=reply]")
    page.wait_for_selector(SHEET)
    page.select_option("#id_template_id", index=1)


def try_dry(page) -> None:
    """Eight cases are about to be given to one person."""
    for place in range(8):
        page.locator("#result_list input.action-select").nth(place).check()
    page.select_option("select[name=action]", "bulk_assign")
    with page.expect_navigation():
        page.click("#changelist-actions button[name=index]")
    page.locator("label:has-text('王浩') [name=handler_ids]").check()
    page.fill("[name=words]", "李梅本周休假。")
    with page.expect_navigation():
        page.click(".cm-submit")


def match_the_columns(page) -> None:
    """A file whose headings nobody has seen before."""
    page.set_input_files("[name=file]", {"name": "十一月.csv", "mimeType": "text/csv", "buffer": FILE.encode()})
    with page.expect_navigation():
        page.click(".cm-submit")


def find_by_words(page) -> None:
    """The palette over the page."""
    page.keyboard.press("Control+k")
    page.keyboard.type("大衣")
    page.wait_for_selector(".cm-found:has-text('TS')")


PICTURES = (
    Picture("desk", "limei", "/admin/", without_the_tour),
    Picture("desk-supervisor", "chenjing", "/admin/", without_the_tour, height=1100),
    Picture("desk-operations", "hemin", "/admin/", without_the_tour),
    Picture("desk-auditor", "hanxue", "/admin/", without_the_tour),
    Picture("list", "chenjing", CASES + "?queue=team"),
    Picture("case", "limei", CASES + "%s/change/", height=1100),
    Picture("composer", "limei", CASES + "%s/change/", write_an_answer),
    Picture("approvals", "chenjing", "/admin/approvals/"),
    Picture("bulk", "chenjing", CASES + "?queue=team", try_dry),
    Picture("import", "chenjing", "/admin/complaints/importbatch/add/", match_the_columns),
    Picture("palette", "limei", CASES + "%s/change/", find_by_words),
    Picture("case-dark", "limei", CASES + "%s/change/", scheme="dark"),
    Picture("desk-phone", "limei", "/admin/", without_the_tour, width=390, height=844),
    Picture("case-phone", "limei", CASES + "%s/change/", width=390, height=844),
)


if __name__ == "__main__":
    main()
