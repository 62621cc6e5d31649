"""What a running process holds: settings, the index once it opens, the encoder once it is loaded."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from index import Damaged, NotReady, StoreError
from index.bundled import EncoderError
from index.embed import Encoder
from index.encoders import encoder_for
from index.store import Index
from service.accounts import Accounts
from service.answer import warm_up
from service.config import Settings
from service.ledger import Ledger
from service.paraphrase import paraphraser

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class State:
    """Opened lazily, so that a server starts at once and picks up a corpus that appears later."""

    settings: Settings
    encoder: Encoder
    ledger: Ledger
    accounts: Accounts
    _index: Index | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    warm: bool = False
    trouble: str | None = None

    @classmethod
    def open(cls, settings: Settings, encoder: Encoder | None = None) -> State:
        return cls(settings, encoder or encoder_for(settings.model, settings.cache_folder), Ledger(settings.home), Accounts(settings.home))

    def index(self) -> Index:
        """The index. Raises NotReady or Damaged."""
        if self._index is None:
            with self._lock:
                if self._index is None:
                    self._index = Index(self.settings.home)
        return self._index

    def count(self, question: str, status: str) -> None:
        """Count a question for the staff area; nothing is kept where nobody has an account to read it."""
        if self.accounts.names():
            self.ledger.count(question, status)

    def share(self) -> None:
        """Load what several processes can share, before they part: the dictionary and the index. Nothing stays open that is one process's."""
        with suppress(StoreError):  # told by /healthz/ready
            warm_up(self.index(), self.settings)
            self.index().close()

    def warm_up(self) -> None:
        """Load what first answers need: the dictionary, the index, then the encoder. Troubles are kept for /healthz/ready."""
        encoder = threading.Thread(target=self._load_encoder, daemon=True, name="encoder")  # beside the dictionary and the index
        encoder.start()
        try:
            warm_up(self.index(), self.settings)
            encoder.join()
            self.encoder.encode_queries(["预热"])
            paraphraser(self.encoder, self.settings.cache_folder).prepare()
            self.warm, self.trouble = True, None
        except (StoreError, EncoderError) as error:
            self.trouble = str(error)
            if not isinstance(error, NotReady):
                _log.error("not ready: %s", error)

    def _load_encoder(self) -> None:
        with suppress(EncoderError):  # told by whoever asks it for something
            self.encoder.encode_queries(["预热"])

    def readiness(self) -> tuple[bool, str]:
        """Whether every kind of question can be answered now, and if not why."""
        try:
            with self.index().reading() as snapshot:
                held = len(snapshot.reports)
        except (NotReady, Damaged) as error:
            return False, str(error)
        if not self.warm:
            return False, self.trouble or "正在加载编码模型，请稍候。"
        return True, f"已就绪，收录 {held} 份报告。"
