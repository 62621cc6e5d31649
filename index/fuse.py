"""Fusion by rank: what several searches agree on comes first."""

from __future__ import annotations

from collections.abc import Sequence

# Small, as reports are: a passage that leads one list stands before those in the middle of both. Measured with the weights in
# index/store.py on the narrative questions of tests/evaluate.py.
_K = 20


def reciprocal_rank(lists: Sequence[tuple[float, Sequence[int]]]) -> list[tuple[int, float]]:
    """(id, score), best first, from ranked lists of ids, each with its weight. Ties keep the order of the first list."""
    scores: dict[int, float] = {}
    for weight, ranked in lists:
        for rank, item in enumerate(ranked):
            scores[item] = scores.get(item, 0.0) + weight / (_K + rank + 1)
    return sorted(scores.items(), key=lambda pair: -pair[1])
