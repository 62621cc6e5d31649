"""Which main index to take: kinds of FAISS over the sentences of a data folder, timed and held against exact search.

``python -m tests.bench.codes --home FOLDER`` (one that ``nianbao bench --keep FOLDER`` left, of 16,384 sentences and more). Asked are
questions in the corpus's own words, to which few sentences are nearest, and those of the evaluation, which are about as near to thousands.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoders import encoder_for
from index.store import Index
from service.bench import corpus

Floats = NDArray[np.float32]
_WANTED = 50
_ASKED = Path(__file__).parents[1] / "eval" / "retrieval.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    home = parser.parse_args().home
    faiss.omp_set_num_threads(1)
    dice = Random(1)
    texts = {
        "its own": [f"{dice.choice(corpus.WHO)}{dice.choice(corpus.OBJECT)}，{dice.choice(corpus.PURPOSE)}" for _ in range(100)],
        "others": [json.loads(line)["question"] for line in _ASKED.read_text("utf-8").splitlines()[:100]],
    }
    encoder = encoder_for("bundled", home / "cache")
    queries = {name: np.concatenate([encoder.encode_queries([text]) for text in asked]).astype(np.float32) for name, asked in texts.items()}
    index = Index(home)
    with index.reading() as snapshot:
        vectors, allowed = _vectors(snapshot)
    print(f"{len(vectors)} sentences, {int(allowed.sum())} of them of one year")
    for name, search in _kinds(vectors):
        for words, asked in queries.items():
            told = [_measured(search, asked, vectors, mask) for mask in (np.ones(len(vectors), dtype=bool), allowed)]
            figures = "; a year ".join("{:.2f} ms, recall@10 {:.4f}, @50 {:.4f}".format(*t) for t in told)
            print(f"{name}, words of {words}: {figures}", flush=True)


def _vectors(snapshot: Any) -> tuple[Floats, NDArray[np.bool_]]:
    """Every sentence's vector, and which of them stand in reports of the newest year."""
    loaded = snapshot._loaded
    dense = loaded.sentences.dense
    inside = loaded.within([r.row for r in snapshot.reports if r.year == corpus.YEARS[-1]]).sentences
    mask = np.zeros(len(dense), dtype=bool)
    mask[inside] = True
    return np.asarray(dense._vectors[: len(dense)], dtype=np.float32), mask


def _kinds(vectors: Floats) -> Iterator[tuple[str, Callable[[Floats, NDArray[np.bool_]], Any]]]:
    """(what it is, a search of some candidates of one query under a mask)."""
    count, width = vectors.shape
    measure = faiss.METRIC_INNER_PRODUCT
    lists = int(2 * count**0.5)
    coded = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(width), width, lists, faiss.ScalarQuantizer.QT_8bit, measure)
    coded.by_residual = False
    halved, product = (faiss.IndexPQFastScan(width, codes, 4, measure) for codes in (width // 2, width))
    both = faiss.IndexIVFPQFastScan(faiss.IndexFlatIP(width), width, 256, width // 2, 4, measure)
    both.by_residual = False
    for index in (coded, halved, product, both):
        index.train(vectors[::3])
        index.add(vectors)

    def in_lists(index: Any, probed: int, again: int) -> Callable[[Floats, NDArray[np.bool_]], Any]:
        def search(query: Floats, mask: NDArray[np.bool_]) -> Any:
            share = float(mask.mean())
            settings = faiss.SearchParametersIVF(nprobe=min(index.nlist, int(probed / share)))
            if share < 1:
                settings.sel = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
            return index.search(query, again * _WANTED, params=settings)[1][0]

        return search

    def every(index: Any, again: int) -> Callable[[Floats, NDArray[np.bool_]], Any]:
        def search(query: Floats, mask: NDArray[np.bool_]) -> Any:
            found = index.search(query, min(count, int(again * _WANTED / mask.mean())))[1][0]
            return found[mask[found]][: again * _WANTED]

        return search

    yield f"8-bit codes in {lists} lists, 160 looked into", in_lists(coded, 160, 4)
    yield "a 4-bit code for two dimensions, all compared, 16 ranked again", every(halved, 16)
    yield "the same, 64 ranked again", every(halved, 64)
    yield "a 4-bit code for each dimension, all compared, 4 ranked again", every(product, 4)
    yield "a 4-bit code for two dimensions in 256 lists, 128 looked into", in_lists(both, 128, 16)


def _measured(search: Callable[..., Any], queries: Floats, vectors: Floats, mask: NDArray[np.bool_]) -> tuple[float, float, float]:
    """(median ms with ranking again, recall@10, recall@50)."""
    spent, recalled = [], []
    for at in range(len(queries)):
        begun = time.perf_counter()
        near = search(queries[at : at + 1], mask)
        near = near[near >= 0]
        scores = np.sort(vectors[near] @ queries[at])[::-1]
        spent.append(1000 * (time.perf_counter() - begun))
        exact = np.sort((vectors @ queries[at])[mask])[::-1]
        recalled.append([float(np.mean(scores[:k] >= exact[k - 1] - 1e-6)) for k in (10, _WANTED)])
    return float(np.median(spent)), *np.mean(recalled, axis=0)


if __name__ == "__main__":
    main()
