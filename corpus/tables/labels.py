"""Comparing printed labels with the form's: numbering, brackets and marks apart, and cut or damaged ones still known."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from corpus.forms import Form
from corpus.textual import squash

CLAUSE = re.compile(r"第?二十条第?\(?([一二三四五六七八九十])")
APPLICANTS = {"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"}
APPLICANT_HEADER = APPLICANTS | {"申请人情况", "法人或其他组织"}
RESULT_WORDS = ("结果维持", "结果纠正", "其他结果", "尚未审结")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\(?\d{1,2}[、.)]|[㈠-㈩])")
# Cut or damaged labels still count as the form's when this alike; below it, 行政处罚 begins to look like 行政强制.
_ALIKE = 0.8

squashed = lru_cache(maxsize=16384)(squash)


@lru_cache(maxsize=16384)
def bare_label(text: str) -> str:
    """A label without numbering, brackets and quotation marks, for comparing."""
    text = _NUMBERING.sub("", squash(text))
    text = re.sub(r"\([^)]*\)?", "", text)
    return re.sub(r"[“”\"'「」『』、,，。:：]", "", text)


def alike(text: str, label: str) -> bool:
    """Whether a bare text is a label, a beginning of it, the label with more words, or the label with a slip."""
    if text == label:
        return True
    if len(text) >= 4 and (label.startswith(text) or (text.startswith(label) and len(label) >= 4)):
        return True
    return len(text) >= 5 and abs(len(text) - len(label)) <= len(label) // 2 and SequenceMatcher(None, text, label).ratio() >= _ALIKE


def shortened(text: str, label: str) -> bool:
    """Whether a label was shortened to ``text``: its end alone (大量反复申请), or words left out (要求确认或重新出具)."""
    if len(text) < 5 or len(text) * 2 < len(label):
        return False
    letters = iter(label)
    return label.endswith(text) or (text[:2] == label[:2] and all(letter in letters for letter in text))


@lru_cache(maxsize=16384)
def disclosure_row(edition: str, text: str) -> int | None:
    """The row of table 二 (counted through all clauses) that a label names."""
    bare = bare_label(text)
    if not bare:
        return None
    labels = _disclosure_labels(edition)
    exact = next((at for at, names in enumerate(labels) if bare in names), None)
    if exact is not None:
        return exact
    if len(bare) >= 4:
        near = next((at for at, names in enumerate(labels) if any(alike(bare, name) for name in names)), None)
        if near is not None:
            return near
    # 规章（由制定机关…） and the like: the row's own two characters with words after them.
    return next((at for at, names in enumerate(labels) if "规章" in names), None) if bare.startswith("规章") else None


@lru_cache(maxsize=8)
def _disclosure_labels(edition: str) -> tuple[tuple[str, ...], ...]:
    form = _form(edition)
    return tuple(tuple(bare_label(name) for name in (row.label, *row.aliases)) for clause in form.clauses for row in clause.rows)


@lru_cache(maxsize=8)
def column_labels(edition: str) -> tuple[str, ...]:
    """Labels of the columns of table 二, and of the column of labels."""
    return (*(squash(c.label) for clause in _form(edition).clauses for c in clause.columns), "信息内容")


@lru_cache(maxsize=8)
def _request_labels(edition: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(bare_label(name) for name in (r.label, *r.aliases)) for r in _form(edition).requests)


@lru_cache(maxsize=8)
def _groups(edition: str) -> frozenset[str]:
    return frozenset(bare_label(g.label) for g in _form(edition).groups)


@lru_cache(maxsize=32768)
def request_row(edition: str, text: str, last: int) -> int | None:
    """The row of table 三 that a label names; of equal labels the first after row ``last``."""
    bare = bare_label(text)
    if not bare or bare.isascii():
        return None
    labels = _request_labels(edition)
    bare = "其他" if bare == "其它" else bare
    if bare in ("总计", "其他", "合计"):  # also column headings: rows only once the results have begun
        name = "其他" if bare == "其他" else "总计"
        at = next((i for i, names in enumerate(labels) if name in names), None)
        begun = next(i for i, names in enumerate(labels) if "予以公开" in names)
        if at is None or last < begun or (name == "其他" and last < at - 2):
            return None
        return at
    exact = [at for at, names in enumerate(labels) if bare in names]
    if exact:
        return next((at for at in exact if at > last), exact[0])
    if bare in _groups(edition):
        return None
    near = [at for at, names in enumerate(labels) if any(alike(bare, name) for name in names if len(name) > 2)]
    # Without its number a shortened label may be the second line of a wrapped one.
    if not near and _NUMBERING.match(squashed(text)):
        near = [at for at, names in enumerate(labels) if any(shortened(bare, name) for name in names)]
    return next((at for at in near if at > last), near[0] if near else None)


def _form(edition: str) -> Form:
    from corpus.forms import forms

    return forms()[edition]
