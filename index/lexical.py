"""Lexical search in tantivy: BM25 over jieba words and character bigrams of passages, and which distinct sentences hold some words.

Bigrams find what words cut otherwise miss, words weigh what belongs together; both stand in the index, joined by spaces.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.dense import Ids
from index.segment import STOPWORDS, Segmenter, bigrams
from index.sentences import Ranges

FOLDER, SAID = "lexical", "said"
# Memory of the writer: a small one for a few reports, a large one where many are added at once (fewer merges).
_HEAP, _LARGE_HEAP, _MANY = 30_000_000, 300_000_000, 20_000
# A filter that lets so few of the reports pass is a condition of the query; a wider one is applied to the ranking.
_NARROW = 0.02
# Words that stand in more than this share of the passages tell nothing apart and cost the most; they are left out where rarer ones are left.
_COMMON, _FEWEST = 0.08, 6


@dataclass(frozen=True, slots=True)
class LexicalDocument:
    passage: int
    report: int
    text: str


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed fields: a Python int given to an unsigned field kills the writer with a misleading I/O error.
    builder.add_integer_field("passage", stored=False, indexed=False, fast=True)
    builder.add_integer_field("report", stored=False, indexed=True, fast=False)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("bigrams", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write(
    folder: Path,
    documents: Iterable[LexicalDocument],
    count: int,
    removed: Iterable[int],
    segmenter: Segmenter,
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Add ``count`` documents to the lexical index in ``folder``, which is made when it is not there, and take out the ``removed`` reports."""
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    index = tantivy.Index(_schema(), path=str(target))
    many = count > _MANY
    writer = index.writer(heap_size=_LARGE_HEAP if many else _HEAP, num_threads=min(2, os.cpu_count() or 1) if many else 1)
    for report in removed:
        writer.delete_documents_by_term("report", report)
    for done, document in enumerate(documents, 1):
        writer.add_document(
            tantivy.Document(
                passage=document.passage,
                report=document.report,
                words=" ".join(segmenter.indexed_words(document.text)),
                bigrams=" ".join(bigrams(document.text)),
            )
        )
        if progress and done % 1000 == 0:
            progress("index", done, count)
    writer.commit()
    writer.wait_merging_threads()


def _with_each(schema: tantivy.Schema, pairs: Iterable[str]) -> tantivy.Query:
    """What has each of some pairs of characters, all alike."""
    must = [(tantivy.Occur.Must, tantivy.Query.term_query(schema, "bigrams", pair)) for pair in pairs]
    return tantivy.Query.const_score_query(tantivy.Query.boolean_query(must), 1.0)


class LexicalIndex:
    """A published tantivy index, opened read-only."""

    def __init__(self, folder: Path, segmenter: Segmenter) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder / FOLDER))
        self._index.reload()
        self._searcher = self._index.searcher()
        self._segmenter = segmenter

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, text: str, reports: Sequence[int] | None, permitted: Ranges | None, share: float, k: int) -> list[tuple[int, float]]:
        """(passage id, BM25), best first, of the ``permitted`` passages, which are those of ``reports`` and a ``share`` of all; None for all."""
        terms = self._telling(text)
        if not terms or (reports is not None and not reports):
            return []
        should = tantivy.Occur.Should
        query = tantivy.Query.boolean_query([(should, tantivy.Query.term_query(self._schema, field, term)) for field, term in terms])
        if reports is None or permitted is None:
            return self._found(query, k)
        if share <= _NARROW:
            within = tantivy.Query.term_set_query(self._schema, "report", list(reports))
            both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0))]
            return self._found(tantivy.Query.boolean_query(both), k)
        wanted = int(k / share) + k
        while True:
            ranked = self._found(query, wanted)
            passages: NDArray[np.int32] = np.array([passage for passage, _ in ranked], dtype=np.int32)
            held = [hit for hit, inside in zip(ranked, permitted.hold(passages), strict=True) if inside]
            if len(held) >= k or len(ranked) < wanted:
                return held[:k]
            wanted *= 4

    def holding(self, texts: Sequence[str]) -> NDArray[np.int32] | None:
        """Ids of all passages that hold every pair of characters of some texts, and so all that hold these; None where no pair tells them."""
        pairs = sorted({pair for text in texts for pair in bigrams(text) if len(pair) == 2 and not pair.isascii()})
        if not pairs:
            return None
        return np.array([passage for passage, _ in self._found(_with_each(self._schema, pairs), max(len(self), 1))], dtype=np.int32)

    def _found(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit=limit, count=False).hits
        passages = self._searcher.fast_field_values("passage", [address for _, address in hits])
        return [(int(passage or 0), float(score)) for passage, (score, _) in zip(passages, hits, strict=True)]

    def _telling(self, text: str) -> list[tuple[str, str]]:
        """(field, term) of the words and bigrams of a text, without the commonest."""
        words = {w for w in self._segmenter.search_words(text) if w not in STOPWORDS}
        terms = [("words", w) for w in sorted(words)] + [("bigrams", b) for b in sorted(set(bigrams(text)))]
        if len(terms) <= _FEWEST or len(self) < _MANY:
            return terms
        counted = sorted((self._searcher.doc_freq(field, term), field, term) for field, term in terms)
        most = _COMMON * len(self)
        return [(field, term) for at, (count, field, term) in enumerate(c for c in counted if c[0]) if at < _FEWEST or count <= most]


# ------------------------------------------------------------------------------------------------ distinct sentences


def _said_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("sentence", stored=True, indexed=False, fast=False)
    builder.add_bytes_field("text", stored=True, indexed=False, fast=False)
    builder.add_text_field("bigrams", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def write_said(folder: Path, told: Iterable[tuple[int, str]]) -> None:
    """Add sentences by number to the index in ``folder``, which is made when it is not there. One that is added twice is found once."""
    target = folder / SAID
    target.mkdir(exist_ok=True)
    writer = tantivy.Index(_said_schema(), path=str(target)).writer(heap_size=_HEAP, num_threads=1)
    for number, text in told:
        writer.add_document(tantivy.Document(sentence=number, text=text.encode(), bigrams=" ".join(dict.fromkeys(bigrams(text)))))
    writer.commit()
    writer.wait_merging_threads()


class SaidIndex:
    """Which distinct sentences say some words, opened read-only.

    A sentence that stands in ten thousand reports is looked at once; where it stands is known beside (``sentences.Occurrences``).
    """

    def __init__(self, folder: Path) -> None:
        self._schema = _said_schema()
        self._index = tantivy.Index(self._schema, path=str(folder / SAID))
        self._index.reload()
        self._searcher = self._index.searcher()

    def holding(self, texts: Sequence[str]) -> Ids | None:
        """The sentences that hold each of some texts word for word, ascending; None where their pairs of characters cannot tell: a
        single character, or a number, for which sentences that differ in nothing else are one."""
        pairs = sorted({pair for text in texts for pair in bigrams(text)})
        if any(re.search(r"\d", text) for text in texts) or any(len(pair) != 2 or pair.isascii() for pair in pairs) or not pairs:
            return None
        hits = self._searcher.search(_with_each(self._schema, pairs), limit=max(int(self._searcher.num_docs), 1), count=False).hits
        found = []
        for _, address in hits:
            document = self._searcher.doc(address)
            told = bytes(document.get_first("text") or b"").decode()
            if all(text in told for text in texts):
                found.append(document.get_first("sentence"))
        return np.unique(np.array(found, dtype=np.int32))
