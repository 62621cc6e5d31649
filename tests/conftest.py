"""What tests share: the shipped report, a data folder that holds it, and an encoder that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from corpus.model import Report
from corpus.read import read_file
from index.embed import Vectors, unit
from index.segment import bigrams
from index.store import Index, Store
from service.answer import answer
from service.app import create_app
from service.config import Settings
from service.context import Context
from service.contract import Answer

ROOT = Path(__file__).parent.parent
SEED = ROOT / "corpus" / "reports" / "淄博经济开发区管理委员会办公室-2019.txt"
AGENCY = "淄博经济开发区管理委员会办公室"


class HashEncoder:
    """Hashes character bigrams into buckets, so that related text really is closer, without any model."""

    name = "hash-256"
    dimension = 256

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimension), 1e-6, dtype=np.float32)
        for row, text in enumerate(texts):
            for pair in bigrams(text):
                vectors[row, int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=2).digest()) % self.dimension] += 1
        return unit(vectors)


@pytest.fixture(scope="session")
def report() -> Report:
    return read_file(SEED)[0]


@pytest.fixture(scope="session")
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Path:
    """A data folder that holds the shipped report."""
    folder = tmp_path_factory.mktemp("home")
    seed, data = read_file(SEED)
    Store(folder).add([(seed, data, SEED.name)], encoder)
    return folder


@pytest.fixture(scope="session")
def index(home: Path) -> Iterator[Index]:
    opened = Index(home)
    yield opened
    opened.close()


class Asker:
    """Asks in one conversation."""

    def __init__(self, index: Index, home: Path, encoder: HashEncoder) -> None:
        self.index, self._settings, self._encoder = index, Settings(home=home), encoder
        self.context: Context | None = None

    def __call__(self, question: str) -> Answer:
        """A question on its own."""
        self.context = None
        return self.then(question)

    def then(self, question: str) -> Answer:
        """A question that follows the last one."""
        given = answer(question, self.index, self._settings, context=self.context, encoder=self._encoder)
        self.context = Context.from_dict(given.context) if given.context else None
        return given


@pytest.fixture
def ask(index: Index, home: Path, encoder: HashEncoder) -> Asker:
    return Asker(index, home, encoder)


@pytest.fixture(scope="session")
def client(home: Path, encoder: HashEncoder) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=home), encoder)
    state = app.extensions["nianbao"]
    state.warm_up()
    yield app.test_client()
    state.index().close()
