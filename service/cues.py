"""The channels and subjects that a stretch of words may speak of, each with the pattern of its cues: a question asks for them six times."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.forms import Subject, channels, subjects
from corpus.narrative import cue_pattern
from service.sieve import Sieve

_Cued = tuple[tuple[Subject, re.Pattern[str]], ...]


@lru_cache(maxsize=128)
def channels_of(text: str) -> _Cued:
    """The channels of which ``text`` may hold a cue or a term, in the order of the forms; whether it does their patterns say."""
    cued, sieve = _every_channel()
    return tuple(cued[number] for number in sieve.among(text))


@lru_cache(maxsize=128)
def subjects_of(text: str) -> _Cued:
    """The same of subjects, the more telling first."""
    cued, sieve = _every_subject()
    return tuple(cued[number] for number in sieve.among(text))


@lru_cache(maxsize=1)
def _every_channel() -> tuple[_Cued, Sieve]:
    return _sieved(channels())


@lru_cache(maxsize=1)
def _every_subject() -> tuple[_Cued, Sieve]:
    return _sieved(subjects())


def _sieved(items: tuple[Subject, ...]) -> tuple[_Cued, Sieve]:
    cued = tuple((item, cue_pattern(item.cues + item.terms)) for item in items)
    return cued, Sieve([pattern for _, pattern in cued])
