"""Checking a message for phrases against folding its text alone, in one run; no database.

    python -m benchmarks.wording [--phrases 200] [--letters 500] [--rounds 5000]

Goal: at most 1.3 × the folding alone, in an ordinary message. A message with findings is told beside it, and so is
one regular expression over all wordings, which finds no disguise.
"""

import argparse
import re
import time
import timeit

from policies.packs import read_pack
from policies.reading import read_body
from policies.rules.folding import fold
from policies.rules.phrase_forms import GAP
from policies.rules.wording import Lexicon
from policies.values import Phrase

GOAL = 1.3
SERIES = 15
ORDINARY = (
    "林女士您好，我是棠溪服饰旗舰店的客服周敏，打扰您了。您说的大衣领口有污渍的情况，我们核对了出库记录和照片，"
    "今天18点前给您答复。给您添麻烦了，对不起，谢谢您的耐心。"
)
WITH_FINDINGS = "您理解错了，这是仓库的问题。"


def main() -> None:
    """Measure and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--phrases", type=int, default=200)
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5_000)
    asked = parser.parse_args()
    forms = packaged_forms(asked.phrases)
    lexicon, pattern = lexicon_with(forms), re.compile("|".join(map(re.escape, forms)))
    text = (ORDINARY * (asked.letters // len(ORDINARY) + 1))[: asked.letters]
    flagged = text[: -len(WITH_FINDINGS)] + WITH_FINDINGS
    if lexicon.findings_in(text) or not lexicon.findings_in(flagged):
        raise SystemExit("the messages do not measure what they should")
    folding, checking, finding, matching = in_turns(
        (
            lambda: fold(text),
            lambda: lexicon.findings_in(text),
            lambda: lexicon.findings_in(flagged),
            lambda: pattern.findall(text),
        ),
        asked.rounds,
    )
    print(f"{len(forms)} wordings, {asked.letters} letters, best of {SERIES} series")
    for title, took in (
        ("folding alone", folding),
        ("check, ordinary", checking),
        ("check, two findings", finding),
        ("one regular expression, no folding", matching),
    ):
        print(f"{title:36} {took * 1e6:8.1f} µs  {1 / took:10,.0f}/s  {took / folding:5.2f} ×")
    verdict = "met" if checking / folding <= GOAL else "missed"
    print(f"goal: check ≤ {GOAL} × folding: {verdict} ({checking / folding:.2f} ×)")


def packaged_forms(number: int) -> list[str]:
    """So many wordings of the national pack, those without a gap first."""
    rows = [row for row in read_pack("cn-national").rows if row.kind == "phrase"]
    forms = [form for row in rows for form in row.body.get("forms", ())]
    return sorted(dict.fromkeys(forms), key=lambda form: GAP in form)[:number]


def lexicon_with(forms: list[str]) -> Lexicon:
    """These wordings as one phrase, with the detectors of numbers as in practice."""
    words = {"en": "x", "zh": "某"}
    body = {
        "label": words,
        "order": 1,
        "group": "taboo",
        "gravity": "warn",
        "arises_in": "words",
        "why": words,
        "instead": words,
    }
    numbers = {"detects": ["id_number", "bank_card", "mobile_number"]}
    chunks = [forms[begin : begin + 50] for begin in range(0, len(forms), 50)]
    phrases = [read_body(Phrase, n, f"phrase_{n}", body | {"forms": chunk}) for n, chunk in enumerate(chunks, start=1)]
    return Lexicon([*phrases, read_body(Phrase, 0, "numbers", body | numbers)])


def in_turns(acts, rounds: int) -> list[float]:
    """The best of some series of each act, for one time; in turns and by the processor's time, for busy machines."""
    best = [float("inf")] * len(acts)
    each = max(1, rounds // SERIES)
    for _series in range(SERIES):
        for place, act in enumerate(acts):
            took = timeit.timeit(act, number=each, timer=time.process_time) / each
            best[place] = min(best[place], took)
    return best


if __name__ == "__main__":
    main()
