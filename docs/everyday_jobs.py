"""Ten everyday jobs, each as short as the desk allows, and where there is one, the longer way that it replaces."""

from collections.abc import Callable
from dataclasses import dataclass

DESK = "/admin/"
CASES = "/admin/complaints/complaint/"
MINE = CASES + "?queue=mine"
UNASSIGNED = CASES + "?queue=unassigned"
INBOX = "/admin/approvals/"
SHEET = "dialog[open] .cm-dialog-form"
FIRST = "#result_list [data-row] a"
SEND = "Control+Enter"
RECEIPT = {"name": "回单.txt", "mimeType": "text/plain", "buffer": "转账回单 ZF20261122001".encode()}


@dataclass(frozen=True)
class Job:
    """Who does what, from which open page, and by which way."""

    name: str
    way: str
    who: str
    begins: str
    do: Callable


def open_first(hand):
    """The first case of the list, by keys."""
    hand.press("j")
    hand.arrives(lambda: hand.press("o"))


def sheet_by(hand, *keys):
    """A dialog over the page, by keys."""
    hand.press(*keys)
    hand.sees(SHEET)


def sheet_at(hand, selector):
    """A dialog over the page, by a click."""
    hand.click(selector)
    hand.sees(SHEET)


def send(hand):
    """Send what is open, by keys."""
    hand.arrives(lambda: hand.press(SEND))


def send_at(hand, selector=".cm-submit"):
    """Send what is open, by a click."""
    hand.arrives(lambda: hand.click(selector))


def take_by_keys(hand):
    """The most urgent case that nobody has."""
    open_first(hand)
    sheet_by(hand, "t")
    send(hand)


def take_at_the_desk(hand):
    """The same from the desk, with the pointer."""
    sheet_at(hand, ".cm-row a[href*='/do/take-case/']")
    send_at(hand)


def answer_by_template(hand):
    """A message to the customer of the first case of the list."""
    open_first(hand)
    sheet_by(hand, "r")
    hand.choose("#id_template_id", hand.page.locator("#id_template_id option").nth(1).get_attribute("value"))
    while hand.page.locator("[data-talk-gap]").is_visible():
        hand.click("[data-talk-gap]")
        hand.write("核实情况")
    hand.click("[name=read_through]")
    send(hand)


def answer_by_hand(hand):
    """The plain record of a contact, the click that leads there not counted: three choices, every word typed."""
    hand.arrives(lambda: hand.click(FIRST))
    hand.arrives(lambda: hand.page.goto(hand.page.url.split("?")[0].replace("change/", "do/record-contact/")))
    hand.choose("[name=direction]", "outgoing")
    hand.choose("[name=channel]", "qianniu")
    hand.choose("[name=purpose]", "first_answer")
    hand.click("[name=words]")
    hand.write("您好，非常抱歉给您带来不便，我们已经收到您的投诉，马上核实，今天之内给您答复。")
    send_at(hand)


def note_by_keys(hand):
    """A note that tells the supervisor, from the open list."""
    open_first(hand)
    sheet_by(hand, "n")
    hand.write("请 @陈静")
    hand.sees("#cm-talk-names li[aria-selected=true]")
    hand.press("Enter")
    hand.write("看一下照片")
    send(hand)


def nobody_answered(hand):
    """A call recorded with its outcome, the next one planned."""
    open_first(hand)
    sheet_by(hand, "l")
    send_at(hand, "button[value=no_answer]")


def find_by_palette(hand):
    """A case by the words of its customer, from anywhere."""
    hand.press("Control+k")
    hand.sees("#cm-palette[open] input")
    hand.write("大衣领口")
    hand.sees(".cm-found:has-text('TS')")
    hand.arrives(lambda: hand.press("Enter"))


def find_by_list(hand):
    """The same by the list and its search field."""
    hand.arrives(lambda: hand.click("a[href='/admin/complaints/complaint/']"))
    hand.click("#searchbar")
    hand.write("大衣领口")
    hand.arrives(lambda: hand.press("Enter"))
    hand.arrives(lambda: hand.click(FIRST))


