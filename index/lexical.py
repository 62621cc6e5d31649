"""Lexical search in tantivy over distinct sentences: BM25 over jieba words and pairs of characters, and which of them hold some words.

Pairs find what words cut otherwise miss, words weigh what belongs together; both stand in the index, joined by spaces. A sentence that
stands in ten thousand reports is indexed once and looked at once; where it stands is known beside (``sentences.Occurrences``). As for the
encoder, a sentence has 几 for each of its numbers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import tantivy

from index.dense import Ids
from index.segment import STOPWORDS, Segmenter, bigrams
from index.sentences import without_numbers

FOLDER = "lexical"
# Memory of the writer: a small one for a few reports, a large one where many are added at once (fewer merges).
_HEAP, _LARGE_HEAP, _MANY = 30_000_000, 300_000_000, 20_000
# A filter that lets so few of the sentences pass is a condition of the query; a wider one is applied to the ranking.
_NARROW = 0.02
# Words that stand in more than this share of the sentences tell nothing apart and cost the most; they are left out where rarer ones are left.
_COMMON, _FEWEST = 0.08, 6


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # A signed field: a Python int given to an unsigned one kills the writer with a misleading I/O error.
    builder.add_integer_field("sentence", stored=False, indexed=True, fast=True)
    builder.add_bytes_field("text", stored=True, indexed=False, fast=False)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("bigrams", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write(folder: Path, told: Mapping[int, str], segmenter: Segmenter, progress: Callable[[str, int, int], None] | None = None) -> None:
    """Add those sentences, by number, that the lexical index in ``folder`` lacks; it is made when it is not there."""
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    index = tantivy.Index(_schema(), path=str(target))
    some = index.searcher().num_docs > 0
    held = set(LexicalIndex(folder, segmenter).held(sorted(told)).tolist()) if some else set()
    new = [number for number in sorted(told) if number not in held]
    if some and not new:
        return
    many = len(new) > _MANY
    writer = index.writer(heap_size=_LARGE_HEAP if many else _HEAP, num_threads=min(2, os.cpu_count() or 1) if many else 1)
    for done, number in enumerate(new, 1):
        text = told[number]
        writer.add_document(
            tantivy.Document(
                sentence=number, text=text.encode(), words=" ".join(segmenter.indexed_words(text)), bigrams=" ".join(bigrams(text))
            )
        )
        if progress and done % 1000 == 0:
            progress("index", done, len(new))
    writer.commit()
    writer.wait_merging_threads()


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

    def search(self, text: str, allowed: Ids | None, k: int) -> list[tuple[int, float]]:
        """(sentence, BM25), best first, of the sentences ``allowed``, in ascending order; None for all."""
        terms = self._telling(without_numbers(text))
        if not terms or (allowed is not None and not len(allowed)):
            return []
        should = tantivy.Occur.Should
        query = tantivy.Query.boolean_query([(should, tantivy.Query.term_query(self._schema, field, term)) for field, term in terms])
        if allowed is None:
            return self._found(query, k)
        share = len(allowed) / max(len(self), 1)
        if share <= _NARROW:
            both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, self._one_of(allowed.tolist()))]
            return self._found(tantivy.Query.boolean_query(both), k)
        wanted = int(k / share) + k
        while True:
            ranked = self._found(query, wanted)
            at = np.searchsorted(allowed, np.array([sentence for sentence, _ in ranked], dtype=np.int32))
            held = [hit for hit, i in zip(ranked, at.tolist(), strict=True) if i < len(allowed) and allowed[i] == hit[0]]
            if len(held) >= k or len(ranked) < wanted:
                return held[:k]
            wanted *= 4

    def holding(self, texts: Sequence[str]) -> Ids | None:
        """The sentences that hold each of some texts word for word, numbers aside, ascending; None where their pairs of characters cannot
        tell: a single character, or nothing but a number."""
        wanted = [without_numbers(text).strip() for text in texts]
        pairs = sorted({pair for text in wanted for pair in bigrams(text)})
        if not pairs or any(len(pair) != 2 or pair.isascii() for pair in pairs):
            return None
        must = [(tantivy.Occur.Must, tantivy.Query.term_query(self._schema, "bigrams", pair)) for pair in pairs]
        found = []
        for _, address in self._hits(tantivy.Query.const_score_query(tantivy.Query.boolean_query(must), 1.0), max(len(self), 1)):
            document = self._searcher.doc(address)
            told = bytes(document.get_first("text") or b"").decode()
            if all(text in told for text in wanted):
                found.append(address)
        return np.sort(np.array(self._numbers(found), dtype=np.int32))

    def held(self, numbers: Sequence[int]) -> Ids:
        """Those of some sentences that the index has, ascending."""
        hits = self._hits(self._one_of(numbers), max(len(numbers), 1))
        return np.sort(np.array(self._numbers([address for _, address in hits]), dtype=np.int32))

    def _one_of(self, numbers: Sequence[int]) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "sentence", list(numbers)), 0.0)

    def _hits(self, query: tantivy.Query, limit: int) -> list[tuple[float, tantivy.DocAddress]]:
        return list(self._searcher.search(query, limit=limit, count=False).hits)

    def _numbers(self, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
        return [int(number or 0) for number in self._searcher.fast_field_values("sentence", list(addresses))]

    def _found(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._hits(query, limit)
        numbers = self._numbers([address for _, address in hits])
        return [(number, float(score)) for number, (score, _) in zip(numbers, hits, strict=True)]

    def _telling(self, text: str) -> list[tuple[str, str]]:
        """(field, term) of the words and bigrams of a text, without the commonest."""
        words = {w for w in self._segmenter.search_words(text) if w not in STOPWORDS}
        terms = [("words", w) for w in sorted(words)] + [("bigrams", b) for b in sorted(set(bigrams(text)))]
        if len(terms) <= _FEWEST or len(self) < _MANY:
            return terms
        counted = sorted((self._searcher.doc_freq(field, term), field, term) for field, term in terms)
        most = _COMMON * len(self)
        return [(field, term) for at, (count, field, term) in enumerate(c for c in counted if c[0]) if at < _FEWEST or count <= most]
