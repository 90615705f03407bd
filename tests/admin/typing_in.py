"""Typing into the dialogs: addresses, what is typed when nothing else is said, and what comes back."""

from tests.admin.counting import kept
from tests.admin.looking import send

REGISTER = "/admin/complaints/complaint/add/"
IMPORT = "/admin/complaints/importbatch/add/"
TYPED = {
    "content": "衣服掉色<b>严重</b>，白衬衫都染蓝了。",
    "channel": "phone",
    "received_at": "2026-10-19T09:30",
    "complainant": "consumer",
    "customer_name": "欧阳新客",
    "customer_phone": "13911112222",
    "order_number": "ORD-NEW-1",
    "paid_amount": "99.00",
    "reason": "quality",
    "severity": "normal",
}


def errors_of(answer) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in answer.context["form"].errors.items()}


def refused_at(browser, url, field, **fields) -> str:
    """Send it; it comes back with a sentence at the field, and nothing was written. The sentences."""
    before = kept()
    answer = send(browser, url, **fields)
    assert answer.status_code == 422
    assert kept() == before
    errors = errors_of(answer)
    assert field in errors, errors
    return " ".join(errors[field])
