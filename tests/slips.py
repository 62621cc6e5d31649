"""Every slip by name."""

from __future__ import annotations

from tests.slip import Slip
from tests.slips_tables import TABLE_SLIPS
from tests.slips_words import WORD_SLIPS

SLIPS: dict[str, Slip] = TABLE_SLIPS | WORD_SLIPS
