"""Several files at once in the evidence room: dropped and pasted, each with its bar, and one that is refused."""

import pytest

from complaints.models import Evidence
from tests.browser.seeing import grave_findings, runs_off
from tests.building import add_photo, an_investigating_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CARRY = """async ([names, how]) => {
    const carried = new DataTransfer();
    for (const name of names) {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 4 + name.length;
        const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
        carried.items.add(new File([name.endsWith(".png") ? blob : "<html><script>x</" + "script>"], name));
    }
    const zone = document.querySelector("[data-evidence-zone]");
    if (how === "drop") {
        const options = { dataTransfer: carried, bubbles: true, cancelable: true };
        zone.dispatchEvent(new DragEvent("dragover", options));
        zone.dispatchEvent(new DragEvent("drop", options));
    } else {
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true }));
    }
}"""


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("width", [1280, 390])
def test_files_are_dropped_pasted_and_sent_one_by_one(cast, at_desk, width):
    case = an_investigating_case(cast)
    first = add_photo(cast, case)
    room = f"/admin/complaints/complaint/{case.pk}/evidence/"
    ana = at_desk(cast.ana, width=width)
    ana.goto(room)
    assert not runs_off(ana)
    assert grave_findings(ana) == []
    ana.evaluate(CARRY, [["衣领.png", "吊牌近照.png", "假.pdf"], "drop"])
    ana.evaluate(CARRY, [["截.png"], "paste"])
    assert ana.locator("[data-evidence-files] li").count() == 4
    assert not runs_off(ana)
    ana.select_option("#add_evidence_type", "photo")
    ana.click(".cm-evidence-send button")
    ana.wait_for_selector(".cm-evidence-file-wrong")
    ana.wait_for_function("document.querySelectorAll('.cm-evidence-file-done').length === 3")
    assert ana.locator(".cm-evidence-file-wrong .cm-evidence-file-says").inner_text().strip()
    names = {str(row.file_name) for row in Evidence.objects.filter(case=case).exclude(pk=first.pk)}
    assert {"衣领.png", "吊牌近照.png"} < names
    assert len(names) == 3
    ana.wait_for_function("!document.querySelector('.cm-evidence-send button').disabled")
    ana.click(".cm-evidence-file-wrong button")
    ana.wait_for_function("document.querySelectorAll('.cm-evidence-file-wrong').length === 0")
    ana.goto(room)
    assert ana.locator(".cm-evidence-piece").count() == 4
    assert ana.locator(".cm-thumb img").count() == 4


def test_without_script_the_form_sends_one_file(cast, chromium, live_server, at_desk):
    case = an_investigating_case(cast)
    ana = at_desk(cast.ana)
    cookies = ana.context.cookies()
    plain = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(f"/admin/complaints/complaint/{case.pk}/evidence/")
    page.set_input_files("#add_file", {"name": "a.txt", "mimeType": "text/plain", "buffer": "聊天记录".encode()})
    page.select_option("#add_evidence_type", "communication_record")
    page.click(".cm-evidence-send button")
    row = Evidence.objects.get(case=case)
    assert page.url.endswith(f"/evidence/?piece={row.pk}")
    assert page.locator(".cm-evidence-text").inner_text() == "聊天记录"
    plain.close()
