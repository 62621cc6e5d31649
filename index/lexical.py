"""Lexical search: BM25 in tantivy over jieba words and character bigrams.

Bigrams find what words cut otherwise miss, words weigh what belongs together; both stand in the index, joined by spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from index.segment import STOPWORDS, Segmenter, bigrams

FOLDER = "lexical"
# Memory of the writer: tantivy wants 15 MB at least a thread; more buys nothing at this size of document.
_HEAP = 30_000_000


@dataclass(frozen=True, slots=True)
class LexicalDocument:
    passage: int
    report: int
    text: str


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed fields: a Python int given to an unsigned field kills the writer with a misleading I/O error.
    builder.add_integer_field("passage", stored=True, indexed=True, fast=True)
    builder.add_integer_field("report", stored=False, indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("bigrams", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write(folder: Path, documents: Iterable[LexicalDocument], segmenter: Segmenter) -> None:
    """Write the lexical index of ``documents``."""
    target = folder / FOLDER
    target.mkdir()
    index = tantivy.Index(_schema(), path=str(target))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for document in documents:
        writer.add_document(
            tantivy.Document(
                passage=document.passage,
                report=document.report,
                words=" ".join(segmenter.search_words(document.text)),
                bigrams=" ".join(bigrams(document.text)),
            )
        )
    writer.commit()
    writer.wait_merging_threads()


class LexicalIndex:
    """A published tantivy index, opened read-only."""

    def __init__(self, folder: Path, segmenter: Segmenter) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder / FOLDER))
        self._index.reload()
        self._segmenter = segmenter

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def search(self, text: str, reports: Sequence[int] | None, k: int) -> list[tuple[int, float]]:
        """(passage id, BM25), best first; ``reports`` None means every report."""
        words = {w for w in self._segmenter.search_words(text) if w not in STOPWORDS}
        pairs = set(bigrams(text))
        terms = [("words", w) for w in sorted(words)] + [("bigrams", b) for b in sorted(pairs)]
        if not terms or (reports is not None and not reports):
            return []
        should = tantivy.Occur.Should
        query = tantivy.Query.boolean_query([(should, tantivy.Query.term_query(self._schema, field, term)) for field, term in terms])
        if reports is not None:
            within = tantivy.Query.term_set_query(self._schema, "report", list(reports))
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0))]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=k, count=False).hits
        return [(int(searcher.doc(address)["passage"][0]), float(score)) for score, address in hits]
