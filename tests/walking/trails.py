"""All steps together, and those that lead onwards from a state: without them no walk would come far."""

from tests.walking import (
    steps_of_cases,
    steps_of_goods,
    steps_of_many,
    steps_of_shifts,
    steps_of_time,
    steps_outside,
)

STEPS = (
    steps_of_cases.STEPS
    | steps_of_goods.STEPS
    | steps_outside.STEPS
    | steps_of_many.STEPS
    | steps_of_time.STEPS
    | steps_of_shifts.STEPS
)
"""name → what is tried."""

ONWARDS = {
    "registered": ("take",),
    "assessing": ("answer", "judge", "buy"),
    "investigating": ("photo", "verify", "find", "establish"),
    "negotiating": ("draft plan", "offer plan", "accept plan", "accept", "ladder", "propose", "draft grant"),
    "refusal_proposed": ("approve no",),
    "refused": ("tell no", "tell refusal"),
    "executing": ("keep", "submit", "approve", "pay", "tell", "complete"),
    "following_up": ("call back", "result", "sum up", "tell", "close"),
    "closed": ("reopen",),
    "withdrawn": ("reopen",),
    "voided": ("unvoid",),
    "merged": ("unmerge",),
    "external": ("move route", "go on", "ruled"),
}
"""Steps that are tried more often from a state."""

SUBJECTS = {
    "goods": (
        "buy", "ask return", "agree return", "goods sent", "goods received", "inspect", "accept goods", "payee",
        "submit", "approve", "pay", "bounce", "retry", "refund again",
    ),
    "agreement": ("draft plan", "offer plan", "draft agreement", "sign agreement", "sign agreement", "keep"),
    "incident": (
        "open incident", "join incident", "join incident", "plan for all", "agree for all", "offer to all", "tell all",
        "accept plan", "measure for all", "carry out for all", "close incident", "reopen incident", "replan for all",
    ),
    "outside": ("route", "move route", "letter", "outside", "route obliges", "ruled", "keep", "complied"),
    "review": ("review", "answer review", "approve answer", "photo", "ask removal", "platform says"),
    "hold": ("hold", "ask to lift", "lift"),
    "money": ("draft grant", "payee", "submit", "approve", "approve", "pay", "bounce", "retry", "cancel"),
    "together": ("link", "split", "merge", "unmerge", "unlink"),
}  # fmt: skip
"""The steps of one matter in their order; a walk may follow one for a while."""

WHO = {
    "approve": "tara", "approve no": "sven", "pay": "olga", "bounce": "olga", "retry": "olga", "reopen": "sven",
    "unvoid": "sven", "merge": "sven", "unmerge": "sven", "open incident": "sven", "plan for all": "sven",
    "agree for all": "tara", "offer to all": "sven", "tell all": "sven", "measure for all": "sven",
    "carry out for all": "sven", "close incident": "sven", "reopen incident": "sven", "replan for all": "sven",
    "approve answer": "sven", "hold": "sven", "ask to lift": "sven", "lift": "tara", "assign many": "sven",
}  # fmt: skip
"""Who takes these steps on the way onwards; the others are the handler's."""
