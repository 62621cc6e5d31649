"""Reading annual reports on government information disclosure: bytes in, figures, passages and findings out."""

import re

# Python keeps the last 512 patterns that were compiled where they stand, and reading questions takes more than two thousand: each was
# compiled again and again, a fifth of the time of a question (docs/performance.md). The limit is no public setting; a Python
# without one of this name is none the worse for it (tests/test_layering.py).
if hasattr(re, "_MAXCACHE"):
    vars(re)["_MAXCACHE"] = 8192
