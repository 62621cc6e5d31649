"""Segmentation: jieba with a dictionary of the domain, and character bigrams for what words miss."""

from __future__ import annotations

import hashlib
import logging
import marshal
import os
import re
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import jieba
import numpy as np
from numpy.typing import NDArray

from corpus.forms import applicants, channels, concepts, forms, subjects
from corpus.textual import fold

_WORD = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbfa-z0-9.%]+")
# Runs that jieba cuts each by itself (its own re_han), and rarer ideographs, which it leaves single.
_RUN = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&\._%\-]+|[\u3400-\u4dbf\u9fd6-\u9fff]")
_RUNS_REMEMBERED = 1 << 17
_TEXTS_REMEMBERED = 256  # one question has the same words cut several times
_CJK_RUN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+|[a-z0-9.]+")


def words_of(package: str, name: str) -> frozenset[str]:
    """The words of a list that ships as data: separated by white space, lines of # are comments."""
    lines = files(package).joinpath(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


STOPWORDS = words_of("index", "stopwords.txt")


@lru_cache(maxsize=1)
def domain_words() -> tuple[str, ...]:
    """Words that the forms, their columns and the ways of asking for them bring, each kept whole by jieba."""
    words: set[str] = set()
    for form in forms().values():
        for clause in form.clauses:
            words |= {row.label for row in clause.rows} | {column.label for column in clause.columns}
        words |= {request.label for request in form.requests}
        words |= {result.label for result in form.results}
    words |= set(applicants().values())
    for concept in concepts():
        words |= set(concept.terms)
    for subject in (*subjects(), *channels()):
        words |= {subject.label, *subject.cues}
    words |= {
        "政府信息公开",
        "政务公开",
        "信息公开",
        "年度报告",
        "勾稽关系",
        "管理委员会",
        "管委会",
        "依申请公开",
        "主动公开",
    }
    return tuple(sorted(w for w in words if 2 <= len(w) <= 8 and re.fullmatch(r"[\u4e00-\u9fff]+", w)))


_PARSED = "jieba.cache"


def _taken_from(cache: Path, tokenizer: jieba.Tokenizer) -> bool:
    """Whether the dictionary that jieba has parsed and kept could be taken over, on the conditions that jieba sets itself.

    jieba has it read from the open file a few bytes at a time, which takes four times as long as reading the file first (1.4 s, 0.4 s).
    """
    try:
        if cache.stat().st_mtime <= Path(jieba.__file__).with_name("dict.txt").stat().st_mtime:
            return False
        counts, total = marshal.loads(cache.read_bytes())  # noqa: S302  (jieba's own file, which it reads in the same way)
    except (OSError, ValueError, EOFError, TypeError):
        return False
    if not isinstance(counts, dict) or not isinstance(total, int):
        return False
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = counts, total, True
    return True


class Segmenter:
    """jieba with the domain's words.

    Parameters
    ----------
    cache: folder for jieba's parsed dictionary; without one it is parsed at each start (about 1 s)
    """

    def __init__(self, cache: Path | None = None) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._cache = cache
        self._tokenizer = jieba.Tokenizer()
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)
            self._tokenizer.tmp_dir = str(cache)
            self._tokenizer.cache_file = _PARSED
        self._lock = threading.Lock()
        self._ready = False
        self._run_cut = lru_cache(_RUNS_REMEMBERED)(self._cut_run)
        self._cut = lru_cache(_TEXTS_REMEMBERED)(self._cut_text)

    @property
    def digest(self) -> str:
        """Changes when words would be cut otherwise: part of the manifest."""
        return hashlib.sha256("\n".join((jieba.__version__, *domain_words())).encode()).hexdigest()[:16]

    def _prepare(self) -> None:
        with self._lock:
            if self._ready:
                return
            if self._cache is None or not _taken_from(self._cache / _PARSED, self._tokenizer):
                self._tokenizer.initialize()
            for word in domain_words():
                self._tokenizer.add_word(word)
            _tagged(self._cache)
            self._ready = True

    def words(self, text: str) -> list[str]:
        """The words of a text, lower case, without punctuation."""
        if not self._ready:
            self._prepare()
        return list(self._cut(text))

    def _cut_text(self, text: str) -> tuple[str, ...]:
        return tuple(w for w in self._tokenizer.cut(fold(text).lower()) if _WORD.fullmatch(w))

    def search_words(self, text: str) -> list[str]:
        """Words for the lexical index: long ones together with their parts."""
        if not self._ready:
            self._prepare()
        return [w for w in self._tokenizer.cut_for_search(fold(text).lower()) if _WORD.fullmatch(w)]

    def indexed_words(self, text: str) -> list[str]:
        """``search_words``, with the runs between two marks remembered: of near-copies most have been cut before (four times as fast)."""
        if not self._ready:
            self._prepare()
        return [word for run in _RUN.findall(fold(text).lower()) for word in self._run_cut(run)]

    def _cut_run(self, run: str) -> tuple[str, ...]:
        return tuple(w for w in self._tokenizer.cut_for_search(run) if _WORD.fullmatch(w))

    def known(self, word: str, least: int = 1) -> bool:
        """Whether the dictionary has a word of its own, seen at least so often in the text that it was counted on."""
        if not self._ready:
            self._prepare()
        return int(self._tokenizer.FREQ.get(word) or 0) >= least

    def places(self, text: str) -> list[tuple[str, int]]:
        """Names of places in a text, each with its offset, as far as jieba's own dictionary knows them."""
        if not self._ready:
            self._prepare()
        known = _place_names()
        found: list[tuple[str, int]] = []
        if not any(text[at : at + n] in known for at in range(len(text)) for n in (2, 3, 4, 5)):
            return found  # most texts name none, and need not be cut into words to know it
        for _, start, _ in self._tokenizer.tokenize(text):
            word = next((text[start : start + n] for n in (5, 4, 3, 2) if text[start : start + n] in known), None)
            if word:
                found.append((word, start))
        return found

    def noun(self, word: str) -> bool:
        """Whether a word can name a thing: a noun of the dictionary, or unknown to it and no run of verbs."""
        return word in _tagged(self._cache).nouns or (
            not self.known(word) and not re.search(r"[了掉去着过的来给是把被那这先再又也就有没]", word)
        )

    def common(self, word: str) -> bool:
        """Whether a word stands in jieba's dictionary as something other than a place or a body."""
        return self.known(word) and word not in _tagged(self._cache).places