def approve_in_the_inbox(hand):
    """Money is approved where it stands."""
    sheet_at(hand, "a[href*='/do/approve-grant/']")
    send_at(hand)


def approve_on_the_case(hand):
    """The same by way of the case."""
    hand.arrives(lambda: hand.click(".cm-request:has(a[href*='/do/approve-grant/']) .cm-request-title"))
    sheet_at(hand, "a[href*='/do/approve-grant/']")
    send_at(hand)


def assign_five(hand):
    """Five cases shared out between two people, dry run included."""
    for place in range(5):
        hand.click(f"#result_list tbody:nth-of-type({place + 1}) input.action-select")
    hand.choose("select[name=action]", "bulk_assign")
    hand.arrives(lambda: hand.click("#changelist-actions button[name=index]"))
    for place in range(2):
        hand.click(f"[name=handler_ids] >> nth={place}")
    hand.click("[name=words]")
    hand.write("一组今天人手不足。")
    send_at(hand)
    send_at(hand, ".cm-bulk-foot .cm-primary")


def assign_one(hand):
    """One case on its own page; five of them cost five times this."""
    hand.arrives(lambda: hand.click(FIRST))
    sheet_by(hand, "a")
    hand.choose("[name=handler_id]", hand.page.locator("[name=handler_id] option").nth(1).get_attribute("value"))
    hand.click("[name=reason], [name=words]")
    hand.write("一组今天人手不足。")
    send(hand)


def pay(hand):
    """A payment recorded with its reference; the desk comes back with the next one."""
    sheet_at(hand, "a[href*='/do/pay-grant/']")
    hand.write("ZF20261122001")
    hand.page.locator("[name=file]").set_input_files(RECEIPT)
    send(hand)


def register(hand):
    """A complaint on the phone: words, channel, name and number."""
    hand.arrives(lambda: hand.click("a[href$='/complaint/add/']"))
    hand.write("收到的杯子有裂纹，要求换货。")
    hand.choose("[name=channel]", "phone")
    hand.click("[name=customer_name]")
    hand.write("许静怡")
    hand.press("Tab")
    hand.write("13912345678")
    send(hand)


def export(hand):
    """The list as it is filtered, as a workbook."""
    hand.arrives(lambda: hand.click(".cm-list-tools a[href*='/export/']"))
    with hand.page.expect_download():
        hand.click(".cm-submit")


JOBS = (
    Job("answer a customer", "`j` `o` `r`, template", "limei", MINE, answer_by_template),
    Job("answer a customer", "*Record a contact*, typed", "wanghao", MINE, answer_by_hand),
    Job("take a case", "`j` `o` `t`", "limei", UNASSIGNED, take_by_keys),
    Job("take a case", "from the desk", "wanghao", DESK, take_at_the_desk),
    Job("note with @ to a colleague", "`j` `o` `n`", "limei", MINE, note_by_keys),
    Job("nobody answered the phone", "`j` `o` `l`, one click", "wanghao", MINE, nobody_answered),
    Job("find a case by its words", "`Ctrl K`", "limei", DESK, find_by_palette),
    Job("find a case by its words", "list and search field", "limei", DESK, find_by_list),
    Job("register a complaint", "words, channel, name, phone", "limei", DESK, register),
    Job("approve money", "in the inbox", "chenjing", INBOX + "?kind=grant", approve_in_the_inbox),
    Job("approve money", "by way of the case", "chenjing", INBOX + "?kind=grant", approve_on_the_case),
    Job("share out five cases", "at once, with its dry run", "chenjing", UNASSIGNED, assign_five),
    Job("share out one case", "on its page", "chenjing", UNASSIGNED, assign_one),
    Job("record a payment", "from the desk", "hemin", DESK, pay),
    Job("export a list", "button above the list", "limei", MINE, export),
)
