"""Which distinct sentences say some words: tantivy over the pairs of characters of each, with its text.

A sentence that stands in ten thousand reports is looked at once; where it stands is known beside (``sentences.Occurrences``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import tantivy

from index.dense import Ids
from index.segment import bigrams

FOLDER = "said"
_HEAP = 30_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("sentence", stored=True, indexed=False, fast=False)
    builder.add_bytes_field("text", stored=True, indexed=False, fast=False)
    builder.add_text_field("bigrams", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def write(folder: Path, told: Iterable[tuple[int, str]]) -> None:
    """Add sentences by number to the index in ``folder``, which is made when it is not there. One that is added twice is found once."""
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    writer = tantivy.Index(_schema(), path=str(target)).writer(heap_size=_HEAP, num_threads=1)
    for number, text in told:
        writer.add_document(tantivy.Document(sentence=number, text=text.encode(), bigrams=" ".join(dict.fromkeys(bigrams(text)))))
    writer.commit()
    writer.wait_merging_threads()


class SaidIndex:
    """A published index of sentences, opened read-only."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder / FOLDER))
        self._index.reload()
        self._searcher = self._index.searcher()

    def holding(self, texts: Sequence[str]) -> Ids | None:
        """The sentences that hold each of some texts word for word, ascending; None where their pairs of characters cannot tell: a
        single character, or a number, for which sentences that differ in nothing else are one."""
        pairs = sorted({pair for text in texts for pair in bigrams(text)})
        if any(re.search(r"\d", text) for text in texts) or any(len(pair) != 2 or pair.isascii() for pair in pairs) or not pairs:
            return None
        must = [(tantivy.Occur.Must, tantivy.Query.term_query(self._schema, "bigrams", pair)) for pair in pairs]
        query = tantivy.Query.const_score_query(tantivy.Query.boolean_query(must), 1.0)
        hits = self._searcher.search(query, limit=max(int(self._searcher.num_docs), 1), count=False).hits
        found = []
        for _, address in hits:
            document = self._searcher.doc(address)
            told = bytes(document.get_first("text") or b"").decode()
            if all(text in told for text in texts):
                found.append(document.get_first("sentence"))
        return np.unique(np.array(found, dtype=np.int32))
