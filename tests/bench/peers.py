"""nianbao's retrieval beside that of other frameworks: the same passages, the same encoder, the same questions, in one run.

``python -m tests.bench.peers [--reports N] [-o FILE]`` in an environment with the extra ``bench-peers``. Each runs in a process of its own, which
embeds and indexes the passages of N made-up reports and then asks, one question after the other, what is told of one place in one
of them. Every peer searches by words and by meaning, fused by rank, as its own documentation puts such a search together.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus.model import Report
from corpus.read import read_bytes
from service.bench import corpus

_FOUND = 5
_ASKED = 100
Search = Callable[[str], Sequence[str]]


def passages_of(reports: Sequence[Report]) -> list[str]:
    return list(dict.fromkeys(p.text for report in reports for p in report.passages))


def questions(reports: Sequence[Report]) -> list[tuple[str, str]]:
    """(question, what the passage that answers holds), a question a report."""
    asked = []
    for report in reports:
        match = re.search(r"与(\S{3,6}?)联合开展政策宣讲\d+场，发放资料\d+份", report.text)
        if match:
            asked.append((f"政策宣讲是同{match[1]}一起办的，办了多少场、发了多少材料", match[0]))
    step = max(1, len(asked) // _ASKED)
    return asked[::step][:_ASKED]


# ------------------------------------------------------------------------------------------------------------ peers


def nianbao(reports: Sequence[Report], model: str, folder: Path) -> Search:
    from index.encoders import encoder_for
    from index.store import Index

    cache = Path(model).parent
    for number, report in enumerate(reports):
        (folder / f"{number:04d}.txt").write_text(report.text, "utf-8")
    home, environment = folder / "home", os.environ | {"NIANBAO_CACHE": str(cache)}
    add = [sys.executable, "-m", "service.cli", "--home", str(home), "add", str(folder)]
    subprocess.run(add, env=environment, check=True, capture_output=True)  # as whoever runs it does: one process adds, another answers
    index, encoder = Index(home), encoder_for("bundled", cache)

    def search(question: str) -> list[str]:
        with index.reading() as snapshot:
            return [hit.passage.text for hit in snapshot.search(question, None, _FOUND, encoder)]

    return search


def txtai(reports: Sequence[Report], model: str, folder: Path) -> Search:
    from txtai import Embeddings

    texts = passages_of(reports)
    embeddings = Embeddings(
        path=model, method="sentence-transformers", hybrid=True, gpu=False, instructions={"query": "query: ", "data": "passage: "},
        scoring={"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"ngrams": 2}},
    )  # fmt: skip
    embeddings.index(enumerate(texts))
    return lambda question: [texts[at] for at, _ in embeddings.search(question, _FOUND)]


def haystack(reports: Sequence[Report], model: str, folder: Path) -> Search:
    from haystack import Document, Pipeline
    from haystack.components.embedders import SentenceTransformersDocumentEmbedder, SentenceTransformersTextEmbedder
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.utils import ComponentDevice

    device = ComponentDevice.from_str("cpu")
    # A character is a term: its own pattern takes a whole run of Chinese for one.
    store = InMemoryDocumentStore(embedding_similarity_function="cosine", bm25_tokenization_regex=r"(?u)\w")
    writing = SentenceTransformersDocumentEmbedder(model=model, prefix="passage: ", device=device, progress_bar=False)
    writing.warm_up()
    store.write_documents(writing.run([Document(content=text) for text in passages_of(reports)])["documents"])
    pipeline = Pipeline()
    pipeline.add_component("embed", SentenceTransformersTextEmbedder(model=model, prefix="query: ", device=device, progress_bar=False))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=50))
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=50))
    pipeline.add_component("join", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=_FOUND))
    pipeline.connect("embed.embedding", "dense.query_embedding")
    pipeline.connect("dense", "join")
    pipeline.connect("words", "join")
    pipeline.warm_up()

    def search(question: str) -> list[str]:
        found = pipeline.run({"embed": {"text": question}, "words": {"query": question}})["join"]["documents"]
        return [document.content for document in found]

    return search


def llamaindex(reports: Sequence[Report], model: str, folder: Path) -> Search:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(model, device="cpu")

    class Embedding(BaseEmbedding):  # type: ignore[misc]
        def _get_query_embedding(self, query: str) -> list[float]:
            return encoder.encode(query, prompt_name="query").tolist()  # type: ignore[no-any-return]

        def _get_text_embedding(self, text: str) -> list[float]:
            return encoder.encode(text, prompt_name="passage").tolist()  # type: ignore[no-any-return]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return encoder.encode(texts, prompt_name="passage").tolist()  # type: ignore[no-any-return]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    nodes = [TextNode(text=text) for text in passages_of(reports)]
    dense = VectorStoreIndex(nodes, embed_model=Embedding(embed_batch_size=32)).as_retriever(similarity_top_k=50)
    # A character is a term: its own splitter takes a whole run of Chinese for one.
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=50, token_pattern=r"(?u)\w", skip_stemming=True)  # noqa: S106
    fused = QueryFusionRetriever(
        [dense, words], llm=MockLLM(), num_queries=1, mode="reciprocal_rerank", similarity_top_k=_FOUND, use_async=False
    )
    return lambda question: [node.text for node in fused.retrieve(question)]


PEERS: dict[str, Callable[[Sequence[Report], str, Path], Search]] = {
    "nianbao": nianbao, "txtai": txtai, "haystack": haystack, "llamaindex": llamaindex,
}  # fmt: skip


def measured(name: str, count: int, model: str) -> dict[str, Any]:
    """One of them, in this process."""
    reports = [read_bytes(corpus.report(number).encode()) for number in range(count)]
    asked = questions(reports)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        search = PEERS[name](reports, model, Path(folder))
        built = time.perf_counter() - began
        for question, _ in asked[:5]:
            search(question + "？")
        spent, found = [], 0
        for question, gold in asked:
            began = time.perf_counter()
            texts = search(question)
            spent.append(1000 * (time.perf_counter() - began))
            found += any(gold in text for text in texts)
        status = Path("/proc/self/status").read_text()
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent.sort()
    return {
        "name": name,
        "passages": len(passages_of(reports)),
        "asked": len(asked),
        "index_s": round(built, 1),
        "median_ms": round(statistics.median(spent), 1),
        "p95_ms": round(spent[int(0.95 * len(spent))], 1),
        "per_s": round(1000 * len(spent) / sum(spent), 1),
        "recall@5": round(found / len(asked), 3),
        "peak_mb": peak >> 10,
        "resident_mb": int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) >> 10,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--one", choices=list(PEERS))
    parser.add_argument("--cache", type=Path, default=Path("build/bench/cache"))
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    from index import exported
    from index.bundled import ensure

    model = str(ensure(options.cache))
    if options.one:
        print(json.dumps(measured(options.one, options.reports, model)))
        return
    exported.ensure(options.cache, "bundled")  # made once for a machine, like the download of a model
    rows = []
    for name in PEERS:
        command = [
            sys.executable,
            "-m",
            "tests.bench.peers",
            "--one",
            name,
            "--reports",
            str(options.reports),
            "--cache",
            str(options.cache),
        ]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            print(f"{name}: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            continue
        rows.append(json.loads(run.stdout.splitlines()[-1]))
        print(json.dumps(rows[-1]), flush=True)
    if options.output:
        options.output.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