_shared: list[Segmenter] = []


def the_segmenter(cache: Path) -> Segmenter:
    """The one segmenter of this process, which every data folder shares: its dictionary takes a second and 60 MB. ``cache`` as in Segmenter."""
    if not _shared:
        _shared.append(Segmenter(cache))
    return _shared[0]


class _Words:
    """Many words of which only whether they are there is asked: their digests, sorted, a tenth of what a set of them takes."""

    def __init__(self, digests: NDArray[np.uint64]) -> None:
        self.digests = digests

    @classmethod
    def of(cls, words: Iterable[str]) -> _Words:
        return cls(np.sort(np.fromiter(map(_digest_of, words), dtype=np.uint64)))

    def __contains__(self, word: str) -> bool:
        digest = np.uint64(_digest_of(word))
        at = int(np.searchsorted(self.digests, digest))
        return at < len(self.digests) and bool(self.digests[at] == digest)


def _digest_of(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


@dataclass(frozen=True, slots=True)
class _Tagged:
    """The words of jieba's dictionary by their tags: places, words that are no place, and those of these that are nouns."""

    places: frozenset[str]
    others: _Words
    nouns: _Words


_ENTRY = re.compile(r"^(\S+) \d+ (\S+)$", re.MULTILINE)
_NOUNS = frozenset(("n", "nz", "vn", "an", "nt", "nr", "j"))
_read: list[_Tagged] = []


def _tagged(cache: Path | None) -> _Tagged:
    """The tags, sorted once for each data folder (half a second) and once a process."""
    if not _read:
        path = cache / f"tags-{jieba.__version__}.npz" if cache else None
        tagged = _kept(path) if path else None
        if tagged is None:
            tagged = _sorted_out()
            if path:
                partial = path.with_suffix(f".{os.getpid()}.part")
                with suppress(OSError):  # a folder that cannot be written costs the next start half a second
                    with partial.open("wb") as file:
                        np.savez(file, places=np.array(sorted(tagged.places)), others=tagged.others.digests, nouns=tagged.nouns.digests)
                    partial.replace(path)
        _read.append(tagged)
    return _read[0]


def _kept(path: Path) -> _Tagged | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return _Tagged(frozenset(kept["places"].tolist()), _Words(kept["others"]), _Words(kept["nouns"]))
    except (OSError, ValueError, KeyError, BadZipFile):
        return None  # none yet, or a broken one, which is made again


def _sorted_out() -> _Tagged:
    with jieba.get_dict_file() as file:
        entries = [entry.groups() for entry in _ENTRY.finditer(file.read().decode("utf-8"))]
    return _Tagged(
        frozenset(word for word, tag in entries if tag == "ns"),
        _Words.of(word for word, tag in entries if tag != "ns"),
        _Words.of(word for word, tag in entries if tag in _NOUNS and 2 <= len(word) <= 5),
    )


@lru_cache(maxsize=1)
def _place_names() -> frozenset[str]:
    """Provinces, cities and counties, with and without their suffix.

    A county's bare name counts only where the dictionary knows no other word of that form: 张店, but not 和平 or 延长.
    """
    tagged, others = _tagged(None).places, _tagged(None).others
    named = {w for w in tagged if len(w) >= 3 and w[-1] in "省市" and w not in ("大城市", "老城市")}
    counties = {w[:-1] for w in tagged if len(w) >= 3 and w[-1] in "县区旗" and w[:-1] not in others}
    regions = {"内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "台湾"}
    stems = {w[:-1] for w in named} | counties
    return frozenset(w for w in named | stems | regions if len(w) >= 2) - set(domain_words()) - _NO_PLACES


# Bare names of counties that are everyday words, though the dictionary tags them as places alone.
_NO_PLACES = frozenset(
    [
        "平原",
        "新建",
        "上街",
        "城关",
        "城西",
        "城东",
        "城南",
        "城北",
        "江北",
        "江南",
        "江东",
        "新城",
        "古城",
        "东城",
        "西城",
        "南城",
        "北城",
        "河东",
        "河西",
        "城区",
        "郊区",
        "矿区",
        "市中",
        "市区",
        "中原",
        "商城",
        "新河",
        "东风",
        "桥东",
        "桥西",
        "路南",
        "路北",
        "大通",
        "高新",
        "开发",
    ]
)


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Chinese characters, and Latin or digit runs whole."""
    found: list[str] = []
    for run in _CJK_RUN.findall(fold(text).lower()):
        if run[0].isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return found
