"""Fusion by rank: what several searches agree on comes first."""

from __future__ import annotations

from collections.abc import Sequence

# The customary constant: large enough that rank 1 of one list does not beat rank 3 of two.
_K = 60


def reciprocal_rank(lists: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """(id, score), best first, from ranked lists of ids. Ties keep the order of the first list."""
    scores: dict[int, float] = {}
    for ranked in lists:
        for rank, item in enumerate(ranked):
            scores[item] = scores.get(item, 0.0) + 1.0 / (_K + rank + 1)
    return sorted(scores.items(), key=lambda pair: -pair[1])
