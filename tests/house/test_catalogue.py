"""Everything that a person can read is there in Chinese, and in the field's own words."""

import gettext
import re
from pathlib import Path

import pytest
import unfold
from django.apps import apps
from django.utils import translation

from casemgmt.adminkit.theme_words import WORDS
from complaints.states import CaseState
from tests.house.catalogue import MO, PRODUCT, Words, entries, words_below, words_of_the_product

GLOSSARY = {
    CaseState.REGISTERED: "已登记",
    CaseState.ASSESSING: "初步判断",
    CaseState.INVESTIGATING: "调查核实",
    CaseState.NEGOTIATING: "协商方案",
    CaseState.REFUSAL_PROPOSED: "拟拒绝",
    CaseState.REFUSED: "已拒绝",
    CaseState.EXECUTING: "执行方案",
    CaseState.FOLLOWING_UP: "回访",
    CaseState.CLOSED: "已结案",
    CaseState.EXTERNAL: "外部处理",
    CaseState.WITHDRAWN: "已撤诉",
    CaseState.MERGED: "已并案",
    CaseState.VOIDED: "已作废",
}
TERMS = {
    "complaint case": "投诉案件",
    "case number": "案件编号",
    "handling plan": "处理方案",
    "commitment": "承诺",
    "compensation grant": "补偿",
    "evidence": "证据",
    "escalation": "升级",
    "real need": "真实诉求",
    "root cause": "根本原因",
    "responsible party": "责任方",
    "legal basis": "法律依据",
    "waybill number": "运单号",
    "coupon": "优惠券",
    "red packet": "红包",
    "partly substantiated": "部分属实",
    "misunderstanding": "误解型",
    "profit-driven": "利益驱动型",
    "operations": "运营",
}
OTHER_WORDS_FOR_A_CASE = re.compile("工单|个案(?!件)|单据")
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff）”])[,;:!?]|[,;:!?](?=[\u4e00-\u9fff（“])|[\u4e00-\u9fff]\.(?!\w)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")
NOT_CHINESE = {"SHA-256", "English", "CSV", "XLSX"}
# What no page shows: keys, digests, blind indexes, and the frame of a history row, whose pages have words of their own.
NEVER_SHOWN = re.compile(
    r"\.(id|history_(id|date|type)|wrapped|master_version|username_likeness|\w+_index|words_salt)$|Historical\w+_\w+\."
)
SHOWN_OF_THE_THEME = ("templates", "contrib/filters", "templatetags", "mixins", "forms.py", "admin.py", "widgets.py")


def test_every_string_of_the_product_is_in_the_catalogue_and_nothing_else():
    inside = {entry.words for entry in entries()}
    assert [f"{words.text!r} in {path}" for words, path in words_of_the_product().items() if words not in inside] == []
    assert sorted(words.text for words in inside - set(words_of_the_product())) == []


def test_every_entry_has_its_chinese():
    assert [entry.words.text for entry in entries() if entry.fuzzy or not all(entry.chinese)] == []


def test_chinese_keeps_every_placeholder_and_tag():
    lost = {
        entry.words.text: chinese
        for entry in entries()
        for chinese in entry.chinese
        if sorted(PLACEHOLDER.findall(chinese)) != sorted(PLACEHOLDER.findall(entry.words.text))
    }
    assert lost == {}


def test_the_compiled_catalogue_says_what_its_source_says():
    with MO.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    told = {
        entry.words: compiled.npgettext(entry.words.context, entry.words.text, entry.words.plural, 1)
        if entry.words.plural and entry.words.context
        else compiled.ngettext(entry.words.text, entry.words.plural, 1)
        if entry.words.plural
        else compiled.pgettext(entry.words.context, entry.words.text)
        if entry.words.context
        else compiled.gettext(entry.words.text)
        for entry in entries()
    }
    assert {entry.words.text: told[entry.words] for entry in entries() if told[entry.words] != entry.chinese[0]} == {}


def test_chinese_sentences_have_chinese_punctuation():
    assert [text for entry in entries() for text in entry.chinese if HALF_WIDTH.search(text)] == []


def test_sentences_end_as_sentences():
    open_ended = [
        entry.words.text
        for entry in entries()
        if re.search(r"[a-z”]\.$", entry.words.text) and not re.search("[。？！…]$", entry.chinese[0])
    ]
    assert open_ended == []


def test_the_measures_of_this_page_bite():
    assert HALF_WIDTH.search("案件已结束,无须处理")
    assert HALF_WIDTH.search("案件已结束.")
    assert not HALF_WIDTH.search("例如 2026-10-12 14:20。")
    assert Words("closed", "escalation") in words_of_the_product()
    assert PLACEHOLDER.findall("%(n)s of {} in <a>") == ["%(n)s", "{}", "<a"]


@pytest.mark.parametrize("state", CaseState)
def test_a_state_bears_the_name_of_the_glossary(state):
    with translation.override("zh-hans"):
        assert state.label == GLOSSARY[state]


@pytest.mark.parametrize(("english", "chinese"), TERMS.items())
def test_the_terms_of_the_field_are_used(english, chinese):
    assert [entry.chinese for entry in entries() if entry.words == Words(english)] == [(chinese,)]


def test_a_case_has_one_name():
    assert [text for entry in entries() for text in entry.chinese if OTHER_WORDS_FOR_A_CASE.search(text)] == []


def test_every_label_of_every_model_reads_in_chinese():
    """Also a label that nobody marked for translation is found here."""
    with translation.override("zh-hans"):
        read = {where: label for where, label in _labels() if not NEVER_SHOWN.search(where)}
    assert len(read) > 1000
    assert {w: label for w, label in read.items() if label not in NOT_CHINESE and not HAN.search(label)} == {}


def test_the_words_of_the_theme_read_in_chinese():
    folder = Path(unfold.__file__).parent
    shown = {words for part in SHOWN_OF_THE_THEME for words in words_below(folder / part)}
    assert len(shown) > 100
    with translation.override("zh-hans"):
        english = [words.text for words in shown if not _is_translated(words)]
    assert english == []
    assert len(WORDS) > 40


def _is_translated(words):
    if words.plural:
        return translation.ngettext(words.text, words.plural, 2) not in (words.text, words.plural)
    return translation.gettext(words.text) != words.text


def _labels():
    for label in PRODUCT:
        for config in apps.get_app_configs():
            if config.name != label and not config.name.startswith(f"{label}."):
                continue
            yield config.label, str(config.verbose_name)
            for model in config.get_models():
                yield from _labels_of(model)


def _labels_of(model):
    meta = model._meta
    yield meta.label, str(meta.verbose_name)
    yield f"{meta.label}, many", str(meta.verbose_name_plural)
    for code, name in meta.permissions:
        yield f"{meta.label}, permission {code}", str(name)
    for field in meta.get_fields():
        if not hasattr(field, "verbose_name"):
            continue
        yield f"{meta.label}.{field.name}", str(field.verbose_name)
        if field.help_text:
            yield f"{meta.label}.{field.name}, help", str(field.help_text)
        for value, name in getattr(field, "flatchoices", ()):
            if value not in (None, ""):
                yield f"{meta.label}.{field.name}, {value}", str(name)
